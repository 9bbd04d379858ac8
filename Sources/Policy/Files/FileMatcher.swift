/// `file:` of a rule: all that is given has to hold of one operation.
package struct FileMatcher: Sendable {
}

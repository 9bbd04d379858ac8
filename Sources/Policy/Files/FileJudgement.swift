/// The policy's answer about one file operation.
package struct FileJudgement: Hashable, Sendable {
    package var verdict: PolicyVerdict
    /// The name of the enforced rule that decided; nil if `default:` did.
    package var rule: String?
    /// That rule's message for the user.
    package var message: String?
    /// What holds from a number of bytes on; nil if no size makes it stricter.
    package var sizeLimit: SizeLimit?
    /// A rule that is stricter than the verdict looks at paths, and `resolvedPath` is not there: ask the target where the path leads, and judge
    /// again with the answer.
    package var needsResolvedPath: Bool
    /// As `Judgement.shadow`.
    package var shadow: ShadowJudgement?
    /// As `Judgement.approvals`. What `sizeLimit` keeps from going on cannot be asked about: it is refused.
    package var approvals: [ApprovalTerms]

    /// The smallest `larger-than` among rules that otherwise match and are stricter than the verdict.
    package struct SizeLimit: Hashable, Sendable {
        /// The operation may move so many bytes, and not one more.
        package var bytes: UInt64
        package var rule: String
        package var message: String?
        /// What is to happen to what is larger.
        package var verdict: PolicyVerdict

        package init(bytes: UInt64, rule: String, message: String?, verdict: PolicyVerdict) {
            self.bytes = bytes
            self.rule = rule
            self.message = message
            self.verdict = verdict
        }
    }

    package init(
        verdict: PolicyVerdict, rule: String? = nil, message: String? = nil, sizeLimit: SizeLimit? = nil,
        needsResolvedPath: Bool = false, shadow: ShadowJudgement? = nil, approvals: [ApprovalTerms] = []
    ) {
        self.verdict = verdict
        self.rule = rule
        self.message = message
        self.sizeLimit = sizeLimit
        self.needsResolvedPath = needsResolvedPath
        self.shadow = shadow
        self.approvals = approvals
    }
}

/// Compiled rules: immutable, shared by all streams, cheap to copy.
package struct MaskSet: Sendable {
    let opened: MaskImage

    /// Compiles rules. Takes tens of milliseconds for a hundred of them; a session opens an image instead.
    ///
    /// - Throws: the first rule that is refused, with the part, the column and the reason; or that all together are too many.
    package init(compiling rules: [MaskRule]) throws(MaskSetError) {
        guard rules.count <= ImageFormat.mostRules else { throw MaskSetError("more than \(ImageFormat.mostRules) rules") }
        var compiled: [CompiledRule] = []
        var names = Set<String>()
        for rule in rules {
            guard names.insert(rule.name).inserted else { throw MaskSetError(rule, nil, "there are two rules of this name") }
            compiled.append(try CompiledRule(rule))
        }
        let trigger = try Self.trigger(compiled)
        let image = ImageWriter.write(compiled, trigger: trigger, early: try EarlyAutomaton(compiled))
        guard image.count <= ImageFormat.mostBytes else {
            throw MaskSetError("the rules take more than \(ImageFormat.mostBytes >> 20) MB")
        }
        opened = try MaskImage.opening(copyOf: image)
    }

    /// Opens the bytes of `image`, copied.
    ///
    /// - Throws: if they are no image, of another version, or damaged. Every offset and bound is checked.
    package init(image: [UInt8]) throws(MaskSetError) { opened = try MaskImage.opening(copyOf: image) }

    /// Opens an image where it lies, as in a sealed memory file mapped read-only (memfd_create(2)), without a copy.
    ///
    /// - Parameters:
    ///   - mapping: aligned to four bytes, and never changed while `owner` lives.
    ///   - owner: kept as long as this set or a copy of it.
    package init(mapping: UnsafeRawBufferPointer, owner: AnyObject) throws(MaskSetError) {
        opened = try MaskImage(mapping, owner: owner)
    }

    /// The whole set in one run of bytes, little endian (`ImageFormat`).
    package var image: [UInt8] { Array(opened.bytes) }

    /// Of the rules, in the order of their indices.
    package var names: [String] { opened.names }

    /// How many states the automaton of all triggers has: what decides how much of a processor's cache it takes.
    package var triggerStates: Int { opened.trigger.stateCount }

    package var categories: [MaskRule.Category] { opened.rules.map(\.category) }

    /// The triggers of all rules; if they are too many together, the rule is to blame with which they became so.
    private static func trigger(_ rules: [CompiledRule]) throws(MaskSetError) -> TriggerAutomaton {
        do throws(AutomatonError) {
            return try TriggerAutomaton(rules)
        } catch {
            var (few, many) = (0, rules.count)
            while many - few > 1 {
                let middle = (few + many) / 2
                do throws(AutomatonError) {
                    _ = try TriggerAutomaton(Array(rules[..<middle]))
                    few = middle
                } catch {
                    many = middle
                }
            }
            throw MaskSetError(
                rules[many - 1].rule, .trigger, "together with the triggers of the rules before it, \(error.reason)")
        }
    }
}

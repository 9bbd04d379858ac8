package import TerminalStream

/// The mask rules on a text by itself, as on the output of a target: for trying them out.
package struct MaskedText: ~Copyable {
    private var stream: OutputMask
    /// Of each rule.
    package let names: [String]

    /// - Parameter rules: of the same policy; compiled once for many texts.
    package init(_ policy: PolicyRules, _ rules: MaskSet, in situation: Situation) {
        names = policy.masking.rules.map(\.name)
        stream = OutputMask(
            rules, known: nil, actions: policy.maskActions(in: situation),
            columnNames: policy.maskedColumns(in: situation),
            clock: .strict, columns: nil)
    }

    /// - Returns: what of the text so far is decided and was not returned before.
    package mutating func take(_ bytes: ArraySlice<UInt8>) -> (shown: ArraySlice<UInt8>, found: [MaskFinding]) {
        stream.feed(bytes, at: 0)
        return (stream.takeOutput(), stream.takeFindings())
    }

    package mutating func finish() -> (shown: ArraySlice<UInt8>, found: [MaskFinding]) {
        stream.finish()
        return (stream.takeOutput(), stream.takeFindings())
    }

    /// The name of the rule with this number; what is behind the rules is a column of a table.
    package func name(of finding: MaskFinding) -> String { finding.rule < names.count ? names[finding.rule] : "column" }
}

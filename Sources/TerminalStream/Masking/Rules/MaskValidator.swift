/// What a value has to be beside its shape. The raw value is the image's and a contract for `validator:` in policy.yaml by `name`.
package enum MaskValidator: UInt8, CaseIterable, Sendable {
    /// Luhn's check digit, and a length that the network of the first digits uses.
    case card = 1

    /// Whether the value is one.
    ///
    /// - Parameter value: the text that the rule's `value` matched, as it stands there, at most `MaskRule.mostWide` bytes.
    package func accepts(_ value: ArraySlice<UInt8>) -> Bool { true }
}

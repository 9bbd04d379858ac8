/// A person or a program as certificates name it (the key id): 1…256 bytes of UTF-8 without blanks and control characters.
///
/// Compared byte for byte. Swift's `String` compares by canonical equivalence, by which the Kelvin sign equals `K`: another name would
/// get the rights of this one.
package struct UserName: Hashable, Comparable, Sendable, CustomStringConvertible {
    package let text: String

    package static let longest = 256

    package init?(_ text: String) {
        guard (1...Self.longest).contains(text.utf8.count) else { return nil }
        let isClean = text.unicodeScalars.allSatisfy { scalar in
            // Variation selectors and fillers: they would make two names that look the same.
            if scalar.properties.isDefaultIgnorableCodePoint { return false }
            switch scalar.properties.generalCategory {
            case .control, .format, .surrogate, .unassigned, .spaceSeparator, .lineSeparator, .paragraphSeparator: return false
            default: return true
            }
        }
        guard isClean else { return nil }
        self.text = text
    }

    package var description: String { text }

    package static func == (a: UserName, b: UserName) -> Bool { a.text.utf8.elementsEqual(b.text.utf8) }
    package static func < (a: UserName, b: UserName) -> Bool { a.text.utf8.lexicographicallyPrecedes(b.text.utf8) }
    package func hash(into hasher: inout Hasher) {
        for byte in text.utf8 { hasher.combine(byte) }
    }
}

/// Whether what is typed in a session is judged. The raw value is the word in `access.yaml`.
package enum GuardMode: String, CaseIterable, Comparable, Sendable {
    /// Nobody reads it.
    case off
    /// Lines are read and judged, and the judgement is written down; nothing is held.
    case observe
    /// Lines run only once they are judged and may.
    case enforce

    /// From the mildest to the strictest.
    package static func < (a: GuardMode, b: GuardMode) -> Bool { a.rank < b.rank }

    private var rank: Int {
        switch self {
        case .off: 0
        case .observe: 1
        case .enforce: 2
        }
    }
}

/// How one terminal channel is guarded.
package struct GuardTerms: Equatable, Sendable {
    /// Without it lines are only written down.
    package var isEnforced: Bool
    /// The shell is started with the integration. Otherwise the user's shell is started as it is, and its lines are read off the screen.
    package var usesIntegration: Bool
    /// Marks of the integration carry it: `nonceLength` random bytes.
    package var nonce: [UInt8]
    /// The key that accepts a line is made of it: `secretLength` random bytes.
    package var secret: [UInt8]
    /// Who reads the keyboard from the start: `.shell` for a shell channel, else what the exec command leads to.
    package var reader: KeyboardReader

    package static let nonceLength = 16
    package static let secretLength = 8

    package init(isEnforced: Bool, usesIntegration: Bool, nonce: [UInt8], secret: [UInt8], reader: KeyboardReader) {
        self.isEnforced = isEnforced
        self.usesIntegration = usesIntegration
        self.nonce = nonce
        self.secret = secret
        self.reader = reader
    }
}

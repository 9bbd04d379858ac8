/// The texts that make a shell report each line before it runs it, filled in for one session.
///
/// `README.md` in this folder is the contract: what is sent to the target, what comes back, what the guard must do.
package struct ShellIntegration: Sendable {
    /// The nonce as it stands in the marks: 32 lower-case hexadecimal digits.
    package let nonce: [UInt8]
    private let secret: [UInt8]

    /// - Parameters:
    ///   - nonce: 16 random bytes. They authenticate what the shell says; the session's output must not show them to the user.
    ///   - secret: 8 random bytes, unrelated to the nonce. They make the guard's keys, which no user must be able to type.
    package init(nonce: [UInt8], secret: [UInt8]) {
        precondition(nonce.count == 16 && secret.count == 8, "the sizes that the shells' texts are written for")
        self.nonce = Self.hexadecimal(nonce)
        self.secret = Self.hexadecimal(secret)
    }

    /// The exec request that starts the account's shell as a login shell with the integration.
    ///
    /// One line of at most 32 KB for any login shell (`$SHELL -c …`): between single quotes, without `'`, `\`, `!` and newline, which
    /// bash, zsh, fish, dash, busybox ash, ksh and tcsh read in the same way. `/bin/sh` gets the four characters back through `tr`.
    package var startCommand: [UInt8] {
        let text = Self.template.replacing(placeholder("NONCE"), with: nonce).replacing(placeholder("SECRET"), with: secret)
        let head = #"exec /bin/sh -c 'eval "$(printf %s "$1" | tr "\001\002\003\004" "\012\047\134\041")"' sh '"#
        return Array(head.utf8) + text.map { Self.substitutes[$0] ?? $0 } + [0x27]
    }

    /// The keys that accept the line which was reported with `token`, and nothing else. A stale or wrong token does nothing.
    ///
    /// To be written to the shell in one piece, and only while `token` is the last report's.
    package func acceptKeys(token: [UInt8], shell: Shell) -> [UInt8] {
        switch shell {
        case .bash, .zsh: key("a") + token
        case .fish: token.flatMap { key($0) } + key("z")
        }
    }

    /// The keys that clear the whole line, or give the whole unfinished command up. The shell reports nothing.
    package var rejectKeys: [UInt8] { key("n") }

    /// The keys that make the editor report its line, as Enter does. The answer to ``Mark/askAgain``.
    package var reportKeys: [UInt8] { key("q") }

    /// What every key of the guard begins with. The guard takes it out of what the user types.
    package var keyPrefix: [UInt8] { [0x1E] + secret }

    private func key(_ letter: Unicode.Scalar) -> [UInt8] { key(UInt8(ascii: letter)) }
    private func key(_ letter: UInt8) -> [UInt8] { keyPrefix + [letter] }

    private func placeholder(_ name: String) -> [UInt8] { Array("@\(name)@".utf8) }

    private static func hexadecimal(_ bytes: [UInt8]) -> [UInt8] {
        let digits = Array("0123456789abcdef".utf8)
        return bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
    }

    /// The characters that the quotes of some login shell would not pass, and what stands for them.
    private static let substitutes: [UInt8: UInt8] = [0x0A: 1, 0x27: 2, 0x5C: 3, 0x21: 4]

    /// start.sh with the three shells' texts in it, without comments and indentation.
    private static let template: [UInt8] = [
        ("BASH", PackageResources.bash_sh), ("ZSH", PackageResources.zsh_zsh), ("FISH", PackageResources.fish_fish),
    ].reduce(compact(PackageResources.start_sh)) { text, shell in
        text.replacing(Array("@\(shell.0)@".utf8), with: compact(shell.1))
    }

    /// No line of the texts begins with `#` or blanks inside quotes or a here-document.
    private static func compact(_ text: [UInt8]) -> [UInt8] {
        text.split(separator: 0x0A)
            .map { $0.drop { $0 == 0x20 } }
            .filter { !$0.isEmpty && $0.first != UInt8(ascii: "#") }
            .joined(separator: [0x0A])
            .map { $0 }
    }
}

/// A shell that can be given the integration.
package enum Shell: String, Sendable, CaseIterable { case bash, zsh, fish }

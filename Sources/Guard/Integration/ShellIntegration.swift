/// The texts that make a shell report each line before it runs it, filled in for one session.
///
/// `README.md` in this folder is the contract: what is sent to the target, what comes back, what the guard must do.
package struct ShellIntegration: Sendable {
    /// As it stands in the marks: 32 lower-case hexadecimal digits.
    let nonce: [UInt8]
    /// What the start command has of the nonce, for all to see in the target's list of processes; 64 bits stay unknown.
    var tag: [UInt8] { Array(nonce.prefix(16)) }
    private let secret: [UInt8]

    /// - Parameters:
    ///   - nonce: `GuardTerms.nonceLength` random bytes. They authenticate what the shell says; the user must not get to see them.
    ///   - secret: `GuardTerms.secretLength` random bytes, unrelated to the nonce. They make the guard's keys, which nobody else can type.
    package init(nonce: [UInt8], secret: [UInt8]) {
        self.nonce = Self.hexadecimal(nonce)
        self.secret = Self.hexadecimal(secret)
    }

    /// The exec request that starts the account's shell as a login shell with the integration. One line of at most 32 KB.
    ///
    /// It has neither the secret nor all of the nonce: who may see other people's processes would read them. It asks for them on the terminal, by the
    /// mark `w` under ``tag``, when it has switched the echo off, and goes on when it has read ``keysLine``.
    ///
    /// The account's login shell reads it (`$SHELL -c …`): between single quotes and without `'`, `\`, `!` and newline, bash, zsh, fish, dash,
    /// busybox ash, ksh and tcsh read it in the same way. `/bin/sh` gets the four characters back through `tr`, and what most names begin with through `sed`.
    package var startCommand: [UInt8] {
        Self.beforeText.replacing(Array("@TAG@".utf8), with: tag) + Self.text.map { Self.substitutes[$0] ?? $0 } + [
            UInt8(ascii: "'")
        ]
    }

    /// What the start command waits for behind its mark `w`: a line for a terminal that does not echo.
    var keysLine: [UInt8] { nonce + secret + [0x0A] }

    /// What every key of the guard begins with, and no user may send.
    var acceptPrefix: [UInt8] { [0x1E] + secret }

    /// The keys that accept the line which was reported with `token`. A stale or wrong token does nothing at all.
    ///
    /// To be written in one piece, and only while that report is the last one.
    ///
    /// - Parameter startsShell: the line starts a shell whose lines are to be judged. Where that can be told from its words, it gets the integration.
    func acceptKeys(token: [UInt8], startsShell: Bool = false) -> [UInt8] {
        (startsShell ? key(UInt8(ascii: "s")) : []) + key(UInt8(ascii: "a")) + token
    }

    /// The keys that clear the line, or give up the whole unfinished command. The shell reports nothing, and shows a prompt with its marks.
    var rejectKeys: [UInt8] { key(UInt8(ascii: "n")) }

    /// The keys that make the editor report its line as Enter would.
    var reportKeys: [UInt8] { key(UInt8(ascii: "q")) }

    private func key(_ letter: UInt8) -> [UInt8] { acceptPrefix + [letter] }

    /// Lower-case digits, as the shells write the nonce.
    static func hexadecimal(_ bytes: [UInt8]) -> [UInt8] {
        let digits = Array("0123456789abcdef".utf8)
        return bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
    }

    /// The fields of a text that is split at the one character of `IFS` are put together again with what stands for it: without a program, whose
    /// arguments would be seen, and in linear time. What the user types before the keys is in front of them.
    private static let beforeText = Array(
        (#"exec /bin/sh -c 'sallyport_modes=$(stty -g) && stty -echo || exec "$SHELL"; printf "\033]7717;@TAG@;w\007"; "#
            + #"while read -r sallyport_line; do case $sallyport_line in *@TAG@*) break; esac; done; stty "$sallyport_modes"; "#
            + #"sallyport_line=${sallyport_line#*@TAG@}; case $sallyport_line in ????????????????????????????????) ;; *) exit 1; esac; "#
            + #"sallyport_fill() { IFS=$2; sallyport_text=; for sallyport_part in $1; do "#
            + #"sallyport_text=$sallyport_text$sallyport_separator$sallyport_part; sallyport_separator=$3; done; "#
            + #"unset sallyport_separator; }; set -f; unset sallyport_separator; "#
            + #"sallyport_fill "$1" "$(printf "\006")" "@TAG@${sallyport_line%????????????????}"; "#
            + #"sallyport_fill "$sallyport_text" "$(printf "\016")" "${sallyport_line#????????????????}"; "#
            + #"unset IFS sallyport_line sallyport_part sallyport_modes; set +f; shift; "#
            + #"eval "$(printf %s "$sallyport_text" | tr "\001\002\003\004" "\012\047\134\041""#
            + #" | sed "$(printf "s/\005/sally%s_/g" port)")"' sh '"#).utf8)

    /// The characters that the quotes of some login shell would not pass, and what stands for them.
    private static let substitutes: [UInt8: UInt8] = [0x0A: 1, 0x27: 2, 0x5C: 3, 0x21: 4]

    /// start.sh with the texts of the three shells in it, and one character for what most names begin with.
    private static let text = [
        ("@BASH@", PackageResources.bash_sh), ("@ZSH@", PackageResources.zsh_zsh), ("@FISH@", PackageResources.fish_fish),
    ].reduce(compact(PackageResources.start_sh)) { text, shell in
        text.replacing(Array(shell.0.utf8), with: compact(shell.1))
    }.replacing(Array("sallyport_".utf8), with: [5]).replacing(Array("@NONCE@".utf8), with: [6]).replacing(
        Array("@SECRET@".utf8), with: [0x0E])

    /// Without comments and indentation: no line of the texts begins with `#` or blanks inside quotes.
    private static func compact(_ text: [UInt8]) -> [UInt8] {
        let lines = text.split(separator: 0x0A).map { $0.drop { $0 == 0x20 } }
        return Array(lines.filter { !$0.isEmpty && $0.first != UInt8(ascii: "#") }.joined(separator: [0x0A]))
    }
}

import EndToEndHarness
import Foundation

/// What a shell really ran, told by the shell itself, on ways that the terminal does not show.
///
/// | shell | channel |
/// |---|---|
/// | bash | `PS0` appends `history 1` to a file: after history expansion, before aliases |
/// | zsh | `preexec`'s first argument |
/// | fish | the event `fish_preexec` |
/// | dash | `strace`: the bytes that each dash read from its terminal |
/// | busybox ash | `set -v` to a file; its line editor writes elsewhere |
///
/// Limits: bash's needs the history on, with `HISTCONTROL` empty; ash's also has what commands write to stderr, of which the shell's own
/// messages are left out; dash's and ash's have lines that were read, also those that did not parse. Empty lines are nobody's truth.
struct GroundTruth: Sendable {
    let shell: Shell
    /// The account's folder for these files, its own.
    let folder: String

    /// Where the shell writes it. For dash the beginning of the names of strace's files.
    private var file: String { folder + "/truth" }

    /// Where `t` writes.
    private var executedFile: String { folder + "/executed" }

    /// Lines for the shell's start-up file.
    var startUp: String {
        switch shell {
        case .bash:
            """
            unset HISTFILE
            HISTCONTROL=
            shopt -s cmdhist lithist
            __truth() { { HISTTIMEFORMAT= builtin history 1; builtin printf '\\0'; } >>\(file); }
            PS0='$(__truth)'

            """
        case .zsh:
            """
            __truth() { builtin printf '%s\\0' "$1" >>\(file) }
            preexec_functions+=(__truth)

            """
        case .fish:
            """
            function __truth --on-event fish_preexec
                builtin printf '%s\\0' "$argv[1]" >>\(file)
            end

            """
        case .dash: ""
        case .ash: "exec 2>>\(file)\nset -v\n"
        }
    }

    /// Physical lines in the order in which they were read or run; a line that ends in a backslash is joined with the next.
    func lines() throws -> [[UInt8]] {
        switch shell {
        case .bash: records().map(Self.withoutHistoryNumber).flatMap(CommandText.lines)
        case .zsh, .fish: records().flatMap(CommandText.lines)
        case .dash: CommandText.lines(try DashTrace(folder: folder).typed())
        case .ash:
            // Its own messages begin with what it was called by, and say what became of jobs.
            CommandText.lines(bytes(of: file)).filter { line in
                let text = String(decoding: line, as: UTF8.self)
                return text.prefixMatch(of: /(-|\/\S+\/)?(ash|sh): |\[[0-9]+\][ +-]/) == nil
            }
        }
    }

    /// The arguments of each `t` that was executed, whatever the line looked like.
    func executed() -> [[String]] {
        var fields = bytes(of: executedFile).split(separator: 0, omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self) }[...]
        var calls: [[String]] = []
        while let count = fields.first.flatMap({ Int($0) }) {
            calls.append(Array(fields.dropFirst().prefix(count)))
            fields = fields.dropFirst(1 + count)
        }
        return calls
    }

    private func records() -> [[UInt8]] { bytes(of: file).split(separator: 0).map(Array.init) }

    private func bytes(of file: String) -> [UInt8] { Array(FileManager.default.contents(atPath: file) ?? Data()) }

    /// `history` writes a number, at least five columns wide, an asterisk or a blank, and a blank.
    private static func withoutHistoryNumber(_ record: [UInt8]) -> [UInt8] {
        let digits = record.drop { $0 == UInt8(ascii: " ") }.drop { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        return Array(digits.dropFirst(2))
    }
}

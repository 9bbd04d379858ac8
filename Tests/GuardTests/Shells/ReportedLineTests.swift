import EndToEndHarness
import Testing

@testable import Guard

/// Whatever way a line comes about: what was asked is what ran.
struct ReportedLineTests {
    struct Way {
        var name: String
        var shells: [String]
        var keys: [String]
        /// The lines that are asked about; empty ones are not.
        var asked: [String]
        /// What `t` is run with.
        var ran: [String]
        var settings = ""
        var files: [String: String] = [:]
    }

    private static let all = ["bash", "zsh", "fish"]
    private static let posix = ["bash", "zsh"]
    private static let up = "\u{1B}[A"
    private static let left = "\u{1B}[D"

    static let ways: [Way] = [
        Way(name: "editing", shells: all, keys: ["t abc", left + left, "X", "\r"], asked: ["t aXbc"], ran: ["aXbc"]),
        Way(name: "^U and ^W", shells: all, keys: ["junk\u{15}t a b\u{17}c\r"], asked: ["t a c"], ran: ["a c"]),
        Way(name: "^J", shells: all, keys: ["t a\n"], asked: ["t a"], ran: ["a"]),
        Way(name: "history", shells: all, keys: ["t a\r", up, "b\r"], asked: ["t a", "t ab"], ran: ["a", "ab"]),
        Way(
            name: "^R", shells: posix, keys: ["t alpha\r", "t beta\r", "\u{12}alp", "\r"],
            asked: ["t alpha", "t beta", "t alpha"],
            ran: ["alpha", "beta", "alpha"]),
        Way(
            name: "!!, !$ and ^a^b", shells: posix, keys: ["t one two\r", "!!\r", "t !$\r", "^two^three\r"],
            asked: ["t one two", "t one two", "t two", "t three"], ran: ["one two", "one two", "two", "three"]),
        Way(
            name: "!nosuch", shells: posix, keys: ["t a\r", "!nosuch\r", "t b\r"], asked: ["t a", "!nosuch", "t b"],
            ran: ["a", "b"]),
        Way(
            name: "quoted !", shells: posix, keys: ["t 'a!b'\r", "t a\\!b\r"], asked: ["t 'a!b'", "t a\\!b"], ran: ["a!b", "a!b"]),
        Way(
            name: "completion", shells: ["bash"], keys: ["touch longname\r", "t long\t", "\r"],
            asked: ["touch longname", "t longname "], ran: ["longname"]),
        Way(name: "^V^M", shells: posix, keys: ["t a\u{16}\r", "b\r"], asked: ["t a\rb"], ran: ["a\rb"]),
        Way(name: "digit argument", shells: posix, keys: ["t a", "\u{1B}3", "b\r"], asked: ["t abbb"], ran: ["abbb"]),
        Way(
            name: "^O", shells: posix, keys: ["t a\r", "t b\r", up + up, "\u{0F}", "\r"], asked: ["t a", "t b", "t a", "t b"],
            ran: ["a", "b", "a", "b"]),
        Way(
            name: "vi in bash", shells: ["bash"], keys: ["t abc\u{1B}", "hx", "\r", "t d\r"], asked: ["t ac", "t d"],
            ran: ["ac", "d"], settings: "set -o vi\n"),
        Way(
            name: "vi in zsh", shells: ["zsh"], keys: ["t abc\u{1B}", "hx", "\r", "t d\r"], asked: ["t ac", "t d"],
            ran: ["ac", "d"], settings: "bindkey -v\n"),
        Way(
            name: "vi in fish", shells: ["fish"], keys: ["t abc\u{1B}", "hx", "\r", "t d\r"], asked: ["t ac", "t d"],
            ran: ["ac", "d"],
            settings: "fish_vi_key_bindings\n"),
        Way(
            name: "vi later on", shells: ["bash"], keys: ["set -o vi\r", "t abc\u{1B}", "\r"], asked: ["set -o vi", "t abc"],
            ran: ["abc"]),
        Way(
            name: "a macro over two lines in bash", shells: ["bash"], keys: ["\u{14}", ""], asked: ["t m1", "t m2"],
            ran: ["m1", "m2"],
            files: [".inputrc": "\"\\C-t\": \"t m1\\rt m2\\r\"\nset bell-style none\n"]),
        Way(
            name: "a macro over two lines in zsh", shells: ["zsh"], keys: ["\u{14}", ""], asked: ["t m1", "t m2"],
            ran: ["m1", "m2"],
            settings: "bindkey -s '^T' 't m1^Mt m2^M'\n"),
        Way(
            name: "another key in bash", shells: ["bash"], keys: ["bind '\"\\C-g\": accept-line'\r", "t a\u{07}", "t b\u{07}"],
            asked: ["bind '\"\\C-g\": accept-line'", "t a", "t b"], ran: ["a", "b"]),
        Way(
            name: "another key in zsh", shells: ["zsh"], keys: ["bindkey '^G' accept-line\r", "t a\u{07}"],
            asked: ["bindkey '^G' accept-line", "t a"], ran: ["a"]),
        Way(
            name: "another key in fish", shells: ["fish"], keys: ["t a\u{07}"], asked: ["t a"], ran: ["a"],
            settings: "bind \\cg 'commandline -f execute'\n"),
        Way(
            name: "a function of a key in fish", shells: ["fish"], keys: ["t a\u{07}"], asked: ["t a"], ran: ["a"],
            settings: "function run; commandline -f execute; end\nbind \\cg run\n"),
        Way(
            name: "a user's own accept-line", shells: ["zsh"], keys: ["t a\r", "\r"], asked: ["t a", "t magic"],
            ran: ["a", "magic"],
            settings: "accept-line() { [[ -z $BUFFER ]] && BUFFER='t magic'; zle .accept-line }\nzle -N accept-line\n"),
        Way(
            name: "past the widgets", shells: ["zsh"], keys: ["bindkey '^G' .accept-line\r", "t a\u{07}", "\u{07}"],
            asked: ["bindkey '^G' .accept-line", "t a"], ran: ["a"]),
        Way(
            name: "an abbreviation", shells: ["fish"], keys: ["gg\r", "gg x\r"], asked: ["t abbr", "t abbr x"],
            ran: ["abbr", "abbr x"],
            settings: "abbr -a gg t abbr\n"),
        Way(
            name: "an editor", shells: ["bash"], keys: ["t a", "\u{18}\u{05}", "\r"], asked: ["t edited"], ran: ["edited"],
            settings: "export EDITOR='sed -i s/a/edited/'\n"),
        Way(
            name: "a bracketed paste", shells: all, keys: ["\u{1B}[200~t a\nt b\u{1B}[201~", "\r"], asked: ["t a\nt b"],
            ran: ["a", "b"]),
        Way(
            name: "a bracketed paste whose end is cut", shells: all, keys: ["\u{1B}[200~t a\nt b\u{1B}", "[201~", "\r", "t c\r"],
            asked: ["t a\nt b", "t c"], ran: ["a", "b", "c"]),
        Way(name: "a plain paste", shells: all, keys: ["t 1\rt 2\rt 3\r"], asked: ["t 1", "t 2", "t 3"], ran: ["1", "2", "3"]),
        Way(
            name: "quotes over lines", shells: posix, keys: ["t \"a\r", "b\"\r"], asked: ["t \"a", "t \"a\nb\""], ran: ["a", "b"]),
        Way(
            name: "a here-document", shells: posix, keys: ["t $(cat <<E\r", "x\r", "E\r", ")\r"],
            asked: ["t $(cat <<E", "t $(cat <<E\nx", "t $(cat <<E\nx\nE", "t $(cat <<E\nx\nE\n)"], ran: ["x"]),
        Way(name: "an unfinished line", shells: ["fish"], keys: ["t \"a\r", "b\"\r"], asked: ["t \"a\nb\""], ran: ["a", "b"]),
        Way(
            name: "a menu", shells: ["fish"], keys: ["touch aa1 aa2\r", "t aa\t\t", "\r", "\r"],
            asked: ["touch aa1 aa2", "t aa1 "], ran: ["aa1"]),
        Way(name: "read", shells: all, keys: ["read x\r", "typed\r", "t $x\r"], asked: ["read x", "t $x"], ran: ["typed"]),
        Way(
            name: "read -e", shells: ["bash"], keys: ["read -e x\r", "ty!ped\r", "t $x\r"], asked: ["read -e x", "t $x"],
            ran: ["ty!ped"]),
        Way(
            name: "vared", shells: ["zsh"], keys: ["read x; vared x\r", "1\r", "2\r", "t $x\r"],
            asked: ["read x; vared x", "t $x"], ran: ["12"]),
        Way(
            name: "the hook taken away", shells: ["bash"], keys: ["unset PROMPT_COMMAND\r", "t a\r", "PS1='x '\r", "t b\r"],
            asked: ["unset PROMPT_COMMAND", "t a", "PS1='x '", "t b"], ran: ["a", "b"]),
        Way(
            name: "$? and $_", shells: ["bash"], keys: ["(exit 3)\r", "t $? x\r", "t $_\r"],
            asked: ["(exit 3)", "t $? x", "t $_"], ran: ["3 x", "x"]),
        Way(name: "^C", shells: all, keys: ["t junk", "\u{03}", "t a\r"], asked: ["t a"], ran: ["a"]),
        Way(name: "set -u", shells: posix, keys: ["set -u\r", "t a\r"], asked: ["set -u", "t a"], ran: ["a"]),
        Way(
            name: "a background job", shells: all, keys: ["sleep 0.1 &\r", "t a", "", "\r"], asked: ["sleep 0.1 &", "t a"],
            ran: ["a"]),
    ]

    @Test(arguments: ways.flatMap { way in way.shells.map { Case(shell: $0, way: way) } }) func `What was asked is what ran`(
        example: Case
    ) throws {
        let login = try IntegratedLogin(example.shell, settings: example.way.settings, files: example.way.files)
        try login.type(example.way.keys)
        try login.waitForRuns(example.way.ran.count)
        #expect(login.ran == example.way.ran, "\(login.shell.text.suffix(500))")
        #expect(login.shell.asked == example.way.asked)
        #expect(login.alarms == [])
    }

    struct Case: CustomTestStringConvertible {
        var shell: String
        var way: Way
        var testDescription: String { "\(way.name), \(shell)" }
    }
}

import Guard
import Testing

@testable import Policy

/// What is different about a line that is typed at a prompt.
@Suite struct PromptTests {
    private func reading(_ text: String, _ language: LineLanguage = .bash, isFromEditor: Bool = true) -> CommandReading {
        TypedLine(text: Array(text.utf8), language: language, isFromEditor: isFromEditor).reading
    }

    @Test(arguments: [
        (LineLanguage.bash, "bind '\"\\C-m\": accept-line'"), (.bash, "bind -x '\"\\C-g\":ls'"), (.bash, "bind -r '\\C-m'"),
        (.zsh, "bindkey '^M' accept-line"), (.zsh, "bindkey -v"), (.zsh, "zle -N accept-line x"), (.zsh, "zle -D a"),
        (.fish, "bind \\r execute"), (.fish, "abbr -a l ls"), (.bash, "PS0='$(ls)'"), (.bash, "PS0="), (.bash, "PROMPT_COMMAND="),
        (.bash, "PROMPT_COMMAND=ls"), (.bash, "PROMPT_COMMAND+=(x)"), (.bash, "PROMPT_COMMAND[1]=x"),
        (.bash, "unset PROMPT_COMMAND"),
        (.bash, "export PROMPT_COMMAND=x"), (.bash, "declare PS0=x"), (.zsh, "precmd() { :; }"),
        (.zsh, "function preexec { :; }"),
        (.zsh, "precmd_functions=()"), (.zsh, "preexec_functions+=(x)"), (.zsh, "zle-line-init() { :; }"),
        (.zsh, "add-zsh-hook precmd x"), (.bash, "trap ls DEBUG"), (.bash, "trap - DEBUG"), (.bash, "trap '' debug"),
        (.bash, "unset -f __sallyport_report"), (.zsh, "unfunction __sallyport_accept"), (.fish, "functions -e __sallyport_mark"),
        (.bash, "__sallyport_secret=1"), (.bash, "stty -echo"), (.bash, "stty intr ^G"), (.bash, "sudo stty raw"),
        (.bash, "PS1='$(reboot)'"), (.bash, "builtin() { :; }"), (.bash, "function command { ls; }"), (.bash, "set +o emacs"),
        (.fish, "function commandline; end"), (.bash, "eval 'printf() { ls; }'"), (.bash, "alias x=ls"),
        (.bash, "enable -n bind"), (.zsh, "setopt interactivecomments"),
        (.zsh, "histchars=^"),
    ])
    func `what changes how the next lines are read is in doubt`(language: LineLanguage, text: String) {
        #expect(reading(text, language).kinds.contains(.redefinition))
    }

    @Test(arguments: [
        (LineLanguage.bash, "PS1='\\w$ '"), (.bash, "bind -P"), (.bash, "bind"), (.zsh, "bindkey"), (.zsh, "bindkey -L"),
        (.zsh, "zle -l"),
        (.fish, "abbr --show"), (.bash, "trap"), (.bash, "trap 'rm -f /tmp/x' EXIT"), (.bash, "stty"), (.bash, "stty -a"),
        (.bash, "stty size"), (.bash, "stty rows 24 cols 80"), (.bash, "stty sane"), (.bash, "set -o vi"), (.bash, "unset x"),
        (.bash, "f() { ls; }"), (.bash, "x=1"), (.bash, "export LANG=C"),
    ])
    func `what changes nothing of that is not`(language: LineLanguage, text: String) {
        #expect(reading(text, language).doubts.isEmpty)
    }

    @Test func `an editor that has put the history in leaves no doubt about it`() {
        #expect(reading("echo a!b", isFromEditor: false).kinds == [.dialect])
        #expect(reading("echo a!b").doubts.isEmpty)
        #expect(reading("echo a!b", .zsh).doubts.isEmpty)
        #expect(reading("^a^b", .shell, isFromEditor: false).kinds.contains(.dialect))
    }

    @Test func `a line is read as its own shell reads it`() {
        // A comment in bash; to zsh, unless it is told otherwise, words.
        #expect(reading("ls # ; rm 1", .bash).dump == ["ls"])
        #expect(reading("ls # ; rm 1", .zsh).dump.contains("rm|1"))
        #expect(reading("ls # ; rm 1", .shell).dump.contains("rm|1"))
        #expect(reading("echo \\x72m", .bash).doubts.isEmpty)
        #expect(reading("echo (rm 1)", .fish).dump.contains("rm|1"))
        // Behind another program, another shell.
        #expect(reading("sh -c 'echo \\x72m'", .bash).kinds.contains(.dialect))
    }

    @Test func `blocks of fish are its commands and not the words around them`() {
        let reading = reading("for i in 1 2; if test $i = 1; rm $i; else; ls; end; end", .fish)
        #expect(reading.commands.compactMap { $0.words.first?.known } == ["test", "rm", "ls"])
        #expect(reading.doubts.isEmpty)
        #expect(self.reading("function f; rm 1; end", .fish).dump == ["rm|1"])
        // What fish does not take is read in all ways.
        #expect(self.reading("echo $(ls", .fish).kinds.contains(.syntax))
    }

    @Test func `why a line is not known is why it is uncertain`() {
        let line = TypedLine(text: Array("ls".utf8), language: .shell, doubts: [.oneWitness, .noEcho])
        #expect(line.reading.kinds == [.unreadLine, .unreadLine])
        #expect(line.reading.doubts.map(\.text) == [LineDoubt.oneWitness.text, LineDoubt.noEcho.text])
        let policy = PolicyRules(
            default: .allow, uncertain: .approve,
            rules: [PolicyRule("any", [.command(CommandMatcher())], .allow, accepts: true)])
        #expect(policy.judge(line, reading: line.reading, in: Situation()).verdict == .approve)
    }

    @Test(
        arguments: [
            (LineLanguage.psql, "DROP TABLE users;", "drop"), (.psql, "\\! rm -rf /", "rm"),
            (.psql, "\\copy t to program 'rm x'", "rm"),
            (.mysql, "drop database x;", "drop"), (.mysql, "system rm -rf /", "rm"), (.mysql, "\\! rm x", "rm"),
            (.sqlite3, "DROP TABLE t;", "drop"), (.sqlite3, ".shell rm x", "rm"), (.sqlite3, ".system rm x", "rm"),
            (.psql, "select 1;", nil), (.mysql, "select 1;", nil), (.sqlite3, ".tables", nil), (.psql, "\\d", nil),
        ] as [(LineLanguage, String, String?)])
    func `a statement goes to the rules about SQL`(language: LineLanguage, text: String, rule: String?) throws {
        var sql = SQLMatcher()
        sql.statements = try ["DROP TABLE", "DROP DATABASE"].map { try #require(SQLStatementPattern($0)) }
        let policy = PolicyRules(
            default: .allow, uncertain: .approve,
            rules: [PolicyRule("drop", [.sql(sql)], .block), try PolicyRule("rm", Asked(program: ["rm"]), .block)])
        let line = TypedLine(text: Array(text.utf8), language: language)
        let judgement = policy.judge(line, reading: line.reading, in: Situation(isGuarded: true))
        #expect(judgement.rule == rule)
        #expect(judgement.verdict == (rule == nil ? .allow : .block))
    }

    @Test func `a file of statements is in doubt`() {
        #expect(reading(".read x.sql", .sqlite3).commands.count == 1)
        let policy = PolicyRules(default: .allow, uncertain: .approve, rules: [PolicyRule("sql", [.sql(SQLMatcher())], .block)])
        for (language, text) in [(LineLanguage.sqlite3, ".read x.sql"), (.psql, "\\i x.sql"), (.mysql, "source x.sql")] {
            let line = TypedLine(text: Array(text.utf8), language: language)
            #expect(policy.judge(line, reading: line.reading, in: Situation()).verdict >= .approve, "\(text)")
        }
    }

    @Test func `nothing is nothing, whatever the default`() {
        let policy = PolicyRules(default: .block, uncertain: .block, rules: [])
        for text in ["", "  ", "# a comment", "\n"] {
            let line = TypedLine(text: Array(text.utf8), language: .bash)
            #expect(policy.judge(line, reading: line.reading, in: Situation()).verdict == .allow)
        }
        let line = TypedLine(text: Array("ls".utf8), language: .bash)
        #expect(policy.judge(line, reading: line.reading, in: Situation()).verdict == .block)
    }
}

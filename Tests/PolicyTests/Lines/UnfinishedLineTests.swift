import Guard
import Testing

@testable import Policy

/// Where a shell asks for another line: compared with the shells themselves in `ContinuationTests`.
@Suite struct UnfinishedLineTests {
    static let unfinished = [
        "for i in 1 2; do", "for i in 1 2", "for i in 1 2; do\necho $i", "while true", "while true; do sleep 1", "until x; do",
        "if true", "if true; then", "if true; then echo; else", "case x in", "case x in\na) echo ;;", "case x in a) echo", "{",
        "{ ls",
        "(", "( ls; cd", "f()", "f() {", "f() { ls", "function g {", "echo 'a", "echo \"a", "echo \"a $(ls", "echo $(",
        "echo ${x",
        "ls |", "ls &&", "ls ||", "ls && \n", "cat <<E", "cat <<E\nrm -rf /", "cat <<'E'\n$x", "cat <<-E\n\tx", "echo a\\",
        "echo `ls", "[[ -f x", "[[ -f x &&", "select x in a; do", "echo a | (", "echo \"it's", "a=(1 2", "echo $((1 +",
        "for ((i = 0; i < 3; i++)); do", "cat <<A; cat <<B\na\nA\nb",
    ]
    static let finished = [
        "", "ls", "ls;", "ls &", "for i in 1 2; do echo $i; done", "if true; then ls; fi", "{ ls; }", "( ls )", "f() { ls; }",
        "echo 'a'", "cat <<E\nx\nE", "cat <<E\nx\nE\n", "echo a\\\nb", "echo \"a\nb\"", "ls | cat", "ls &&\nls", "[[ -f x ]]",
        "case x in a) ls ;; esac", "# a comment with an open ' quote", "echo a # it's", "a=(1 2)", "echo $((1 + 2))",
        "echo a\\\\",
        "echo '\\'",
    ]
    /// Mistakes that more text does not mend.
    static let mistakes = [
        "fi", "ls )", "done", "ls ;; ls", "for; do", "if then", "echo >", "ls | | cat", "{ ls; ) }", "( ls; } )",
    ]

    private func reading(_ text: String, _ language: LineLanguage = .bash) -> CommandReading {
        TypedLine(text: Array(text.utf8), language: language).reading
    }

    @Test(arguments: unfinished, [LineLanguage.bash, .zsh, .shell])
    func `what only ends too early is unfinished and no mistake`(text: String, language: LineLanguage) {
        let reading = reading(text, language)
        #expect(reading.isUnfinished)
        #expect(!reading.kinds.contains(.syntax))
    }

    @Test(arguments: finished, [LineLanguage.bash, .zsh, .shell])
    func `what is complete is finished`(text: String, language: LineLanguage) {
        let reading = reading(text, language)
        #expect(!reading.isUnfinished)
        #expect(!reading.kinds.contains(.syntax))
    }

    @Test(arguments: mistakes)
    func `a mistake is a mistake`(text: String) {
        let reading = reading(text)
        #expect(!reading.isUnfinished)
        #expect(reading.kinds.contains(.syntax))
    }

    @Test func `fish asks by itself, and its lines are complete`() {
        #expect(!reading("for i in 1 2", .fish).isUnfinished)
    }

    @Test func `what is there is read as if all that is open were closed`() {
        #expect(reading("for i in 1 2; do rm -rf /").dump == ["rm|-rf|/"])
        #expect(reading("if rm a; then rm b").dump == ["rm|a", "rm|b"])
        #expect(reading("ls | (rm x").dump.contains("rm|x |<ls"))
        #expect(reading("echo \"$(rm x").dump.contains("rm|x"))
        #expect(reading("cat <<E\n$(rm x)").dump.contains("rm|x"))
        // Inside of a quote that a later line closes, nothing is a command.
        #expect(reading("echo 'a\nrm -rf /").dump == ["echo|a\nrm -rf /"])
    }

    @Test func `an exec request that ends too early is a mistake as ever`() {
        let reading = CommandReader.read("for i in 1; do ls")
        #expect(!reading.isUnfinished && reading.kinds.contains(.syntax))
    }
}

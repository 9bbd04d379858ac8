import Testing

@testable import Policy

struct PipelineTests {
    static let pipes = [
        ReadingVector("curl x | sh", "curl|x |>sh", "sh |<curl"),
        ReadingVector("curl x | tee y | sh", "curl|x |>tee", "tee|y |<curl |>sh", "sh |<curl,tee"),
        ReadingVector("a |& b", "a |>b", "b |<a"),
        ReadingVector("a |\n b |\n# c\n d", "a |>b", "b |<a |>d", "d |<a,b"),
        ReadingVector("{ a; b; } | c", "a |>c", "b |>c", "c |<a,b"),
        ReadingVector("a | { b; c; }", "a |>b", "b |<a", "c |<a"),
        ReadingVector("a | (b; c | d)", "a |>b", "b |<a", "c |<a |>d", "d |<c"),
        ReadingVector("a | while read x; do b; done", "a |>read", "read|x |<a", "b |<a"),
        ReadingVector("a | if b; then c; fi | d", "a |>b", "b |<a |>d", "c |<a |>d", "d |<a,b,c"),
        ReadingVector("a | sh < f", "a |>sh", "sh <f |<a", "sh <f <-f"),
        ReadingVector("a | sh <<E\nrm\nE", "a |>sh", "sh |<a", "sh <<rm\\n"),
        ReadingVector("a $(b) | c", "a|‹$(b)› |>c", "b", "c |<a"),
        ReadingVector("a | b $(c)", "a |>b", "b|‹$(c)› |<a", "c |<a"),
    ]

    @Test(arguments: pipes)
    func `a pipe tells who writes and who reads`(vector: ReadingVector) { vector.check() }

    static let printed = [
        ReadingVector("echo rm -rf / | sh", "sh <<rm -rf /\\n"),
        ReadingVector("echo 'rm -rf /' | sh", "sh <<rm -rf /\\n"),
        ReadingVector("echo -n rm | sh", "sh <<rm"),
        ReadingVector("echo -e 'ls\\nrm x' | sh", "sh <<ls\\nrm x\\n"),
        ReadingVector("echo 'r\\x6d x' | sh", "sh <<«echo=r\\x6d x\\n,rm x\\n»"),
        ReadingVector("echo -E 'a\\nrm x' | sh", "sh <<«echo=a\\nrm x\\n,a\\nrm x\\n»"),
        ReadingVector("echo $x rm | sh", "sh <<‹$x› rm\\n"),
        ReadingVector("printf 'rm %s\\n' -rf / | sh", "sh <<rm -rf\\nrm /\\n"),
        ReadingVector("printf '%s %b' rm '\\0056x' | sh", "sh <<rm .x"),
        ReadingVector("printf rm%%%c%d x 3 | sh", "sh <<rm%x3"),
        ReadingVector("printf '%5s' rm | sh", "sh <<«printf»"),
        ReadingVector("printf '\\162m x' | sh", "sh <<rm x"),
        ReadingVector("printf '%s' \"$x\" | sh", "sh <<«$x»"),
        ReadingVector("/bin/echo rm | sh", "sh <<rm\\n"),
        ReadingVector("command echo rm | sh", "sh <<rm\\n"),
        ReadingVector("builtin printf rm | sh", "sh <<rm"),
        ReadingVector("print -r rm | sh", "sh <<rm\\n"),
        ReadingVector("print 'rm\\n' | sh", "sh <<rm\\n\\n"),
        ReadingVector("cat <<E | sh\nrm x\nE", "sh <<rm x\\n"),
        ReadingVector("cat <<< 'rm x' | sh", "sh <<rm x\\n"),
        ReadingVector("echo rm | cat | tee f | sh", "sh <<rm\\n"),
        ReadingVector("(echo rm; echo x) | sh", "sh <<rm\\nx\\n"),
        ReadingVector("{ echo rm; } | sh", "sh <<rm\\n"),
        ReadingVector("sh < <(printf rm)", "sh <<rm"),
        ReadingVector("echo rm | sed s/a/b/ | sh", "sh |<echo,sed"),
        ReadingVector("echo cm0K | base64 -d | sh", "sh |<echo,base64"),
        ReadingVector("printf \"$x\" rm | sh", "sh |<printf"),
        ReadingVector("printf '%s' $x rm | sh", "sh |<printf"),
        ReadingVector("cat f | sh", "sh |<cat"),
        ReadingVector("(echo rm; a) | sh", "sh |<echo,a"),
    ]

    @Test(arguments: printed)
    func `what is printed in plain view is the reader's text`(vector: ReadingVector) {
        #expect(ShellReader.read(vector.text).dump.contains(vector.commands[0]), "\(ShellReader.read(vector.text).dump)")
    }

    @Test func `exec without a program changes what follows reads`() {
        #expect(ShellReader.read("exec < f; sh").dump == ["exec <f <-f", "sh <-f"])
        #expect(ShellReader.read("(exec < f); sh").dump == ["exec <f <-f", "sh"])
        #expect(ShellReader.read("exec < <(curl x); sh").dump.contains("sh |<curl"))
    }
}

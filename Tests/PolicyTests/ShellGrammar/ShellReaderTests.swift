import Testing

@testable import Policy

struct ShellReaderTests {
    @Test func `a list gives its commands in order`() {
        #expect(ShellReader.read("cd /etc && cat passwd; rm -rf /").dump == ["cd|/etc", "cat|passwd @/etc", "rm|-rf|/ @/etc"])
    }
}

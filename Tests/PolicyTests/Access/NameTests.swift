import Testing

@testable import Policy

struct NameTests {
    @Test(arguments: [
        ("web1", "web1"), ("WEB1", "web1"), ("web1.", "web1"), ("Web1.Example.COM.", "web1.example.com"),
        ("10.0.0.7", "10.0.0.7"),
        ("a", "a"), ("a_b-c.d", "a_b-c.d"), (String(repeating: "a", count: 253) + ".", String(repeating: "a", count: 253)),
    ])
    func `a target's name is lower-cased and loses one trailing dot`(written: String, text: String) throws {
        #expect(TargetName(written)?.text == text)
    }

    @Test(arguments: [
        "", ".", "..", "web1..", ".web1", "-web1", "web1-", "_web1", "web 1", "web1\n", "web1\0", "web/1", "web1:22", "::1", "*",
        "wéb",
        // Unicode lower-cases the Kelvin sign to k, and some resolvers take the other dots for dots.
        "\u{212A}eys", "web1\u{3002}", "web1\u{200D}", String(repeating: "a", count: 254),
    ])
    func `what is no host name is no target's name`(written: String) {
        #expect(TargetName(written) == nil)
    }

    @Test(arguments: [
        "root", "a", "deploy-1", "admin@corp", "CORP\\admin", "host$", "first.last", "a+b", String(repeating: "a", count: 64),
    ])
    func `an account's name is a login as it is`(text: String) {
        #expect(LoginName(text)?.text == text)
    }

    @Test(arguments: [
        "", "-oProxyCommand=sh", "-", "root:x", "ro ot", "root\n", "root\0", "rööt", "root\u{301}", "`id`", "$(id)", "a;b", "%h",
        "\u{212A}", String(repeating: "a", count: 65),
    ])
    func `what a shell or an option parser could take for its own is no login`(text: String) {
        #expect(LoginName(text) == nil)
    }

    @Test(arguments: ["alice", "Alice", "alice@example.com", "josé", "group:ops", String(repeating: "a", count: 256)])
    func `a key id without blanks is a user`(text: String) {
        #expect(UserName(text)?.text == text)
    }

    @Test(arguments: [
        "", " ", "alice ", "alice\u{A0}", "alice\n", "a\u{1B}[2J", "alice\0", "\u{202E}ecila", "al\u{200B}ice", "\u{FEFF}alice",
        "alice\u{FE0F}", "alice\u{3164}", "al\u{34F}ice",
        String(repeating: "a", count: 257),
    ])
    func `blanks and characters that do not show are in no user's name`(text: String) {
        #expect(UserName(text) == nil)
    }

    @Test func `names that only Unicode takes for equal are two users`() throws {
        let composed = try #require(UserName("jos\u{E9}"))
        let decomposed = try #require(UserName("jose\u{301}"))
        #expect(composed.text == decomposed.text)
        #expect(composed != decomposed)
        #expect(Set([composed, decomposed]).count == 2)
        #expect(UserName("\u{212A}") != UserName("K"))
    }

    @Test func `users are told apart by case`() {
        #expect(UserName("alice") != UserName("Alice"))
    }
}

import OpenSSHKeys
import Testing

struct PrintableTextTests {
    @Test func `text for logs is printable ASCII and can be told from what was escaped`() {
        #expect(printable("alice@example.com") == "alice@example.com")
        #expect(printable("a\u{1B}[2J\nb\\u{a}é\u{202E}") == "a\\u{1b}[2J\\u{a}b\\\\u{a}\\u{e9}\\u{202e}")
        #expect(printable("") == "")
    }

    @Test func `long text is cut, and shows it`() {
        #expect(printable(String(repeating: "a", count: 256)) == String(repeating: "a", count: 256))
        #expect(printable(String(repeating: "a", count: 257)) == String(repeating: "a", count: 256) + "...")
    }
}

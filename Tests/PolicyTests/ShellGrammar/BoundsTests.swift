import Foundation
import Testing

@testable import Policy

struct BoundsTests {
    @Test(arguments: [64 << 10 + 1, 1 << 20, 8 << 20])
    func `a long text is refused without a look`(length: Int) {
        let reading = ShellReader.read([UInt8](repeating: UInt8(ascii: "a"), count: length + 1))
        #expect(reading.commands.isEmpty)
        #expect(reading.kinds == [.tooLarge])
    }

    @Test func `64 KiB are looked at`() {
        let reading = ShellReader.read(String(repeating: " ", count: (64 << 10) - 4) + "rm x")
        #expect(reading.dump == ["rm|x"])
        #expect(reading.doubts.isEmpty)
    }

    /// What opens and closes each kind of nesting.
    static let nestings = [
        ("$(", ")"), ("(", ")"), ("( (", ") )"), ("{ ", "; }"), ("\"$(", ")\""), ("${x:-", "}"), ("\"${x:-", "}\""),
        ("if ", "; then :; fi"),
        ("if :; then ", "; fi"), ("while ", "; do :; done"), ("while :; do ", "; done"), ("for x in a; do ", "; done"),
        ("select x in a; do ", "; done"),
        ("for x in $(", "); do :; done"), ("case x in x) ", ";; esac"), ("case $(", ") in x) :;; esac"), ("<(", ")"), (">(", ")"),
        ("=(", ")"),
        ("$((", "))"), ("$(($(", ")))"), ("((", "))"), ("$[", "]"), ("a=(", ")"), ("a=($(", "))"), ("a[", "]=x"), ("@(", ")"),
        ("x@($(", "))"),
        ("[[ (", ") ]]"), ("[[ x == $(", ") ]]"), ("f() { ", "; }"), ("function f { ", "; }"), ("() { ", "; }"), ("coproc ", ""),
        ("repeat 1 ", ""),
        ("{ :; } always { ", "; }"), ("echo $(echo ", ")"), ("x=$(echo ", ")"), ("declare x=$(", ")"),
        ("echo {1..3}$(echo ", ")"), ("{a,", "}"),
        ("cat <<E\n$(", ")\nE\n"), (">$(", ")"), ("<<<$(", ")"), ("${x[", "]}"), ("${ ", "; }"), ("echo x | (", ")"), ("! ", ""),
        ("time ", ""),
        ("`", "`"), ("\\`", "\\`"), ("$((a) ", ")"), ("((a) ", ")"), ("\"", "\""), ("'", "'"), ("a | ", ""), ("a && ", ""),
        ("\\\n", ""), ("{", "}"),
    ]

    @Test(arguments: nestings)
    func `nesting of any depth fits on a small stack`(opening: String, closing: String) {
        for depth in [48, 49, 3000] {
            let nested = String(repeating: opening, count: depth) + "rm x" + String(repeating: closing, count: depth)
            _ = readOnSmallStack(String(nested.prefix(30_000)))
            _ = readOnSmallStack(String(nested.prefix(opening.count * depth)))
        }
    }

    @Test func `what is nested too deep is a doubt, and what is not is read`() {
        let deep = { (depth: Int) in String(repeating: "$(", count: depth) + "rm x" + String(repeating: ")", count: depth) }
        #expect(ShellReader.read(deep(20)).dump.contains("rm|x"))
        #expect(!ShellReader.read(deep(20)).kinds.contains(.tooLarge))
        #expect(ShellReader.read(deep(100)).kinds.contains(.tooLarge))
        #expect(ShellReader.read("rm x; " + deep(100)).dump.contains("rm|x"))
    }

    @Test func `too many commands are a doubt`() {
        let reading = ShellReader.read(String(repeating: "a;", count: 20_000))
        #expect(reading.commands.count == 4096)
        #expect(reading.kinds == [.tooLarge])
    }

    @Test func `too many words are a doubt`() {
        let reading = ShellReader.read(String(repeating: "a {1..1000};", count: 1000))
        #expect(reading.kinds == [.tooLarge])
        #expect(reading.commands.reduce(0) { $0 + $1.words.count } < 40_000)
    }

    /// Texts that make a careless parser start again and again.
    static let costly = [
        "((", "((a) ", "$((", "$((a) ", "`", "\"`", "\\`", "\"$(", "'\"", "<<E ", "<<E\n", "$(<<E ", "\"${x:-'", "${x:-'}", "[",
        "[/", "a[", "{", "{a", "{a,", "{1..9}", "{a,b}", "x=$x$x;", "$x",
        "$x ", "x=a;$x;", "cd a;", "cd a||", "cd /a;cd /b;", "a|", "a|(", "set -- $@ a;", "a=(${a[@]} b);", "echo a|", "$(echo ",
        "case x in ", "f(){ ", "foreach x (", "coproc ", "coproc $(", "repeat $(", "if a {", "[[ (",
        "[[ a =~ (", "@(", "*(", "$'", "\\\n", "#", "# ;", "!", "&", ";", "\n", ")", "}", "fi;", "a()", "=(", "a=(", "${(",
        "${x[", "~", ":~", "1=", "\\x41", "\r", "2>&1", "{a}>", "time ", "eval cd;", "exec <a;",
        "printf %s ", "echo \\\\n ", "x=\"$(echo $x)\";", "a[1 ]=", "$=x ", "((x[", "_=$_$_;:", "read x<<<a;",
        "a<<E;b<<F\nE\nF\n", "for x in a;do ",
    ]

    @Test(arguments: costly)
    func `no text is costly`(unit: String) {
        for (length, tail) in [(24_000, "}"), (4000, ""), (4000, " rm x"), (4000, "\nE\n"), (4000, "'"), (4000, "]")] {
            let reading = readOnSmallStack(String(repeating: unit, count: length / unit.utf8.count) + tail)
            #expect(reading.commands.count <= 4096)
            #expect(reading.doubts.count <= 64)
        }
    }

    private func readOnSmallStack(_ text: String) -> CommandReading {
        let reading = Reading(text)
        let thread = Thread {
            reading.result = ShellReader.read(reading.text)
            reading.finished.signal()
        }
        thread.stackSize = 512 << 10
        thread.start()
        reading.finished.wait()
        return reading.result
    }

    /// Crosses from the thread to the test; the semaphore orders the accesses.
    private final class Reading: @unchecked Sendable {
        let text: String
        var result = CommandReading()
        let finished = DispatchSemaphore(value: 0)
        init(_ text: String) { self.text = text }
    }
}

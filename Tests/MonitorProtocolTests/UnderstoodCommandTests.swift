import MonitorProtocol
import Testing

@Suite struct `A command as it was understood` {
    @Test func `is one line, in which different words never look the same`() {
        func line(_ words: [String]) -> String {
            UnderstoodCommand(words: words, via: [], verdict: "approve", rules: []).line
        }
        #expect(line(["rm", "-rf", "/srv/x"]) == "rm -rf /srv/x: approve")
        #expect(line(["rm", "a b"]) == "rm 'a b': approve")
        #expect(line(["echo", "it's", ""]) == "echo 'it'\\''s' '': approve")
        #expect(line(["a", "'b'"]) != line(["a", "b"]))
        let through = UnderstoodCommand(words: ["reboot"], via: ["ssh", "sudo"], verdict: "block", rules: ["reboots", "nights"])
        #expect(through.line == "reboot (through ssh, sudo): block by reboots, nights")
    }
}

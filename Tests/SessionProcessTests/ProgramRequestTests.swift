import MonitorProtocol
import Testing

@testable import SessionProcess

@Suite struct `What a client asks of a session channel` {
    @Test func `only one program can be asked for`() {
        var request = ProgramRequest()
        let first = request.setProgram(.shell)
        let second = request.setProgram(.exec(Array("id".utf8)))
        #expect(first && !second)
        #expect(request.program == .shell)
    }

    @Test func `a terminal comes before the program and only once`() {
        var request = ProgramRequest()
        let first = request.setTerminal(term: "xterm", columns: 132, rows: 50)
        let second = request.setTerminal(term: "vt100", columns: 80, rows: 24)
        #expect(first && !second)
        #expect(request.terminal?.term == "xterm")
        var late = ProgramRequest()
        _ = late.setProgram(.shell)
        let afterwards = late.setTerminal(term: "xterm", columns: 80, rows: 24)
        #expect(!afterwards)
    }

    @Test func `a size of zero is the usual one and an absurd one is cut`() {
        var request = ProgramRequest()
        _ = request.setTerminal(term: "xterm", columns: 0, rows: UInt32.max)
        #expect(request.terminal?.columns == 80)
        #expect(request.terminal?.rows == 65_535)
    }

    @Test func `a terminal name that is not a plain word becomes dumb`() {
        var request = ProgramRequest()
        _ = request.setTerminal(term: "xterm\u{1B}]0;owned\u{7}", columns: 80, rows: 24)
        #expect(request.terminal?.term == "dumb")
    }

    @Test func `variables are passed on by name and by prefix, bounded`() {
        var request = ProgramRequest()
        let permitted = ["LANG", "LC_*"]
        let lang = request.addVariable(name: "LANG", value: [], permitted: permitted)
        let lc = request.addVariable(name: "LC_ALL", value: Array("C".utf8), permitted: permitted)
        let preload = request.addVariable(name: "LD_PRELOAD", value: [], permitted: permitted)
        let prefixed = request.addVariable(name: "LANGUAGE", value: [], permitted: permitted)
        let long = request.addVariable(name: "LC_LONG", value: [UInt8](repeating: 65, count: 8193), permitted: permitted)
        #expect(lang && lc)
        #expect(!preload && !prefixed && !long)
        for _ in 0..<100 { _ = request.addVariable(name: "LC_X", value: [], permitted: permitted) }
        #expect(request.environment.count == 32)
    }

    @Test func `a forced command replaces what was asked for and tells what that was`() {
        var request = ProgramRequest()
        _ = request.setProgram(.exec(Array("rm -rf /".utf8)))
        request.force(Array("backup".utf8))
        #expect(request.program == .exec(Array("backup".utf8)))
        #expect(request.environment.last?.name == "SSH_ORIGINAL_COMMAND")
        #expect(request.environment.last?.value == Array("rm -rf /".utf8))
    }

    @Test func `a command over 64 KiB is refused`() {
        var request = ProgramRequest()
        let long = request.setProgram(.exec([UInt8](repeating: 65, count: 65_537)))
        #expect(!long)
    }
}

import EndToEndHarness
import Testing

@testable import Guard

/// A user with the integration who wants `t forbidden` to run unjudged, on the real shells.
struct EditorAttackTests {
    private static let roads = [
        "t forbidden\u{0F}", "t forbidden\n", "t forbidden\r\r\r", "t forbidden\r\n", "\u{1B}[200~t forbidden\n\u{1B}[201~\r",
        "\u{1B}[200~t forbidden\u{1B}[201~\n\u{1B}[201~\r", "\u{1B}[200~x\u{1B}[201~\u{15}t forbidden\r", "t forbidden\u{04}\r\r",
        "t forbidden\u{1B}\r", "t forbidden\u{1B}\n", "\u{1E}\r", "\u{1E}t forbidden\r", "true\rt forbidden\r",
        "true\r\r\u{0F}t forbidden\n",
        "sleep 0.3\rt forbidden\r", "t forbidden\u{1B}[5n\r", "t forbidden\u{1B}[200~\r", "\u{1B}[201~t forbidden\r",
        "t forbidden\u{1B}[20", "1~\r", "for\u{1B}", "[200~bidden\u{1B}[201~\u{01}t \r", "\u{1B}[A\r", "\u{10}\r", "!!\r",
        "\u{12}forb\r",
    ]

    @Test(arguments: IntegratedShellTests.shells)
    func `No road to Enter runs a forbidden line`(name: String) throws {
        let login = try IntegratedLogin(name)
        for keys in Self.roads { try login.type([keys, "\u{03}"]) }
        try login.shell.settle(.milliseconds(400))
        // fish keeps a line whose ^C is followed too soon, with or without the guard.
        try login.type(["\u{05}\u{15}t done\r"])
        try login.waitForRun(of: "done")
        #expect(login.ran.last == "done" && !login.ran.contains { $0.contains("forbidden") }, "\(login.ran) \(login.shell.asked)")
        #expect(login.alarms == [])
    }

    /// The same keys, each in a packet of its own and without a pause: races with prompts, reports and answers.
    @Test(arguments: IntegratedShellTests.shells)
    func `No race with Enter runs a forbidden line`(name: String) throws {
        let login = try IntegratedLogin(name)
        for keys in Self.roads {
            for key in keys.utf8 { try login.shell.type([key]) }
            try login.type(["\u{03}"])
        }
        try login.shell.settle(.milliseconds(400))
        try login.type(["\u{03}", "\u{05}\u{15}t done\r"])
        try login.waitForRun(of: "done")
        #expect(login.ran.last == "done" && !login.ran.contains { $0.contains("forbidden") }, "\(login.ran) \(login.shell.asked)")
        #expect(login.alarms == [])
    }

    @Test func `Type-ahead into a shell that ignores interrupts does not leave a dead Enter`() throws {
        let login = try IntegratedLogin("bash", settings: "trap '' INT\n")
        try login.type(["sleep 1\r", "t 1\rt 2\r"])
        try login.waitForRuns(2)
        try login.type(["t 3\r"])
        try login.waitForRuns(3)
        #expect(login.ran == ["1", "2", "3"], "\(login.shell.asked)")
    }
}

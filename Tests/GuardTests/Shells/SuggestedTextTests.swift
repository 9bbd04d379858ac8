import EndToEndHarness
import Testing

@testable import Guard

/// fish without the integration, whose suggestions stand over what is typed.
struct SuggestedTextTests {
    private func fish() throws -> (shell: GuardedShell, home: TemporaryFolder) {
        let home = try IntegratedLogin.makeHome(for: "fish", settings: "set -g INDIA x\n")
        let shell = try GuardedShell(
            ["fish", "-i"], .screen(), environment: ["HOME": home.path, "SHELL": "/usr/bin/fish"], judge: simplePolicy)
        try shell.expect("$ ")
        try shell.settle(.milliseconds(500))
        return (shell, home)
    }

    @Test func `The case of a suggestion is not that of the line`() throws {
        let (shell, home) = try fish()
        for line in ["for i in a b", "t $i", "end"] {
            for key in line {
                try shell.type(String(key))
                try shell.settle()
            }
            try shell.type("\r")
            try shell.settle()
        }
        try shell.settle(.milliseconds(500))
        withExtendedLifetime(home) {
            #expect(shell.text.contains("$I"), "fish has suggested nothing")
            #expect(shell.asked.last == "for i in a b\nt $i\nend")
            #expect(shell.questions.allSatisfy { $0.doubts.isEmpty }, "\(shell.questions.map(\.doubts))")
        }
    }

    @Test func `A word whose case a key has changed is told as it runs, or not for certain`() throws {
        let (shell, home) = try fish()
        // Alt and u: upper case.
        try shell.type("t abc\u{1B}b\u{1B}u")
        try shell.settle()
        try shell.type("\r")
        try shell.settle()
        withExtendedLifetime(home) {
            let question = shell.questions.last
            #expect(question?.text == Array("t ABC".utf8) || question?.doubts.isEmpty == false)
        }
    }
}

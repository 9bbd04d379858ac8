import Testing

@testable import Guard

/// Where the screen is a witness the user may see to it that it does not show yet what the editor has read.
struct StaleScreenTests {
    private func question(behind typed: String = "t forb", _ keys: [String]) throws -> LineQuestion {
        var line = PlayedLine(.screen)
        line.user(typed)
        line.target(typed)
        line.wait(milliseconds: 60)
        for keys in keys {
            line.user(keys)
            line.wait(milliseconds: 60)
        }
        line.wait(milliseconds: 1000)
        let question = line.guarded.takeQuestion()
        return try #require(question)
    }

    /// bash and zsh insert what stands in an answer that they have not asked for.
    @Test(arguments: [
        "\u{1B}]idden\u{1B}\\\r", "\u{1B}Pidden\u{1B}\\\r", "\u{1B}]idden\u{07}\r", "\u{1B}[1;2R\r", "\u{1B}[?1;2c\r",
        "\u{1B}]idden\r", "\u{1B}[12\r", "\u{1B}O\r",
    ])
    func `Text in an answer that nobody asked for is not passed over`(keys: String) throws {
        #expect(try question([keys]).doubts != [])
    }

    @Test func `An answer to the editor's question before the line is passed over`() throws {
        var line = PlayedLine(.screen)
        line.target("\u{1B}[6n")
        line.user("\u{1B}[1;3R")
        line.wait(milliseconds: 60)
        line.user("t x")
        line.target("t x")
        line.wait(milliseconds: 60)
        line.user("\r")
        line.wait(milliseconds: 60)
        let question = line.guarded.takeQuestion()
        #expect(question?.text == Array("t x".utf8))
        #expect(question?.doubts == [])
    }

    /// One question has one answer.
    @Test func `A second answer is not passed over`() throws {
        var line = PlayedLine(.screen)
        line.target("\u{1B}[6n")
        line.user("\u{1B}[1;3R\u{1B}[1;2R")
        line.user("t x")
        line.target("t x")
        line.wait(milliseconds: 60)
        line.user("\r")
        line.wait(milliseconds: 1000)
        let question = line.guarded.takeQuestion()
        #expect(question?.doubts != [])
    }

    /// ^S stops the screen, ^P recalls a line, DEL is what remains of both in a terminal without an editor.
    @Test(arguments: [
        "\u{13}\u{10}\u{7F}\r", "\u{1E}\u{01}\u{7F}\u{7F}\r", "\u{1B}\\\u{1B}0\u{7F}\u{7F}\u{7F}\u{7F}\r", "\t\u{7F}\r",
    ])
    func `Keys that only a terminal without an editor takes back make an unknown line`(keys: String) throws {
        #expect(try question([keys]).doubts != [])
    }

    /// Cooked, or in some editor, these make the line that the screen shows already; the shell may be another.
    @Test func `An echo that does not come makes an uncertain line`() throws {
        let rubout = String(repeating: "\u{7F}", count: 9)
        #expect(try question(behind: "t safe-forbidden", [rubout + "b\u{17}forbidden\r"]).doubts != [])
        #expect(try question(behind: "t safe", [" ;t${IFS}forbidden;b \u{17}\r"]).doubts != [])
    }

    /// Only one of terminal and editor has nothing left of them.
    @Test(arguments: [
        "t forbidden\u{01}\u{15}\r", "t${IFS}forbidden;b \u{17}\r", "\u{1B}]t forbidden\u{1B}\\\r", "\u{1B}[12;34R\r",
    ])
    func `A line that is not shown is not taken for none`(keys: String) throws {
        var line = try PlayedLine.atKnownPrompt()
        line.user(keys)
        line.wait(milliseconds: 1000)
        let question = line.guarded.takeQuestion()
        #expect(try #require(question).doubts != [])
        #expect(!line.sent().contains("\r"))
    }

    /// Programs ask the terminal, and not all terminals answer.
    @Test func `What was asked before the line is not answered in it`() throws {
        var line = PlayedLine(.screen)
        line.target("\u{1B}[6n\u{1B}[6n")
        line.enter("x", token: 1)
        let first = line.guarded.takeQuestion()
        line.guarded.answer(.run(reader: .nobody), to: try #require(first?.number), at: line.now)
        line.showPrompt()
        line.wait(milliseconds: 600)
        line.user("\u{1B}[1;2Rt x")
        line.target("t x")
        line.wait(milliseconds: 60)
        line.user("\r")
        line.wait(milliseconds: 1000)
        let question = line.guarded.takeQuestion()
        #expect(try #require(question).doubts != [])
    }

    /// zsh's accept-and-hold, where an editor knows of no strings.
    @Test(arguments: ["]", "P"]) func `A key that runs a line is held in what looks like a string`(beginning: String) throws {
        var line = PlayedLine(.screen)
        line.user("t forbidden\u{1B}\(beginning)\u{1B}a")
        line.target("t forbidden")
        #expect(!line.sent().hasSuffix("a"))
        line.wait(milliseconds: 1000)
        let question = line.guarded.takeQuestion()
        #expect(try #require(question).doubts != [])
    }

    /// ^Y brings back what was killed, with what a completion had put into it.
    @Test func `A completion that comes back makes an unknown line`() throws {
        var line = PlayedLine(.screen)
        line.user("t forb")
        line.target("t forb")
        line.wait(milliseconds: 60)
        line.user("\t")
        line.target("idden ")
        line.wait(milliseconds: 60)
        line.user("\u{15}")
        line.target("\r$ \u{1B}[K")
        line.wait(milliseconds: 60)
        line.user("\r")
        line.wait(milliseconds: 200)
        line.showPrompt()
        line.wait(milliseconds: 600)
        while let question = line.guarded.takeQuestion() {
            line.guarded.answer(.run(reader: .nobody), to: question.number, at: line.now)
        }
        line.user("t forb")
        line.target("t forb")
        line.wait(milliseconds: 60)
        line.user("\u{7F}\u{7F}\u{7F}\u{7F}\u{7F}\u{7F}\u{19}")
        line.target("\u{08}\u{08}t forb")
        line.user("\r")
        line.wait(milliseconds: 1000)
        let question = line.guarded.takeQuestion()
        #expect(try #require(question).doubts != [])
    }

    /// Whoever does not take what the target says decides what the screen shows.
    @Test func `While the target has said more no line ends`() throws {
        var line = PlayedLine(.screen)
        line.user("t forb")
        line.target("t forb")
        line.wait(milliseconds: 60)
        line.user("\u{10}\r")
        for _ in 0..<100 {
            line.now += 50_000_000
            line.guarded.advance(at: line.now, isBehind: true)
        }
        let early = line.guarded.takeQuestion()
        #expect(early == nil)
        line.target("\r$ t forbidden")
        line.wait(milliseconds: 1000)
        let question = line.guarded.takeQuestion()
        #expect(try #require(question).doubts != [])
    }

    /// What floods the screen is interrupted, and the Enter before that does not go.
    @Test func `While the target has said more an interrupt goes`() throws {
        var line = try PlayedLine.atKnownPrompt()
        line.user("t x\r\u{03}")
        _ = line.sent()
        for _ in 0..<20 {
            line.now += 50_000_000
            line.guarded.advance(at: line.now, isBehind: true)
        }
        #expect(line.sent() == "\u{03}")
        let question = line.guarded.takeQuestion()
        #expect(question == nil)
    }

    /// A known limit (docs/guard.md): elsewhere it is a letter to every other mode.
    @Test(arguments: [("\u{1B}v", true), ("\u{1B}hv", false)])
    func `The key of vi's mode that edits and runs a line is held directly behind Escape`(keys: String, isHeld: Bool) throws {
        var line = try PlayedLine.atKnownPrompt()
        line.user("t x")
        line.target("t x")
        line.wait(milliseconds: 60)
        line.user(keys)
        #expect(line.sent().hasSuffix("v") != isHeld)
    }
}

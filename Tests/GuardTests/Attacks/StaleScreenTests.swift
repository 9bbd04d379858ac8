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
}

import Testing

@testable import Guard

/// What an editor puts in at a Tab comes when it has found it; before that the line on the screen looks done, and is not.
struct PendingCompletionTests {
    /// Types what stands between answers, each key alone and with its echo.
    private func line() -> PlayedLine {
        var line = PlayedLine(.screen)
        for key in "t forb" {
            line.user(String(key))
            line.target(String(key))
            line.wait(milliseconds: 60)
        }
        return line
    }

    private func question(_ line: inout PlayedLine) throws -> LineQuestion {
        line.wait(milliseconds: 1000)
        let question = line.guarded.takeQuestion()
        return try #require(question)
    }

    @Test func `A completion that nothing answers is awaited, and then uncertain`() throws {
        var line = line()
        line.user("\t")
        line.wait(milliseconds: 300)
        line.user("\r")
        line.wait(milliseconds: 300)
        let early = line.guarded.takeQuestion()
        #expect(early == nil)
        let question = try question(&line)
        #expect(question.doubts != [])
    }

    @Test(arguments: ["idden ", "\u{07}"]) func `What an editor answers to the key alone is all of it`(answer: String) throws {
        var line = line()
        line.user("\t")
        line.target(answer)
        line.wait(milliseconds: 300)
        line.user("\r")
        let question = try question(&line)
        #expect(question.doubts == [])
        #expect(String(decoding: question.text, as: UTF8.self) == (answer == "\u{07}" ? "t forb" : "t forbidden"))
    }

    @Test func `The echo of keys before it is no answer`() throws {
        var line = line()
        line.user(" x\t\r")
        line.target(" x")
        let question = try question(&line)
        #expect(question.doubts != [])
    }

    @Test func `What was put in is the answer of one key`() throws {
        var line = line()
        line.user("idden fil\t\r")
        line.target("idden file.txt ")
        let question = try question(&line)
        #expect(question.doubts == [])
        #expect(question.text == Array("t forbidden file.txt".utf8))
    }

    @Test func `What was put in at the first of two keys is not the answer of the second`() throws {
        var line = line()
        line.user("idden fi\t\t\r")
        line.target("idden file")
        let question = try question(&line)
        #expect(question.doubts != [])
    }

    @Test func `Text that stands behind it tells that it is over`() throws {
        var line = line()
        line.user(" a\tb\r")
        line.target(" ab")
        let question = try question(&line)
        #expect(question.doubts == [])
        #expect(question.text == Array("t forb ab".utf8))
    }

    @Test func `Without a prompt the terminal itself may have shown it`() throws {
        var line = PlayedLine(.screen)
        line.target("\r\n")
        line.wait(milliseconds: 300)
        line.user("t a\tb\r")
        line.target("t a     b")
        let question = try question(&line)
        #expect(question.doubts != [])
    }

    @Test func `Where there is no editor the key is a tab`() throws {
        var line = PlayedLine(.screen)
        line.user("t 'a\tb'\r")
        line.target("t 'a\tb'")
        let question = try question(&line)
        #expect(question.doubts == [])
        #expect(question.text == Array("t 'a\tb'".utf8))
    }
}

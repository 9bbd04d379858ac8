import Testing

@testable import Guard

/// What an editor puts in at a Tab comes when it has found it; before that the line on the screen looks done, and is not.
struct PendingCompletionTests {
    /// Types what stands between answers, each key alone and with its echo.
    private func line() throws -> PlayedLine {
        var line = try PlayedLine.atKnownPrompt()
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
        var line = try line()
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
        var line = try line()
        line.user("\t")
        line.target(answer)
        line.wait(milliseconds: 300)
        line.user("\r")
        let question = try question(&line)
        #expect(question.doubts == [])
        #expect(String(decoding: question.text, as: UTF8.self) == (answer == "\u{07}" ? "t forb" : "t forbidden"))
    }

    @Test func `The echo of keys before it is no answer`() throws {
        var line = try line()
        line.user(" x\t\r")
        line.target(" x")
        let question = try question(&line)
        #expect(question.doubts != [])
    }

    @Test func `What was put in is the answer of one key`() throws {
        var line = try line()
        line.user("idden fil\t\r")
        line.target("idden file.txt ")
        let question = try question(&line)
        #expect(question.doubts == [])
        #expect(question.text == Array("t forbidden file.txt".utf8))
    }

    @Test func `What was put in at the first of two keys is not the answer of the second`() throws {
        var line = try line()
        line.user("idden fi\t\t\r")
        line.target("idden file")
        let question = try question(&line)
        #expect(question.doubts != [])
    }

    @Test func `Text that was typed behind it and stands there tells that it is over`() throws {
        var line = try line()
        line.user("\t")
        line.user("x\r")
        line.target("x")
        let question = try question(&line)
        #expect(question.doubts == [])
        #expect(question.text == Array("t forbx".utf8))
    }

    /// What the screen showed before the key may look like what comes behind it.
    @Test(arguments: [
        // A blank behind it cannot be seen.
        ["\t \r"],
        // The x was there before.
        [" x", "\u{1B}[D\u{1B}[D\t\r"],
        // As it stood before DEL, which an editor that completes has not shown yet.
        ["x", "\u{7F}\tx\r"], ["X", "\u{7F}\t\r"],
    ])
    func `What stood there before is no sign of it`(keys: [String]) throws {
        var line = try line()
        for (number, keys) in keys.enumerated() {
            line.user(keys)
            if number == 0, !keys.hasSuffix("\r") { line.target(keys) }
            line.wait(milliseconds: 60)
        }
        let question = try question(&line)
        #expect(question.doubts != [])
    }

    @Test func `The answer to one key is none to the next`() throws {
        var line = try line()
        line.user("\t")
        line.target("id")
        line.wait(milliseconds: 60)
        line.user("\t\r")
        let question = try question(&line)
        #expect(question.doubts != [])
    }

    /// zsh's RPROMPT.
    @Test func `A prompt at the right is not told for what was put in`() throws {
        var line = try line()
        line.target("\u{1B}[20C12:00\u{1B}[25D")
        line.wait(milliseconds: 60)
        line.user("\t")
        line.target("idden \u{1B}[14C12:00\u{1B}[19D")
        line.wait(milliseconds: 300)
        line.user("\r")
        let question = try question(&line)
        #expect(question.doubts != [])
    }

    @Test func `Keys that were not all on the screen make no quiet moment`() throws {
        var line = try line()
        line.user("i")
        line.user("d")
        line.target("i")
        line.wait(milliseconds: 40)
        line.user("\t")
        line.target("d")
        line.wait(milliseconds: 300)
        line.user("\r")
        let question = try question(&line)
        #expect(question.doubts != [])
    }

    /// bash completes to `forbidden\ x `, of which the word that ^W takes is the last one.
    @Test func `A key that takes away a part of what was put in makes an unknown line`() throws {
        var line = PlayedLine(.screen)
        line.user("t  forb")
        line.target("t  forb")
        line.wait(milliseconds: 60)
        line.user("\t\u{17}\u{7F}\u{7F}  forb\r")
        let question = try question(&line)
        #expect(question.doubts != [])
    }

    @Test func `Behind another program's text the terminal itself may have shown it`() throws {
        var line = PlayedLine(.screen)
        line.enter("sleep 5", token: 1)
        let first = line.guarded.takeQuestion()
        line.guarded.answer(.run(reader: .nobody), to: try #require(first?.number), at: line.now)
        line.target("\r\nabc ")
        line.wait(milliseconds: 600)
        line.user("t forb")
        line.target("t forb")
        line.wait(milliseconds: 60)
        line.user("\t")
        line.target("\t")
        line.wait(milliseconds: 60)
        line.user("\r")
        let question = try question(&line)
        #expect(question.doubts != [])
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
        var line = try PlayedLine.atKnownPrompt()
        for keys in ["t 'a", "\t", "b'"] {
            line.user(keys)
            line.target(keys)
            line.wait(milliseconds: 60)
        }
        line.user("\r")
        let question = try question(&line)
        #expect(question.doubts == [])
        #expect(question.text == Array("t 'a\tb'".utf8))
    }
}

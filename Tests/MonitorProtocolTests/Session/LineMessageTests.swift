import Guard
import MonitorProtocol
import OpenSSHKeys
import Testing

/// What a session process may say of lines, and what the monitor does not believe.
@Suite struct LineMessageTests {
    private static func decoded(_ question: LineQuestion) throws(WireError) -> LineQuestion? {
        let bytes = SessionRequest.judgeLine(JudgeLine(channel: ChannelNumber(1), question: question)).encoded(number: 1)
        guard case .judgeLine(let judge) = try SessionRequest.decode(bytes).request else { return nil }
        return judge.question
    }

    private static func question(_ text: [UInt8] = [], _ change: (inout LineQuestion) -> Void = { _ in }) -> LineQuestion {
        var question = LineQuestion(number: 7, text: text, language: .bash, witnesses: .editor)
        change(&question)
        return question
    }

    @Test func `the longest question fits into a message and one byte more is refused`() throws {
        let definitions = (0..<64).map { _ in
            LineDefinition(.function, name: [UInt8](repeating: 97, count: 256), text: [UInt8](repeating: 98, count: 256))
        }
        let longest = Self.question([UInt8](repeating: 0x72, count: LineQuestion.longestText)) {
            $0.doubts = [LineDoubt](repeating: .unread, count: LineQuestion.mostDoubts)
            $0.definitions = definitions
            $0.otherReadings = [UInt8](repeating: 0x74, count: LineQuestion.longestOtherReadings).halves + [[], []]
            $0.replaces = 6
        }
        #expect(definitions.reduce(0) { $0 + $1.name.count + $1.text.count } == LineQuestion.longestDefinitions)
        let bytes = SessionRequest.judgeLine(JudgeLine(channel: ChannelNumber(1), question: longest)).encoded(number: 1)
        #expect(bytes.count <= MessageSocket.largestMessage)
        #expect(try Self.decoded(longest) == longest)

        for change: (inout LineQuestion) -> Void in [
            { $0.text.append(0x72) }, { $0.doubts.append(.unread) }, { $0.definitions[63].text.append(98) },
            { $0.definitions[0].name.append(98) }, { $0.otherReadings[1].append(98) }, { $0.otherReadings.append([]) },
            { $0.definitions.append(LineDefinition(.alias, name: [97], text: [])) },
        ] {
            var longer = longest
            change(&longer)
            let error = #expect(throws: WireError.self) { try Self.decoded(longer) }
            guard case .tooLong = error else {
                Issue.record("\(String(describing: error))")
                continue
            }
        }
    }

    @Test func `questions count from one and take the place of earlier ones only`() throws {
        _ = try Self.decoded(Self.question { $0.replaces = 6 })
        for replaces: UInt32 in [0, 7, 8, .max] {
            #expect(throws: WireError.self) { try Self.decoded(Self.question { $0.replaces = replaces }) }
        }
        #expect(throws: WireError.self) { try Self.decoded(Self.question { $0.number = 0 }) }
        #expect(throws: WireError.self) {
            try Self.decoded(
                Self.question {
                    $0.number = 1
                    $0.replaces = 1
                })
        }
    }

    @Test func `a witness that nobody knows is refused and so is a definition of no name`() {
        #expect(throws: WireError.malformed("witnesses of 8")) {
            try Self.decoded(Self.question { $0.witnesses = LineWitnesses(rawValue: 8) })
        }
        #expect(throws: WireError.self) {
            try Self.decoded(Self.question { $0.definitions = [LineDefinition(.alias, name: [], text: [97])] })
        }
    }

    @Test func `reports come one to 64 at a time`() {
        for (count, isGood) in [(0, false), (1, true), (64, true), (65, false)] {
            let reports = [LineReport](repeating: LineReport(number: 1, .started), count: count)
            let bytes = SessionRequest.lineReports(LineReports(channel: ChannelNumber(1), reports: reports)).encoded(number: 1)
            #expect(((try? SessionRequest.decode(bytes)) != nil) == isGood)
        }
    }

    @Test(arguments: [
        (LineReport.Content.started, false), (.ended(status: 0), false), (.withdrawn, false), (.dropped(bytes: 1), true),
        (.alarm(.unreleasedCommand), true), (.reading(.keys), true),
    ])
    func `only what is not about one line may be about none`(content: LineReport.Content, isGood: Bool) {
        let bytes = SessionRequest.lineReports(
            LineReports(channel: ChannelNumber(1), reports: [LineReport(number: 0, content)])
        ).encoded(number: 1)
        #expect(((try? SessionRequest.decode(bytes)) != nil) == isGood)
    }

    @Test func `a refusal that is too long arrives cut`() throws {
        let answer = MonitorReply.lineJudgement(.refuse(message: String(repeating: "x", count: 2000)))
        let read = try MonitorReply.decode(answer.encoded(number: 1)).reply
        #expect(read == .lineJudgement(.refuse(message: String(repeating: "x", count: MessageLimit.sentence))))
    }
}

extension [UInt8] {
    fileprivate var halves: [[UInt8]] { [Array(prefix(count / 2)), Array(dropFirst(count / 2))] }
}

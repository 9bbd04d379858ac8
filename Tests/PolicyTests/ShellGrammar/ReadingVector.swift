import Testing

@testable import Policy

/// A text, the commands it can run in the short form of `ReadingDump`, and the kinds of doubt.
struct ReadingVector: Sendable, CustomTestStringConvertible {
    var text: String
    var commands: [String]
    var doubts: Set<Doubt.Kind>

    init(_ text: String, _ commands: String..., doubts: Set<Doubt.Kind> = []) {
        self.text = text
        self.commands = commands
        self.doubts = doubts
    }

    var testDescription: String { text.debugDescription }

    func check(sourceLocation: SourceLocation = #_sourceLocation) {
        let reading = ShellReader.read(text)
        #expect(reading.dump == commands, sourceLocation: sourceLocation)
        #expect(Set(reading.kinds) == doubts, "\(reading.doubts.map(\.text))", sourceLocation: sourceLocation)
    }
}

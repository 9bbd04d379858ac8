import Testing

@testable import Policy

struct CarrierTableTests {
    @Test(arguments: CarrierVector.all)
    func `a carrier leads to what it carries, and says what it hides`(vector: CarrierVector) {
        let reading = CommandReader.read(vector.line)
        #expect(reading.carried == vector.leads)
        #expect(reading.kinds == vector.doubts)
    }

    @Test(arguments: HarmlessLines.lines)
    func `what only looks like a carried command is none`(line: String) {
        let reading = CommandReader.read(line)
        #expect(reading.carried.isEmpty)
        #expect(reading.doubts.isEmpty)
    }

    @Test func `every entry of the table has a vector`() {
        var seen: Set<String> = []
        for line in CarrierVector.all.map(\.line) + HarmlessLines.lines {
            for command in CommandReader.read(line).commands {
                guard let name = command.words.first.flatMap({ ProgramName($0).known }) else { continue }
                seen.formUnion([name, ProgramCatalogue.withoutVersion(name)])
            }
        }
        let missing = CarrierTable.themes.joined().filter { seen.isDisjoint(with: $0.names) }
        #expect(missing.map(\.names) == [])
    }

    @Test func `no name is in the table twice`() {
        let names = CarrierTable.themes.joined().flatMap(\.names)
        #expect(Dictionary(grouping: names, by: \.self).filter { $1.count > 1 }.keys.sorted() == [])
    }

    @Test func `a doubt says which command it is about`() throws {
        let reading = CommandReader.read("ls; sudo python3 -c 'x'; . y")
        #expect(reading.dump == ["ls", "sudo|python3|-c|x", "python3|-c|x", ".|y"])
        #expect(reading.doubts.map(\.command) == [2, 3])
        #expect(reading.kinds == [.foreignCode, .commandFile])
    }

    @Test(arguments: [
        ("bash", Doubt.Kind.interactive, Doubt.Kind.pipedProgram), ("sudo -s", .interactive, .pipedProgram),
        ("python3", .interactive, .pipedProgram),
        ("ed f", .interactive, .pipedProgram), ("gdb", .interactive, .pipedProgram), ("at now", .interactive, .pipedProgram),
        ("vim", .interactive, .interactive), ("man ls", .interactive, .interactive), ("psql", .interactive, .interactive),
    ])
    func `at a terminal a person types, elsewhere the client sends`(line: String, terminal: Doubt.Kind, stream: Doubt.Kind) {
        #expect(CommandReader.read(line, standardInput: .terminal).kinds == [terminal])
        #expect(CommandReader.read(line, standardInput: .stream).kinds == [stream])
    }

    @Test func `a sentence holds no control characters and is not long`() {
        for line in ["python -c 'a\u{1B}[2J\nb'", "bash -c \"$(\u{202E})\"", "source " + String(repeating: "x", count: 5000)] {
            for doubt in CommandReader.read(line).doubts {
                #expect(doubt.text.unicodeScalars.count <= 300)
                #expect(doubt.text.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x202E })
            }
        }
    }
}

/// An asciicast v2 file, read line by line as JSON.
package struct Recording {
    package struct Event: Equatable {
        package var seconds: Double
        package var code: String
        package var data: String
    }

    package let file: String
    package let header: JSON
    package let events: [Event]

    package init(file: String) throws {
        self.file = file
        let lines = contents(of: file).utf8.split(separator: UInt8(ascii: "\n"))
        guard let first = lines.first else { throw HarnessError("\(file) is empty or not there") }
        header = try JSON(Array(first))
        events = try lines.dropFirst().map { line in
            let fields = try JSON(Array(line))
            guard let seconds = fields[0].seconds, let code = fields[1].string, let data = fields[2].string else {
                throw HarnessError("no event: \(fields)")
            }
            return Event(seconds: seconds, code: code, data: data)
        }
    }

    /// What a player shows.
    package var output: String { events.filter { $0.code == "o" }.map(\.data).joined() }
    package var resizes: [String] { events.filter { $0.code == "r" }.map(\.data) }
    package var markers: [String] { events.filter { $0.code == "m" }.map(\.data) }
    package var timesNeverGoBack: Bool { zip(events, events.dropFirst()).allSatisfy { $0.seconds <= $1.seconds } }

    /// What `asciinema cat` shows on a terminal. It opens /dev/tty, so it gets one.
    package func asciinemaCat() throws -> String {
        let terminal = try Terminal(["sh", "-c", "stty raw -echo; asciinema cat '\(file)'"])
        let exit = try terminal.waitForExit()
        guard exit == .status(0) else { throw HarnessError("asciinema cat: \(exit), \(terminal.screen)") }
        return String(decoding: terminal.transcript, as: UTF8.self)
    }
}

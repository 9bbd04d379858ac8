/// An asciicast v2 file, read line by line as JSON.
struct Recording {
    struct Event: Equatable {
        var seconds: Double
        var code: String
        var data: String
    }

    let file: String
    let header: JSON
    let events: [Event]

    init(file: String) throws {
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
    var output: String { events.filter { $0.code == "o" }.map(\.data).joined() }
    var resizes: [String] { events.filter { $0.code == "r" }.map(\.data) }
    var markers: [String] { events.filter { $0.code == "m" }.map(\.data) }
    var timesNeverGoBack: Bool { zip(events, events.dropFirst()).allSatisfy { $0.seconds <= $1.seconds } }

    /// What `asciinema cat` shows on a terminal. It opens /dev/tty, so it gets one.
    func asciinemaCat() throws -> String {
        let terminal = try Terminal(["sh", "-c", "stty raw -echo; asciinema cat '\(file)'"])
        let exit = try terminal.waitForExit()
        guard exit == .status(0) else { throw HarnessError("asciinema cat: \(exit), \(terminal.screen)") }
        return String(decoding: terminal.transcript, as: UTF8.self)
    }
}

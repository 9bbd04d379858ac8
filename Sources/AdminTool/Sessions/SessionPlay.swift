internal import ArgumentParser
internal import Foundation
internal import MonitorProtocol

struct SessionPlay: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "play",
        abstract: "Replay a session on this terminal.",
        discussion: """
            Space pauses and goes on, q ends. The terminal gets the same bytes as the user's did, escape sequences included, and is reset at \
            the end.
            """)
    @OptionGroup var instance: InstanceOption
    @OptionGroup var chosen: SessionArgument
    @Option(help: "Times as fast, 0.01 to 1000.") var speed = 1.0
    @Option(help: ArgumentHelp("Shorten pauses to this many seconds.", valueName: "seconds")) var idleLimit: Double?
    @Flag(help: "Write the bytes even though standard output is not a terminal.") var raw = false

    func validate() throws {
        guard (0.01...1000).contains(speed) else { throw ValidationError("--speed is a number from 0.01 to 1000") }
        guard idleLimit.map({ (0...86_400).contains($0) }) ?? true else {
            throw ValidationError("--idle-limit is a number of seconds from 0 to 86400")
        }
        guard raw || StandardOutput.isTerminal else {
            throw ValidationError(
                "standard output is not a terminal: use --raw for the bytes, or `session export` for the recording")
        }
    }

    func run() throws {
        let recording = try instance.recording(of: try chosen.id())
        var lines = LineReader(recording)
        guard let first = try lines.next() else { throw ToolFailure("the recording is empty") }
        let header = try Recording.Header(line: first)
        var clock = PlaybackClock(speed: speed, idleLimit: idleLimit ?? header.idleTimeLimit.map { max($0, 0) })

        let terminal = PlaybackTerminal()
        if let size = terminal.size, size.columns < header.width || size.rows < header.height {
            StandardError.note(
                "recorded at \(header.width)x\(header.height), this terminal has \(size.columns)x\(size.rows): lines may break elsewhere"
            )
        }
        let ending = try terminal.whilePrepared { () throws(ToolFailure) in
            while let line = try lines.next() {
                guard let event = Recording.Event(line: line) else { continue }
                let due = clock.schedule(event.time)
                guard event.kind == .output else { continue }
                if let ending = terminal.wait(until: due) { return ending }
                if let ending = try terminal.show(Array(event.data.utf8)) { return ending }
            }
            return PlaybackTerminal.Ending.finished
        }
        if case .signal(let number) = ending { EndingSignals.die(of: number) }
    }
}

internal import ArgumentParser
internal import Foundation
internal import MonitorProtocol

struct SessionExport: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Copy a session's recording, an asciicast v2 file that asciinema plays.",
        discussion: "The recording of a session that is going on is copied as far as it is.")
    @OptionGroup var instance: InstanceOption
    @OptionGroup var chosen: SessionArgument
    @Argument(help: "A new file; never overwrites. (default: standard output)", completion: .file())
    var file: String?

    func run() throws {
        let recording = try instance.recording(of: try chosen.id())
        guard let file, file != "-" else { return try copyToStandardOutput(recording) }
        let target = try NewFile(file)
        do {
            try recording.copy(to: target)
        } catch {
            target.remove()
            throw error
        }
    }

    /// Byte for byte; but on a terminal what the encoder left raw (8-bit control characters in strings) is escaped, which means the
    /// same to whoever parses it.
    private func copyToStandardOutput(_ recording: FileHandle) throws {
        guard StandardOutput.isTerminal else {
            return try recording.chunks { chunk in try StandardOutput.write(chunk) }
        }
        var lines = LineReader(recording)
        while let line = try lines.next() {
            try StandardOutput.write(VisibleJSON.text(String(decoding: line, as: UTF8.self)) + "\n")
        }
    }
}

extension InstanceOption {
    /// The recording of a session, opened for reading by the daemon.
    func recording(of id: SessionID) throws -> FileHandle {
        let (reply, descriptor) = try askForDescriptor(.recording(id.text))
        guard case .recording = reply, let descriptor else { throw ToolFailure.unexpectedReply }
        return descriptor
    }
}

extension FileHandle {
    /// The whole file in pieces of at most 64 KiB.
    fileprivate func chunks(_ body: ([UInt8]) throws -> Void) throws {
        while let chunk = try readRecording(upToCount: 65_536) { try body(chunk) }
    }

    fileprivate func copy(to file: NewFile) throws {
        try chunks { chunk in try file.write(chunk) }
        try file.finish()
    }

    /// Nil at the end.
    func readRecording(upToCount count: Int) throws(ToolFailure) -> [UInt8]? {
        var buffer = [UInt8](repeating: 0, count: count)
        var got = 0
        repeat { got = Glibc.read(fileDescriptor, &buffer, count) } while got < 0 && errno == EINTR
        guard got >= 0 else { throw ToolFailure("cannot read the recording: \(describe(errno))") }
        return got == 0 ? nil : Array(buffer.prefix(got))
    }
}

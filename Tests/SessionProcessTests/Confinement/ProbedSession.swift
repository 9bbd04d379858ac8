import Foundation
import Glibc
import MonitorProtocol

/// A real `sallyport-session` from the build folder, started as the monitor starts it, with the library SessionProbe loaded into it.
struct ProbedSession: ~Copyable {
    /// A part of the confinement that is left out, so that another shows by itself.
    enum Part: String { case filter, landlock }

    /// How it ended.
    struct Outcome: Equatable {
        /// What the act returned, a negative errno if the system call failed; nil if the process did not live to tell.
        var result: Int?
        var exit: SessionExit
        /// Everything it wrote to its log.
        var log: String
        var isConfined: Bool { log.contains("ready = ") }
    }

    let process: pid_t
    let monitor: MessageSocket
    private let log: OwnedDescriptor
    private let act: String

    /// The number that the monitor would give, when it may: as root. Otherwise the session keeps the user that runs the tests.
    static let user: UInt32? = getuid() == 0 ? 61_184 : nil

    init(
        act: String = "none", arguments: SessionArguments = SessionArguments(user: user), without: [Part] = [],
        environment: [String] = []
    ) throws {
        let sockets = try MessageSocket.pair()
        let pipe = try DescriptorPair.pipe()
        let folder = Self.buildFolder
        var variables = ["LD_PRELOAD=\(folder)/libSessionProbe.so", "PROBE_ACT=\(act)"] + environment
        if !without.isEmpty { variables.append("PROBE_WITHOUT=" + without.map(\.rawValue).joined(separator: ",")) }
        // spawnSession gives an empty environment; env fills it and becomes the session.
        process = try spawnSession(
            executable: "/usr/bin/env", arguments: variables + ["\(folder)/sallyport-session"] + arguments.list,
            monitorSocket: sockets.theirs.number, log: pipe.second.number)
        monitor = sockets.ours
        log = pipe.first
        self.act = act
    }

    /// Where SwiftPM put the executables: beside the one that runs these tests.
    static var buildFolder: String {
        URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent().path
    }

    /// Waits until the session has said that it is confined.
    func isReady() throws -> Bool {
        guard let message = try monitor.receive(timeoutMilliseconds: 20_000) else { return false }
        return try SessionRequest.decode(message.bytes).request == .ready
    }

    /// A line of `/proc/PID/status`, read from outside.
    func status(_ name: String) throws -> String {
        let text = try String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)
        let line = text.split(separator: "\n").first { $0.hasPrefix(name + ":") }
        return line.map { $0.dropFirst(name.count + 1).trimmingCharacters(in: .whitespaces) } ?? ""
    }

    /// Gives the probe its recording, lets it act, and waits for the end.
    consuming func outcome(recording: Int32? = nil) throws -> Outcome {
        // If it is gone already, its log says why.
        if (try? isReady()) == true { try? monitor.send([0], descriptors: recording.map { [$0] } ?? []) }
        return try end()
    }

    /// Waits for the end of a session that has been told what to do, or has nobody to listen to any more.
    consuming func end() throws -> Outcome {
        var text: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 4096)
        let deadline = Deadline(afterMilliseconds: 20_000)
        while !deadline.hasPassed {
            let ready = try waitForReadiness(of: [(log.number, .readable)], timeoutMilliseconds: deadline.millisecondsLeft)
            if ready == [[]] { break }
            let count = read(log.number, &chunk, chunk.count)
            if count <= 0 { break }
            text += chunk[..<count]
        }
        if deadline.hasPassed { kill(process, SIGKILL) }
        let exit = try SessionExit(waitingFor: process)
        let log = String(decoding: text, as: UTF8.self)
        let line = log.split(separator: "\n").first { $0.hasPrefix("\(act) = ") }
        return Outcome(result: line.flatMap { Int($0.dropFirst(act.count + 3)) }, exit: exit, log: log)
    }
}

/// A folder that everybody may use, with a file in it that everybody may read and write: what keeps a session out is not its permissions.
struct OpenFolder: ~Copyable {
    let path: String
    var file: String { path + "/recording" }

    init() throws {
        path = FileManager.default.temporaryDirectory.path + "/sallyport-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
        chmod(path, 0o777)
        try Data("recorded\n".utf8).write(to: URL(filePath: file))
        chmod(file, 0o666)
    }

    /// As the monitor opens a recording: for writing and appending only.
    func openRecording() throws -> OwnedDescriptor {
        let number = open(file, O_WRONLY | O_APPEND | O_CLOEXEC)
        guard number >= 0 else { throw SystemError("open", errno) }
        return OwnedDescriptor(owning: number)
    }

    func contents() throws -> String { try String(contentsOfFile: file, encoding: .utf8) }
    func names() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: path).sorted() }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}

import Foundation
import MonitorProtocol
import OpenSSHKeys
import Vault

@testable import MonitorProcess

/// A real `sallyportd` in a folder of its own, whose session processes are the test itself (`ScriptedSession`).
final class RunningDaemon {
    let folder: String
    /// The daemon's own address, with the port that the system chose.
    private(set) var address: SocketAddress
    let hostKey: PrivateKey
    private var process: Process
    private let fakes: OwnedDescriptor

    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// - Parameters:
    ///   - access: the text of access.yaml.
    ///   - settings: more lines for sallyport.yaml.
    init(access: String, settings: String = "", waiting: Int = 1) throws {
        // A peer that is gone is an error, not the end of all tests.
        Foundation.signal(SIGPIPE, SIG_IGN)
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("sp-\(UUID().uuidString.prefix(8))").path
        try FileManager.default.createDirectory(atPath: folder + "/hostkeys", withIntermediateDirectories: true)
        hostKey = try PrivateKey.generateEd25519()
        try Self.write(hostKey.openSSHFile(comment: ""), to: folder + "/hostkeys/key")
        try VaultKey.generate().write(toNewFile: folder + "/vault.key")
        try FileManager.default.createSymbolicLink(
            atPath: folder + "/session", withDestinationPath: Self.products + "/FakeSession")
        try Self.write(Array(access.utf8), to: folder + "/access.yaml")
        try Self.write(Array("default: allow\nuncertain: allow\nrules: []\n".utf8), to: folder + "/policy.yaml")
        let configuration = """
            listen: [127.0.0.1:0]
            host-keys: [hostkeys/key]
            vault-key: vault.key
            access: access.yaml
            user-authorities: [vault]
            session: { executable: session, waiting: \(waiting) }
            \(settings)

            """
        try Self.write(Array(configuration.utf8), to: folder + "/sallyport.yaml")
        fakes = try Self.listen(at: folder + "/fake")

        try Self.write([], to: folder + "/log")
        (process, address) = try Self.start(in: folder)
    }

    /// Once more, in the same folder, after it has ended.
    func restart() throws {
        process.waitUntilExit()
        try FileManager.default.removeItem(atPath: folder + "/state/listening")
        (process, address) = try Self.start(in: folder)
    }

    private static func start(in folder: String) throws -> (Process, SocketAddress) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: products + "/sallyportd")
        process.arguments = ["--config", folder + "/sallyport.yaml"]
        let log = FileHandle(forWritingAtPath: folder + "/log")
        log?.seekToEndOfFile()
        process.standardError = log
        try process.run()
        func failure() -> String {
            "the daemon does not listen: \((try? String(contentsOfFile: folder + "/log", encoding: .utf8)) ?? "")"
        }
        let listening = try eventually(failure()) {
            let text = try? String(contentsOfFile: folder + "/state/listening", encoding: .utf8)
            return process.isRunning ? text.flatMap { $0.hasSuffix("\n") ? $0 : nil } : ""
        }
        guard let port = listening.split(separator: "\n").first?.split(separator: ":").last.flatMap({ UInt16($0) }) else {
            throw Failure(description: failure())
        }
        return (process, loopback(port))
    }

    deinit {
        stop()
        try? FileManager.default.removeItem(atPath: folder)
    }

    /// Ends the daemon in order (SIGTERM); its exit status.
    @discardableResult func stop() -> Int32 {
        if process.isRunning { process.terminate() }
        process.waitUntilExit()
        return process.terminationStatus
    }

    func signal(_ number: Int32) { kill(process.processIdentifier, number) }

    var openDescriptors: Int {
        get throws { try FileManager.default.contentsOfDirectory(atPath: "/proc/\(process.processIdentifier)/fd").count }
    }

    var log: String { (try? String(contentsOfFile: folder + "/log", encoding: .utf8)) ?? "" }

    /// Waits until the log has a line with all these words.
    func waitForLog(_ words: String...) throws -> String {
        try Self.eventually("a line with \(words) in the log:\n\(log)") {
            self.log.split(separator: "\n").first { line in words.allSatisfy { line.contains($0) } }.map(String.init)
        }
    }

    func rewriteAccess(_ text: String) throws { try Self.write(Array(text.utf8), to: folder + "/access.yaml") }

    func rewriteConfiguration(_ change: (String) -> String) throws {
        let path = folder + "/sallyport.yaml"
        try Self.write(Array(change(try String(contentsOfFile: path, encoding: .utf8)).utf8), to: path)
    }

    // MARK: From outside

    func connect() throws -> OwnedDescriptor { try connectStream(to: address, timeoutMilliseconds: 5000) }

    func admin(_ request: AdminRequest) throws -> AdminReply { try adminWithDescriptor(request).0 }

    func adminWithDescriptor(_ request: AdminRequest) throws -> (AdminReply, [UInt8]?) {
        guard let address = SocketAddress(unixPath: folder + "/state/admin.sock") else {
            throw Failure(description: "path too long")
        }
        let socket = FramedSocket(try connectStream(to: address, timeoutMilliseconds: 5000))
        try socket.send(Array(try JSONEncoder().encode(request)))
        guard var answer = try socket.receive(timeoutMilliseconds: 20_000) else { throw Failure(description: "no answer") }
        let reply = try JSONDecoder().decode(AdminReply.self, from: Data(answer.bytes))
        guard let descriptor = answer.takeDescriptor() else { return (reply, nil) }
        return (reply, Array(FileHandle(fileDescriptor: descriptor.release(), closeOnDealloc: true).readDataToEndOfFile()))
    }

    /// A certificate of the daemon's own authority.
    func certificate(
        for key: PublicKey, user: String = "alice", forceCommand: String? = nil, permitsTerminal: Bool = true,
        permitsForwarding: Bool = true
    ) throws -> Certificate {
        let reply = try admin(
            .issueCertificate(
                AdminRequest.IssueCertificate(
                    user: user, ttlSeconds: 3600, principals: [], sourceAddresses: [], forceCommand: forceCommand,
                    permitsTerminal: permitsTerminal, permitsForwarding: permitsForwarding, publicKey: key.line)))
        guard case .line(let line) = reply else { throw Failure(description: "\(reply)") }
        return try Certificate(line: line)
    }

    // MARK: As a session process

    /// The next session process that the daemon starts.
    func nextSession() throws -> ScriptedSession {
        let ready = try waitForReadiness(of: [(fakes.number, .readable)], timeoutMilliseconds: 20_000)
        guard ready[0].contains(.readable) else { throw Failure(description: "no session process was started:\n\(log)") }
        let number = accept(fakes.number, nil, nil)
        return try ScriptedSession(OwnedDescriptor(owning: number))
    }

    /// A session process that has a client, and the client.
    func connectedSession() throws -> (session: ScriptedSession, client: ClientEnd) {
        let session = try nextSession()
        let client = ClientEnd(try connect())
        guard case .connection(let briefing) = try session.ask(.ready) else { throw Failure(description: "no client") }
        session.briefing = briefing
        session.others = [self, client]
        return (session, client)
    }

    /// One whose user has logged in on the outer leg.
    func loggedInSession(_ certificate: Certificate, as userName: String = "root@web1") throws -> (
        session: ScriptedSession, client: ClientEnd
    ) {
        let connected = try connectedSession()
        let reply = try connected.session.offer(certificate, as: userName)
        guard case .identity = reply else { throw Failure(description: "\(reply)") }
        return connected
    }

    // MARK: Set-up

    /// Where the package's programs are: beside the tests.
    static let products =
        Bundle.main.executableURL.map { executable in
            // swift test runs `…/debug/sallyportPackageTests.xctest`, or a helper with that file as argument.
            let candidates = [executable.path] + CommandLine.arguments
            return candidates.map { URL(fileURLWithPath: $0).deletingLastPathComponent().path }
                .first { FileManager.default.isExecutableFile(atPath: $0 + "/FakeSession") } ?? "."
        } ?? "."

    static func write(_ bytes: [UInt8], to path: String) throws {
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
    }

    private static func listen(at path: String) throws -> OwnedDescriptor {
        let socket = OwnedDescriptor(owning: Foundation.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0))
        guard let address = SocketAddress(unixPath: path) else { throw Failure(description: "\(path) is too long") }
        let number = socket.number
        guard address.withPointer({ bind(number, $0, $1) }) == 0, Foundation.listen(number, 16) == 0 else {
            throw SystemError("bind", errno)
        }
        return socket
    }

    static func loopback(_ port: UInt16) -> SocketAddress {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        return withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                SocketAddress(copying: $0, length: socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
    }

    /// Asks again until there is an answer, for twenty seconds at most.
    static func eventually<Value>(_ what: @autoclosure () -> String, _ body: () throws -> Value?) throws -> Value {
        for _ in 0..<2000 {
            if let value = try body() { return value }
            usleep(10_000)
        }
        throw Failure(description: "never: \(what())")
    }
}

/// The client's side of a TCP connection to the daemon.
final class ClientEnd {
    let socket: OwnedDescriptor
    init(_ socket: consuming OwnedDescriptor) { self.socket = socket }

    /// What the other side sends until it closes.
    func readAll() throws -> [UInt8] {
        var all: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 4096)
        while true {
            let ready = try waitForReadiness(of: [(socket.number, .readable)], timeoutMilliseconds: 20_000)
            guard !ready[0].isEmpty else { throw RunningDaemon.Failure(description: "the connection stays open") }
            let count = read(socket.number, &chunk, chunk.count)
            guard count > 0 else { return all }
            all += chunk.prefix(count)
        }
    }
}

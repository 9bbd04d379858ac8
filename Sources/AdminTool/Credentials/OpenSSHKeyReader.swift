internal import Foundation
internal import MonitorProtocol
internal import OpenSSHKeys

/// Has OpenSSH decode a private key file: ssh-add(1) reads every format that administrators have, and hands the key to an agent, which is here.
///
/// libssh 0.10 decodes these files too, but gives an RSA key in OpenSSH's format not back, and libcrypto does not know that format. The key is
/// never on a disk: the file goes through a pipe, the passphrase through standard input, the decoded key through a socket, in a
/// folder that only this user can enter.
final class OpenSSHKeyReader {
    /// Decrypting takes as long as the key's owner chose (ssh-keygen -a); most keys take less than a second.
    private static let patienceMilliseconds: Int32 = 60_000
    /// How often it is looked whether ssh-add is still there.
    private static let turnMilliseconds: Int32 = 100

    private let folder: PrivateFolder
    private let listener: OwnedDescriptor
    private let process = Process()
    private let deadline = Deadline(afterMilliseconds: patienceMilliseconds)
    private let signals: EndingSignals
    private var endedBy: Int32?

    /// - Parameter passphrase: what ssh-add is told if it asks. Nobody else is asked.
    /// - Returns: nil if ssh-add could not read the file: wrong passphrase, damaged, unknown format.
    static func read(_ file: [UInt8], passphrase: String) throws -> PrivateKey? {
        // An ssh-add that ends early must not end this process when it writes to it.
        signal(SIGPIPE, SIG_IGN)
        let signals = EndingSignals()
        defer { signals.release() }
        var ending: Int32?
        do {
            let reader = try OpenSSHKeyReader(signals)
            defer { ending = reader.endedBy }
            try reader.start(passphrase: passphrase)
            defer { reader.stop() }
            if let agent = try reader.accept(), try reader.feed(file), let key = try reader.receiveKey(from: agent) { return key }
        }
        // The folder is gone now.
        if let ending { EndingSignals.die(of: ending) }
        return nil
    }

    private init(_ signals: EndingSignals) throws {
        self.signals = signals
        folder = try PrivateFolder()
        listener = OwnedDescriptor(owning: socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0))
        let address = try DaemonConnection.address(folder.path + "/agent")
        let isBound = address.withPointer { bind(listener.number, $0, $1) } == 0
        guard isBound, listen(listener.number, 1) == 0, mkfifo(folder.path + "/key", 0o600) == 0 else {
            throw ToolFailure("cannot prepare \(folder.path): \(describe(errno))")
        }
    }

    /// In a session of its own ssh-add has no terminal and reads the passphrase from standard input (readpassphrase(3)).
    private func start(passphrase: String) throws {
        let input = Pipe()
        process.executableURL = try ProgramPath.find("setsid", package: "util-linux")
        process.arguments = ["-w", try ProgramPath.find("ssh-add", package: "openssh-client").path, "-q", folder.path + "/key"]
        process.environment = ["SSH_AUTH_SOCK": folder.path + "/agent", "SSH_ASKPASS_REQUIRE": "never", "PATH": "/usr/bin:/bin"]
        process.standardInput = input
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        var line = Array(passphrase.utf8) + [UInt8(ascii: "\n")]
        defer { wipe(&line) }
        // Shorter than a pipe's 4096 bytes (pipe(7)), so this never waits.
        _ = writeAll(line, to: input.fileHandleForWriting.fileDescriptor)
        try input.fileHandleForWriting.close()
    }

    private func stop() {
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
        process.waitUntilExit()
    }

    private var goesOn: Bool {
        endedBy = endedBy ?? signals.pending
        return endedBy == nil && !deadline.hasPassed
    }

    /// ssh-add connects before it opens the file.
    private func accept() throws -> OwnedDescriptor? {
        while goesOn {
            let ready = try waitForReadiness(of: [(listener.number, .readable)], timeoutMilliseconds: Self.turnMilliseconds)
            if ready[0].contains(.readable) {
                let agent = Glibc.accept(listener.number, nil, nil)
                return agent < 0 ? nil : OwnedDescriptor(owning: agent)
            }
            guard process.isRunning else { return nil }
        }
        return nil
    }

    /// False if ssh-add ends without having read the file.
    private func feed(_ file: [UInt8]) throws -> Bool {
        while goesOn {
            // Fails with ENXIO until somebody reads.
            let pipe = open(folder.path + "/key", O_WRONLY | O_NONBLOCK | O_CLOEXEC)
            if pipe >= 0 {
                let descriptor = OwnedDescriptor(owning: pipe)
                // The file is no longer than a pipe's buffer (64 KiB).
                return writeAll(file, to: descriptor.number) == nil
            }
            guard errno == ENXIO, process.isRunning else { return false }
            usleep(UInt32(Self.turnMilliseconds) * 100)
        }
        return false
    }

    private func receiveKey(from agent: borrowing OwnedDescriptor) throws -> PrivateKey? {
        var received = [UInt8](repeating: 0, count: AgentMessage.largest + 4)
        var count = 0
        defer { wipe(&received) }
        while goesOn {
            let ready = try waitForReadiness(of: [(agent.number, .readable)], timeoutMilliseconds: Self.turnMilliseconds)
            guard ready[0] != [] else { continue }
            let got = received.withUnsafeMutableBytes { all in
                let rest = UnsafeMutableRawBufferPointer(rebasing: all[count...])
                return Glibc.read(agent.number, rest.baseAddress, rest.count)
            }
            guard got > 0 else { return nil }
            count += got
            let length = received.prefix(4).reduce(0) { $0 << 8 | Int($1) }
            guard count >= 4, count >= 4 + length, length <= AgentMessage.largest else { continue }
            var message = Array(received[4..<4 + length])
            defer { wipe(&message) }
            if let key = try AddedIdentity.privateKey(in: message) {
                _ = writeAll(AgentMessage.success.encoded, to: agent.number)
                return key
            }
            _ = writeAll(AgentMessage.failure.encoded, to: agent.number)
            count = 0
        }
        return nil
    }
}

/// A folder that only this user can enter, gone with its owner.
private final class PrivateFolder {
    let path: String

    init() throws(ToolFailure) {
        var template = Array("/tmp/sallyport.XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw ToolFailure("cannot make a folder in /tmp: \(describe(errno))") }
        path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}

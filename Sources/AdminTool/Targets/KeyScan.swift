internal import Foundation
internal import MonitorProtocol
internal import OpenSSHKeys

/// The host keys that an address shows to the real ssh-keyscan(1).
struct KeyScan {
    /// Seconds that ssh-keyscan waits for the server to answer.
    private static let patience = "5"
    /// For everything: past the greeting ssh-keyscan waits without limit.
    private static let longestMilliseconds: Int32 = 10_000
    /// A handful of keys; an RSA key of 16384 bits has 2.8 KB.
    private static let largestOutput = 64 * 1024

    private let address: HostAndPort
    init(_ address: HostAndPort) { self.address = address }

    func run() throws -> [PublicKey] {
        let scan = Process()
        scan.executableURL = try ProgramPath.find("ssh-keyscan", package: "openssh-client")
        scan.arguments = ["-T", Self.patience, "-p", "\(address.port)", "--", address.host]
        let output = Pipe()
        scan.standardInput = FileHandle.nullDevice
        scan.standardOutput = output
        scan.standardError = FileHandle.nullDevice
        try scan.run()
        defer {
            // Not SIGTERM: who started this tool may have it blocked, and then the child has, too.
            if scan.isRunning { kill(scan.processIdentifier, SIGKILL) }
            scan.waitUntilExit()
        }
        let deadline = Deadline(afterMilliseconds: Self.longestMilliseconds)
        var text = Data()
        while !deadline.hasPassed {
            let reading = output.fileHandleForReading
            let ready = try waitForReadiness(
                of: [(reading.fileDescriptor, .readable)], timeoutMilliseconds: deadline.millisecondsLeft)
            guard ready[0] != [], let more = try reading.read(upToCount: 4096), !more.isEmpty else { break }
            text += more
            guard text.count <= Self.largestOutput else {
                throw ToolFailure("\(address) sends more than any SSH server has to say about its keys")
            }
        }
        var keys: [PublicKey] = []
        for line in String(decoding: text, as: UTF8.self).split(separator: "\n") where !line.hasPrefix("#") {
            // `host algorithm base64`
            let fields = line.split(separator: " ")
            guard fields.count >= 3, let key = try? PublicKey(line: "\(fields[1]) \(fields[2])"), !keys.contains(key) else {
                continue
            }
            keys.append(key)
        }
        return keys
    }
}

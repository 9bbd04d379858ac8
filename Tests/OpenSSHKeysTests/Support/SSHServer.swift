import Foundation
import OpenSSHKeys
import Testing

/// Debian's sshd on a loopback port, trusting the same authorities as our checker, for as long as the object lives.
///
/// Certificates log in as whoever runs the tests when `alice` is among their principals.
final class SSHServer {
    let port: UInt16
    let user: String
    private let folder: TemporaryFolder
    private let process: ChildProcess

    init(authorities: [String], revocation: [UInt8]) throws {
        let keys = GeneratedKeys.shared
        folder = try TemporaryFolder()
        user = try #require(getpwuid(geteuid()).map { String(cString: $0.pointee.pw_name) })
        // sshd refuses to run as root without its privilege separation directory.
        if geteuid() == 0 { try FileManager.default.createDirectory(atPath: "/run/sshd", withIntermediateDirectories: true) }
        try Tool.keygen("-q", "-t", "ed25519", "-N", "", "-f", folder("hostkey"))
        try folder.write(authorities.map { try keys.publicLine($0) + "\n" }.joined(), to: "authorities")
        try folder.write("alice\n", to: "principals")
        try folder.write(revocation, to: "revoked")
        // The system chooses a port and sshd takes it: another program could be faster, so this is tried again.
        for _ in 0..<5 {
            let port = try Self.freePort()
            if let process = try Self.start(port: port, in: folder) {
                self.port = port
                self.process = process
                return
            }
        }
        throw Tool.Failure(
            description: "sshd does not start: \((try? folder.text(of: "errors")) ?? "")\((try? folder.text(of: "log")) ?? "")")
    }

    deinit { process.end(with: SIGTERM) }

    /// What sshd has written so far.
    var log: String { (try? folder.text(of: "log")) ?? "" }

    private static func start(port: UInt16, in folder: TemporaryFolder) throws -> ChildProcess? {
        try folder.write(
            """
            Port \(port)
            ListenAddress 127.0.0.1
            HostKey \(folder("hostkey"))
            PidFile none
            UsePAM no
            StrictModes no
            PermitRootLogin yes
            AuthenticationMethods publickey
            AuthorizedKeysFile none
            AuthorizedPrincipalsFile \(folder("principals"))
            TrustedUserCAKeys \(folder("authorities"))
            RevokedKeys \(folder("revoked"))
            MaxStartups 100
            LogLevel VERBOSE
            """, to: "configuration")
        let process = try ChildProcess(
            "/usr/sbin/sshd", ["-D", "-f", folder("configuration"), "-E", folder("log")], output: "/dev/null",
            errors: folder("errors"))
        for _ in 0..<500 where process.exitStatus == nil {
            if let log = try? folder.text(of: "log"), log.contains("Server listening on 127.0.0.1 port \(port)") {
                return process
            }
            usleep(10_000)
        }
        return nil
    }

    private static func freePort() throws -> UInt16 {
        let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(socket) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(socket, $0, length) == 0 && getsockname(socket, $0, &length) == 0
            }
        }
        guard isBound else { throw Tool.Failure(description: "no free port: \(errno)") }
        return UInt16(bigEndian: address.sin_port)
    }
}

extension SSHServer {
    /// How a certificate fared.
    enum Answer: Equatable {
        /// It logged in; what the command printed, and whether it got a terminal.
        case accepted(output: String, hasTerminal: Bool)
        case refused
        /// The client does not send it.
        case notOffered
    }

    /// Logs in with OpenSSH's client, which reads a certificate itself before it offers it.
    func answerToSSH(key: String, certificate: String) throws -> Answer {
        let folder = try TemporaryFolder()
        try folder.write(certificate + "\n", to: "certificate")
        let withTerminal = try ssh("-tt", key: key, certificate: folder("certificate"))
        if withTerminal.status == 0 {
            return .accepted(output: withTerminal.output.replacing("\r\n", with: "\n"), hasTerminal: true)
        }
        if withTerminal.errors.contains("PTY allocation request failed") {
            return .accepted(output: try ssh("-T", key: key, certificate: folder("certificate")).output, hasTerminal: false)
        }
        guard withTerminal.errors.contains("Permission denied") else {
            throw Tool.Failure(description: "ssh ended with \(withTerminal.status): \(withTerminal.errors.suffix(500))")
        }
        return withTerminal.errors.contains("Offering public key: \(folder("certificate"))") ? .refused : .notOffered
    }

    private func ssh(_ terminal: String, key: String, certificate: String) throws -> Tool.Result {
        try Tool.run(
            "/usr/bin/ssh",
            [
                "-v", "-F", "none", terminal, "-p", String(port), "-l", user, "-i", GeneratedKeys.shared.path(key),
                "-o", "CertificateFile=" + certificate, "-o", "BatchMode=yes", "-o", "IdentitiesOnly=yes", "-o",
                "IdentityAgent=none",
                "-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null", "-o", "GlobalKnownHostsFile=/dev/null",
                "-o", "CASignatureAlgorithms=+ssh-rsa", "-o", "ConnectTimeout=10", "127.0.0.1", "echo as asked",
            ])
    }
}

import Foundation
import Testing

/// `target scan` against a real sshd, started for each connection as inetd would.
@Suite struct `sallyport target scan` {
    @Test func `prints lines for access.yaml with the keys that the server has`() throws {
        let server = try InetdServer { folder in
            var arguments = ["-i", "-f", "/dev/null", "-o", "PidFile=none", "-o", "LogLevel=QUIET"]
            for type in ["ed25519", "ecdsa", "rsa"] {
                try runProgram("/usr/bin/ssh-keygen", ["-q", "-t", type, "-N", "", "-f", folder[type]])
                arguments += ["-h", folder[type]]
            }
            return ("/usr/sbin/sshd", arguments)
        }
        let address = "127.0.0.1:\(server.port)"
        let outcome = try Tool.run(["target", "scan", address])
        #expect(outcome.status == 0)
        #expect(outcome.output.hasPrefix("    address: \"\(address)\"\n    host-keys:\n      - \""))
        #expect(outcome.output.split(separator: "\n").count == 5)
        for type in ["ed25519", "ecdsa", "rsa"] {
            let line = try server.folder.text("\(type).pub").split(separator: " ").prefix(2).joined(separator: " ")
            let fingerprint = try runProgram("/usr/bin/ssh-keygen", ["-lf", server.folder["\(type).pub"]]).split(separator: " ")[
                1]
            #expect(outcome.output.contains("      - \"\(line)\"   # \(fingerprint)\n"))
        }
        #expect(outcome.errors.contains("may be anybody's"))
        #expect(outcome.errors.contains("Compare the fingerprints"))

        let document = try JSONSerialization.jsonObject(
            with: Data(try Tool.run(["target", "scan", "--json", address]).output.utf8))
        let object = try #require(document as? [String: Any])
        #expect(object.keys.sorted() == ["address", "host_keys"])
        #expect(
            (object["host_keys"] as? [[String: String]])?.map { $0.keys.sorted() }
                == Array(repeating: ["fingerprint", "line"], count: 3))
    }

    @Test func `does not wait forever for a server that greets and says no more`() throws {
        let server = try InetdServer { _ in ("/bin/sh", ["-c", "echo SSH-2.0-silence; exec sleep 60"]) }
        let outcome = try Tool.run(["target", "scan", "127.0.0.1:\(server.port)"])
        #expect(outcome.status == 1)
        #expect(outcome.errors.contains("showed no host key"))
    }

    @Test func `says so when nobody shows a key`() throws {
        let server = try InetdServer { _ in ("/bin/echo", ["\u{1b}[2Jnot ssh"]) }
        for address in ["127.0.0.1:\(server.port)", "127.0.0.1:1", "name.invalid"] {
            let outcome = try Tool.run(["target", "scan", address])
            #expect(outcome.status == 1)
            #expect(outcome.output == "")
            #expect(outcome.errors.contains("showed no host key"))
            #expect(!outcome.errors.contains("\u{1b}"))
        }
    }
}

/// Listens on loopback and starts a program for each connection with the connection as standard input and output (inetd, `nowait`).
final class InetdServer: Sendable {
    let folder: TemporaryFolder
    let port: UInt16
    private let listener: Int32

    init(_ program: (TemporaryFolder) throws -> (path: String, arguments: [String])) throws {
        // sshd wants its folder for unprivileged children, which a machine without the service does not have.
        if geteuid() == 0 { mkdir("/run/sshd", 0o755) }
        folder = try TemporaryFolder()
        let (path, arguments) = try program(folder)
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        self.listener = listener
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isListening = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(listener, address, length) == 0 && listen(listener, 16) == 0 && getsockname(listener, address, &length) == 0
            }
        }
        guard isListening else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
        port = UInt16(bigEndian: address.sin_port)
        Thread.detachNewThread {
            while true {
                let client = accept(listener, nil, nil)
                guard client >= 0, fcntl(client, F_SETFD, FD_CLOEXEC) == 0 else { return }
                let connection = FileHandle(fileDescriptor: client, closeOnDealloc: true)
                let process = Process()
                process.executableURL = URL(filePath: path)
                process.arguments = arguments
                process.standardInput = connection
                process.standardOutput = connection
                process.standardError = FileHandle.nullDevice
                try? process.run()
            }
        }
    }

    deinit {
        shutdown(listener, Int32(SHUT_RDWR))
        close(listener)
    }
}

import Foundation
import MonitorProtocol
import OpenSSHKeys

@testable import MonitorProcess

/// Something that listens where a target's sshd would.
final class TargetUnderTest {
    let hostKey: PrivateKey
    let port: UInt16
    private let socket: OwnedDescriptor

    /// - Parameter backlog: 0 for one that answers one connection and lets further ones hang.
    init(backlog: Int32 = 16) throws {
        hostKey = try PrivateKey.generateEd25519()
        socket = OwnedDescriptor(owning: Foundation.socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0))
        let number = socket.number
        guard RunningDaemon.loopback(0).withPointer({ bind(number, $0, $1) }) == 0, listen(number, backlog) == 0 else {
            throw SystemError("bind", errno)
        }
        port = try SocketAddress(of: number).port
    }

    /// The connection that the daemon dialled.
    func accept() throws -> ClientEnd {
        let ready = try waitForReadiness(of: [(socket.number, .readable)], timeoutMilliseconds: 20_000)
        guard !ready[0].isEmpty else { throw RunningDaemon.Failure(description: "nobody dialled the target") }
        return ClientEnd(OwnedDescriptor(owning: Foundation.accept(socket.number, nil, nil)))
    }

    /// access.yaml: alice may reach web1, this target, as root; nobody may reach it as deploy; web2 is granted to nobody.
    func access(grants: String? = nil, channels: String = "[shell, exec, sftp]") -> String {
        let grant = "  - { name: alice-on-web1, to: [alice], targets: [web1], logins: [root], channels: \(channels) }"
        return """
            groups: {}
            targets:
              web1:
                address: 127.0.0.1:\(port)
                aliases: [www]
                host-keys: ["\(hostKey.publicKey.line)"]
                logins: [root, deploy]
              web2:
                address: 127.0.0.1:\(port)
                host-keys: ["\(hostKey.publicKey.line)"]
                logins: [root]
            grants:
            \(grants ?? grant)

            """
    }
}

extension RunningDaemon {
    /// The daemon, with a private key in the vault for root on web1.
    convenience init(_ target: TargetUnderTest, secret: AdminRequest.SetCredential.Secret? = nil, settings: String = "") throws {
        try self.init(access: target.access(), settings: settings)
        let key = try PrivateKey.generateEd25519()
        let secret = secret ?? .privateKey(String(decoding: key.openSSHFile(comment: ""), as: UTF8.self))
        let name = AdminRequest.CredentialName(login: "root", target: "web1")
        let reply = try admin(.setCredential(AdminRequest.SetCredential(name: name, secret: secret)))
        guard case .done = reply else { throw Failure(description: "\(reply)") }
    }
}

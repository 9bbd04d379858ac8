internal import CSystem
internal import Configuration
internal import Foundation
internal import MonitorProtocol
internal import OpenSSHKeys
internal import Policy
internal import Store

/// The configuration and what only the daemon reads of it: ready to run with, whole or not at all.
struct RunningConfiguration: Sendable {
    let daemon: DaemonConfiguration
    /// With what was given for a time (`CurrentConfiguration`).
    private(set) var access: AccessRules
    private let fileAccess: AccessRules
    let policy: PolicyRules
    let masks: CompiledMasks
    /// Of user certificates.
    let checker: CertificateChecker
    let hostKeys: [PrivateKey]
    /// Whom requests for approvals are told to.
    let channels: [NotificationChannel]
    private let authorities: [PublicKey]
    private let revocation: RevocationList

    /// Reads the host keys, and puts the authorities together.
    ///
    /// - Parameter own: what `vault` in `user-authorities` stands for.
    init(_ loaded: LoadedConfiguration, ownAuthority own: PublicKey, store: Store) throws {
        daemon = loaded.daemon
        access = loaded.access
        fileAccess = loaded.access
        policy = loaded.policy
        masks = try CompiledMasks(loaded.policy)
        authorities = loaded.authorities + (daemon.userAuthorities.contains(.vault) ? [own] : [])
        revocation = loaded.revocation
        checker = CertificateChecker(authorities: authorities, revocation: loaded.revocation) { certificate in
            // The ledger counts the serials of our own authority only. One that does not answer revokes: nobody comes in unchecked.
            guard certificate.signatureKey == own else { return false }
            return (try? store.isRevoked(serial: certificate.serial, keyID: certificate.keyID)) ?? true
        }
        hostKeys = try daemon.hostKeys.map(Self.hostKey)
        channels = try daemon.notify.map(Self.channel)
    }

    func adding(_ timed: [TimedAccess]) -> RunningConfiguration {
        var running = self
        running.access = fileAccess.adding(timed.compactMap { $0.rule(in: fileAccess) })
        return running
    }

    /// Whether somebody who is logged in with the certificate may stay. Dates do not count: a session may outlive its certificate, as with sshd.
    func stillTrusts(_ certificate: Certificate) -> Bool {
        authorities.contains(certificate.signatureKey) && !revocation.revokes(certificate)
    }

    private static func channel(_ settings: NotificationSettings) throws -> NotificationChannel {
        switch settings.way {
        case .command(let words): return .command(name: settings.name, words)
        case .webhook(let url, let path):
            return .webhook(name: settings.name, url: url, key: try NotificationSettings.readKey(path))
        }
    }

    private static func hostKey(_ path: String) throws -> PrivateKey {
        let number = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY)
        guard number >= 0 else { throw StartError("\(path): \(SystemError("open", errno))") }
        let descriptor = OwnedDescriptor(owning: number)
        var status = stat()
        guard fstat(descriptor.number, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_mode & 0o077 == 0 else {
            throw StartError("\(path): not a file, or others than its owner may read this private key; chmod 600")
        }
        var file = [UInt8](repeating: 0, count: min(Int(status.st_size), 65_536))
        defer { wipe(&file) }
        guard read(descriptor.number, &file, file.count) == file.count else { throw StartError("\(path): cannot be read") }
        do { return try PrivateKey(openSSHFile: file) } catch { throw StartError("\(path): \(error)") }
    }
}

extension RunningConfiguration {
    var connectionBounds: ConnectionLimits.Bounds {
        let limits = daemon.limits
        return ConnectionLimits.Bounds(
            startups: ConnectionLimits.Startups(
                begin: limits.startups.begin, rate: limits.startups.rate, full: limits.startups.full),
            perUser: limits.connectionsPerUser, perAddress: limits.connectionsPerAddress)
    }

    /// What the session process keeps itself.
    var sessionLimits: SessionLimits {
        let limits = daemon.limits
        return SessionLimits(
            loginGraceSeconds: limits.loginGraceSeconds, authenticationTries: limits.authenticationTries,
            channels: limits.channels,
            idleSeconds: limits.idleSeconds, keepaliveSeconds: limits.keepaliveSeconds, keepaliveCount: limits.keepaliveCount)
    }
}

extension SessionSpawner.Settings {
    /// - Throws: when the executable cannot be executed; better now than at the first connection.
    init(_ settings: SessionSettings) throws {
        let path = try settings.executable ?? Self.besideThisProgram()
        guard Foundation.access(path, X_OK) == 0 else { throw StartError("\(path): \(SystemError("access", errno))") }
        self.init(executable: path, waiting: settings.waiting, users: csystem_may_change_users() != 0 ? settings.uids : nil)
    }

    private static func besideThisProgram() throws -> String {
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
        let count = readlink("/proc/self/exe", &buffer, buffer.count - 1)
        guard count > 0 else { throw StartError("/proc/self/exe: \(SystemError("readlink", errno))") }
        let own = String(decoding: buffer.prefix(count).map(UInt8.init(bitPattern:)), as: UTF8.self)
        return URL(fileURLWithPath: own).deletingLastPathComponent().appendingPathComponent("sallyport-session").path
    }
}

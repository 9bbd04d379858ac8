import Foundation
import OpenSSHKeys
import Policy
import Testing

@testable import Configuration

/// Configurations on disk, with the other files that they name.
struct LoadingTests {
    let folder: TemporaryFolder
    var file: String { folder.path + "/sallyport.yaml" }
    static let daemon = "listen: [127.0.0.1:0]\nhost-keys: [key]\nvault-key: vault.key\n"

    init() throws {
        folder = try TemporaryFolder()
        try folder.write("key", "")
        try folder.write("access.yaml", "targets: {}\n")
        try folder.write("policy.yaml", "default: allow\nuncertain: allow\nrules: []\n")
    }

    /// The mistakes without the folder's path.
    private func problems(_ daemon: String) throws -> [String] {
        try folder.write("sallyport.yaml", daemon)
        return problems()
    }

    private func problems() -> [String] {
        do {
            _ = try LoadedConfiguration.load(file: file)
            return []
        } catch {
            return error.problems.map { $0.description.replacing(folder.path + "/", with: "") }
        }
    }

    @Test func `a configuration is loaded with the files that it names`() throws {
        try folder.run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", "ca1")
        try folder.run("ssh-keygen", "-q", "-t", "ecdsa", "-b", "384", "-N", "", "-f", "ca2")
        try folder.run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", "revoked")
        try folder.run("ssh-keygen", "-q", "-k", "-f", "revoked.krl", "revoked.pub")
        let keys = try ["ca1.pub", "ca2.pub"].map { try String(contentsOfFile: folder.path + "/" + $0, encoding: .utf8) }
        try folder.write("ca.pub", "# our authorities\n\n" + keys.joined() + keys[0])
        try folder.write("sallyport.yaml", Self.daemon + "user-authorities: [ca.pub, vault]\nrevoked-keys: revoked.krl\n")
        try folder.write("access.yaml", "targets: {web1: {address: h, host-keys: [\(hostKey)], logins: [root]}}\n")

        let loaded = try LoadedConfiguration.load(file: file)
        #expect(try loaded.authorities == keys.map { try PublicKey(line: $0.trimmingCharacters(in: .newlines)) })
        #expect(loaded.access.targets.map(\.name) == ["web1"])
        #expect(loaded.daemon.userAuthorities == [.file(folder.path + "/ca.pub"), .vault])
        #expect(loaded.daemon.access == folder.path + "/access.yaml")
    }

    @Test func `without a revocation list nothing is revoked, and with the vault alone no authority is a file's`() throws {
        try folder.write("sallyport.yaml", Self.daemon)
        let loaded = try LoadedConfiguration.load(file: file)
        #expect(loaded.authorities.isEmpty)
        #expect(loaded.daemon.revokedKeys == nil)
    }

    @Test func `mistakes of all files are told at once, in their order`() throws {
        try folder.write("access.yaml", "tragets: {}\ngroups: []\n")
        try folder.write("ca.pub", "# nobody\n\nssh-ed25519 garbage!\n")
        let text =
            "listne: [127.0.0.1:0]\nhost-keys: [nokey]\nvault-key: vault.key\nuser-authorities: [noca.pub, ca.pub]\nrevoked-keys: no.krl\n"
        #expect(
            try problems(text) == [
                "sallyport.yaml:1: unknown key \"listne\": did you mean \"listen\"?",
                "sallyport.yaml:1: \"listen\" is missing: a list of addresses, as in [\"0.0.0.0:22\", \"[::]:22\"]",
                "sallyport.yaml:2: host-keys: \"\(short("nokey"))\" does not exist: \"ssh-keygen -t ed25519 -N '' -f FILE\" makes one",
                "sallyport.yaml:4: user-authorities: \"\(short("noca.pub"))\" does not exist",
                "sallyport.yaml:5: revoked-keys: \"\(short("no.krl"))\" does not exist",
                "ca.pub:3: not a public key: text that is not base64",
                "access.yaml:1: unknown key \"tragets\": did you mean \"targets\"?",
                "access.yaml:2: groups: a list, where a mapping of groups, as in ops: [alice, bob] was expected",
            ])
    }

    /// A name as messages quote it, without the folder's path.
    private func short(_ name: String) -> String { shown(folder.path + "/" + name).replacing(folder.path + "/", with: "") }

    @Test func `a file that cannot be read is told without a line`() throws {
        #expect(problems() == ["sallyport.yaml: does not exist"])
        try folder.write("sallyport.yaml", Self.daemon + "access: .\n")
        #expect(problems().count == 1)
        #expect(problems()[0].hasSuffix("is a directory, not a file"))
        try folder.write("sallyport.yaml", Self.daemon + "access: key/access.yaml\n")
        #expect(problems() == ["key/access.yaml: does not exist"])
        try folder.run("mkfifo", "pipe")
        try folder.write("sallyport.yaml", Self.daemon + "access: pipe\n")
        #expect(problems() == ["pipe: is not a regular file"])
        try folder.write("sallyport.yaml", Self.daemon + "access: /dev/zero\n")
        #expect(problems() == ["/dev/zero: is not a regular file"])
        try folder.run("ln", "-s", "loop", "loop")
        try folder.write("sallyport.yaml", Self.daemon + "access: loop\n")
        #expect(problems() == ["loop: cannot be read: Too many levels of symbolic links"])
        try folder.write("big.yaml", [UInt8](repeating: UInt8(ascii: "#"), count: 10_000_000))
        try folder.write("sallyport.yaml", Self.daemon + "access: big.yaml\n")
        #expect(problems() == ["big.yaml: is larger than 1024 KiB"])
    }

    @Test func `a file as large as is accepted is read`() throws {
        let text = "targets: {}\n"
        try folder.write("access.yaml", text + String(repeating: "#", count: Document.largestFile - text.utf8.count))
        #expect(try problems(Self.daemon) == [])
        try folder.write("access.yaml", text + String(repeating: "#", count: Document.largestFile - text.utf8.count + 1))
        #expect(try problems(Self.daemon) == ["access.yaml: is larger than 1024 KiB"])
    }

    @Test func `a private key in place of an authority is named and not shown`() throws {
        try folder.run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", "ca")
        let found = try problems(Self.daemon + "user-authorities: [ca]\n")
        #expect(
            found == [
                "ca:1: a private key, where a public key is expected: it does not belong here; remove it and make a new one"
            ])
    }

    @Test func `an authority has to be able to sign certificates`() throws {
        let securityKey =
            "sk-ssh-ed25519@openssh.com AAAAGnNrLXNzaC1lZDI1NTE5QG9wZW5zc2guY29tAAAAIAXiPmSHeEYrRSXkPrGkFEG2Rn+C7bxULcPvdcWA40UNAAAABHNzaDo="
        try folder.write("ca.pub", "\(securityKey)\ncert-authority \(hostKey)\n")
        #expect(
            try problems(Self.daemon + "user-authorities: [ca.pub]\n") == [
                "ca.pub:1: an sk-ssh-ed25519@openssh.com key cannot be an authority here",
                "ca.pub:2: a public key line that starts with something else: leave out host names and options, and begin with the algorithm",
            ])
    }

    @Test func `an authority file without a key is a mistake`() throws {
        try folder.write("ca.pub", "# none yet\n")
        let found = try problems(Self.daemon + "user-authorities: [ca.pub]\n")
        #expect(found == ["sallyport.yaml:4: user-authorities: \"\(short("ca.pub"))\" holds no public key"])
    }

    @Test func `what is no revocation list revokes nothing and is therefore not loaded`() throws {
        try folder.write("revoked.krl", "SSHKRL\n\0garbage")
        let found = try problems(Self.daemon + "revoked-keys: revoked.krl\n")
        #expect(found.count == 1)
        #expect(found[0].hasPrefix("sallyport.yaml:4: revoked-keys: \"\(short("revoked.krl"))\" is not a key revocation list ("))
    }

    @Test func `a folder is no host key`() throws {
        try FileManager.default.createDirectory(atPath: folder.path + "/hostkeys", withIntermediateDirectories: false)
        let found = try problems("listen: [127.0.0.1:0]\nhost-keys: [hostkeys]\nvault-key: vault.key\n")
        #expect(found == ["sallyport.yaml:2: host-keys: \"\(short("hostkeys"))\" is not a file"])
    }

    @Test func `the daemon's file alone is read while others have mistakes`() throws {
        try folder.write(
            "sallyport.yaml",
            "listen: [127.0.0.1:0]\nhost-keys: [nokey]\nvault-key: v\nuser-authorities: [no.pub]\naccess: no.yaml\n")
        let daemon = try DaemonConfiguration.load(file: file)
        #expect(daemon.adminSocket == folder.path + "/state/admin.sock")
        #expect(throws: ConfigurationErrors.self) { try LoadedConfiguration.load(file: file) }
    }

    @Test func `a policy that is not there is told with what to do`() throws {
        try folder.write("access.yaml", "targets: []\n")
        let found = try problems(Self.daemon + "policy: other/policy.yaml\n")
        #expect(
            found == [
                "access.yaml:1: targets: a list, where a mapping of targets, each with its name as key was expected",
                "other/policy.yaml: does not exist: \"sallyport init\" writes a starting set; "
                    + "or write one with \"default: allow\", \"uncertain: allow\" and \"rules: []\"",
            ])
    }

    @Test func `a mistake in the policy is told with its column, also beside one in the access rules`() throws {
        try folder.write("access.yaml", "targets: []\n")
        try folder.write(
            "policy.yaml",
            "default: alow\nuncertain: allow\nrules: [{name: a, for: {users: group:x}, match: {text: x}, verdict: block}]\n")
        let found = try problems(Self.daemon)
        #expect(found.last == "policy.yaml:1:10: default: \"alow\" is not a verdict: did you mean \"allow\"?")
        #expect(found.count == 2)
    }

    @Test func `a candidate is read by itself against the access rules in force`() throws {
        try folder.write("sallyport.yaml", Self.daemon)
        let loaded = try LoadedConfiguration.load(file: file)
        #expect(loaded.policy.rules.isEmpty && loaded.daemon.policy == folder.path + "/policy.yaml")
        try folder.write("candidate.yaml", "default: block\nuncertain: block\nrules: []\n")
        #expect(try LoadedConfiguration.load(file: file, policy: folder.path + "/candidate.yaml").policy.defaultVerdict == .block)
        #expect(throws: ConfigurationErrors.self) {
            try LoadedConfiguration.load(file: file, policy: folder.path + "/nothing.yaml")
        }
    }

    @Test func `paths are relative to the file, however it is named`() throws {
        try folder.write("sallyport.yaml", Self.daemon)
        let absolute = try DaemonConfiguration.load(file: file)
        let up = String(repeating: "../", count: FileManager.default.currentDirectoryPath.split(separator: "/").count)
        let relative = try DaemonConfiguration.load(file: up + file.dropFirst())
        #expect(relative.hostKeys.allSatisfy { $0.hasPrefix("/") })
        #expect(
            try FileManager.default.attributesOfItem(atPath: relative.hostKeys[0])[.type] as? FileAttributeType == .typeRegular)
        #expect(absolute.hostKeys == [folder.path + "/key"])
    }

    @Test func `the examples are a configuration`() throws {
        let package = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .path
        for name in ["sallyport.yaml", "access.yaml"] {
            try folder.write(name, try String(contentsOfFile: package + "/Config/" + name, encoding: .utf8))
        }
        try folder.write("hostkeys/ssh_host_ed25519_key", "")
        let loaded = try LoadedConfiguration.load(file: file)
        #expect(loaded.access.targets.map(\.name) == ["web1", "web2", "db1"])
        // What the comments call defaults is what is there without the lines.
        #expect(loaded.daemon.limits == ConnectionSettings())
        #expect(loaded.daemon.session == SessionSettings())
        #expect(loaded.daemon.certificates == CertificateLifetimes())
        #expect(loaded.daemon.environment == ["LANG", "LC_*"])
        #expect(loaded.daemon.stateDirectory == folder.path + "/state")
    }
}

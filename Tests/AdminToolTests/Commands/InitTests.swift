import Configuration
import Foundation
import OpenSSHKeys
import Policy
import Testing

@Suite struct `sallyport init` {
    @Test func `makes a bastion whose configuration loads`() throws {
        let folder = try TemporaryFolder()
        let outcome = try Tool.run(["init", folder["b"], "--listen", "127.0.0.1:0", "--listen", "[::1]:2222"])
        #expect(outcome.status == 0)
        #expect(outcome.output.hasPrefix("made \(folder["b"])\n"))
        let loaded = try LoadedConfiguration.load(file: folder["b/sallyport.yaml"])
        #expect(loaded.daemon.listen == [NetworkAddress(host: "127.0.0.1", port: 0), NetworkAddress(host: "::1", port: 2222)])
        #expect(loaded.daemon.hostKeys == [folder["b/hostkeys/ssh_host_ed25519_key"]])
        #expect(loaded.daemon.vaultKey == .file(folder["b/vault.key"]))
        #expect(loaded.daemon.adminSocket == folder["b/state/admin.sock"])
        #expect(loaded.access.targets.isEmpty)
        #expect(loaded.access.grants.isEmpty)
        let check = try Tool.run(["check", "--config", folder["b/sallyport.yaml"]])
        #expect(check.status == 0)
        // The starting set asks for approvals, and whom to ask is the administrator's to say.
        #expect(check.errors.hasPrefix("\(folder["b/policy.yaml"]):"), "\(check)")
        #expect(check.errors.contains(": warning: ") && check.errors.contains("nobody is named to ask"), "\(check)")
    }

    @Test func `lets nobody else in`() throws {
        let folder = try TemporaryFolder()
        #expect(try Tool.run(["init", folder["b"]]).status == 0)
        for name in ["b", "b/hostkeys", "b/state", "b/recordings"] { #expect(try folder.mode(name) == 0o700, "\(name)") }
        for name in ["b/vault.key", "b/hostkeys/ssh_host_ed25519_key", "b/sallyport.yaml", "b/access.yaml", "b/policy.yaml"] {
            #expect(try folder.mode(name) == 0o600, "\(name)")
        }
    }

    @Test func `makes a host key that OpenSSH reads, another one every time`() throws {
        let folder = try TemporaryFolder()
        var seen: Set<String> = []
        for name in ["a", "b"] {
            #expect(try Tool.run(["init", folder[name]]).status == 0)
            let file = "\(name)/hostkeys/ssh_host_ed25519_key"
            let derived = try runProgram("/usr/bin/ssh-keygen", ["-y", "-f", folder[file]])
            #expect(derived.split(separator: " ").prefix(2) == (try folder.text(file + ".pub")).split(separator: " ").prefix(2))
            seen.insert(derived)
            seen.insert(try folder.text("\(name)/vault.key"))
        }
        #expect(seen.count == 4)
    }

    @Test func `writes what an administrator is told to copy into the bastion's own layout`() throws {
        let folder = try TemporaryFolder()
        #expect(try Tool.run(["init", "--systemd", folder["b"]]).status == 0)
        let loaded = try LoadedConfiguration.load(file: folder["b/sallyport.yaml"])
        #expect(loaded.daemon.stateDirectory == "/var/lib/sallyport")
        #expect(loaded.daemon.adminSocket == "/run/sallyport/admin.sock")
        #expect(loaded.daemon.vaultKey == .credential("vault.key"))
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: folder["b"]).sorted() == [
                "access.yaml", "hostkeys", "policy.yaml", "sallyport.yaml", "vault.key",
            ])
    }

    @Test func `uses an empty directory and refuses everything else that is there`() throws {
        let folder = try TemporaryFolder()
        try FileManager.default.createDirectory(
            atPath: folder["empty"], withIntermediateDirectories: false, attributes: [.posixPermissions: 0o755])
        #expect(try Tool.run(["init", folder["empty"]]).status == 0)
        #expect(try folder.mode("empty") == 0o700)

        let key = try folder.text("empty/vault.key")
        let again = try Tool.run(["init", folder["empty"]])
        #expect(again.status == 1)
        #expect(
            again.errors
                == "sallyport: \(folder["empty"]) is not empty: a new bastion needs a new directory, so that no key of another is overwritten\n"
        )
        #expect(try folder.text("empty/vault.key") == key)

        try folder.write("", to: "file")
        #expect(try Tool.run(["init", folder["file"]]).errors == "sallyport: \(folder["file"]) exists and is not a directory\n")
        try FileManager.default.createSymbolicLink(atPath: folder["link"], withDestinationPath: folder["nowhere"])
        #expect(try Tool.run(["init", folder["link"]]).status == 1)
        #expect(!FileManager.default.fileExists(atPath: folder["nowhere"]))
    }

    @Test(arguments: ["~root", "~", "a b", "it's", "a%20b", "-dash", "nl\nesc\u{1b}[2J", "ü"])
    func `takes the name as it is`(_ name: String) throws {
        let folder = try TemporaryFolder()
        let outcome = try Tool.run(["init", "--", name], folder: folder.path)
        #expect(outcome.status == 0)
        #expect(FileManager.default.fileExists(atPath: folder[name] + "/vault.key"))
        #expect(!outcome.output.contains("\u{1b}"))
        guard !name.contains("\n") else { return }
        // What it says to type is what a shell needs.
        let export = try #require(outcome.output.split(separator: "\n").first { $0.contains("export ") })
        let value = try runProgram("/bin/sh", ["-c", "\(export); cat \"$SALLYPORT_CONFIG\""])
        #expect(value == (try folder.text(name + "/sallyport.yaml")))
    }

    @Test func `leaves nothing behind when it fails half way`() throws {
        let folder = try TemporaryFolder()
        // PATH_MAX is 4096 with its NUL: the directories below can be made, the host key in one of them cannot.
        let depth = 4095 - "/hostkeys/ssh_host".utf8.count
        var path = folder.path
        while depth - path.utf8.count > 252 { path += "/" + String(repeating: "d", count: 200) }
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        path += "/" + String(repeating: "e", count: depth - path.utf8.count - 1)
        let outcome = try Tool.run(["init", path])
        #expect(outcome.status == 1)
        #expect(!FileManager.default.fileExists(atPath: path))
    }
}

import Foundation
import Testing

/// The files in systemd/, judged by systemd's own programs.
@Suite struct `The systemd unit` {
    /// systemd/README.md promises it.
    static let exposure = "1.9"

    @Test func `is exposed no more than its README says`() throws {
        let report = try runProgram(
            "/usr/bin/systemd-analyze", ["security", "--offline=true", "--no-pager", Self.path("sallyportd.service")])
        #expect(report.contains("Overall exposure level for sallyportd.service: \(Self.exposure) OK"))
        #expect(
            try String(contentsOfFile: Self.path("README.md"), encoding: .utf8).contains("exposure level \(Self.exposure) (OK)"))
    }

    @Test func `has no mistake that systemd sees`() throws {
        let folder = try TemporaryFolder()
        let unit = try String(contentsOfFile: Self.path("sallyportd.service"), encoding: .utf8)
        #expect(unit.contains("ExecStart=/usr/local/bin/sallyportd --config"))
        // The program is not installed here; everything else is verified as it is.
        let file = try folder.write(
            unit.replacingOccurrences(of: "/usr/local/bin/sallyportd", with: "/bin/true"), to: "sallyportd.service")
        #expect(try runProgram("/usr/bin/systemd-analyze", ["verify", file]) == "")
    }

    @Test func `is for a user that sysusers makes and files that tmpfiles gives to it`() throws {
        let folder = try TemporaryFolder()
        try FileManager.default.createDirectory(atPath: folder["etc"], withIntermediateDirectories: true)
        try runProgram("/usr/bin/systemd-sysusers", ["--root", folder.path, Self.path("sallyport.sysusers")])
        #expect(try folder.text("etc/passwd").contains("sallyport:x:"))
        let unit = try String(contentsOfFile: Self.path("sallyportd.service"), encoding: .utf8)
        #expect(unit.contains("\nUser=sallyport\nGroup=sallyport\n"))
        guard geteuid() == 0 else { return }
        #expect(try Tool.run(["init", "--systemd", folder["etc/sallyport"]]).status == 0)
        try runProgram("/usr/bin/systemd-tmpfiles", ["--create", "--root", folder.path, Self.path("sallyport.tmpfiles")])
        #expect(try folder.mode("etc/sallyport") == 0o750)
        #expect(try folder.mode("etc/sallyport/access.yaml") == 0o640)
        #expect(try folder.mode("etc/sallyport/vault.key") == 0o600)
        #expect(try folder.mode("etc/sallyport/hostkeys/ssh_host_ed25519_key") == 0o600)
    }

    private static func path(_ name: String) -> String { Tool.packageFolder.appending(path: "systemd/\(name)").path }
}

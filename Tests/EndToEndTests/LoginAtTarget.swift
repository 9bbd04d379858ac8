import EndToEndHarness
import Testing

extension EndToEnd {
    struct LoginAtTarget {
        @Test(arguments: ["root@web1", "root:web1", "root@WEB1", "root@web1.", "root@www", "root:web1.example.com"])
        func `a user name that names the target reaches it`(_ name: String) throws {
            let scene = try Scene()
            let outcome = try scene.alice.ssh("-l", name, "bastion", "id -un")
            #expect(outcome.exit == .status(0), "\(outcome)")
            #expect(outcome.output == "root\n")
            let row = try scene.bastion.endedSession()
            #expect(row["target"].string == "web1")
            #expect(row["login"].string == "root")
        }

        @Test func `ssh deploy@web1@bastion is understood by stock ssh`() throws {
            let scene = try Scene()
            #expect(try scene.alice.ssh("deploy@web1@bastion", "id -un").output == "deploy\n")
        }

        @Test(arguments: ["root@", "@web1", "root@web1@", ":", "root@web1:root", "ro ot@web1", "root@we b1", "-root@web1"])
        func `half a name reaches nothing`(_ name: String) throws {
            let scene = try Scene()
            let outcome = try scene.alice.ssh("-o", "User=\(name)", "bastion", "id -un")
            #expect(outcome.exit != .status(0), "\(outcome)")
            #expect(outcome.output != "root\n")
        }
    }
}

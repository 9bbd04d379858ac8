import EndToEndHarness
import Testing

extension EndToEnd {
    struct ControlMaster {
        @Test(arguments: Way.allCases) func `one connection carries many sessions`(_ way: Way) throws {
            let scene = try Scene()
            let socket = "\(scene.alice.folder.path)/master"
            let control = ["-o", "ControlPath=\(socket)"]
            let master = try RunningProgram(
                scene.alice.sshCommand(control + ["-M", "-N"] + way.words()), environment: Programs.environment)
            try wait(for: "the master") { try run(["ssh", "-O", "check"] + control + ["web1"]).exit == .status(0) }

            let sessions = try (1...4).map { number in
                try RunningProgram(
                    scene.alice.sshCommand(control + way.words() + ["cat; echo \(number) over"]),
                    environment: Programs.environment)
            }
            for (number, session) in zip(1..., sessions) { try session.write("hello \(number)\n") }
            for (number, session) in zip(1..., sessions) { try session.waitForOutput("hello \(number)\n") }
            #expect(try scene.alice.run("exit 5", by: way, options: control).exit == .status(5))
            for session in sessions { session.closeInput() }
            for (number, session) in zip(1..., sessions) {
                #expect(try session.waitForExit() == .status(0))
                #expect(String(decoding: session.stdout, as: UTF8.self) == "hello \(number)\n\(number) over\n")
            }

            let rows = try scene.bastion.sessions()
            #expect(rows.count == 5)
            #expect(Set(rows.compactMap { $0["connection_id"].string }).count == 1)
            #expect(Set(rows.compactMap { $0["recording"].string }).count == 5)
            try run(["ssh", "-O", "exit"] + control + ["web1"]).orThrow()
            try master.waitForExit()
        }

        @Test func `a shared connection to the bastion reaches several targets' names`() throws {
            let scene = try Scene()
            let socket = "\(scene.alice.folder.path)/master"
            let control = ["-o", "ControlPath=\(socket)"]
            let master = try RunningProgram(
                scene.alice.sshCommand(control + ["-M", "-N", "bastion"]), environment: Programs.environment)
            try wait(for: "the master") { try run(["ssh", "-O", "check"] + control + ["bastion"]).exit == .status(0) }
            let jump = "ssh -F \(scene.alice.configuration) -o ControlPath=\(socket) -W %h:%p bastion"
            for name in ["web1", "www", "WEB1"] {
                let outcome = try scene.alice.ssh("-o", "ProxyCommand=\(jump)", "deploy@\(name)", "id -un")
                #expect(outcome.output == "deploy\n", "\(outcome)")
            }
            try run(["ssh", "-O", "exit"] + control + ["bastion"]).orThrow()
            try master.waitForExit()
        }

        /// Tunnels open, log in, begin and close in all orders, and what the monitor answers to one arrives while another asks.
        @Test func `tunnels that come and go at once do not disturb each other`() throws {
            let scene = try Scene()
            let socket = "\(scene.alice.folder.path)/master"
            let control = ["-o", "ControlPath=\(socket)"]
            let master = try RunningProgram(
                scene.alice.sshCommand(control + ["-M", "-N", "bastion"]), environment: Programs.environment)
            try wait(for: "the master") { try run(["ssh", "-O", "check"] + control + ["bastion"]).exit == .status(0) }
            let jump = "ssh -F \(scene.alice.configuration) -o ControlPath=\(socket) -W %h:%p bastion"
            for round in 1...3 {
                let sessions = try (1...5).map {
                    try scene.alice.startSSH("-o", "ProxyCommand=\(jump)", "deploy@web1", "echo \(round).\($0)")
                }
                for (number, session) in zip(1..., sessions) {
                    #expect(try session.waitForExit() == .status(0), "\(String(decoding: session.stderr, as: UTF8.self))")
                    #expect(String(decoding: session.stdout, as: UTF8.self) == "\(round).\(number)\n")
                }
            }
            let rows = try scene.bastion.sessions()
            #expect(rows.count == 15)
            #expect(Set(rows.compactMap { $0["connection_id"].string }).count == 1)
            try run(["ssh", "-O", "exit"] + control + ["bastion"]).orThrow()
            try master.waitForExit()
            #expect(!scene.bastion.log.contains("session process failed") && !scene.bastion.log.contains("broke the protocol"))
        }
    }
}

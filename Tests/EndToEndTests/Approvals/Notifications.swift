import EndToEndHarness
import Foundation
import Testing

extension EndToEnd {
    /// Whom the daemon tells of requests, with a real program and a real web server.
    struct Notifications {
        /// Answers 500 the first time, and writes down what it gets.
        private static let receiver = """
            import http.server, sys
            class H(http.server.BaseHTTPRequestHandler):
                tries = 0
                def do_POST(self):
                    H.tries += 1
                    body = self.rfile.read(int(self.headers["Content-Length"]))
                    self.send_response(500 if H.tries == 1 else 204)
                    self.end_headers()
                    if H.tries > 1:
                        with open(sys.argv[1], "ab") as f: f.write(self.headers["X-Sallyport-Signature"].encode() + b" " + body + b"\\n")
                def log_message(self, *a): pass
            s = http.server.HTTPServer(("127.0.0.1", 0), H)
            print(s.server_port, flush=True)
            s.serve_forever()
            """

        @Test func `a webhook and a command hear of requests and decisions, and a failing one is tried again`() throws {
            let folder = try TemporaryFolder()
            chmod(folder.path, 0o777)
            let server = try RunningProgram(
                ["python3", "-c", Self.receiver, folder.path + "/hooked"], environment: Programs.environment)
            try server.waitForOutput("\n")
            let port = String(decoding: server.stdout, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
            try folder.write("0123456789abcdef0123456789abcdef\n", to: "key", mode: 0o600)
            try folder.write("#!/bin/sh\ncat >>\(folder.path)/told\n", to: "tell", mode: 0o755)
            let notify = """
                approvals: {notify: [{name: hook, webhook: "http://127.0.0.1:\(port)/", hmac-key-file: \(folder.path)/key}, \
                {name: tell, command: [\(folder.path)/tell]}]}
                """
            let scene = try ApprovalScene(lines: [notify])
            let (program, number) = try scene.waiting("id; echo 'a \u{202E}b'")
            // Whatever becomes of notifications, the request waits and can be decided.
            _ = try scene.bob.ssh("bastion", "deny", "\(number)", "--reason", "no").orThrow()
            #expect(try program.waitForExit() == .status(126))
            try wait(for: "both notifications: \(scene.bastion.log.suffix(1500))", within: .seconds(40)) {
                contents(of: folder.path + "/hooked").split(separator: "\n").count >= 2
                    && contents(of: folder.path + "/told").split(separator: "\n").count >= 2
            }
            let told = try contents(of: folder.path + "/told").split(separator: "\n").map { try JSON(Array($0.utf8)) }
            #expect(Set(told.compactMap { $0["event"].string }) == ["requested", "decided"])
            #expect(told[0]["approval"]["number"].number == number)
            #expect(told[0]["approval"]["command"].string == "id; echo 'a \\u{202e}b'")
            #expect(contents(of: folder.path + "/hooked").hasPrefix("t="))
            try wait(for: "the ledger to tell of it") {
                try scene.request(number)["steps"].elements.filter { $0["kind"].string == "notified" }.count == 4
            }
        }
    }

    /// Whom nobody could tell before the daemon was killed is told by the next one.
    struct NotificationsAfterAKill {
        @Test func `the queue survives, and what became of the request is told as well`() throws {
            let folder = try TemporaryFolder()
            chmod(folder.path, 0o777)
            try folder.write(
                "#!/bin/sh\n[ -e \(folder.path)/ready ] && cat >>\(folder.path)/told\n", to: "tell", mode: 0o755)
            let scene = try ApprovalScene(
                lines: ["approvals: {notify: [{name: tell, command: [\(folder.path)/tell]}]}"])
            let (program, number) = try scene.waiting("id")
            usleep(500_000)
            try scene.bastion.stop(SIGKILL)
            try program.waitForExit()
            #expect(!exists(folder.path + "/told"))
            try folder.write("", to: "ready")
            try scene.bastion.start()
            try wait(for: "both to be told: \(scene.bastion.log.suffix(1500))", within: .seconds(60)) {
                contents(of: folder.path + "/told").split(separator: "\n").count >= 2
            }
            let told = try contents(of: folder.path + "/told").split(separator: "\n").map { try JSON(Array($0.utf8)) }
            #expect(Set(told.compactMap { $0["event"].string }) == ["requested", "void"])
            #expect(told.allSatisfy { $0["approval"]["number"].number == number })
        }
    }

    /// Very many requests.
    struct ManyRequests {
        @Test func `a thousand requests wait: the lists page, and memory and processor stay flat`() throws {
            let scene = try ApprovalScene(
                more: """
                    requests:
                      - name: on-call
                        to: [eve, alice]
                        targets: [web1]
                        logins: [deploy]
                        channels: [exec]
                        longest: 8h
                        approval: {by: [group:leads]}

                    """)
            let daemon = try #require(scene.bastion.daemon?.process)
            let before = try Self.memory(of: daemon)
            // No more than 64 of one connection.
            let script = """
                for c in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16; do
                    "$@" -MNf -S \(scene.eve.folder.path)/ctl bastion
                    for i in $(seq 60); do "$@" -S \(scene.eve.folder.path)/ctl bastion request web1 --login deploy --for 1h --reason $c-$i; done
                    "$@" -S \(scene.eve.folder.path)/ctl -O exit bastion
                done
                """
            let asked = try run(
                ["bash", "-c", script, "bash"] + scene.eve.sshCommand([]), within: .seconds(240))
            #expect(asked.output.components(separatedBy: "is asked of").count - 1 == 960, "\(asked.output.suffix(300))")
            let first = try scene.bob.ssh("bastion", "approvals")
            #expect(first.output.contains("16 of 960; the next: approvals --after 16"), "\(first.output.suffix(300))")
            let next = try JSON(scene.bob.ssh("bastion", "approvals", "--after", "16", "--json").stdout)
            #expect(next.elements.count == 16 && next[0]["approval"].number == 17)
            #expect(try JSON(scene.bastion.tool("approval", "list", "--json").orThrow().stdout).elements.count >= 100)

            let ticks = Self.ticks(of: daemon)
            usleep(3_000_000)
            #expect(Self.ticks(of: daemon) - ticks < 100, "a waiting request costs nothing")
            #expect(try Self.memory(of: daemon) - before < 40_000, "kilobytes")
            // And they can be decided.
            _ = try scene.bob.ssh("bastion", "deny", "500", "--reason", "no").orThrow()
        }

        private static func memory(of process: pid_t) throws -> Int {
            let line = contents(of: "/proc/\(process)/status").split(separator: "\n").first { $0.hasPrefix("VmRSS:") }
            return try #require(line?.split(separator: " ").dropFirst().first.flatMap { Int($0) })
        }

        /// Hundredths of a second of processor time.
        private static func ticks(of process: pid_t) -> Int {
            let fields = contents(of: "/proc/\(process)/stat").split(separator: ")").last?.split(separator: " ") ?? []
            return (Int(fields[11]) ?? 0) + (Int(fields[12]) ?? 0)
        }
    }
}

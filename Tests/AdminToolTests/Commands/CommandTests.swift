import Foundation
import MonitorProtocol
import Testing

/// What the tool asks and how it shows what it is told.
@Suite struct `A command for the daemon` {
    @Test func `says what to do when no daemon answers`() throws {
        let folder = try TemporaryFolder()
        #expect(try Tool.run(["init", folder["b"]]).status == 0)
        let outcome = try Tool.run(["status", "--config", folder["b/sallyport.yaml"]])
        #expect(outcome.status == 1)
        #expect(outcome.output == "")
        #expect(
            outcome.errors
                == "sallyport: sallyportd does not answer on \(folder["b/state/admin.sock"]): is it running? systemctl start sallyportd\n"
        )
    }

    @Test func `finds its bastion by option before environment`() throws {
        let daemon = try ScriptedDaemon(answering: .reply(.done("read")))
        let environment = ["SALLYPORT_CONFIG": "/nonexistent.yaml"]
        for arguments in [["--config", daemon.configuration, "reload"], ["reload", "--config", daemon.configuration]] {
            #expect(try Tool.run(arguments, environment: environment) == Tool.Outcome(status: 0, output: "read\n", errors: ""))
        }
        #expect(try Tool.run(["reload"], environment: environment).errors.contains("/nonexistent.yaml"))
        #expect(try Tool.run(["reload"]).errors.contains("/etc/sallyport/sallyport.yaml"))
        #expect(daemon.requests == [.reload, .reload])
    }

    @Test func `goes on working while access.yaml has a mistake`() throws {
        let daemon = try ScriptedDaemon(answering: .reply(.done("ended")))
        try daemon.folder.write("targets: [", to: "bastion/access.yaml")
        #expect(try daemon.run(["session", "kill", someSession.text]).status == 0)
        let check = try daemon.run(["check"])
        #expect(check.status == 1)
        #expect(check.errors.hasPrefix("\(daemon.folder["bastion/access.yaml"]):"))
    }

    @Test(arguments: [AdminFailure.Code.notFound, .refused, .invalid, .failed])
    func `that is refused exits with 1 and the daemon's words, made harmless`(_ code: AdminFailure.Code) throws {
        let daemon = try ScriptedDaemon(
            answering: .reply(.failure(AdminFailure(code, "no \u{1b}[2J\u{9b}m certificate\nsecond line"))))
        let outcome = try daemon.run(["certificate", "list", "--json"])
        #expect(
            outcome == Tool.Outcome(status: 1, output: "", errors: "sallyport: no \\u{1b}[2J\\u{9b}m certificate\nsecond line\n"))
    }

    @Test(
        arguments: [
            [], [0], [0, 0, 0, 9, 1], [0, 0, 0, 0], [0xff, 0xff, 0xff, 0xff, 1], [0, 0, 0, 2, 0x7b, 0x7d], [0, 0, 0, 1, 0xff],
            Array("HTTP/1.0 200 OK\r\n\r\n".utf8),
        ] as [[UInt8]])
    func `survives a daemon that talks nonsense`(_ bytes: [UInt8]) throws {
        let outcome = try ScriptedDaemon(answering: .bytes(bytes)).run(["status"])
        #expect(outcome.status == 1)
        #expect(outcome.errors.contains("broke off"))
    }

    @Test func `notices an answer to another question`() throws {
        let daemon = try ScriptedDaemon(answering: .reply(.credentials([])))
        for arguments in [
            ["status"], ["reload"], ["certificate", "list"], ["session", "export", someSession.text], ["client-config"],
        ] {
            #expect(try daemon.run(arguments).errors.contains("are both of the same version?"))
        }
    }

    static let hostileReplies: [([String], AdminReply)] = [
        (
            ["status"],
            .status(
                DaemonStatus(
                    version: hostileText, startedAt: someMoment, listening: [hostileText], connections: 1, activeSessions: 0))
        ),
        (["certificate", "list"], .certificates([certificate(user: hostileText)])),
        (["certificate", "show", "7"], .certificates([certificate(user: hostileText, reason: hostileText)])),
        (["certificate", "authority"], .line(hostileText)),
        (["credential", "list"], .credentials([credential(login: hostileText, detail: hostileText)])),
        (["session", "list"], .sessions([session(user: hostileText, command: hostileText, exit: hostileText)])),
        (
            ["session", "show", someSession.text],
            .sessions([session(user: hostileText, command: hostileText, exit: hostileText)])
        ),
        (["session", "kill", someSession.text], .done(hostileText)),
        (
            ["client-config"],
            .clientConfiguration(
                ClientConfiguration(host: hostileText, port: 22, hostKeys: [hostileText], targetNames: [hostileText]))
        ),
    ]

    @Test(arguments: hostileReplies.indices)
    func `prints no name that a terminal would act on`(_ index: Int) throws {
        let (arguments, reply) = Self.hostileReplies[index]
        let daemon = try ScriptedDaemon(answering: .reply(reply))
        for arguments in [arguments, arguments + ["--json"]] {
            let outcome = try daemon.run(arguments)
            let isListing = outcome.status == 0
            #expect(isListing || arguments.last == "--json", "\(outcome)")
            for scalar in (outcome.output + outcome.errors).unicodeScalars where scalar != "\n" {
                #expect(
                    ![.control, .format, .lineSeparator, .privateUse].contains(scalar.properties.generalCategory), "\(arguments)")
            }
        }
    }
}

import EndToEndHarness
import Testing

extension EndToEnd {
    struct PolicyOnCommands {
        /// Marks on the target's disk tell what ran, whatever was said.
        static let policy = """
            default: allow
            uncertain: block
            how-to-ask: Ask in the storage channel.
            rules:
              - name: no-marks
                match: {command: {program: touch, arguments: ["/tmp/**"]}}
                verdict: block
                message: Marks are made by the storage team
              - name: second-pair-of-eyes
                match: {command: {program: id}}
                verdict: approve
              - name: masked
                match: {command: {program: hostname}}
                verdict: mask
              - name: candidate
                match: {command: {program: whoami}}
                verdict: block
                enforce: false
              - name: no-marks-for-deploy
                for: {logins: [deploy]}
                match: {command: {program: mkdir}}
                verdict: block
            """

        private func mark(_ scene: Scene) -> String { scene.target.folder.path + "/mark" }

        @Test(arguments: Way.allCases)
        func `a blocked command does not run, and says why in one line`(_ way: Way) throws {
            let scene = try Scene(policy: Self.policy)
            let mark = mark(scene)
            let outcome = try scene.alice.run("touch \(mark)", by: way)
            #expect(outcome.exit == .status(126))
            #expect(outcome.stdout.isEmpty)
            #expect(
                outcome.errors
                    == "sallyport: blocked by rule \"no-marks\": Marks are made by the storage team. Ask in the storage channel.\n"
            )
            #expect(!exists(mark))
            #expect(try scene.bastion.sessions().isEmpty)
            let decision = try #require(try scene.bastion.decisions().first)
            #expect(decision["verdict"].string == "block")
            #expect(decision["rule"].string == "no-marks")
            #expect(decision["outcome"].string == "refused")
            #expect(decision["user"].string == "alice")
            #expect(decision["command"]["text"].string == "touch \(mark)")
            #expect(decision["command"]["commands"][0]["words"][0].string == "touch")
        }

        /// Each way of writing it would make the mark, as the last test shows for one of them.
        private static let writings = [
            #"t''ouch MARK"#, #"\touch MARK"#, #"$'\x74ouch' MARK"#, "/usr/bin/touch MARK", "/usr/bin/touc? MARK",
            "env X=1 touch MARK",
            "true;touch MARK", "true\ntouch MARK", "false || touch MARK", "(touch MARK)", "echo $(touch MARK)",
            "echo `touch MARK`",
            "cat <(touch MARK)", "sh -c 'touch MARK'", "bash -c \"sh -c 'touch MARK'\"", "eval touch MARK", "x=touch; $x MARK",
            "echo MARK | xargs touch", "find / -maxdepth 0 -exec touch MARK ';'", "nohup touch MARK", "timeout 5 touch MARK",
            "echo dG91Y2g= | base64 -d | sh", "python3 -c 'open(\"MARK\", \"w\")'", "perl -e 'open F, \">\", \"MARK\"'",
            "trap 'touch MARK' EXIT", "if true; then touch MARK; fi", "f() { touch MARK; }; f", "cd /tmp && touch ../MARK",
            "bash <<< 'touch MARK'", "sh <<X\ntouch MARK\nX", "{touch,MARK}", "busybox touch MARK", "exec touch MARK",
            "awk 'BEGIN { system(\"touch MARK\") }'", "echo touch MARK | sh", "a=to; b=uch; $a$b MARK",
            "IFS=,; c=touch,MARK; $c", "set -- touch MARK; \"$@\"", ". /dev/stdin <<< 'touch MARK'",
        ]

        @Test func `no way of writing it gets past`() throws {
            let scene = try Scene(policy: Self.policy)
            let mark = mark(scene)
            for written in Self.writings {
                let outcome = try scene.alice.run(written.replacing("MARK", with: mark))
                #expect(outcome.exit == .status(126), "\(outcome)")
                #expect(!exists(mark), "\(written)")
            }
        }

        @Test func `without the policy those commands would run`() throws {
            let scene = try Scene()
            let mark = mark(scene)
            #expect(try scene.alice.run("bash -c \"sh -c 'touch \(mark)'\"").exit == .status(0))
            #expect(exists(mark))
        }

        @Test func `a mention is not a match`() throws {
            let scene = try Scene(policy: Self.policy)
            #expect(try scene.alice.run("echo 'touch /tmp/x'; echo touch /tmp/y").output == "touch /tmp/x\ntouch /tmp/y\n")
            let session = try scene.bastion.endedSession()
            let decision = try #require(try scene.bastion.decisions("--session", session["id"].string ?? "").first)
            #expect(decision["verdict"].string == "allow")
            #expect(decision["outcome"].string == "passed")
        }

        @Test func `a script that asks for it gets JSON, and the target does not see the question`() throws {
            let scene = try Scene(targetSettings: ["AcceptEnv SALLYPORT_*"], policy: Self.policy)
            let json = ["-o", "SetEnv=SALLYPORT_FORMAT=json"]
            let outcome = try scene.alice.run("touch /tmp/x", options: json)
            #expect(outcome.exit == .status(126))
            let object = try JSON(outcome.stderr)
            #expect(object["error"].string == "refused")
            #expect(object["exit_status"].number == 126)
            #expect(object["verdict"].string == "block")
            #expect(object["rule"].string == "no-marks")
            #expect(object["message"].string?.contains("storage team") == true)
            #expect(outcome.errors.split(separator: "\n").count == 1)

            let uncertain = try JSON(try scene.alice.run("eval \"$X\"", options: json).stderr)
            #expect(uncertain["rule"].string == nil)
            #expect(uncertain["uncertain"].elements.count >= 1)
            #expect(try scene.alice.run("echo \"[$SALLYPORT_FORMAT]\"", options: json).output == "[]\n")
        }

        @Test func `an approval that nobody is named for is refused`() throws {
            let scene = try Scene(policy: Self.policy)
            let approve = try scene.alice.run("id")
            #expect(approve.exit == .status(126))
            #expect(
                approve.errors.contains(
                    "rule \"second-pair-of-eyes\" wants an approval, and nobody is named who could give it"))
        }

        @Test func `what is masked runs`() throws {
            let scene = try Scene(policy: Self.policy)
            #expect(try scene.alice.run("hostname").exit == .status(0))
            let decision = try #require(try scene.bastion.decisions().first)
            #expect(decision["verdict"].string == "mask" && decision["rule"].string == "masked")
        }

        @Test func `a shadow rule is noted and not applied`() throws {
            let scene = try Scene(policy: Self.policy)
            #expect(try scene.alice.run("whoami").output == "root\n")
            let decision = try #require(try scene.bastion.decisions().first)
            #expect(decision["shadows"][0]["rule"].string == "candidate")
            #expect(decision["shadows"][0]["verdict"].string == "block")
            #expect(decision["verdict"].string == "allow")
        }

        @Test func `rules may be for some logins`() throws {
            let scene = try Scene(policy: Self.policy)
            let folder = mark(scene)
            #expect(try scene.alice.run("mkdir \(folder)", as: "deploy").exit == .status(126))
            #expect(try scene.alice.run("mkdir \(folder)", as: "root").exit == .status(0))
        }

        @Test func `a change of the policy takes effect on a live connection`() throws {
            let scene = try Scene()
            let control = ["-o", "ControlPath=\(scene.alice.folder.path)/master"]
            let master = try RunningProgram(
                scene.alice.sshCommand(control + ["-M", "-N"] + Way.jump.words()), environment: Programs.environment)
            try wait(for: "the master") { try run(["ssh", "-O", "check"] + control + ["web1"]).exit == .status(0) }
            let mark = mark(scene)
            #expect(try scene.alice.run("touch \(mark)", options: control).exit == .status(0))
            try scene.bastion.change(policy: Self.policy)
            #expect(try scene.alice.run("touch \(mark)", options: control).exit == .status(126))
            try run(["ssh", "-O", "exit"] + control + ["web1"]).orThrow()
            try master.waitForExit()
        }

        @Test func `a mistake in the policy leaves the running one in place`() throws {
            let scene = try Scene(policy: Self.policy)
            try scene.bastion.folder.write("default: alow\n", to: "bastion/policy.yaml")
            let outcome = try scene.bastion.tool("reload")
            #expect(outcome.exit == .status(1))
            #expect(outcome.errors.contains("policy.yaml:1:"), "\(outcome)")
            #expect(outcome.errors.contains("\"allow\""))
            #expect(try scene.alice.run("touch \(mark(scene))").exit == .status(126))
        }

        @Test func `a force-command is judged like any other`() throws {
            let scene = try Scene(policy: Self.policy)
            let mark = mark(scene)
            try scene.alice.certify(by: scene.bastion, options: ["--force-command", "touch \(mark)"])
            #expect(try scene.alice.run("true").exit == .status(126))
            #expect(!exists(mark))
        }

        @Test func `a candidate policy is held against what ran before`() throws {
            let scene = try Scene(policy: Self.policy)
            try scene.alice.run("mkdir -p /tmp").orThrow()
            #expect(try scene.alice.run("touch /tmp/x").exit == .status(126))
            try scene.bastion.folder.write(
                """
                default: allow
                uncertain: allow
                rules: [{name: no-folders, match: {command: {program: mkdir}}, verdict: block}]
                """, to: "candidate.yaml")
            let candidate = ["policy", "replay", "--since", "1h", "--policy", scene.bastion.folder.path + "/candidate.yaml"]
            let changes = try JSON(scene.bastion.tool(candidate + ["--json"]).orThrow().stdout).elements
            #expect(changes.map { $0["command"].string } == ["mkdir -p /tmp", "touch /tmp/x"])
            #expect(changes.map { $0["was"].string } == ["allow", "block"])
            #expect(changes.map { $0["now"].string } == ["block", "allow"])
            #expect(changes.map { $0["rule_now"].string } == ["no-folders", nil])
            #expect(
                try scene.bastion.tool(candidate).orThrow().output.hasSuffix("2 commands judged, 2 verdicts would change\n"))
            #expect(
                try scene.bastion.tool("policy", "replay", "--since", "1h").orThrow().output
                    == "2 commands judged, 0 verdicts would change\n")
        }

        @Test func `refused commands leave their exact bytes in the ledger`() throws {
            let scene = try Scene(policy: Self.policy)
            let shell = scene.alice.shellCommand("-J", "bastion", "root@web1") + " \"$(printf 'touch /tmp/\\377\\033[2J')\""
            #expect(try run(["bash", "-c", shell]).exit == .status(126))
            let decision = try #require(try scene.bastion.decisions().first)
            #expect(decision["command"]["base64"].string == "dG91Y2ggL3RtcC//G1sySg==")
            // Nothing that moves a terminal is shown to who reads it.
            #expect(try scene.bastion.tool("audit", "list").orThrow().stdout.contains(0x1B) == false)
        }
    }
}

import Foundation
import Testing

@Suite struct `Help` {
    @Test func `of the tool is exactly this`() throws {
        let outcome = try Tool.run(["--help"])
        #expect(outcome.status == 0)
        #expect(outcome.errors == "")
        #expect(
            outcome.output == """
                OVERVIEW: Administers a Sallyport bastion.

                Where something is listed, --json prints it as one JSON document. Exit status:
                0 done, 1 refused or not found, 2 wrong usage.

                USAGE: sallyport [--config <file>] <subcommand>

                OPTIONS:
                  --config <file>         The bastion's sallyport.yaml. (default:
                                          $SALLYPORT_CONFIG, or /etc/sallyport/sallyport.yaml)
                  --version               Show the version.
                  -h, --help              Show help information.

                SUBCOMMANDS:
                  init                    Make a new bastion's configuration, host key and
                                          vault key in a new directory.
                  check                   Read the configuration as sallyportd would and name
                                          every mistake.
                  reload                  Have the running sallyportd read its configuration
                                          again: whole, or not at all.
                  status                  Show whether sallyportd runs, where it listens and
                                          how busy it is.
                  certificate             Issue, list and revoke the certificates that users
                                          come with.
                  credential              Keep in the vault how Sallyport logs in to targets;
                                          users never see it.
                  target                  Prepare targets for access.yaml.
                  session                 Look at, replay, copy and end recorded sessions.
                  approval                Look at requests for approvals, and decide as this
                                          machine's administrator.
                  access                  Look at access that was given for some time, and take
                                          it back.
                  policy                  Try the policy before it is live: its own tests, one
                                          command, many commands, what ran before.
                  audit                   Look at what the policy decided.
                  client-config           Print the ssh_config and known_hosts lines that users
                                          need.

                  See 'sallyport help <subcommand>' for detailed help.

                """)
    }

    @Test(arguments: [
        "init", "check", "reload", "status", "certificate", "certificate issue", "certificate list", "certificate show",
        "certificate revoke", "certificate authority", "credential", "credential set", "credential list", "credential remove",
        "credential rekey", "target", "target scan", "session", "session list", "session show", "session commands",
        "session play", "session export",
        "session kill", "approval", "approval list", "approval show", "approval approve", "approval deny", "access",
        "access list", "access revoke", "client-config",
    ])
    func `is there for every command of the design`(_ command: String) throws {
        let words = command.split(separator: " ").map(String.init)
        let outcome = try Tool.run(words + ["--help"])
        #expect(outcome.status == 0)
        #expect(outcome.output.contains("USAGE: sallyport \(command) "))
        #expect(try Tool.run(["help"] + words) == outcome)
    }

    @Test func `and the version go to standard output`() throws {
        #expect(try Tool.run(["--version"]) == Tool.Outcome(status: 0, output: "sallyport 0.1.0\n", errors: ""))
    }

    @Test func `offers completions for the shells`() throws {
        for shell in ["bash", "zsh", "fish"] {
            let outcome = try Tool.run(["--generate-completion-script", shell])
            #expect(outcome.status == 0)
            #expect(outcome.output.contains("client-config"))
        }
    }
}

@Suite struct `The executable` {
    /// The design: it links neither Vault nor Store, and so holds nothing that the daemon keeps. Store brings SQLite.
    @Test func `links no database and no SSH library`() throws {
        let libraries = try runProgram("/usr/bin/ldd", [Tool.executable.path])
        #expect(libraries.contains("libcrypto.so"))
        #expect(!libraries.contains("libsqlite3"))
        #expect(!libraries.contains("libssh.so"))
    }
}

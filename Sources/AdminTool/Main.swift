internal import ArgumentParser
internal import Foundation

/// Parses, runs, and turns what happened into the exit statuses that scripts rely on: 0 done, 1 refused or not found, 2 wrong usage.
@main
enum Main {
    static func main() {
        let status: Int32
        do {
            var command = try Sallyport.parseAsRoot()
            try command.run()
            status = 0
        } catch let failure as ToolFailure {
            if failure.isComplete { StandardError.write(failure.text) } else { StandardError.note(failure.text) }
            status = 1
        } catch let missing as MissingSubcommand {
            StandardError.write(missing.help)
            status = 2
        } catch {
            status = report(error)
        }
        exit(status)
    }

    /// What argument-parser has to say: help and version to stdout, everything else to stderr.
    /// Its own status for wrong usage is sysexits' EX_USAGE, 64; ours is 2 (design §6).
    private static func report(_ error: any Error) -> Int32 {
        let code = Sallyport.exitCode(for: error)
        let message = Sallyport.fullMessage(for: error)
        if code == .success {
            do { try StandardOutput.write(message + "\n") } catch { return 1 }
            return 0
        }
        StandardError.write(SafeText.escaped(message, keepingNewlines: true))
        return code == .validationFailure ? 2 : 1
    }
}

struct Sallyport: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sallyport",
        abstract: "Administers a Sallyport bastion.",
        discussion: """
            Where something is listed, --json prints it as one JSON document. Exit status: 0 done, 1 refused or not found, \
            2 wrong usage.
            """,
        version: "sallyport 0.1.0",
        subcommands: [
            InitCommand.self, CheckCommand.self, ReloadCommand.self, StatusCommand.self, CertificateGroup.self,
            CredentialGroup.self,
            TargetGroup.self, SessionGroup.self, ApprovalGroup.self, AccessGroup.self, PolicyGroup.self, AuditGroup.self,
            ClientConfigCommand.self,
        ])
    @OptionGroup var instance: InstanceOption
    func run() throws { throw MissingSubcommand(of: Self.self) }
}

/// A group was called without saying which of its commands: its help goes to stderr, because nothing was done.
struct MissingSubcommand: Error {
    let help: String
    init<Group: ParsableCommand>(of group: Group.Type) { help = Sallyport.helpMessage(for: group) }
}

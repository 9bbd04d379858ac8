internal import ArgumentParser
internal import Configuration
internal import Foundation
internal import OpenSSHKeys
internal import Policy

struct PolicyGroup: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "policy",
        abstract: "Try the policy before it is live: its own tests, one command, many commands, what ran before.",
        subcommands: [PolicyTestCommand.self, PolicyExplain.self, PolicyMask.self, PolicyReplay.self])
    @OptionGroup var instance: InstanceOption
    func run() throws { throw MissingSubcommand(of: Self.self) }
}

/// Which policy file is meant, and the targets and groups that it speaks of.
struct PolicyOption: ParsableArguments {
    @Option(
        name: .customLong("policy"),
        help: ArgumentHelp("A candidate instead of the policy.yaml that sallyport.yaml names.", valueName: "file"),
        completion: .file(extensions: ["yaml"]))
    var file: String?

    struct Loaded {
        var access: AccessRules
        var policy: PolicyRules
        /// As it is named for people.
        var file: String
    }

    func load(_ instance: InstanceOption) throws(ToolFailure) -> Loaded {
        do throws(ConfigurationErrors) {
            let loaded = try LoadedConfiguration.load(file: instance.path, policy: file)
            return Loaded(access: loaded.access, policy: loaded.policy, file: file ?? loaded.daemon.policy)
        } catch {
            throw ToolFailure(mistakes: error)
        }
    }
}

/// Who asks, where and as whom. What is left out counts as if it could be anybody: the strictest answer.
struct SituationOption: ParsableArguments {
    @Option(help: "Who asks; without it, as if every rule for somebody were for them.") var user: String?
    @Option(help: "On which target.") var target: String?
    @Option(help: "As which login there.") var login: String?

    func situation(_ channel: AccessChannel, _ access: AccessRules, at moment: Int64) throws(ToolFailure) -> Situation {
        var situation = Situation(login: login, channel: channel, at: moment)
        if let user {
            guard let name = UserName(user) else { throw ToolFailure("\(SafeText.escaped(user)) is not the name of a user") }
            situation.user = name
        }
        if let target {
            guard let found = access.target(named: target) else {
                throw ToolFailure("there is no target \(SafeText.escaped(target)) in access.yaml")
            }
            situation.target = found
        }
        return situation
    }

    static var now: Int64 { Int64(Date().timeIntervalSince1970 * 1000) }
}

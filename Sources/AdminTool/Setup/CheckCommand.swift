internal import ArgumentParser
internal import Configuration
internal import Policy

struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Read the configuration as sallyportd would and name every mistake.")
    @OptionGroup var instance: InstanceOption

    func run() throws {
        let loaded: LoadedConfiguration
        do throws(ConfigurationErrors) { loaded = try LoadedConfiguration.load(file: instance.path) } catch {
            throw ToolFailure(mistakes: error)
        }
        for warning in loaded.warnings { StandardError.write(SafeText.escaped(warning.warning)) }
        let access = loaded.access
        try StandardOutput.write(
            "\(SafeText.escaped(instance.path)): no mistakes; targets: \(access.targets.count), grants: \(access.grants.count)\n")
    }
}

extension ToolFailure {
    /// One mistake a line, as `file:line: what`, and nothing in front: editors jump to them.
    init(mistakes: ConfigurationErrors) {
        self.init(SafeText.escaped("\(mistakes)", keepingNewlines: true), isComplete: true)
    }
}

extension InstanceOption {
    /// `sallyport.yaml` alone, so that a mistake in access.yaml does not keep anybody from talking to the running daemon.
    private func daemonConfiguration() throws(ToolFailure) -> DaemonConfiguration {
        do throws(ConfigurationErrors) { return try DaemonConfiguration.load(file: path) } catch {
            throw ToolFailure(mistakes: error)
        }
    }

    func adminSocket() throws(ToolFailure) -> String { try daemonConfiguration().adminSocket }

    func defaultCertificateSeconds() throws(ToolFailure) -> UInt64 { try daemonConfiguration().certificates.defaultSeconds }
}

internal import ArgumentParser
internal import Foundation
internal import MonitorProtocol

/// Which bastion is meant: the one whose `sallyport.yaml` this is.
struct InstanceOption: ParsableArguments {
    /// Where a package installs it.
    static let installedFile = "/etc/sallyport/sallyport.yaml"

    @Option(
        name: .customLong("config"),
        help: ArgumentHelp("The bastion's sallyport.yaml. (default: $SALLYPORT_CONFIG, or \(installedFile))", valueName: "file"),
        completion: .file(extensions: ["yaml"]))
    var file: String?

    /// The option, else the environment, else the installed file.
    var path: String {
        if let file { return file }
        if let variable = ProcessInfo.processInfo.environment["SALLYPORT_CONFIG"], !variable.isEmpty { return variable }
        return Self.installedFile
    }

    /// Asks the running daemon.
    func ask(_ request: AdminRequest) throws -> AdminReply { try askForDescriptor(request).reply }

    func askForDescriptor(_ request: AdminRequest) throws -> (reply: AdminReply, descriptor: FileHandle?) {
        try DaemonConnection(to: try adminSocket()).ask(request)
    }

    /// For requests that are answered by a sentence.
    func done(_ request: AdminRequest) throws {
        guard case .done(let sentence) = try ask(request) else { throw ToolFailure.unexpectedReply }
        try StandardOutput.write(SafeText.escaped(sentence, keepingNewlines: true) + "\n")
    }
}

extension ToolFailure {
    /// A daemon of another version answered something else than was asked for.
    static let unexpectedReply = ToolFailure("sallyportd answered something else than was asked: are both of the same version?")
}

/// `--limit`, for lists that grow for ever.
struct ListLength: ParsableArguments {
    @Option(help: "At most this many, 1 to 10000.") var limit = 100

    func validate() throws {
        guard (1...10_000).contains(limit) else { throw ValidationError("--limit is a number from 1 to 10000") }
    }
}

/// `--json`, wherever something is listed.
struct JSONOption: ParsableArguments {
    @Flag(name: .customLong("json"), help: "Print one JSON document instead of text for people.")
    var isOn = false
}

internal import ArgumentParser
internal import Foundation

struct InitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Make a new bastion's configuration, host key and vault key in a new directory.",
        discussion: "The directory must not exist, or be empty. Only its owner can read what is made.")

    @Option(
        name: .customLong("listen"), parsing: .singleValue,
        help: ArgumentHelp(
            "Where to take connections; repeatable. (default: \(Self.defaultAddress))", valueName: "address:port"))
    var addresses: [ListenAddress] = []
    @Flag(help: "Paths for the unit of systemd/: state in /var/lib/sallyport, vault key as a systemd credential.")
    var systemd = false
    @Argument(help: "The directory to make.", completion: .directory)
    var directory: String

    private static let defaultAddress = "127.0.0.1:2222"

    func validate() throws {
        guard !directory.isEmpty else { throw ValidationError("the name of the directory is empty") }
    }

    func run() throws {
        let texts = addresses.isEmpty ? [Self.defaultAddress] : addresses.map(\.text)
        let instance = try NewInstance(at: directory)
        try instance.make(listening: texts, layout: systemd ? .systemd : .oneDirectory)
        try StandardOutput.write(nextSteps(instance.path))
    }

    private func nextSteps(_ path: String) -> String {
        let quoted = Self.quoted(SafeText.escaped(path))
        let path = SafeText.escaped(path)
        let start =
            systemd
            ? """
              systemd-tmpfiles --create sallyport.conf            gives the files to the user that sallyportd runs as
              systemctl enable --now sallyportd
            """
            : "  sallyportd &"
        return """
            made \(path)

            Next:
              export SALLYPORT_CONFIG=\(quoted)/sallyport.yaml
            \(start)
              sallyport target scan web1.example.com              then put the target and a grant into access.yaml
              sallyport check && sallyport reload
              sallyport credential set root@web1 --private-key FILE
              sallyport certificate issue --user alice alice.pub
              sallyport client-config                             prints what users put into ~/.ssh

            Keep a copy of \(path)/vault.key apart from the copies of the rest: it opens every credential.

            """
    }
}

extension InitCommand {
    /// As one word of a shell.
    private static func quoted(_ path: String) -> String {
        let isPlain = path.utf8.allSatisfy { $0 >= 0x80 || "/._-+:@%,=".utf8.contains($0) || isalnum(Int32($0)) != 0 }
        return isPlain ? path : "'" + path.replacingOccurrences(of: "'", with: "'\\''") + "'"
    }
}

/// `ADDRESS:PORT` to listen on; port 0 lets the system choose.
struct ListenAddress: ExpressibleByArgument, Equatable {
    let text: String

    init?(argument: String) {
        guard let colon = argument.lastIndex(of: ":"), HostName.port(argument[argument.index(after: colon)...]) != nil else {
            return nil
        }
        let host = argument[..<colon]
        let isBracketed = host.hasPrefix("[") && host.hasSuffix("]")
        guard isBracketed ? HostName.isNameOrAddress(host.dropFirst().dropLast()) : (host == "*" || HostName.isName(host)) else {
            return nil
        }
        text = argument
    }
}

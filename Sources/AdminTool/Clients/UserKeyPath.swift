internal import ArgumentParser
internal import Foundation

/// Where users have their private key, with the certificate beside it as `certificate issue` writes it; in the words of ssh_config(5), where `~` is
/// each user's own home.
struct UserKeyPath: Equatable {
    static let usual = UserKeyPath(unchecked: "~/.ssh/id_ed25519")

    private let path: String

    private init(unchecked path: String) { self.path = path }

    /// Takes the value of an option.
    init(argument: String) throws {
        try self.init(argument, home: ProcessInfo.processInfo.environment["HOME"] ?? "")
    }

    /// - Parameter home: of whoever runs the tool. A shell has made it of the `~` that was typed and that is meant for the users.
    init(_ text: String, home: String) throws {
        let isBelowHome = home.count > 1 && text.hasPrefix(home + "/")
        let path = isBelowHome ? "~" + text.dropFirst(home.count) : text
        guard path.first.map({ "/~%$".contains($0) }) == true else {
            throw ValidationError("say the whole path, as users have it: ~/.ssh/NAME")
        }
        guard SafeText.escaped(path) == path else { throw ValidationError("it holds characters that cannot be seen") }
        guard !path.hasSuffix(".pub"), !path.hasSuffix("/") else {
            throw ValidationError("name the private key, without .pub; its certificate is beside it")
        }
        self.path = path
    }

    /// As an argument in ssh_config(5).
    var key: String { Self.quoted(path) }
    var certificate: String { Self.quoted(path + "-cert.pub") }

    /// ssh tries this key for every host by itself (ssh(1) `-i`). Naming any key for a host ends that.
    var isTriedByItself: Bool {
        ["id_rsa", "id_ecdsa", "id_ecdsa_sk", "id_ed25519", "id_ed25519_sk"].contains { path == "~/.ssh/" + $0 }
    }

    /// Blanks end an argument, quotes and a backslash before one mean something, and `#` begins a comment (OpenSSH `argv_split` in misc.c).
    private static func quoted(_ path: String) -> String {
        guard path.contains(where: { " \"'\\#".contains($0) }) else { return path }
        return "\"" + path.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    }
}

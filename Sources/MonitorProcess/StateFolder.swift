internal import Foundation
internal import MonitorProtocol

/// What the daemon keeps besides recordings: the database, the admin socket, where it listens. One daemon at a time.
final class StateFolder: Sendable {
    private let path: String
    /// Locked (flock) as long as the daemon lives.
    private let lock: OwnedDescriptor

    /// Creates the folder with 0700 if it is missing.
    init(_ path: String) throws {
        self.path = path
        if mkdir(path, 0o700) == -1 && errno != EEXIST { throw StartError("\(path): \(SystemError("mkdir", errno))") }
        let number = open(path + "/lock", O_CREAT | O_RDWR | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard number >= 0 else { throw StartError("\(path)/lock: \(SystemError("open", errno))") }
        lock = OwnedDescriptor(owning: number)
        guard flock(number, LOCK_EX | LOCK_NB) == 0 else { throw StartError("\(path): another sallyportd uses this folder") }
        // Of the last daemon; whoever waits for ours must not read it.
        unlink(path + "/listening")
    }

    var database: String { path + "/sallyport.sqlite" }

    /// The addresses with the ports that the system chose, one a line, for whoever configured port 0.
    func write(listening addresses: [SocketAddress]) throws {
        let text = addresses.map { "\($0)\n" }.joined()
        try Data(text.utf8).write(to: URL(fileURLWithPath: path + "/listening"), options: .atomic)
    }
}

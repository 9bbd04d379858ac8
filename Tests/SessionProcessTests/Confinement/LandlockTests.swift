import CSystem
import Glibc
import MonitorProtocol
import Testing

@testable import SessionProcess

/// Landlock by itself: the session process has no system call filter here, so what stops it is Landlock. What the kernel's version does not
/// know is left to the filter.
struct LandlockTests {
    private static let version = csystem_landlock_version()

    @Test(arguments: ["open", "open_to_write", "create", "unlink", "mkdir", "rename", "link", "execve", "openat2"])
    func `no file can be opened, made, moved, removed or run`(act: String) throws {
        let folder = try OpenFolder()
        let outcome = try ProbedSession(act: act, without: [.filter], environment: folder.environment).outcome()
        #expect(outcome.result == -Int(EACCES), "\(outcome.log)")
        #expect(try folder.names() == ["recording"])
        #expect(try folder.contents() == "recorded\n")
    }

    @Test func `no file can be truncated`() throws {
        let folder = try OpenFolder()
        let outcome = try ProbedSession(act: "truncate", without: [.filter], environment: folder.environment).outcome()
        #expect(outcome.result == (Self.version >= 3 ? -Int(EACCES) : 0))
    }

    struct TCP: Sendable {
        var act: String
        /// Port 1 refuses; what counts is that the packet was sent.
        var unrestricted: Int
    }

    @Test(arguments: [TCP(act: "connect_tcp", unrestricted: -Int(ECONNREFUSED)), TCP(act: "bind_tcp", unrestricted: 0)])
    func `no TCP connection can be made or awaited`(tcp: TCP) throws {
        let confined = try ProbedSession(act: tcp.act, without: [.filter]).outcome()
        #expect(confined.result == (Self.version >= 4 ? -Int(EACCES) : tcp.unrestricted))
        #expect(try unrestricted(tcp.act).result == tcp.unrestricted)
    }

    @Test func `no abstract Unix socket of others can be reached`() throws {
        let name = "sallyport-test-\(getpid())"
        let listener = OwnedDescriptor(owning: socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0))
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { path in
            path[0] = 0
            path.baseAddress?.advanced(by: 1).copyMemory(from: name, byteCount: name.utf8.count)
        }
        let length = socklen_t(2 + 1 + name.utf8.count)
        let bound = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(listener.number, $0, length) }
        }
        #expect(bound == 0)
        #expect(listen(listener.number, 4) == 0)

        let environment = ["PROBE_PATH=\(name)"]
        let confined = try ProbedSession(act: "connect_abstract", without: [.filter], environment: environment).outcome()
        #expect(confined.result == (Self.version >= 6 ? -Int(EPERM) : 0))
        #expect(try unrestricted("connect_abstract", environment).result == 0)
    }

    @Test(arguments: ["kill", "tgkill"])
    func `no signal reaches another process of the same user`(act: String) throws {
        let other = try ProbedSession()
        #expect(try other.isReady())
        let environment = ["PROBE_PROCESS=\(other.process)"]
        let confined = try ProbedSession(act: act, without: [.filter], environment: environment).outcome()
        #expect(confined.result == (Self.version >= 6 ? -Int(EPERM) : 0))
        #expect(try unrestricted(act, environment).result == 0)
        kill(other.process, SIGKILL)
        #expect(try other.end().exit == .signal(SIGKILL))
    }

    private func unrestricted(_ act: String, _ environment: [String] = []) throws -> ProbedSession.Outcome {
        try ProbedSession(
            act: act, arguments: SessionArguments(user: ProbedSession.user, landlockIsOptional: true),
            without: [.filter, .landlock], environment: environment
        ).outcome()
    }

    @Test func `a kernel without Landlock is refused unless the administrator says otherwise`() throws {
        let refused = try ProbedSession(without: [.landlock]).outcome()
        #expect(refused.exit == .status(ConfinementStep.landlock.exitStatus))
        #expect(refused.log == "not confined: files are not out of reach: landlock: Function not implemented\n")
        let accepted = try ProbedSession(
            act: "tell_time", arguments: SessionArguments(user: ProbedSession.user, landlockIsOptional: true),
            without: [.landlock]
        ).outcome()
        #expect(accepted.result == 0)
    }
}

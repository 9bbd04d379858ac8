internal import Glibc
internal import LibSSH
internal import MonitorProtocol
internal import OpenSSHKeys

/// `sallyport-session`: serves one client connection, confined. Started by `sallyportd`, with numbered descriptors, before its client comes.
@main
struct Main {
    static func main() {
        // A client that goes away while something is written to it is an errno, not a signal.
        signal(SIGPIPE, SIG_IGN)
        // So is a recording that has reached the process's limit (RLIMIT_FSIZE).
        signal(SIGXFSZ, SIG_IGN)
        do {
            try Library.initialise()
            _ = randomBytes(1)  // OpenSSL reads openssl.cnf at its first use
            Confinement.confineOrExit(arguments: CommandLine.arguments)
            try serve(MonitorClient(MessageSocket(OwnedDescriptor(owning: InheritedDescriptors.monitor))))
        } catch let failure as MonitorClient.Failure {
            stop(failure.reason)
        } catch {
            stop("\(error)")
        }
    }

    private static func serve(_ monitor: MonitorClient) throws {
        let answer = try monitor.ask(.ready, patiently: true)
        guard case .connection(var briefing) = answer.reply, let socket = answer.takeDescriptor() else {
            throw MonitorClient.Failure(reason: "no connection in the answer to `ready`")
        }
        let identity = try HostIdentity(keys: briefing.hostKeys, softwareName: "sallyport")
        // libssh has its own copies, for as long as it lives; ours is not needed any more.
        briefing.hostKeys = []
        let connection = try Connection(
            socket, briefing: briefing, hostIdentity: identity, monitor: monitor, now: monotonicNanoseconds)
        if let reason = connection.run() { stop(reason) }
    }

    /// A last word for the monitor's log.
    private static func stop(_ reason: String) -> Never {
        let line = Array("\(reason)\n".utf8)
        _ = line.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
        exit(1)
    }
}

private func monotonicNanoseconds() -> UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) * nanosecondsPerSecond + UInt64(time.tv_nsec)
}

internal import Foundation
internal import MonitorProtocol
internal import Policy

/// Connects to a target: all addresses of its name, one after another, each with its share of the time that is left.
///
/// Blocks in getaddrinfo for as long as the system's resolver takes (resolv.conf(5) `timeout`, `attempts`): call it in a thread of its own.
func dial(_ address: TargetAddress, timeoutMilliseconds: Int32) throws -> OwnedDescriptor {
    let deadline = MonitorProtocol.Deadline(afterMilliseconds: timeoutMilliseconds)
    let addresses = try resolve(address)
    var failure = SystemError("connect", EHOSTUNREACH)
    for (index, socketAddress) in addresses.enumerated() where !deadline.hasPassed {
        let share = deadline.millisecondsLeft / Int32(addresses.count - index)
        do throws(SystemError) {
            return try connectStream(to: socketAddress, timeoutMilliseconds: max(1, share))
        } catch {
            failure = error
        }
    }
    throw RouteRefusal(
        userMessage: "the target does not answer (\(String(cString: strerror(failure.code)))).",
        reason: "\(address.host):\(address.port): \(failure)")
}

private func resolve(_ address: TargetAddress) throws -> [SocketAddress] {
    var hints = addrinfo()
    hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    hints.ai_flags = AI_NUMERICSERV
    var list: UnsafeMutablePointer<addrinfo>?
    let status = getaddrinfo(address.host, "\(address.port)", &hints, &list)
    defer { if let list { freeaddrinfo(list) } }
    guard status == 0 else {
        throw RouteRefusal(
            userMessage: "the target's address cannot be found.",
            reason: "\(address.host): \(String(cString: gai_strerror(status)))")
    }
    // Eight are enough to try, and keep each one's share of the time useful.
    return sequence(first: list) { $0?.pointee.ai_next }.prefix(8).compactMap { $0?.pointee }
        .compactMap { entry in entry.ai_addr.map { SocketAddress(copying: $0, length: entry.ai_addrlen) } }
}

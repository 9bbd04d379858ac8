internal import Foundation
internal import Logging
internal import MonitorProtocol

/// A client's or a target's connection: small packets leave at once, and a peer that is gone is noticed by the kernel too, should the
/// session's keepalives be off. A socket that takes no option still works, so that is no reason to refuse it.
func tune(tcp socket: Int32, _ logger: Logger) {
    do {
        try setNoDelay(of: socket)
        // Two minutes without an acknowledgement: longer than a roaming laptop's gap, shorter than the kernel's quarter of an hour.
        try setUserTimeout(of: socket, milliseconds: 120_000)
    } catch {
        logger.debug("socket option", metadata: ["error": "\(error)"])
    }
    var on: Int32 = 1
    setsockopt(socket, SOL_SOCKET, SO_KEEPALIVE, &on, socklen_t(MemoryLayout<Int32>.size))
}

internal import Foundation
internal import MonitorProtocol

/// Tells systemd how the service is (sd_notify(3)): one datagram to the socket that `NOTIFY_SOCKET` names. Without one, nothing.
func notifyServiceManager(_ state: String, socket path: String?) {
    guard var path, let first = path.utf8.first else { return }
    // `@` stands for the NUL of an abstract socket; anything else that is no path (vsock) is not for us.
    guard first == UInt8(ascii: "@") || first == UInt8(ascii: "/") else { return }
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    if first == UInt8(ascii: "@") { path = "\0" + path.dropFirst() }
    let bytes = Array(path.utf8)
    guard bytes.count < MemoryLayout.size(ofValue: address.sun_path) else { return }
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
    let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    let message = Array(state.utf8)
    let length = socklen_t(MemoryLayout<sa_family_t>.size + bytes.count)
    _ = withUnsafePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
            sendto(descriptor, message, message.count, Int32(MSG_NOSIGNAL), $0, length)
        }
    }
}

import Glibc
import MonitorProtocol

/// Sends what `MessageSocket.send` would refuse: no bytes, too many bytes, up to the kernel's 253 descriptors.
func sendRaw(_ bytes: [UInt8], descriptors: [Int32], on socket: Int32) throws {
    let header = MemoryLayout<cmsghdr>.size
    var control = [UInt8](repeating: 0, count: (header + 4 * descriptors.count + 7) & ~7)
    var sizes: Int32 = 1 << 20
    setsockopt(socket, SOL_SOCKET, SO_SNDBUF, &sizes, 4)
    control.withUnsafeMutableBytes { buffer in
        buffer.storeBytes(of: header + 4 * descriptors.count, as: Int.self)
        buffer.storeBytes(of: SOL_SOCKET, toByteOffset: 8, as: Int32.self)
        buffer.storeBytes(of: 1, toByteOffset: 12, as: Int32.self)  // SCM_RIGHTS, which Glibc has as an enum
        for (index, descriptor) in descriptors.enumerated() {
            buffer.storeBytes(of: descriptor, toByteOffset: header + 4 * index, as: Int32.self)
        }
    }
    var bytes = bytes
    let sent = bytes.withUnsafeMutableBytes { payload in
        control.withUnsafeMutableBytes { control in
            var piece = iovec(iov_base: payload.baseAddress, iov_len: payload.count)
            return withUnsafeMutablePointer(to: &piece) { piece in
                var message = msghdr()
                message.msg_iov = piece
                message.msg_iovlen = 1
                message.msg_control = descriptors.isEmpty ? nil : control.baseAddress
                message.msg_controllen = descriptors.isEmpty ? 0 : control.count
                return sendmsg(socket, &message, Int32(MSG_NOSIGNAL))
            }
        }
    }
    guard sent == bytes.count else { throw SystemError("sendmsg", errno) }
}

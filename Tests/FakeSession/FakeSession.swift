import Foundation
import MonitorProtocol

/// Stands where `sallyport-session` stands, and lets a test speak: sends the monitor's socket to the test that listens on `fake` in the folder of
/// this program, then does what the test says. Ends when the test lets go.
@main
struct FakeSession {
    static func main() throws {
        let folder = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent().path
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array("\(folder)/fake".utf8)) }
        let socketAddress = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                SocketAddress(copying: $0, length: socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        let test = FramedSocket(try connectStream(to: socketAddress, timeoutMilliseconds: 5000))
        let arguments = CommandLine.arguments.dropFirst().joined(separator: " ")
        try test.send(Array("\(getpid()) \(arguments)".utf8), descriptor: InheritedDescriptors.monitor)
        // Only the test holds it from now on, so that its closing is the session's.
        close(InheritedDescriptors.monitor)
        while let message = try test.receive() {
            let words = String(decoding: message.bytes, as: UTF8.self).split(separator: " ", maxSplits: 1)
            switch words.first {
            case "raise": raise(Int32(words[1]) ?? SIGKILL)
            case "say": FileHandle.standardError.write(Data((words[1] + "\n").utf8))
            case "descriptors":
                let open = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").compactMap { Int($0) }.sorted()
                try test.send(Array("\(open)".utf8))
            default: exit(64)
            }
        }
    }
}

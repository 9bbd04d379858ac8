import Foundation
import MonitorProtocol
import Testing

@testable import MonitorProcess

@Suite struct `Starting` {
    @Test func `the configuration is named by argument or environment, the argument first`() throws {
        let environment = ["SALLYPORT_CONFIG": "/a"]
        #expect(try CommandLineArguments(["sallyportd", "--config", "/b"], environment: environment).configuration == "/b")
        #expect(try CommandLineArguments(["sallyportd"], environment: environment).configuration == "/a")
    }

    @Test(arguments: [
        ["sallyportd"], ["sallyportd", "--config"], ["sallyportd", "/b"], ["sallyportd", "--config", "/b", "more"],
        ["sallyportd", "-v"],
    ])
    func `anything else is wrong usage`(arguments: [String]) {
        #expect(throws: UsageError()) { try CommandLineArguments(arguments, environment: ["SALLYPORT_CONFIG": ""]) }
    }

    @Test(arguments: [false, true])
    func `the service manager is told by one datagram, to a path or an abstract name`(isAbstract: Bool) throws {
        let name = "\(FileManager.default.temporaryDirectory.path)/sp-\(UUID())"
        let receiver = OwnedDescriptor(owning: socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0))
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = Array((isAbstract ? "\0" : "").utf8) + Array(name.utf8)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
        let number = receiver.number
        let length = socklen_t(MemoryLayout<sa_family_t>.size + bytes.count)
        let status = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(number, $0, length) }
        }
        defer { unlink(name) }
        try #require(status == 0)
        notifyServiceManager("READY=1", socket: (isAbstract ? "@" : "") + name)
        var buffer = [UInt8](repeating: 0, count: 100)
        let count = recv(number, &buffer, buffer.count, Int32(MSG_DONTWAIT))
        #expect(buffer.prefix(max(0, count)) == ArraySlice("READY=1".utf8))
    }

    @Test(arguments: [nil, "", "vsock:2:1", "/" + String(repeating: "x", count: 300)])
    func `without a service manager nobody is told`(path: String?) { notifyServiceManager("READY=1", socket: path) }

    @Test func `a state folder has one daemon`() throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("sp-\(UUID())").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        let first = try StateFolder(path)
        #expect(throws: StartError.self) { _ = try StateFolder(path) }
        try first.write(listening: [RunningDaemon.loopback(2222)])
        #expect(try String(contentsOfFile: path + "/listening", encoding: .utf8) == "127.0.0.1:2222\n")
    }
}

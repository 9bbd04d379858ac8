import MonitorProtocol
import Testing

@testable import AdminTool

@Suite struct `Arguments` {
    struct Vector<Value: Sendable>: Sendable {
        var text: String
        var value: Value?
    }

    @Test(
        arguments: [
            Vector(text: "8h", value: 28_800), Vector(text: "90s", value: 90), Vector(text: "1d12h", value: 129_600),
            Vector(text: "2w", value: 1_209_600), Vector(text: "30m", value: 1800), Vector(text: "", value: nil),
            Vector(text: "8", value: nil), Vector(text: "h", value: nil), Vector(text: "0s", value: nil),
            Vector(text: "-8h", value: nil),
            Vector(text: "8 h", value: nil), Vector(text: "8H", value: nil), Vector(text: "٨h", value: nil),
            Vector(text: "99999999999999999999h", value: nil), Vector(text: "9999999999999999w", value: nil),
            Vector(text: "18446744073709551615s1s", value: nil),
        ] as [Vector<UInt64>])
    func `of lifetimes are whole seconds, more than none`(_ vector: Vector<UInt64>) {
        #expect(Lifetime(argument: vector.text)?.seconds == vector.value)
    }

    @Test(
        arguments: [
            Vector(text: "web1", value: "web1:22"), Vector(text: "web1:2201", value: "web1:2201"),
            Vector(text: "::1", value: "[::1]:22"),
            Vector(text: "[::1]:2201", value: "[::1]:2201"), Vector(text: "[fe80::1%eth0]", value: "[fe80::1%eth0]:22"),
            Vector(text: "192.0.2.1:1", value: "192.0.2.1:1"), Vector(text: "", value: nil), Vector(text: "web1:0", value: nil),
            Vector(text: "web1:65536", value: nil), Vector(text: "web1:+22", value: nil), Vector(text: "web1:", value: nil),
            Vector(text: "-oProxyCommand=x", value: nil), Vector(text: "a b", value: nil), Vector(text: "a\nb", value: nil),
            Vector(text: "[::1", value: nil), Vector(text: "[::1]22", value: nil), Vector(text: "[-x]:22", value: nil),
        ] as [Vector<String>])
    func `of addresses name a host and a port`(_ vector: Vector<String>) {
        #expect(HostAndPort(argument: vector.text)?.description == vector.value)
    }

    @Test(
        arguments: [
            Vector(text: "root@web1", value: ["root", "web1"]), Vector(text: "a@b@web1", value: ["a@b", "web1"]),
            Vector(text: "web1", value: nil), Vector(text: "@web1", value: nil), Vector(text: "root@", value: nil),
            Vector(text: "", value: nil),
        ] as [Vector<[String]>])
    func `of credentials end at the last at sign`(_ vector: Vector<[String]>) {
        #expect(LoginAtTarget(argument: vector.text).map { [$0.value.login, $0.value.target] } == vector.value)
    }

    @Test(
        arguments: [
            Vector(text: "0.0.0.0:22", value: true), Vector(text: "[::]:22", value: true),
            Vector(text: "bastion.example.com:0", value: true),
            Vector(text: "22", value: nil), Vector(text: ":22", value: nil), Vector(text: "::1:22", value: nil),
            Vector(text: "a\"b:22", value: nil), Vector(text: "a:22\n", value: nil), Vector(text: "[a]]:22", value: nil),
            Vector(text: "a:-22", value: nil),
        ] as [Vector<Bool>])
    func `of listening addresses can stand in YAML between quotes`(_ vector: Vector<Bool>) {
        #expect(ListenAddress(argument: vector.text).map { $0.text == vector.text } == vector.value)
    }
}

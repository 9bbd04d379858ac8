import MonitorProtocol
import OpenSSHKeys
import Testing

struct MonitorReplyWireTests {
    @Test func `the samples have every kind`() {
        #expect(Set(Samples.replies.map(\.kind)) == Set(MonitorReply.Kind.allCases))
    }

    @Test(arguments: Samples.replies)
    func `a reply reads back as it was written`(reply: MonitorReply) throws {
        let number = Samples.number(of: reply)
        let read = try MonitorReply.decode(reply.encoded(number: number))
        #expect(read.number == number)
        #expect(read.reply == reply)
    }

    @Test(arguments: Samples.replies)
    func `every prefix of a reply is refused`(reply: MonitorReply) {
        let bytes = reply.encoded(number: Samples.number(of: reply))
        for length in 0..<bytes.count {
            #expect(throws: WireError.self) { try MonitorReply.decode(Array(bytes.prefix(length))) }
        }
    }

    @Test(arguments: Samples.replies)
    func `a byte after the end of a reply is refused`(reply: MonitorReply) {
        #expect(throws: WireError.trailingBytes(1)) {
            try MonitorReply.decode(reply.encoded(number: Samples.number(of: reply)) + [0])
        }
    }

    @Test(arguments: Samples.replies)
    func `a reply with one byte changed is refused or is another message with its own one encoding`(reply: MonitorReply) {
        let bytes = reply.encoded(number: Samples.number(of: reply))
        for index in bytes.indices {
            for bit in 0..<8 {
                var changed = bytes
                changed[index] ^= 1 << bit
                guard let read = try? MonitorReply.decode(changed) else { continue }
                #expect(read.number != Samples.number(of: reply) || read.reply != reply)
                #expect(read.reply.encoded(number: read.number) == changed)
            }
        }
    }

    @Test func `only terminate is said unasked and terminate answers nothing`() {
        #expect(throws: WireError.malformed("accepted with number 0")) { try MonitorReply.decode([0, 0, 0, 0, 104]) }
        #expect(throws: WireError.malformed("terminate with number 1")) {
            try MonitorReply.decode([0, 0, 0, 1, 108, 0, 0, 0, 0, 0, 0, 0, 125, 0])
        }
    }

    @Test func `a route without pinned host keys is refused`() {
        let route = MonitorReply.route(.init(target: "web1", login: "root", pinnedHostKeys: [], authentication: .agent))
        #expect(throws: WireError.malformed("route without pinned host keys")) {
            try MonitorReply.decode(route.encoded(number: 1))
        }
    }

    @Test func `a list of 256 is read and one of 257 is refused`() throws {
        func route(_ count: Int) -> MonitorReply {
            .route(
                .init(
                    target: "web1", login: "root", pinnedHostKeys: Array(repeating: [1], count: count), authentication: .agent))
        }
        #expect(try MonitorReply.decode(route(256).encoded(number: 1)).reply == route(256))
        #expect(throws: WireError.tooLong(length: 257, limit: 256)) { try MonitorReply.decode(route(257).encoded(number: 1)) }
    }

    @Test func `a password of the greatest length is read and one byte more is refused`() throws {
        func route(_ count: Int) -> MonitorReply {
            .route(
                .init(
                    target: "t", login: "l", pinnedHostKeys: [[1]],
                    authentication: .password([UInt8](repeating: 7, count: count))))
        }
        #expect(try MonitorReply.decode(route(16_384).encoded(number: 1)).reply == route(16_384))
        #expect(throws: WireError.tooLong(length: 16_385, limit: 16_384)) {
            try MonitorReply.decode(route(16_385).encoded(number: 1))
        }
    }

    @Test func `a refusal that is too long for its field arrives cut`() throws {
        let refusal = Refusal(message: String(repeating: "a", count: 2000), exitStatus: 126)
        let read = try MonitorReply.decode(MonitorReply.refused(refusal).encoded(number: 1)).reply
        #expect(read == .refused(Refusal(message: String(repeating: "a", count: 1024), exitStatus: 126)))
    }

    @Test func `the longest desk text fits in one message`() throws {
        let reply = MonitorReply.desk(.init(text: String(repeating: "a", count: 200_000), exitStatus: 0))
        let bytes = reply.encoded(number: 1)
        #expect(bytes.count <= MessageSocket.largestMessage)
        let read = try MonitorReply.decode(bytes).reply
        #expect(read == .desk(.init(text: String(repeating: "a", count: 96 * 1024), exitStatus: 0)))
    }
}

import MonitorProtocol
import OpenSSHKeys
import Testing

struct SessionRequestWireTests {
    @Test func `the samples have every kind`() {
        #expect(Set(Samples.requests.map(\.kind)) == Set(SessionRequest.Kind.allCases))
    }

    @Test(arguments: Samples.requests)
    func `a request reads back as it was written`(request: SessionRequest) throws {
        let (number, read) = try SessionRequest.decode(request.encoded(number: 4_000_000_001))
        #expect(number == 4_000_000_001)
        #expect(read == request)
    }

    @Test(arguments: Samples.requests)
    func `every prefix of a request is refused as truncated`(request: SessionRequest) throws {
        let bytes = request.encoded(number: 1)
        for length in 0..<bytes.count {
            let error = #expect(throws: WireError.self) { try SessionRequest.decode(Array(bytes.prefix(length))) }
            guard case .truncated = error else {
                Issue.record("\(length) of \(bytes.count) bytes: \(String(describing: error))")
                continue
            }
        }
    }

    @Test(arguments: Samples.requests)
    func `a byte after the end of a request is refused`(request: SessionRequest) {
        #expect(throws: WireError.trailingBytes(1)) { try SessionRequest.decode(request.encoded(number: 1) + [0]) }
    }

    /// The format has one encoding for each message: whatever is accepted encodes to the very bytes that were read.
    @Test(arguments: Samples.requests)
    func `a request with one byte changed is refused or is another message with its own one encoding`(request: SessionRequest) {
        let bytes = request.encoded(number: 0x0102_0304)
        for index in bytes.indices {
            for bit in 0..<8 {
                var changed = bytes
                changed[index] ^= 1 << bit
                guard let (number, read) = try? SessionRequest.decode(changed) else { continue }
                #expect(number != 0x0102_0304 || read != request)
                #expect(read.encoded(number: number) == changed)
            }
        }
    }

    @Test func `a type byte that names no request is refused`() {
        let known = Set(SessionRequest.Kind.allCases.map(\.rawValue))
        for byte in UInt8.min...UInt8.max where !known.contains(byte) {
            #expect(throws: WireError.malformed("Kind of \(byte)")) { try SessionRequest.decode([0, 0, 0, 1, byte]) }
        }
    }

    @Test func `the number 0 belongs to the monitor`() {
        #expect(throws: WireError.malformed("request number of 0")) { try SessionRequest.decode([0, 0, 0, 0, 1]) }
    }

    @Test func `a message longer than the socket carries is refused before it is read`() {
        let bytes = [UInt8](repeating: 1, count: MessageSocket.largestMessage + 1)
        #expect(throws: WireError.tooLong(length: bytes.count, limit: MessageSocket.largestMessage)) {
            try SessionRequest.decode(bytes)
        }
    }

    struct Bound: Sendable {
        var limit: Int
        var request: @Sendable (Int) -> SessionRequest
    }
    static let bounds: [Bound] = [
        Bound(limit: 512) { .offeredCertificate(.init(leg: .outer, userName: text($0), certificate: [], isProven: true)) },
        Bound(limit: 16 * 1024) {
            .offeredCertificate(.init(leg: .outer, userName: "", certificate: bytes($0), isProven: true))
        },
        Bound(limit: 512) { .openTunnel(.init(leg: Leg(1), host: text($0), port: 22)) },
        Bound(limit: 512) { .route(.init(leg: Leg(1), target: text($0), login: "")) },
        Bound(limit: 512) { .route(.init(leg: Leg(1), target: "", login: text($0))) },
        Bound(limit: 64 * 1024) {
            .beginChannel(.init(leg: .outer, channel: ChannelNumber(1), kind: .exec, command: bytes($0), terminal: nil))
        },
        Bound(limit: 256) {
            .beginChannel(
                .init(
                    leg: .outer, channel: ChannelNumber(1), kind: .shell, command: [],
                    terminal: .init(term: text($0), columns: 80, rows: 24)))
        },
        Bound(limit: 64 * 1024) { .desk(command: bytes($0)) },
    ]

    @Test(arguments: bounds.indices)
    func `a field of the greatest length is read and one byte more is refused`(index: Int) throws {
        let bound = Self.bounds[index]
        let longest = bound.request(bound.limit)
        let (_, read) = try SessionRequest.decode(longest.encoded(number: 1))
        #expect(read == longest)
        #expect(throws: WireError.tooLong(length: bound.limit + 1, limit: bound.limit)) {
            try SessionRequest.decode(bound.request(bound.limit + 1).encoded(number: 1))
        }
    }

    @Test func `what only people read is cut by the sender between characters`() throws {
        let long = String(repeating: "ü", count: 600) + "x"
        let requests: [SessionRequest] = [
            .upstreamResult(.init(leg: .outer, outcome: .handshakeFailed, detail: long)),
            .endChannel(.init(channel: ChannelNumber(1), exit: .lost("x" + long), bytesIn: 0, bytesOut: 0)),
            .endChannel(.init(channel: ChannelNumber(1), exit: .signal(long), bytesIn: 0, bytesOut: 0)),
        ]
        var kept: [String] = []
        for request in requests {
            switch try SessionRequest.decode(request.encoded(number: 1)).request {
            case .upstreamResult(let result): kept.append(result.detail)
            case .endChannel(let end):
                if case .lost(let text) = end.exit { kept.append(text) }
                if case .signal(let text) = end.exit { kept.append(text) }
            default: Issue.record("another message")
            }
        }
        #expect(kept == [String(long.prefix(512)), "x" + String(long.prefix(511)), String(long.prefix(32))])
    }

    @Test(arguments: [UInt32(0), 65_536, .max])
    func `a terminal of no size or an absurd one is refused`(cells: UInt32) {
        for (columns, rows) in [(cells, UInt32(24)), (80, cells)] {
            let request = SessionRequest.beginChannel(
                .init(
                    leg: .outer, channel: ChannelNumber(1), kind: .shell, command: [],
                    terminal: .init(term: "vt100", columns: columns, rows: rows)))
            #expect(throws: WireError.self) { try SessionRequest.decode(request.encoded(number: 1)) }
        }
    }

    @Test func `text that is not UTF-8 is refused`() {
        #expect(throws: WireError.malformed("text that is not UTF-8")) {
            // open-tunnel, leg 1, a host of one byte, port 22
            try SessionRequest.decode([0, 0, 0, 1, 3, 0, 0, 0, 1, 0, 0, 0, 1, 0xFF, 0, 0, 0, 22])
        }
    }

    @Test func `a length of four gigabytes is refused without taking memory for it`() {
        #expect(throws: WireError.tooLong(length: Int(UInt32.max), limit: 64 * 1024)) {
            try SessionRequest.decode([0, 0, 0, 1, 8, 255, 255, 255, 255])
        }
    }
}

private func text(_ count: Int) -> String { String(repeating: "a", count: count) }
private func bytes(_ count: Int) -> [UInt8] { [UInt8](repeating: 0xA5, count: count) }

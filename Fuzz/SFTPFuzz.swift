/// Whatever client and target send, in any pieces and any order, traps nothing, lets nothing grow, and only whole packets that were let through reach
/// the target.
///
/// The input is a sequence of steps: a byte that says who acts, a byte with a length, and as many bytes.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    var input = Array(UnsafeBufferPointer(start: start, count: count))[...]
    var gate = SFTPGate()
    var target = TargetStream()
    // Half of the inputs begin where a session has begun, so that finding the way there is not all they do.
    if let first = input.popFirst(), first & 1 == 1 {
        gate.receive(fromClient: [0, 0, 0, 5, 1, 0, 0, 0, 3])
        while target.take(gate.takeToTarget()) {}
        gate.receive(fromTarget: [0, 0, 0, 5, 2, 0, 0, 0, 3])
        while !gate.takeToClient().isEmpty {}
        gate.receive(fromTarget: [0, 0, 0, 14, 104, 255, 255, 255, 255, 0, 0, 0, 1, 0, 0, 0, 1, 47])
    }
    while let step = input.popFirst(), let length = input.popFirst() {
        while target.take(gate.takeToTarget()) {}
        let bytes = Array(input.prefix(Int(length)))
        switch step % 8 {
        case 0, 1, 2:
            if gate.wantsClientBytes {
                gate.receive(fromClient: bytes[...])
                input = input.dropFirst(bytes.count)
            }
        case 3, 4:
            while !gate.takeToClient().isEmpty {}
            gate.receive(fromTarget: bytes[...])
            input = input.dropFirst(bytes.count)
        case 5: gate.answer(length & 1 == 0 ? .allowed(limit: nil) : .allowed(limit: SizeLimit(bytes: UInt64(length), refusal: "no")))
        case 6: gate.answer(length & 1 == 0 ? .resolve : .refused(reason: "no"))
        default: while gate.hasEvents { precondition(!gate.takeEvents(atMost: 3, bytes: 100).isEmpty, "events that cannot be taken") }
        }
        precondition(gate.budget.earlyBytes <= SFTPLimit.earlyBytes && gate.budget.hashes <= SFTPLimit.hashes, "more kept than may be")
        precondition(gate.answers.count < 2 * SFTPLimit.answers, "answers without end")
    }
    gate.finish()
    while gate.hasEvents { _ = gate.takeEvents(atMost: 64, bytes: 10_000) }
    precondition(gate.budget.hashes == 0 && gate.budget.earlyBytes == 0, "a file that never ended")
    return 0
}

/// What the target would read: version 3 first, then requests that are known.
private struct TargetStream {
    private var head: [UInt8] = []
    private var body = 0
    private var hasBegun = false

    mutating func take(_ bytes: ArraySlice<UInt8>) -> Bool {
        var rest = bytes
        while !rest.isEmpty {
            if body > 0 {
                let piece = rest.prefix(body)
                body -= piece.count
                rest = rest.dropFirst(piece.count)
                continue
            }
            head.append(rest.removeFirst())
            guard head.count == 5 else { continue }
            let length = Int(head[...].bigEndian32(at: 0))
            precondition((1...SFTPLimit.packet).contains(length), "a packet of \(length) bytes has passed")
            precondition(hasBegun ? (3...20).contains(head[4]) || head[4] == 200 : head[4] == 1, "a request of type \(head[4]) has passed")
            hasBegun = true
            body = length - 1
            head = []
        }
        return !bytes.isEmpty
    }
}

internal import Foundation
internal import MonitorProtocol

/// A reply, and the descriptor that goes beside it.
struct AdminAnswer: ~Copyable {
    let reply: AdminReply
    let descriptor: OwnedDescriptor?

    init(_ reply: AdminReply, descriptor: consuming OwnedDescriptor? = nil) {
        self.reply = reply
        self.descriptor = descriptor
    }

    var descriptorNumber: Int32? {
        // Not `descriptor?.number`, which would consume, and so close it.
        switch descriptor {
        case let descriptor?: descriptor.number
        case nil: nil
        }
    }

    /// As JSON, at most `limit` bytes.
    ///
    /// Lists are newest first. Of certificates those are sent that fit, some two thousand: they are issued every day, and old ones have expired.
    /// Of sessions as many were asked for as there are, so a list that does not fit is not cut in silence.
    func encoded(limit: Int = FramedSocket.largestMessage) throws -> [UInt8] {
        let bytes = try Self.json(reply)
        guard bytes.count > limit else { return bytes }
        switch reply {
        case .certificates(let certificates) where certificates.count > 1:
            return try AdminAnswer(
                .certificates(Array(certificates.prefix(Self.fitting(certificates.count, bytes.count, limit))))
            )
            .encoded(limit: limit)
        case .sessions(let sessions) where sessions.count > 1:
            let count = Self.fitting(sessions.count, bytes.count, limit)
            return try Self.json(
                .failure(
                    AdminFailure(
                        .invalid,
                        "\(sessions.count) sessions are more than one answer holds; ask for \(count) (--limit), of one user or target"
                    )))
        default:
            return try Self.json(.failure(AdminFailure(.failed, "the answer is longer than \(limit) bytes")))
        }
    }

    private static func json(_ reply: AdminReply) throws -> [UInt8] { Array(try JSONEncoder().encode(reply)) }

    /// How many of `count` elements that take `length` bytes fit in `limit`, with room for some that are longer than others; fewer than all.
    private static func fitting(_ count: Int, _ length: Int, _ limit: Int) -> Int {
        max(1, min(count - 1, count * limit / length * 9 / 10))
    }
}

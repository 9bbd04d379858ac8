/// Takes our marks out of a target's output, however it was cut.
///
/// A mark is `ESC ] 7717 ; NONCE ; body BEL`. Anything without the nonce is somebody's output and stays where it is.
/// Memory is bounded by ``longestMark``; time is linear.
package struct MarkScanner: Sendable {
    /// Bytes between the nonce and BEL. The shells send at most 100000 characters of line and 24 KB of definitions, quoted.
    package static let longestMark = 400_000

    /// What ``feed(_:_:)`` finds, in order.
    package enum Piece: Equatable, Sendable {
        /// Output that is not ours: a part of the chunk, or a beginning of a mark held back that was none after all.
        case output(ArraySlice<UInt8>)
        case mark(Mark)
    }

    private enum State: Sendable {
        case output
        /// That many bytes of the introducer have been seen.
        case introducer(Int)
        case body
        /// In a mark that is too long.
        case discarding
    }

    private let introducer: [UInt8]
    private var state = State.output
    private var body: [UInt8] = []

    /// - Parameter nonce: as in ``ShellIntegration/nonce``.
    package init(nonce: [UInt8]) { introducer = Array("\u{1B}]7717;".utf8) + nonce + [UInt8(ascii: ";")] }

    /// Whether bytes are held back that may yet turn out to be output.
    package var isHoldingOutput: Bool { if case .introducer = state { true } else { false } }

    /// Reads one chunk.
    package mutating func feed(_ chunk: ArraySlice<UInt8>, _ found: (Piece) throws -> Void) rethrows {
        var rest = chunk
        while !rest.isEmpty {
            switch state {
            case .output:
                let start = rest.firstIndex(of: 0x1B) ?? rest.endIndex
                try scanIntroducer(after: start, of: &rest, found)
            case .introducer(let count): try continueIntroducer(count, &rest, found)
            case .body: try continueBody(&rest, found)
            case .discarding:
                rest = rest.drop { !Self.endsMark($0) }
                try endMark(&rest, as: .malformed, found)
            }
        }
    }

    /// Gives up what is held back; at the end of the stream.
    package mutating func finish(_ found: (Piece) throws -> Void) rethrows {
        switch state {
        case .output: break
        case .introducer(let count): try found(.output(introducer[..<count]))
        case .body, .discarding: try found(.mark(.malformed))
        }
        state = .output
        body = []
    }

    /// Passes everything before `start` and, when no introducer begins there, the ESC with it.
    private mutating func scanIntroducer(
        after start: Int, of rest: inout ArraySlice<UInt8>, _ found: (Piece) throws -> Void
    ) rethrows {
        var start = start
        while start < rest.endIndex {
            let candidate = rest[start...].prefix(introducer.count)
            let matching = zip(candidate, introducer).prefix { $0 == $1 }.count
            if matching == candidate.count {
                if start > rest.startIndex { try found(.output(rest[..<start])) }
                rest = rest[candidate.endIndex...]
                state = matching == introducer.count ? .body : .introducer(matching)
                return
            }
            start = rest[(start + matching)...].firstIndex(of: 0x1B) ?? rest.endIndex
        }
        try found(.output(rest))
        rest = rest[rest.endIndex...]
    }

    private mutating func continueIntroducer(
        _ count: Int, _ rest: inout ArraySlice<UInt8>, _ found: (Piece) throws -> Void
    ) rethrows {
        let matching = zip(rest, introducer[count...]).prefix { $0 == $1 }.count
        if count + matching == introducer.count {
            state = .body
            rest = rest.dropFirst(matching)
        } else if matching == rest.count {
            state = .introducer(count + matching)
            rest = rest.dropFirst(matching)
        } else {
            // None of the bytes after the first is an ESC, so no introducer begins inside what was held back.
            state = .output
            try found(.output(introducer[..<count]))
        }
    }

    private mutating func continueBody(_ rest: inout ArraySlice<UInt8>, _ found: (Piece) throws -> Void) rethrows {
        let end = rest.firstIndex(where: Self.endsMark) ?? rest.endIndex
        let room = Self.longestMark - body.count
        guard end - rest.startIndex <= room else {
            body = []
            state = .discarding
            return
        }
        body += rest[..<end]
        rest = rest[end...]
        guard !rest.isEmpty else { return }
        let mark = rest.first == Self.terminator ? Mark(body: body[...]) : .malformed
        try endMark(&rest, as: mark, found)
    }

    /// At the byte that ends a mark: BEL belongs to it, any other control character to what cut it.
    private mutating func endMark(_ rest: inout ArraySlice<UInt8>, as mark: Mark, _ found: (Piece) throws -> Void) rethrows {
        guard let end = rest.first else { return }
        if end == Self.terminator { rest = rest.dropFirst() }
        body = []
        state = .output
        try found(.mark(mark))
    }

    private static let terminator: UInt8 = 0x07
    /// The shells write no control character inside a mark: one there is output that came between.
    private static func endsMark(_ byte: UInt8) -> Bool { byte < 0x20 || byte == 0x7F }
}

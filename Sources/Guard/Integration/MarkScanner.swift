/// Takes our marks out of a target's output, however it was cut.
///
/// A mark is `ESC ] 7717 ; NONCE ; body BEL`. Anything without the nonce is somebody's output and stays where it is.
/// Memory is bounded by ``longestMark``; time is linear.
struct MarkScanner {
    /// Bytes between the nonce and BEL. The shells send at most 70000 characters of line and 24 KB of definitions.
    static let longestMark = 400_000

    /// What ``feed(_:_:)`` finds, in order.
    enum Piece: Equatable {
        /// Output that is not ours: a part of the chunk, or a beginning of a mark held back that was none after all.
        case output(ArraySlice<UInt8>)
        case mark(Mark)
    }

    private enum State {
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
    /// The last `A;kind;number`. bash shows a prompt again after each of our keys: the same number, and no mark that counts.
    private var lastPrompt: [UInt8] = []

    /// - Parameter nonce: the random bytes that the shell's integration was made with.
    init(nonce: [UInt8]) { self.init(digits: ShellIntegration.hexadecimal(nonce)) }

    /// - Parameter digits: of the nonce, or the tag.
    init(digits: [UInt8]) { introducer = Array("\u{1B}]7717;".utf8) + digits + [UInt8(ascii: ";")] }

    /// Whether bytes are held back that may yet turn out to be output.
    var isHoldingOutput: Bool { if case .introducer = state { true } else { false } }

    /// Reads one chunk.
    mutating func feed(_ chunk: ArraySlice<UInt8>, _ found: (Piece) -> Void) {
        var rest = chunk
        while !rest.isEmpty {
            switch state {
            case .output:
                let start = rest.firstIndex(of: 0x1B) ?? rest.endIndex
                scanIntroducer(after: start, of: &rest, found)
            case .introducer(let count): continueIntroducer(count, &rest, found)
            case .body: continueBody(&rest, found)
            case .discarding:
                rest = rest.drop { !Self.endsMark($0) }
                endMark(&rest, as: .malformed, found)
            }
        }
    }

    /// Gives up what is held back; at the end of the stream.
    mutating func finish(_ found: (Piece) -> Void) {
        switch state {
        case .output: break
        case .introducer(let count): found(.output(introducer[..<count]))
        case .body, .discarding: found(.mark(.malformed))
        }
        state = .output
        body = []
    }

    /// Passes everything before `start` and, when no introducer begins there, the ESC with it.
    private mutating func scanIntroducer(
        after start: Int, of rest: inout ArraySlice<UInt8>, _ found: (Piece) -> Void
    ) {
        var start = start
        while start < rest.endIndex {
            let candidate = rest[start...].prefix(introducer.count)
            let matching = zip(candidate, introducer).prefix { $0 == $1 }.count
            if matching == candidate.count {
                if start > rest.startIndex { found(.output(rest[..<start])) }
                rest = rest[candidate.endIndex...]
                state = matching == introducer.count ? .body : .introducer(matching)
                return
            }
            start = rest[(start + matching)...].firstIndex(of: 0x1B) ?? rest.endIndex
        }
        found(.output(rest))
        rest = rest[rest.endIndex...]
    }

    private mutating func continueIntroducer(
        _ count: Int, _ rest: inout ArraySlice<UInt8>, _ found: (Piece) -> Void
    ) {
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
            found(.output(introducer[..<count]))
        }
    }

    private mutating func continueBody(_ rest: inout ArraySlice<UInt8>, _ found: (Piece) -> Void) {
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
        // What comes behind is a new prompt, and a shell in the shell counts for itself.
        if mark.precedesPrompt { lastPrompt = [] }
        if case .promptStart = mark, body.count > 3, body.last != UInt8(ascii: ";") {
            guard body != lastPrompt else {
                rest = rest.dropFirst()
                body = []
                state = .output
                return
            }
            lastPrompt = body
        }
        endMark(&rest, as: mark, found)
    }

    /// At the byte that ends a mark: BEL belongs to it, any other control character to what cut it.
    private mutating func endMark(_ rest: inout ArraySlice<UInt8>, as mark: Mark, _ found: (Piece) -> Void) {
        guard let end = rest.first else { return }
        if end == Self.terminator { rest = rest.dropFirst() }
        body = []
        state = .output
        found(.mark(mark))
    }

    private static let terminator: UInt8 = 0x07
    /// The shells write no control character inside a mark: one there is output that came between.
    private static func endsMark(_ byte: UInt8) -> Bool { byte < 0x20 || byte == 0x7F }
}

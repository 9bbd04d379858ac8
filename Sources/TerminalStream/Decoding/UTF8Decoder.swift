/// Cuts a stream of bytes into well-formed UTF-8 and places where a terminal shows U+FFFD, however the stream arrives in pieces.
///
/// Each *maximal subpart* of an ill-formed sequence becomes one U+FFFD (Unicode 3.9, "U+FFFD Substitution of Maximal Subparts";
/// the same as the WHATWG decoder and Swift's `String(decoding:as:)`). At most three bytes are carried from one piece to the next.
package struct UTF8Decoder: Sendable {
    /// What comes next in the stream.
    package enum Piece: Equatable, Sendable {
        /// Well-formed text: these indices of the input. Never empty, and never part of a character.
        case text(Range<Int>)
        /// A character that began in an earlier input and is complete now.
        case joined(Unicode.Scalar)
        /// An ill-formed sequence ended just before the current position.
        case illFormed
    }

    private var carried = CarriedCharacter.none

    package init() {}

    /// Reads the next piece of `input` and moves `position` past it; nil when all input is read (an unfinished character is then carried).
    package mutating func next(in input: Span<UInt8>, from position: inout Int) -> Piece? {
        while carried.isUnfinished, position < input.count {
            switch carried.take(input[position]) {
            case .unfinished: position += 1
            case .complete(let scalar):
                position += 1
                return .joined(scalar)
            case .illFormed:  // the byte was not taken: it may begin something itself
                return .illFormed
            }
        }
        let start = position
        while position < input.count {
            let byte = input[position]
            guard byte >= 0x80 else {
                position = input.endOfASCII(from: position)
                continue
            }
            guard var character = CarriedCharacter(leadByte: byte) else {
                if position > start { return .text(start..<position) }
                position += 1
                return .illFormed
            }
            var end = position + 1
            while character.isUnfinished, end < input.count, character.extend(by: input[end]) { end += 1 }
            if !character.isUnfinished {
                position = end
            } else if position > start {
                return .text(start..<position)
            } else if end == input.count {
                carried = character
                position = end
                return nil
            } else {
                position = end
                return .illFormed
            }
        }
        return position > start ? .text(start..<position) : nil
    }

    /// Ends the stream: true if it ended inside a character, for which a terminal shows one U+FFFD.
    package mutating func finish() -> Bool {
        defer { carried = .none }
        return carried.isUnfinished
    }

    /// Decodes all of `input` onto the end of `text`.
    package mutating func decode(_ input: ArraySlice<UInt8>, into text: inout [UInt8]) {
        var position = 0
        while let piece = next(in: input.span, from: &position) {
            switch piece {
            case .text(let range):
                text.append(contentsOf: input[(input.startIndex + range.lowerBound)..<(input.startIndex + range.upperBound)])
            case .joined(let scalar): text.append(contentsOf: UTF8.encode(scalar).unsafelyUnwrapped)
            case .illFormed: text.append(contentsOf: Self.replacement)
            }
        }
    }

    /// Ends the stream as `finish` does and appends the U+FFFD if one is due.
    package mutating func flush(into text: inout [UInt8]) {
        if finish() { text.append(contentsOf: Self.replacement) }
    }

    /// U+FFFD in UTF-8.
    static let replacement: [UInt8] = [0xEF, 0xBF, 0xBD]
}

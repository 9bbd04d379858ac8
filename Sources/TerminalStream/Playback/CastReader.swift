/// Reads an asciicast v2 file (docs.asciinema.org, "asciicast v2") as it grows, in pieces cut anywhere.
///
/// Lines that are no events of it, unknown kinds of events, and lines of more than `longestLine` bytes are skipped. Memory: one line.
package struct CastReader: Sendable {
    /// Bytes. The session writes one event for what it relayed at once, and a control character takes six bytes.
    package static let longestLine = 1 << 20

    private var line: [UInt8] = []
    private var isTooLong = false
    private var sawHeader = false
    /// How many lines were skipped, empty ones not counted.
    package private(set) var skippedLines = 0

    package init() {}

    /// Reads the next bytes of the file, and gives each event that they complete.
    package mutating func read(_ bytes: ArraySlice<UInt8>, _ take: (CastEvent) -> Void) {
        var rest = bytes
        while let end = rest.firstIndex(of: 0x0A) {
            add(rest[..<end])
            finishLine(take)
            rest = rest[(end + 1)...]
        }
        add(rest)
    }

    private mutating func add(_ bytes: ArraySlice<UInt8>) {
        guard !isTooLong, line.count + bytes.count <= Self.longestLine else {
            isTooLong = true
            line = []
            return
        }
        line += bytes
    }

    private mutating func finishLine(_ take: (CastEvent) -> Void) {
        defer {
            line.removeAll(keepingCapacity: line.capacity <= 1 << 16)
            isTooLong = false
        }
        guard isTooLong || !line.isEmpty else { return }
        if !isTooLong, let event = sawHeader ? Self.event(line) : Self.header(line) {
            sawHeader = true
            take(event)
        } else {
            skippedLines += 1
        }
    }

    private static func header(_ line: [UInt8]) -> CastEvent? {
        var json = JSONScanner(line)
        guard json.take("{") else { return nil }
        var size: (columns: UInt64?, rows: UInt64?)
        repeat {
            guard let name = json.string(), json.take(":") else { return nil }
            switch String(decoding: name, as: UTF8.self) {
            case "version": guard json.wholeNumber() == 2 else { return nil }
            case "width": size.columns = json.wholeNumber()
            case "height": size.rows = json.wholeNumber()
            default: guard json.skipValue() else { return nil }
            }
        } while json.take(",")
        guard json.take("}"), json.isAtEnd, let columns = size.columns, let rows = size.rows else { return nil }
        return .header(columns: Int(clamping: columns), rows: Int(clamping: rows))
    }

    private static func event(_ line: [UInt8]) -> CastEvent? {
        var json = JSONScanner(line)
        guard json.take("["), let time = json.nanoseconds(), json.take(","), let kind = json.string(), json.take(","),
            let data = json.string(), json.take("]"), json.isAtEnd
        else { return nil }
        switch kind {
        case [UInt8(ascii: "o")]: return .output(data, at: time)
        case [UInt8(ascii: "m")]: return .marker(data, at: time)
        case [UInt8(ascii: "r")]:
            let numbers = data.split(separator: UInt8(ascii: "x"), omittingEmptySubsequences: false)
            guard numbers.count == 2, let columns = Int(String(decoding: numbers[0], as: UTF8.self)),
                let rows = Int(String(decoding: numbers[1], as: UTF8.self)), columns > 0, rows > 0
            else { return nil }
            return .resize(columns: columns, rows: rows, at: time)
        default: return nil
        }
    }
}

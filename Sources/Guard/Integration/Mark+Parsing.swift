extension Mark {
    /// - Parameter body: what stands between the nonce's `;` and the BEL.
    init(body: ArraySlice<UInt8>) { self = Self.parse(body) ?? .malformed }

    private static func parse(_ body: ArraySlice<UInt8>) -> Mark? {
        let fields = body.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)
        switch (fields.first.map(Array.init), fields.count) {
        case (Array("A".utf8), 1): return .promptStart(isContinuation: false)
        case (Array("A".utf8), 2) where fields[1].elementsEqual("k".utf8): return .promptStart(isContinuation: true)
        case (Array("B".utf8), 1): return .editingStart
        case (Array("C".utf8), 1): return .commandStart(token: nil)
        case (Array("C".utf8), 2): return token(fields[1]).map { .commandStart(token: $0) }
        case (Array("D".utf8), 2):
            return number(fields[1]).flatMap { $0 <= 255 ? .commandEnd(status: $0) : nil }
        case (Array("h".utf8), 4):
            guard let shell = Shell(rawValue: String(decoding: fields[1], as: UTF8.self)), let login = number(fields[3]), login < 2,
                let version = unquoted(fields[2])
            else { return nil }
            return .ready(shell, version: version, isLogin: login == 1)
        case (Array("n".utf8), 2): return .none(shell: Array(fields[1]))
        case (Array("i".utf8), 1): return .nothingToJudge
        case (Array("x".utf8), 1): return .askAgain
        case (Array("r".utf8), 6...): return report(fields).map { .report($0) }
        default: return nil
        }
    }

    private static func report(_ fields: [ArraySlice<UInt8>]) -> Report? {
        guard fields.count % 3 == 0, let token = token(fields[1]), let cursor = number(fields[2]), let line = unquoted(fields[4]),
            let before = unquoted(fields[5])
        else { return nil }
        var report = Report(token: token, line: line, cursor: cursor)
        for flag in fields[3] {
            switch flag {
            case UInt8(ascii: "h"): report.beforeExpansion = before
            case UInt8(ascii: "c"): report.isContinuation = true
            case UInt8(ascii: "v"): report.isViCommand = true
            case UInt8(ascii: "t"): report.isCut = true
            case UInt8(ascii: "e"): report.isInvalid = true
            default: return nil
            }
        }
        for first in stride(from: 6, to: fields.count, by: 3) {
            guard let name = unquoted(fields[first + 1]), let body = unquoted(fields[first + 2]) else { return nil }
            if fields[first].elementsEqual("cut".utf8) {
                report.definitionsAreCut = true
            } else if let kind = Definition.Kind(rawValue: String(decoding: fields[first], as: UTF8.self)) {
                report.definitions.append(Definition(kind: kind, name: name, body: body))
            } else {
                return nil
            }
        }
        return report
    }

    private static func token(_ field: ArraySlice<UInt8>) -> [UInt8]? {
        field.count == 16 && field.allSatisfy { hexadecimal($0) != nil } ? Array(field) : nil
    }

    private static func number(_ field: ArraySlice<UInt8>) -> Int? {
        guard (1...9).contains(field.count) else { return nil }
        var value = 0
        for digit in field {
            guard (0x30...0x39).contains(digit) else { return nil }
            value = value * 10 + Int(digit - 0x30)
        }
        return value
    }

    /// Takes `%XX` back (RFC 3986 §2.1; any byte else may stand for itself).
    private static func unquoted(_ field: ArraySlice<UInt8>) -> [UInt8]? {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(field.count)
        var rest = field
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard let high = rest.popFirst().flatMap(hexadecimal), let low = rest.popFirst().flatMap(hexadecimal) else { return nil }
            bytes.append(high << 4 | low)
        }
        return bytes
    }

    private static func hexadecimal(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x41 + 10
        case 0x61...0x66: byte - 0x61 + 10
        default: nil
        }
    }
}

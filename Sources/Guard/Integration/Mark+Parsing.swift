extension Mark {
    /// - Parameter body: what stands between the nonce's `;` and BEL.
    init(body: ArraySlice<UInt8>) { self = Self.parse(body) ?? .malformed }

    private static func parse(_ body: ArraySlice<UInt8>) -> Mark? {
        let fields = body.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)
        guard let kind = fields.first, kind.count == 1 else { return nil }
        switch (Unicode.Scalar(kind[kind.startIndex]), fields.count) {
        case ("A", 1): return .promptStart(isContinuation: false)
        // Kind and number (`MarkScanner`).
        case ("A", 3) where fields[1].isEmpty: return .promptStart(isContinuation: false)
        case ("A", 3) where fields[1].elementsEqual("k".utf8): return .promptStart(isContinuation: true)
        case ("B", 1): return .editStart
        case ("C", 1): return .commandStart(token: [])
        case ("C", 2): return token(fields[1]).map { .commandStart(token: $0) }
        case ("D", 3):
            guard let status = number(fields[1]).flatMap(UInt8.init(exactly:)), let level = number(fields[2]) else { return nil }
            return .commandEnd(status: status, level: level)
        case ("h", 5):
            guard let level = number(fields[4]) else { return nil }
            return shells.first { fields[1].elementsEqual($0.name.utf8) }.map { .hello($0, level: level) }
        case ("n", 2): return .noIntegration
        case ("w", 1): return .waiting
        case ("i", 1): return .nothingToJudge
        case ("x", 1): return .askAgain
        case ("p", 2): return unquoted(fields[1]).map { .pending($0) }
        case ("r", 7...): return report(fields).map { .report($0) }
        default: return nil
        }
    }

    private static let shells: [LineLanguage] = [.bash, .zsh, .fish]

    private static func report(_ fields: [ArraySlice<UInt8>]) -> EditorReport? {
        guard fields.count % 3 == 1, let token = token(fields[1]), let cursor = number(fields[2]), let text = unquoted(fields[4]),
            let typed = unquoted(fields[5]), let pending = unquoted(fields[6])
        else { return nil }
        var report = EditorReport(
            token: token, text: text, pending: pending, definitions: [], definitionsAreCut: false, cursor: cursor)
        for flag in fields[3] {
            switch Unicode.Scalar(flag) {
            case "h": report.typed = typed
            case "c": report.isContinuation = true
            case "v": report.isViCommand = true
            case "e": report.isInvalid = true
            default: return nil
            }
        }
        for first in stride(from: 7, to: fields.count, by: 3) {
            guard let name = unquoted(fields[first + 1]), let text = unquoted(fields[first + 2]) else { return nil }
            switch String(decoding: fields[first], as: UTF8.self) {
            case "alias": report.definitions.append(LineDefinition(.alias, name: name, text: text))
            case "global-alias": report.definitions.append(LineDefinition(.globalAlias, name: name, text: text))
            case "suffix-alias": report.definitions.append(LineDefinition(.suffixAlias, name: name, text: text))
            case "function": report.definitions.append(LineDefinition(.function, name: name, text: text))
            case "cut": report.definitionsAreCut = true
            default: return nil
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

    /// Takes `%XX` back (RFC 3986 §2.1; any other byte stands for itself).
    private static func unquoted(_ field: ArraySlice<UInt8>) -> [UInt8]? {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(field.count)
        var rest = field
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard let high = rest.popFirst().flatMap(hexadecimal), let low = rest.popFirst().flatMap(hexadecimal) else {
                return nil
            }
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

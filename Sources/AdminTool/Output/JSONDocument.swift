internal import Foundation
internal import MonitorProtocol

/// One JSON document on stdout, sorted keys, safe to look at on a terminal.
enum JSONDocument {
    static func write(_ value: some Encodable) throws {
        let encoder = lineEncoder()
        encoder.outputFormatting.insert(.prettyPrinted)
        try StandardOutput.write(line(value, encoder))
    }

    /// For `line`; make it once.
    static func lineEncoder() -> JSONEncoder {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.keyEncodingStrategy = .convertToSnakeCase
        return encoder
    }

    /// One document on one line, for streams of them.
    static func line(_ value: some Encodable, _ encoder: JSONEncoder) throws -> String {
        VisibleJSON.text(String(decoding: try encoder.encode(value), as: UTF8.self)) + "\n"
    }
}

/// Writes `null` for a missing value, where the compiler's coding would leave the key out: scripts find every key in every document.
@propertyWrapper
struct AlwaysThere<Value: Encodable>: Encodable {
    var wrappedValue: Value?

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        if let wrappedValue { try container.encode(wrappedValue) } else { try container.encodeNil() }
    }
}

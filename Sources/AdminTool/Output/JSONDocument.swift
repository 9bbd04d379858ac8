internal import Foundation

/// One JSON document on stdout, sorted keys, safe to look at on a terminal.
enum JSONDocument {
    static func write(_ value: some Encodable) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        encoder.keyEncodingStrategy = .convertToSnakeCase
        let text = String(decoding: try encoder.encode(value), as: UTF8.self)
        try StandardOutput.write(SafeText.escapedJSON(text) + "\n")
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

import Foundation

/// A parsed JSON document, read by key and index; what is not there is null.
struct JSON: CustomStringConvertible {
    private let value: Any?

    init(_ bytes: [UInt8]) throws {
        do {
            value = try JSONSerialization.jsonObject(with: Data(bytes), options: [.fragmentsAllowed])
        } catch {
            throw HarnessError("not JSON: \(String(decoding: bytes.prefix(500), as: UTF8.self))")
        }
    }

    private init(value: Any?) { self.value = value }

    subscript(_ key: String) -> JSON { JSON(value: (value as? [String: Any])?[key]) }
    subscript(_ index: Int) -> JSON { JSON(value: elements.indices.contains(index) ? elements[index].value : nil) }

    var string: String? { value as? String }
    var number: Int? { (value as? NSNumber)?.intValue }
    var seconds: Double? { (value as? NSNumber)?.doubleValue }
    var boolean: Bool? { value as? Bool }
    var elements: [JSON] { (value as? [Any] ?? []).map { JSON(value: $0) } }
    var description: String { value.map { "\($0)" } ?? "null" }
}

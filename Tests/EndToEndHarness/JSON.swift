import Foundation

/// A parsed JSON document, read by key and index; what is not there is null.
package struct JSON: CustomStringConvertible {
    private let value: Any?

    package init(_ bytes: [UInt8]) throws {
        do {
            value = try JSONSerialization.jsonObject(with: Data(bytes), options: [.fragmentsAllowed])
        } catch {
            throw HarnessError("not JSON: \(String(decoding: bytes.prefix(500), as: UTF8.self))")
        }
    }

    private init(value: Any?) { self.value = value }

    package subscript(_ key: String) -> JSON { JSON(value: (value as? [String: Any])?[key]) }
    package subscript(_ index: Int) -> JSON { JSON(value: elements.indices.contains(index) ? elements[index].value : nil) }

    package var string: String? { value as? String }
    package var number: Int? { (value as? NSNumber)?.intValue }
    package var seconds: Double? { (value as? NSNumber)?.doubleValue }
    package var boolean: Bool? { value as? Bool }
    package var elements: [JSON] { (value as? [Any] ?? []).map { JSON(value: $0) } }
    package var description: String { value.map { "\($0)" } ?? "null" }
}

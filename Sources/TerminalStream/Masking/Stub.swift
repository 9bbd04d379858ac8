package struct MaskSetError: Error { package var reason: String }
package enum MaskPattern {
    package static func check(_ text: String) throws(MaskSetError) {}
    package static func quoted(_ text: String) -> String { text }
}
package struct MaskSet: Sendable {
    package var image: [UInt8] = [1]
    package var ruleCount: Int { 0 }
    package init(compiling rules: [MaskRule]) throws(MaskSetError) {}
    package init(image: UnsafeRawBufferPointer, owner: AnyObject) throws(MaskSetError) {}
}
package struct KnownValues: Sendable {
    package static let shortest = 8
    package init(_ values: [[UInt8]]) {}
    package static func forms(of secret: [UInt8]) -> [[UInt8]] { [] }
}
package enum MaskCatalogue { package static let rules: [MaskRule] = [] }
extension MaskValidator { package var name: String { "\(self)" } }
extension MaskStyle { package var name: String { "\(self)" } }
package struct MaskedStream {
    private var out: [UInt8] = []
    package init(
        _ set: MaskSet, known: KnownValues?, actions: [MaskAction], columnNames: [String], clock: MaskClock, columns: Int?
    ) {}
    package mutating func feed(_ bytes: ArraySlice<UInt8>, at now: UInt64) { out += bytes }
    package mutating func takeOutput() -> ArraySlice<UInt8> { defer { out = [] }; return out[...] }
    package mutating func takeFindings() -> [MaskFinding] { [] }
    package mutating func takeLostFindings() -> [Int: Int] { [:] }
    package mutating func expectEcho(of typed: ArraySlice<UInt8>, at now: UInt64) {}
    package mutating func resize(columns: Int) {}
    package var deadline: UInt64? { nil }
    package mutating func advance(at now: UInt64) {}
    package mutating func finish() {}
    package var heldBytes: Int { 0 }
}

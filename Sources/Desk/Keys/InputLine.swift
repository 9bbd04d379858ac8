/// A line that is being typed: the filter, or a reason. Only visible characters get in, and at most `limit` of them.
struct InputLine: Equatable, Sendable {
    static let limit = 256

    private(set) var text = ""
    private var count = 0

    var isEmpty: Bool { count == 0 }

    /// Takes a key if it edits the line; false if it means something else.
    mutating func take(_ key: DeskKey) -> Bool {
        switch key {
        case .text(let scalar), .pasted(let scalar): append(scalar)
        case .control(0x08), .control(0x7F): removeLast()
        case .control(0x15): clear()  // ^U
        case .control(0x17):  // ^W
            while text.unicodeScalars.last == " " { removeLast() }
            while let last = text.unicodeScalars.last, last != " " { removeLast() }
        default: return false
        }
        return true
    }

    mutating func clear() { self = InputLine() }

    private mutating func append(_ scalar: Unicode.Scalar) {
        guard count < Self.limit, scalar.isPlainlySeen || (!isEmpty && scalar.isOrdinaryCombining) else { return }
        text.unicodeScalars.append(scalar)
        count += 1
    }

    private mutating func removeLast() {
        guard text.unicodeScalars.popLast() != nil else { return }
        count -= 1
    }
}

/// Values that are known beforehand, as one automaton (Aho and Corasick 1975): wherever one of them appears it is masked.
///
/// Made in the session process from the password of its login; it holds the values, so it lives as long as the session and no longer.
package struct KnownValues: Sendable {
    private let classes: [UInt8]
    private let stride: Int
    /// States times stride, for each state and class.
    private let next: [UInt32]
    /// How many bytes of a value are on their way: what has to be held back.
    private let depths: [UInt16]
    /// How long the longest value is that ends here; 0 if none does.
    private let lengths: [UInt16]

    package static let shortest = 8
    package static let longest = 1024
    package static let mostValues = 64

    /// - Parameter values: those shorter than `shortest` or longer than `longest` are left out, they would mask what is none or take too much; and so are
    ///   those behind the first `mostValues`.
    package init(_ values: [[UInt8]]) {
        let values = values.filter { (Self.shortest...Self.longest).contains($0.count) }.prefix(Self.mostValues)
        var classOfByte = [UInt8](repeating: 0, count: 256)
        var used = 0
        for byte in values.joined() where classOfByte[Int(byte)] == 0 && used < 255 {
            used += 1
            classOfByte[Int(byte)] = UInt8(used)
        }
        // With all 256 bytes in use the last one shares class 0, which then belongs to it alone.
        let width = used + 1
        var table = [Int](repeating: 0, count: width)
        var depths: [UInt16] = [0]
        var lengths: [UInt16] = [0]
        for value in values {
            var state = 0
            for byte in value {
                let place = state * width + Int(classOfByte[Int(byte)])
                if table[place] == 0 {
                    table[place] = depths.count
                    table += [Int](repeating: 0, count: width)
                    depths.append(depths[state] + 1)
                    lengths.append(0)
                }
                state = table[place]
            }
            lengths[state] = UInt16(value.count)
        }
        Self.addFailures(&table, &lengths, width: width)
        classes = classOfByte
        stride = width
        next = table.map { UInt32($0 * width) }
        self.depths = depths
        self.lengths = lengths
    }

    /// Breadth first: where a value does not go on, the longest other one that has begun does.
    private static func addFailures(_ table: inout [Int], _ lengths: inout [UInt16], width: Int) {
        var failure = [Int](repeating: 0, count: lengths.count)
        var queue = table[0..<width].filter { $0 != 0 }
        var index = 0
        while index < queue.count {
            let state = queue[index]
            index += 1
            lengths[state] = max(lengths[state], lengths[failure[state]])
            for each in 0..<width {
                let fallback = table[failure[state] * width + each]
                let child = table[state * width + each]
                if child == 0 {
                    table[state * width + each] = fallback
                } else {
                    failure[child] = fallback
                    queue.append(child)
                }
            }
        }
    }

    static let start: UInt32 = 0

    /// Reads on until a value ends; returns the index behind its last byte, or nil at the end of `text`.
    func nextHit(in text: UnsafeBufferPointer<UInt8>, from index: Int, _ state: inout UInt32) -> Int? {
        next.withUnsafeBufferPointer { next in
            classes.withUnsafeBufferPointer { classes in
                var current = state
                defer { state = current }
                for index in index..<text.count {
                    current = next[Int(current &+ UInt32(classes[Int(text[index])]))]
                    if current != 0, lengths[Int(current) / stride] != 0 { return index + 1 }
                }
                return nil
            }
        }
    }

    func length(_ state: UInt32) -> Int { Int(lengths[Int(state) / stride]) }

    func hold(_ state: UInt32) -> Int { Int(depths[Int(state) / stride]) }
}

/// Bytes that no set of an automaton tells apart, as one class: a row of a table is as wide as there are classes.
struct ByteClasses: Sendable {
    /// The class of each byte.
    private(set) var classOfByte = [UInt8](repeating: 0, count: 256)
    private(set) var count = 1
    /// One byte of each class.
    private(set) var representatives: [UInt8] = []

    init(separating sets: some Sequence<ByteSet>) {
        for set in Set(sets) {
            // A class that is partly in the set is divided.
            var inside: [Int: UInt8] = [:]
            var outside = Set<UInt8>()
            for byte in UInt8.min...UInt8.max where !set.contains(byte) { outside.insert(classOfByte[Int(byte)]) }
            for byte in UInt8.min...UInt8.max where set.contains(byte) {
                let old = classOfByte[Int(byte)]
                guard outside.contains(old) else { continue }
                if inside[Int(old)] == nil {
                    inside[Int(old)] = UInt8(count)
                    count += 1
                }
                classOfByte[Int(byte)] = inside[Int(old)] ?? old
            }
        }
        representatives = [UInt8](repeating: 0, count: count)
        for byte in UInt8.min...UInt8.max { representatives[Int(classOfByte[Int(byte)])] = byte }
    }

    /// The classes that a set is made of.
    func classes(of set: ByteSet) -> [Int] { (0..<count).filter { set.contains(representatives[$0]) } }
}

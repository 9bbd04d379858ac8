/// What goes out on one side: a slice of what the other side sent, then bytes that had to be copied or are our own.
///
/// As long as everything passes, nothing is copied. After something was left out of an input or put between, the rest of that input is.
struct Outgoing {
    /// The input that `passing` is a range of. Kept no longer than needed, or whoever owns the buffer has to copy it for the next input.
    private var input: ArraySlice<UInt8> = []
    private var passing = 0..<0
    private var copied: [UInt8] = []

    var isEmpty: Bool { passing.isEmpty && copied.isEmpty }
    var copiedCount: Int { copied.count }

    /// A new input, of which slices will be passed. Everything of the one before has been taken.
    mutating func begin(_ input: ArraySlice<UInt8>) {
        precondition(passing.isEmpty, "an input is taken before the next one begins")
        self.input = input
    }

    /// All of the input has been seen.
    mutating func end() {
        if passing.isEmpty { input = [] }
    }

    /// - Parameter isInPlace: `bytes` are a slice of the input.
    mutating func pass(_ bytes: ArraySlice<UInt8>, isInPlace: Bool) {
        guard !bytes.isEmpty else { return }
        if isInPlace, copied.isEmpty, passing.isEmpty {
            passing = bytes.indices
        } else if isInPlace, copied.isEmpty, passing.upperBound == bytes.startIndex {
            passing = passing.lowerBound..<bytes.endIndex
        } else {
            copied += bytes
        }
    }

    mutating func say(_ bytes: [UInt8]) { copied += bytes }

    /// The next bytes to go out, which are the caller's from here on.
    mutating func take() -> ArraySlice<UInt8> {
        if !passing.isEmpty {
            defer { passing = 0..<0 }
            return input[passing]
        }
        defer { copied = [] }
        return copied[...]
    }
}

/// Bytes on their way out of the guard to one side. What passes as it came is not copied.
struct Outlet {
    private var bytes: ArraySlice<UInt8> = []

    var isEmpty: Bool { bytes.isEmpty }
    var count: Int { bytes.count }

    mutating func append(_ more: ArraySlice<UInt8>) {
        if bytes.isEmpty { bytes = more } else { bytes += more }
    }

    mutating func append(_ more: [UInt8]) { append(more[...]) }

    /// Takes all of it. An empty slice holds its buffer too, so a fresh one stays behind.
    mutating func take() -> ArraySlice<UInt8> {
        defer { bytes = [] }
        return bytes
    }
}

/// Reads an image and believes none of it: every offset is inside, every state, class and rule exists.
struct ImageReader {
    let bytes: UnsafeRawBufferPointer
    private(set) var ruleCount = 0
    private var rules = 0

    /// - Throws: if it is no image, or of another version.
    init(_ bytes: UnsafeRawBufferPointer) throws(MaskSetError) {
        self.bytes = bytes
        guard bytes.count >= ImageFormat.Header.count.rawValue * 4, bytes.count <= ImageFormat.mostBytes,
            Int(bitPattern: bytes.baseAddress) % 4 == 0
        else { throw MaskSetError("not an image of mask rules") }
        guard try header(.magic) == Int(ImageFormat.magic) else { throw MaskSetError("not an image of mask rules") }
        guard try header(.version) == Int(ImageFormat.version) else { throw MaskSetError("the image is of another version") }
        guard try header(.size) == bytes.count else { throw damaged("its size") }
        ruleCount = try header(.ruleCount)
        rules = try header(.rules)
        guard ruleCount <= ImageFormat.mostRules else { throw damaged("the number of rules") }
        let _: UnsafePointer<UInt32> = try array(at: rules, count: ruleCount * ImageFormat.Record.count.rawValue)
    }

    func damaged(_ what: String) -> MaskSetError { MaskSetError("the image is damaged: \(what)") }

    func header(_ field: ImageFormat.Header) throws(MaskSetError) -> Int { try word(field.rawValue * 4) }

    func record(_ rule: Int, _ field: ImageFormat.Record) throws(MaskSetError) -> Int {
        try word(rules + (rule * ImageFormat.Record.count.rawValue + field.rawValue) * 4)
    }

    func text(at offset: Int, count: Int) throws(MaskSetError) -> String {
        let bytes: UnsafePointer<UInt8> = try array(at: offset, count: count)
        guard let text = String(validating: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self) else {
            throw damaged("a name")
        }
        return text
    }

    func byteSet(at offset: Int) throws(MaskSetError) -> FlatByteSet { FlatByteSet(bitmap: try array(at: offset, count: 32)) }

    func array<Value: FixedWidthInteger>(at offset: Int, count: Int) throws(MaskSetError) -> UnsafePointer<Value> {
        let width = MemoryLayout<Value>.size
        guard let base = bytes.baseAddress, offset % 4 == 0, offset >= 0, count >= 0, offset <= bytes.count,
            count <= (bytes.count - offset) / width
        else { throw damaged("an offset") }
        return (base + offset).assumingMemoryBound(to: Value.self)
    }

    private func word(_ offset: Int) throws(MaskSetError) -> Int {
        let words: UnsafePointer<UInt32> = try array(at: offset, count: 1)
        return Int(words[0])
    }
}

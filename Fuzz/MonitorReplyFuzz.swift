/// Whatever is read as a reply is its one encoding.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    if let (number, reply) = try? MonitorReply.decode(bytes) {
        precondition(reply.encoded(number: number) == bytes, "two encodings of one reply")
    }
    return 0
}

/// Whatever a taken-over session process sends is refused, or is the one encoding of what it is read as.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    if let (number, request) = try? SessionRequest.decode(bytes) {
        precondition(request.encoded(number: number) == bytes, "two encodings of one request")
    }
    return 0
}

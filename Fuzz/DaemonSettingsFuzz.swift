/// Whatever stands in sallyport.yaml is loaded or explained, in time.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let problems = Problems()
    let document = Document(file: "sallyport.yaml", problems: problems)
    let settings = document.root(of: Array(UnsafeBufferPointer(start: start, count: count))).flatMap {
        DaemonDocument($0, in: document).configuration
    }
    precondition((settings != nil) == (problems.count == 0), "a mistake without words")
    return 0
}

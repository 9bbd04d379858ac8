/// Whatever stands in access.yaml is loaded or explained, in time.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let problems = Problems()
    let document = Document(file: "access.yaml", problems: problems)
    let rules = document.root(of: Array(UnsafeBufferPointer(start: start, count: count))).flatMap {
        AccessDocument.rules($0, in: document)
    }
    precondition((rules != nil) == (problems.count == 0), "a mistake without words")
    return 0
}

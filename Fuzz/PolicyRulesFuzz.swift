internal import Policy

/// Whatever stands in policy.yaml is loaded or explained, in time; and what is loaded judges.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let problems = Problems()
    let document = Document(file: "policy.yaml", problems: problems, tellsColumns: true)
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    let rules = document.root(of: bytes).flatMap { PolicyDocument.rules($0, in: document, access: nil) }
    precondition((rules != nil) == (problems.count == 0), "a mistake without words")
    guard let rules else { return 0 }
    _ = rules.judge(command: bytes, in: Situation())
    for test in rules.tests {
        switch test.question {
        case .command(let line): _ = rules.judge(command: Array(line.utf8), in: test.situation)
        case .file(let operation): _ = rules.judge(file: operation, in: test.situation)
        }
    }
    return 0
}

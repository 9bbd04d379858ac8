/// Whatever stands in SQL is read in time, within the bounds, and a part that is only known when it runs is never lost.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    guard count > 1 else { return 0 }
    let bytes = UnsafeBufferPointer(start: start, count: count)
    let text = String(decoding: bytes.dropFirst(2), as: UTF8.self)
    let dialect = SQLDialect.allCases[Int(bytes[0]) % SQLDialect.allCases.count]
    let reading = SQLReader.read(text, dialect: dialect)
    precondition(reading.statements.count <= SQLBounds.statements, "more statements than the bound")
    precondition(
        reading.statements.allSatisfy { $0.text.count <= 200 && $0.tables.count <= SQLBounds.tables }, "more text than the bound")
    precondition(reading.doubts.allSatisfy { $0.text.count <= 300 }, "a long sentence")

    // The same text in a command, cut into words, with a hole where the second byte says.
    let programs = ["psql", "mysql", "sqlite3", "usql", "mysqladmin", "clickhouse", "dropdb", "mysqlslap"]
    let parts = text.split(separator: "\n", omittingEmptySubsequences: false).prefix(64).map(String.init)
    let hole = Int(bytes[1]) % (parts.count + 1)
    var words = [CommandWord(programs[Int(bytes[0] / 4) % programs.count])] + parts.map { CommandWord($0) }
    let unknown = CommandWord.Unknown(source: "$x", candidates: parts.first.map { [$0] } ?? [], splits: bytes[1] > 127)
    words.insert(CommandWord(pieces: [.text("-c"), .unknown(unknown)], source: "-c$x"), at: 1 + hole)
    _ = SQLSource.statements(of: RunCommand(words: words))

    let input = CommandWord(pieces: [.text(text), .unknown(unknown)], source: "")
    for client in [["psql"], ["mysql", "-G"], ["sqlite3"], ["psql", "-S"]] {
        let read = SQLSource.statements(of: RunCommand(words: client.map { CommandWord($0) }, input: .text(input)))
        precondition(read?.doubts.isEmpty == false, "a hole without a doubt")
    }
    return 0
}

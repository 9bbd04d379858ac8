/// INSERT, REPLACE, UPDATE, DELETE, MERGE and TRUNCATE.
extension SQLStatementReader {
    mutating func insert(_ range: Range<Int>, depth: Int) {
        let end = range.upperBound
        var index = skip(
            ["LOW_PRIORITY", "DELAYED", "HIGH_PRIORITY", "IGNORE", "OVERWRITE"], from: range.lowerBound + 1, before: end)
        var replaces = tokens[range.lowerBound].word == "REPLACE"
        // SQLite's `INSERT OR REPLACE`.
        if word(index, before: end) == "OR" {
            replaces = replaces || word(index + 1, before: end) == "REPLACE"
            index += 2
        }
        index = skip(["INTO", "TABLE", "IGNORE"], from: index, before: end)
        var target = Names()
        let name = name(at: index, before: end)
        target.add(name?.text)
        let scan = scan(min(name?.next ?? index, end)..<end, depth: depth)
        // CockroachDB's UPSERT is an INSERT that updates.
        let head = tokens[range.lowerBound].word
        if head != "REPLACE" { add("INSERT", nil, target, in: range) }
        if replaces { add("REPLACE", nil, target, in: range) }
        if scan.updatesOnConflict || head == "UPSERT" {
            // Rows that are given one by one restrict it as a condition would; a query without one does not.
            add("UPDATE", nil, target, hasWhere: !scan.selects || isRestricted(scan), in: range)
        }
        addReads(scan, in: range)
    }

    mutating func update(_ range: Range<Int>, depth: Int) {
        let end = range.upperBound
        var index = skip(["LOW_PRIORITY", "IGNORE", "ONLY"], from: range.lowerBound + 1, before: end)
        if word(index, before: end) == "OR" { index += 2 }
        index = min(index, end)
        let set = outer(index..<end).first { tokens[$0].word == "SET" } ?? end
        // MySQL: `UPDATE a JOIN b ON … SET`. It may change any of them.
        let targets = scan(index..<set, depth: depth, ScanStart(expectsTable: true))
        let scan = scan(set..<end, depth: depth)
        add(
            "UPDATE", nil, targets.reads, mayTouchOtherTables: targets.reads.texts.isEmpty, hasWhere: isRestricted(scan),
            in: range)
        addReads(scan, in: range)
    }

    mutating func delete(_ range: Range<Int>, depth: Int) {
        let end = range.upperBound
        var index = skip(["LOW_PRIORITY", "QUICK", "IGNORE"], from: range.lowerBound + 1, before: end)
        let isPlain = word(index, before: end) == "FROM"
        if isPlain { index += 1 }
        let (targets, next) = names(from: index, before: end)
        let scan = scan(next..<end, depth: depth, ScanStart(usingNamesTables: true, wantsAliases: true))
        // MySQL: `DELETE a FROM t AS a JOIN …`, `DELETE FROM a USING t AS a JOIN …`.
        var tables = Names()
        for target in targets.texts {
            let name = target.hasSuffix(".*") ? String(target.dropLast(2)) : target
            tables.add(scan.aliases[name] ?? name)
        }
        add(
            "DELETE", nil, tables, mayTouchOtherTables: targets.texts.isEmpty || (targets.hasUnknown && isPlain),
            hasWhere: isRestricted(scan), in: range)
        addReads(scan, in: range)
    }

    /// MERGE, and each thing that it does on a match as a statement of its own.
    mutating func merge(_ range: Range<Int>, depth: Int) {
        let end = range.upperBound
        let index = skip(["INTO", "ONLY"], from: range.lowerBound + 1, before: end)
        var target = Names()
        let name = name(at: index, before: end)
        target.add(name?.text)
        let rest = min(name?.next ?? index, end)..<end
        let scan = scan(rest, depth: depth, ScanStart(isQuery: false, usingNamesTables: true))
        add("MERGE", nil, target, in: range)
        var on = rest.upperBound
        var when = rest.upperBound
        var actions: Set<String> = []
        var isAboutOthers = false
        for index in outer(rest) {
            switch tokens[index].word {
            case "ON" where on == rest.upperBound && when == rest.upperBound: on = index + 1
            case "WHEN" where when == rest.upperBound: when = index
            // `WHEN NOT MATCHED BY SOURCE`: the rows for which ON does not hold.
            case "SOURCE": isAboutOthers = true
            case "INSERT", "UPDATE", "DELETE":
                if previous(index, in: rest) == "THEN" { actions.insert(tokens[index].word) }
            default: break
            }
        }
        let isRestricted = !isAboutOthers && on < when && dependsOnRow(on..<when)
        for action in actions.sorted() { add(.init(rawValue: action), nil, target, hasWhere: isRestricted, in: range) }
        addReads(scan, in: range)
    }

    mutating func truncate(_ range: Range<Int>) {
        let start = range.lowerBound + 1
        let isDatabase = word(start, before: range.upperBound) == "DATABASE"
        let (names, next) = names(from: isDatabase ? start + 1 : start, before: range.upperBound)
        let cascades = tokens[next..<range.upperBound].contains { $0.word == "CASCADE" }
        add(
            "TRUNCATE", isDatabase ? "DATABASE" : "TABLE", names,
            mayTouchOtherTables: cascades || isDatabase || names.texts.isEmpty, in: range)
    }

    private func isRestricted(_ scan: Scan) -> Bool { scan.condition.map { dependsOnRow($0) } ?? false }
}

/// Lays compiled rules out as an image.
struct ImageWriter {
    private var bytes: [UInt8] = []

    static func write(_ rules: [CompiledRule], trigger: TriggerAutomaton, early: EarlyAutomaton?) -> [UInt8] {
        var writer = ImageWriter()
        var header = [UInt32](repeating: 0, count: ImageFormat.Header.count.rawValue)
        func set(_ field: ImageFormat.Header, _ value: Int) { header[field.rawValue] = UInt32(value) }
        var records: [UInt32] = []
        writer.bytes = [UInt8](repeating: 0, count: (header.count + rules.count * ImageFormat.Record.count.rawValue) * 4)

        for rule in rules { records += writer.append(rule) }

        header[ImageFormat.Header.magic.rawValue] = ImageFormat.magic
        header[ImageFormat.Header.version.rawValue] = ImageFormat.version
        set(.ruleCount, rules.count)
        set(.rules, header.count * 4)
        set(.triggerClasses, writer.append(trigger.classes.classOfByte))
        set(.triggerStride, trigger.classes.count)
        set(.triggerStates, trigger.stateCount)
        set(.triggerTable, writer.append(words: trigger.next.map { UInt32($0 * trigger.classes.count) }))
        set(.triggerFirstAccepting, trigger.firstAccepting * trigger.classes.count)
        var index: [UInt32] = [0]
        for hits in trigger.hits { index.append((index.last ?? 0) + UInt32(hits.count)) }
        set(.hitIndex, writer.append(words: index))
        set(.hits, writer.append(halves: trigger.hits.flatMap { $0 }.map { UInt16($0) }))
        set(.hitCount, trigger.hits.reduce(0) { $0 + $1.count })
        if let early {
            let layout = writer.append(early.automaton, flags: early.flags)
            for (offset, value) in layout.enumerated() { header[ImageFormat.Header.earlyClasses.rawValue + offset] = value }
            set(.earlyNotBefore, writer.append(early.notBefore.flatMap(\.bitmap)))
        }
        set(.earlyWidest, rules.filter { $0.early != nil }.map(\.context).max() ?? 0)
        set(.context, rules.map(\.context).max() ?? 0)
        set(.size, writer.bytes.count)

        for (place, word) in (header + records).enumerated() { writer.store(word, at: place * 4) }
        return writer.bytes
    }

    private mutating func append(_ compiled: CompiledRule) -> [UInt32] {
        let rule = compiled.rule
        var record = [UInt32](repeating: 0, count: ImageFormat.Record.count.rawValue)
        func set(_ field: ImageFormat.Record, _ value: Int) { record[field.rawValue] = UInt32(value) }
        set(.name, append(Array(rule.name.utf8)))
        set(.nameLength, rule.name.utf8.count)
        var traits: UInt32 = 0
        if rule.isCommitted { traits |= ImageFormat.Traits.isCommitted }
        if compiled.beginsWithTrigger { traits |= ImageFormat.Traits.beginsWithTrigger }
        if !rule.prefix.isEmpty { traits |= ImageFormat.Traits.hasPrefix }
        if !rule.suffix.isEmpty { traits |= ImageFormat.Traits.hasSuffix }
        if !rule.notAfter.isEmpty { traits |= ImageFormat.Traits.hasBoundaryBehind }
        record[ImageFormat.Record.traits.rawValue] = traits
        set(.category, MaskRule.Category.allCases.firstIndex(of: rule.category) ?? 0)
        set(.style, Int(rule.style.rawValue))
        set(.validator, Int(rule.validator?.rawValue ?? 0))
        set(.widest, rule.widest)
        set(.triggerWidth, compiled.triggerWidth ?? 0)
        set(.notBefore, append(compiled.notBefore.bitmap))
        set(.notAfter, append(compiled.notAfter.bitmap))
        let match = append(compiled.match, flags: compiled.matchFlags)
        let start = append(compiled.start, flags: compiled.startFlags)
        record.replaceSubrange(ImageFormat.Record.matchClasses.rawValue..., with: match + start)
        return record
    }

    private mutating func append(_ automaton: DeterministicAutomaton, flags: [UInt8]) -> [UInt32] {
        [
            UInt32(append(automaton.classes.classOfByte)), UInt32(automaton.classes.count), UInt32(automaton.stateCount),
            UInt32(
                append(
                    words: automaton.next.map { state in
                        UInt32(Int(state) * automaton.classes.count) << FlatAutomaton.flagBits | UInt32(flags[Int(state)])
                    })),
        ]
    }

    private mutating func append(_ data: [UInt8]) -> Int {
        let offset = bytes.count
        bytes += data
        bytes += [UInt8](repeating: 0, count: (4 - bytes.count % 4) % 4)
        return offset
    }

    private mutating func append(halves: [UInt16]) -> Int {
        append(halves.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] })
    }

    private mutating func append(words: [UInt32]) -> Int {
        let offset = bytes.count
        for word in words {
            for byte in 0..<4 { bytes.append(UInt8(truncatingIfNeeded: word >> (byte * 8))) }
        }
        return offset
    }

    private mutating func store(_ word: UInt32, at offset: Int) {
        for byte in 0..<4 { bytes[offset + byte] = UInt8(truncatingIfNeeded: word >> (byte * 8)) }
    }
}

extension CompiledRule {
    /// How many bytes before a trigger's end a match may begin.
    fileprivate var context: Int {
        beginsWithTrigger ? Self.mostTriggerBytes : min(rule.widest, Self.widestHeld)
    }
}

/// An opened image: where each rule's tables are. Immutable; what it was opened from lives as long as it does.
final class MaskImage: @unchecked Sendable {
    /// One rule. Plain data, so that reading a field of it costs nothing.
    struct Rule {
        var category: MaskRule.Category
        var style: MaskStyle
        var validator: MaskValidator?
        var widest: Int
        /// 0: of several widths.
        var triggerWidth: Int
        var isCommitted: Bool
        var beginsWithTrigger: Bool
        var hasPrefix: Bool
        var hasSuffix: Bool
        var hasBoundaryBehind: Bool
        var notBefore: FlatByteSet
        var notAfter: FlatByteSet
        var match: FlatAutomaton
        var start: FlatAutomaton
        /// If the validator does not accept the longest match.
        var triesShorter: Bool { validator != nil && category == .personal }
    }

    /// What is asked at every byte, without a reference to be counted. Only for who keeps the image.
    struct Tables: @unchecked Sendable {
        fileprivate let rules: UnsafeBufferPointer<Rule>
        let trigger: FlatTrigger
        let early: FlatAutomaton?
        fileprivate let earlyNotBefore: UnsafePointer<UInt8>
        let earlyWidest: Int
        let context: Int

        var ruleCount: Int { rules.count }

        /// - Parameter rule: below `ruleCount`.
        @inline(__always) subscript(rule: Int) -> Rule { rules[rule] }

        @inline(__always) func mayBegin(early number: Int, behind byte: UInt8) -> Bool {
            !FlatByteSet(bitmap: earlyNotBefore + 32 * number).contains(byte)
        }
    }

    let bytes: UnsafeRawBufferPointer
    private let owner: AnyObject?
    let names: [String]
    let rules: UnsafeBufferPointer<Rule>
    let trigger: FlatTrigger
    /// Read backwards from the end of the text, accepts where a value may begin whose trigger has not come yet.
    let early: FlatAutomaton?
    /// For each of its states, 32 bytes: what must not stand before.
    private let earlyNotBefore: UnsafePointer<UInt8>
    /// How far back that goes.
    let earlyWidest: Int
    /// How many bytes before a trigger's end a match may begin.
    let context: Int

    /// Opens what somebody else keeps in memory, without a copy.
    ///
    /// - Parameters:
    ///   - bytes: aligned to four bytes, and unchanged while `owner` lives.
    ///   - owner: nil: they are this object's to deallocate.
    /// - Throws: if anything in it is out of bounds.
    init(_ bytes: UnsafeRawBufferPointer, owner: AnyObject?) throws(MaskSetError) {
        self.bytes = bytes
        self.owner = owner
        do throws(MaskSetError) {
            let reader = try ImageReader(bytes)
            var rules: [Rule] = []
            var names: [String] = []
            for index in 0..<reader.ruleCount {
                rules.append(try Self.rule(index, in: reader))
                names.append(try reader.text(at: try reader.record(index, .name), count: try reader.record(index, .nameLength)))
            }
            self.names = names
            trigger = try reader.trigger()
            early =
                try reader.header(.earlyClasses) == 0
                ? nil
                : try reader.automaton { word throws(MaskSetError) in
                    guard let field = ImageFormat.Header(rawValue: ImageFormat.Header.earlyClasses.rawValue + word) else {
                        return 0
                    }
                    return try reader.header(field)
                }
            earlyNotBefore = try reader.array(
                at: try reader.header(.earlyNotBefore), count: 32 * (try reader.header(.earlyStates)))
            let widths = (try reader.header(.earlyWidest), try reader.header(.context))
            guard max(widths.0, widths.1) <= CompiledRule.widestHeld else { throw reader.damaged("a width") }
            (earlyWidest, context) = widths
            let table = UnsafeMutableBufferPointer<Rule>.allocate(capacity: rules.count)
            _ = table.initialize(from: rules)
            self.rules = UnsafeBufferPointer(table)
        } catch {
            if owner == nil { bytes.deallocate() }
            throw error
        }
    }

    deinit {
        rules.deallocate()
        if owner == nil { bytes.deallocate() }
    }

    var tables: Tables {
        Tables(
            rules: rules, trigger: trigger, early: early, earlyNotBefore: earlyNotBefore, earlyWidest: earlyWidest,
            context: context)
    }

    /// Opens a copy of `bytes`.
    static func opening(copyOf image: [UInt8]) throws(MaskSetError) -> MaskImage {
        let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: image.count, alignment: 16)
        copy.copyBytes(from: image)
        return try MaskImage(UnsafeRawBufferPointer(copy), owner: nil)
    }

    private static func rule(_ index: Int, in reader: ImageReader) throws(MaskSetError) -> Rule {
        func word(_ field: ImageFormat.Record) throws(MaskSetError) -> Int { try reader.record(index, field) }
        func automaton(_ first: ImageFormat.Record) throws(MaskSetError) -> FlatAutomaton {
            try reader.automaton { offset throws(MaskSetError) in
                guard let field = ImageFormat.Record(rawValue: first.rawValue + offset) else { return 0 }
                return try reader.record(index, field)
            }
        }
        let category = try word(.category)
        let validator = try word(.validator)
        let widest = try word(.widest)
        let traits = UInt32(try word(.traits))
        guard MaskRule.Category.allCases.indices.contains(category),
            let style = MaskStyle(rawValue: UInt8(truncatingIfNeeded: try word(.style))),
            validator == 0 || MaskValidator(rawValue: UInt8(truncatingIfNeeded: validator)) != nil,
            (1...MaskRule.mostWide).contains(widest), try word(.triggerWidth) <= CompiledRule.mostTriggerBytes
        else { throw reader.damaged("a rule") }
        return Rule(
            category: MaskRule.Category.allCases[category], style: style,
            validator: MaskValidator(rawValue: UInt8(truncatingIfNeeded: validator)), widest: widest,
            triggerWidth: try word(.triggerWidth), isCommitted: traits & ImageFormat.Traits.isCommitted != 0,
            beginsWithTrigger: traits & ImageFormat.Traits.beginsWithTrigger != 0,
            hasPrefix: traits & ImageFormat.Traits.hasPrefix != 0, hasSuffix: traits & ImageFormat.Traits.hasSuffix != 0,
            hasBoundaryBehind: traits & ImageFormat.Traits.hasBoundaryBehind != 0,
            notBefore: try reader.byteSet(at: try word(.notBefore)), notAfter: try reader.byteSet(at: try word(.notAfter)),
            match: try automaton(.matchClasses), start: try automaton(.startClasses))
    }
}

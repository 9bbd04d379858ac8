/// Compiled rules as one run of bytes, little endian, with no pointer in it: made by the monitor, mapped read-only by each session.
///
/// - header: `Header.count` words of 32 bits, in the order of `Header`;
/// - rules: `ruleCount` records of `Record.count` words, in the order of `Record`;
/// - what these point at, by offset from the image's start: byte classes (256 bytes), tables of words, for each state and class the next state times stride with
///   four bits of `StateFlags` below, sets of bytes (32 bytes), names (UTF-8);
/// - the trigger's table is of states times stride without flags; its accepting states come last.
///
/// State 0 is dead, 1 is the start; in the trigger's automaton 0 is the start and none is dead.
enum ImageFormat {
    static let magic: UInt32 = 0x4B53_414D  // "MASK"
    static let version: UInt32 = 2
    static let mostBytes = 64 << 20
    static let mostRules = 4096

    enum Header: Int {
        case magic, version, size, ruleCount, rules
        case triggerClasses, triggerStride, triggerStates, triggerTable, triggerFirstAccepting
        /// For each accepting state, and one more, where its rules begin in `hits`.
        case hitIndex, hits, hitCount
        /// 0 if there is none. Read backwards from the end of the text.
        case earlyClasses, earlyStride, earlyStates, earlyTable
        /// For each of its states the set of bytes that must not stand before.
        case earlyNotBefore
        /// How far back that is worth while, and how far back a rule's start may lie from its trigger's end.
        case earlyWidest, context
        case count
    }

    enum Record: Int {
        case name, nameLength, traits, category, style, validator, widest
        /// 0: of several widths.
        case triggerWidth
        case notBefore, notAfter
        case matchClasses, matchStride, matchStates, matchTable
        case startClasses, startStride, startStates, startTable
        case count
    }

    enum Traits {
        static let isCommitted: UInt32 = 1
        static let beginsWithTrigger: UInt32 = 2
        static let hasPrefix: UInt32 = 4
        static let hasSuffix: UInt32 = 8
        static let hasBoundaryBehind: UInt32 = 16
    }
}

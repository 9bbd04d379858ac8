internal import ArgumentParser
internal import Foundation
internal import Policy
internal import TerminalStream

struct PolicyMask: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mask",
        abstract: "Run the mask rules over standard input.",
        discussion: """
            Writes what a user would see of it. With --report it lists instead what was found: the rule, the line, and from which byte of it to which. \
            What no option says counts as if it could be anybody.
            """)
    @OptionGroup var instance: InstanceOption
    @OptionGroup var policy: PolicyOption
    @OptionGroup var who: SituationOption
    @Flag(help: "List what is found instead.") var report = false
    @OptionGroup var json: JSONOption

    func validate() throws {
        guard report || !json.isOn else { throw ValidationError("--json belongs to --report") }
    }

    func run() throws {
        let loaded = try policy.load(instance)
        let situation = try who.situation(.exec, loaded.access, at: SituationOption.now)
        var text = MaskedText(loaded.policy, try loaded.policy.masking.compiled(), in: situation)
        var lines = LinePositions()
        var buffer = [UInt8](repeating: 0, count: 64 * 1024)
        let encoder = JSONDocument.lineEncoder()
        while true {
            let count = read(STDIN_FILENO, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw ToolFailure("cannot read standard input: \(describe(errno))") }
            lines.take(buffer[..<count])
            let (shown, found) = count == 0 ? text.finish() : text.take(buffer[..<count])
            if !report { try StandardOutput.write(Array(shown)) }
            for finding in found where report {
                let place = Place(rule: text.name(of: finding), lines.place(of: finding.offset), cells: finding.cells)
                try StandardOutput.write(
                    json.isOn
                        ? JSONDocument.line(place, encoder) : "\(place.rule) \(place.line):\(place.column) \(place.cells) cells\n"
                )
            }
            if count == 0 { return }
        }
    }

    /// Where a value stands. The keys are a contract.
    private struct Place: Encodable {
        var rule: String
        /// From 1.
        var line: Int
        /// In bytes, from 1.
        var column: Int
        var cells: Int

        init(rule: String, _ place: (line: Int, column: Int), cells: Int) {
            self.rule = rule
            line = place.line
            column = place.column
            self.cells = cells
        }
    }
}

/// Where lines begin, as far back as somebody may still ask: offsets are asked for in rising order.
struct LinePositions {
    private var taken: UInt64 = 0
    /// The number of the line that begins at `starts.first`.
    private var first = 1
    private var starts: [UInt64] = [0]

    mutating func take(_ bytes: ArraySlice<UInt8>) {
        // No value is that long: nobody asks any more for what lies before.
        let old = starts.dropLast().prefix { $0 + UInt64(2 * MaskRule.mostWide) < taken }.count
        if old > 4096 {
            starts.removeFirst(old)
            first += old
        }
        for (index, byte) in bytes.enumerated() where byte == 0x0A { starts.append(taken + UInt64(index) + 1) }
        taken += UInt64(bytes.count)
    }

    func place(of offset: UInt64) -> (line: Int, column: Int) {
        let index = (starts.firstIndex { $0 > offset } ?? starts.count) - 1
        guard index >= 0 else { return (first, 1) }
        return (first + index, Int(offset - starts[index]) + 1)
    }
}

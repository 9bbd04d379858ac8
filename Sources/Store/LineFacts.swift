internal import MonitorProtocol

/// The facts of a typed line as JSON (RFC 8259), the same that `JSONEncoder` makes of `EventFacts`. Somebody waits for each line, and Foundation's encoder
/// takes a quarter of the time in which a line is judged and written down (Benchmarks/README.md); all else is encoded by it.
struct LineFacts {
    private(set) var json: [UInt8] = []

    init(_ event: PolicyEvent, _ line: LineAction) {
        json.reserveCapacity(512 + line.base64.utf8.count)
        text(#"{"uncertain":"#)
        list(event.uncertain) { json, reason in json.object(("kind", reason.kind), ("text", reason.text)) }
        text(#","shadows":"#)
        list(event.shadows) { json, shadow in json.object(("rule", shadow.rule), ("verdict", shadow.verdict)) }
        text(#","action":{"line":{"_0":{"number":\#(line.number),"omitted":\#(line.omitted),"base64":"#)
        string(line.base64)
        text(#","language":"#)
        string(line.language)
        text(#","witnesses":"#)
        strings(line.witnesses)
        text(#","commands":"#)
        list(line.commands) { json, command in
            json.text(#"{"words":"#)
            json.strings(command.words)
            json.text(#","via":"#)
            json.strings(command.via)
            json.text(#","rules":"#)
            json.strings(command.rules)
            json.text(#","verdict":"#)
            json.string(command.verdict)
            json.text("}")
        }
        text("}}}")
        if let approval = event.approval { text(#","approval":\#(approval)"#) }
        text("}")
    }

    private mutating func text(_ text: String) { json.append(contentsOf: text.utf8) }

    private mutating func list<Element>(_ elements: [Element], _ write: (inout Self, Element) -> Void) {
        text("[")
        for (index, element) in elements.enumerated() {
            if index > 0 { text(",") }
            write(&self, element)
        }
        text("]")
    }

    private mutating func strings(_ strings: [String]) { list(strings) { $0.string($1) } }

    private mutating func object(_ first: (name: String, value: String), _ second: (name: String, value: String)) {
        text(#"{"\#(first.name)":"#)
        string(first.value)
        text(#","\#(second.name)":"#)
        string(second.value)
        text("}")
    }

    /// Escaped is what must be (RFC 8259 §7): quotation mark, reverse solidus, and the control characters up to U+001F.
    private mutating func string(_ string: String) {
        json.append(UInt8(ascii: "\""))
        for byte in string.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): json += [UInt8(ascii: "\\"), byte]
            case 0..<0x20: text(byte < 0x10 ? #"\u000"# : #"\u001"#); text(String(byte & 0x0F, radix: 16))
            default: json.append(byte)
            }
        }
        json.append(UInt8(ascii: "\""))
    }
}

// POSIX.1-2024 XCU 2.6.2, with the operators of bash and the flags of zsh.
extension ShellParser {
    /// `${…}`, and the command substitution `${ …; }` of ksh and bash 5.3.
    mutating func readBracedExpansion(isQuoted: Bool, into parts: inout WordParts) {
        let start = position
        guard enter() else { return }
        defer { leave() }
        advance(2)
        let isGroup = peek() == UInt8(ascii: "(")
        switch peek() {
        case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: "|"), UInt8(ascii: "("):
            // Before its release 5.3 bash took it for a parameter with a bad name, and read on at the first brace. Before a parenthesis
            // only ksh93 takes it for commands.
            divergences.formUnion(isGroup ? [.ksh] : [.posix, .zsh])
            guard dialect == .ksh || dialect == .common && !isGroup else { fallthrough }
            if !isGroup { advance() }
            let list = readList()
            if peek() == UInt8(ascii: "}") { advance() } else { complain("`}`", at: start) }
            append(.command(list), from: start, isQuoted: isQuoted, to: &parts)
        default:
            let parameter = readParameter(from: start, isQuoted: isQuoted)
            append(.parameter(parameter), from: start, isQuoted: isQuoted, to: &parts)
        }
    }

    /// Behind `${`, over `}`.
    private mutating func readParameter(from start: Int, isQuoted: Bool) -> ParameterNode {
        var operand = WordParts()
        var parameter = ParameterNode(name: "", operation: .none)
        if peek() == UInt8(ascii: "("), dialect != .posix { readFlags(of: &parameter) }
        readPrefix(of: &parameter)
        readName(of: &parameter, isQuoted: isQuoted, into: &operand)
        if peek() == UInt8(ascii: "["), dialect != .posix { readSubscript(of: &parameter) }
        let takesPattern = readOperator(of: &parameter, into: &operand)
        readOperand(from: start, isQuoted: isQuoted, takesPattern: takesPattern, into: &operand)
        parameter.operand = operand.finish()
        return parameter
    }

    /// zsh's `(…)` in front; `e` among them evaluates the value. Only zsh looks for the parenthesis before the brace.
    private mutating func readFlags(of parameter: inout ParameterNode) {
        parameter.operation = .other
        var index = position + 1
        while index < end, text[index] != UInt8(ascii: ")") {
            if text[index] == UInt8(ascii: "e") || text[index] == UInt8(ascii: "%") { parameter.operation = .evaluated }
            if !text[index].isInName {
                divergences.insert(.zsh)
                if !dialect.isZsh { return }
            }
            index += 1
        }
        if index < end { position = index + 1 }
    }

    /// A subscript of one word, `[@]` or `[1]`. A longer one is read like what stands behind it: the brace ends both.
    private mutating func readSubscript(of parameter: inout ParameterNode) {
        let longest = 64
        var name: [UInt8] = []
        var index = position + 1
        while name.count < longest, byte(at: index).isInName || [UInt8(ascii: "@"), UInt8(ascii: "*")].contains(byte(at: index)) {
            name.append(byte(at: index))
            index += 1
        }
        guard byte(at: index) == UInt8(ascii: "]") else { return }
        parameter.subscript = name
        position = index + 1
    }

    private mutating func readPrefix(of parameter: inout ParameterNode) {
        let first = peek()
        let second = peek(1)
        switch first {
        case UInt8(ascii: "!") where second.isInName || Self.isSpecialParameter(second):
            advance()
            parameter.operation = .indirect
        case UInt8(ascii: "#") where second != UInt8(ascii: "}") && (second.isInName || Self.isSpecialParameter(second)):
            // `${#-x}` and `${#?x}` are `$#` with an operator, `${#-}` the length of `$-`.
            guard second.isInName || peek(2) == UInt8(ascii: "}") else { return }
            advance()
            parameter.operation = .other
        case UInt8(ascii: "="), UInt8(ascii: "~"), UInt8(ascii: "^"), UInt8(ascii: "+"):
            guard dialect != .posix, second.isInName || second == UInt8(ascii: "$") else { return }
            advance()
            if first == UInt8(ascii: "+") { parameter.operation = .other }
        default: break
        }
    }

    private mutating func readName(of parameter: inout ParameterNode, isQuoted: Bool, into operand: inout WordParts) {
        let first = peek()
        if first == UInt8(ascii: "$"), [UInt8(ascii: "{"), UInt8(ascii: "(")].contains(peek(1)) {
            // zsh: what a substitution gives is cut and replaced like a value.
            parameter.operation = parameter.operation == .evaluated ? .evaluated : .other
            return readDollar(isQuoted: isQuoted, into: &operand)
        }
        var name: [UInt8] = []
        if Self.isSpecialParameter(first) {
            name.append(first)
            advance()
        } else {
            while peek().isInName {
                name.append(peek())
                advance()
            }
        }
        parameter.name = String(decoding: name, as: UTF8.self)
    }

    /// True where a pattern follows: then quotes quote, even inside of double quotes.
    private mutating func readOperator(of parameter: inout ParameterNode, into operand: inout WordParts) -> Bool {
        let hasColon = peek() == UInt8(ascii: ":")
        let letter = hasColon ? peek(1) : peek()
        let operation: ParameterNode.Operation
        switch letter {
        case UInt8(ascii: "}") where !hasColon: return false
        case UInt8(ascii: "-"): operation = .orElse
        case UInt8(ascii: "="): operation = .assign
        case UInt8(ascii: "+"): operation = .alternative
        case UInt8(ascii: "?"): operation = .other
        case UInt8(ascii: "@") where !hasColon && peek(1) == UInt8(ascii: "P"):
            parameter.operation = .evaluated
            return false
        default:
            if parameter.operation != .evaluated, parameter.operation != .indirect || hasColon { parameter.operation = .other }
            switch letter {
            case UInt8(ascii: "#"), UInt8(ascii: "%"), UInt8(ascii: "/"), UInt8(ascii: "^"), UInt8(ascii: ","): return !hasColon
            default: return false
            }
        }
        advance(hasColon ? 2 : 1)
        if parameter.operation == .none { parameter.operation = operation }
        return false
    }

    /// Up to the closing brace and over it.
    private mutating func readOperand(from start: Int, isQuoted: Bool, takesPattern: Bool, into operand: inout WordParts) {
        var open = 0
        while true {
            let next = peek()
            switch next {
            case 0: return complainUnclosed("`}`", from: start)
            case UInt8(ascii: "{"):
                // Only zsh looks for as many closing ones.
                divergences.insert(.zsh)
                if dialect.isZsh { open += 1 }
                appendByte(next, isQuoted: isQuoted, to: &operand)
            case UInt8(ascii: "}"):
                guard open > 0 else { return advance() }
                open -= 1
                appendByte(next, isQuoted: isQuoted, to: &operand)
            case UInt8(ascii: "'"):
                if !isQuoted || takesPattern && !dialect.isZsh {
                    if isQuoted { divergences.insert(.zsh) }
                    readSingleQuotes(into: &operand)
                } else {
                    readLiteralQuotes(into: &operand)
                }
            case UInt8(ascii: "\""): readDoubleQuotes(into: &operand)
            case UInt8(ascii: "\\"):
                if isQuoted {
                    readQuotedBackslash(into: &operand)
                } else {
                    readEscape(into: &operand)
                }
            case UInt8(ascii: "<"), UInt8(ascii: ">"):
                if !isQuoted, peek(1) == UInt8(ascii: "("), dialect != .posix {
                    readProcess(reads: next == UInt8(ascii: "<"), into: &operand)
                } else {
                    appendByte(next, isQuoted: isQuoted, to: &operand)
                }
            case UInt8(ascii: "$"): readDollar(isQuoted: isQuoted, into: &operand)
            case UInt8(ascii: "`"): readBackquotes(isQuoted: isQuoted, into: &operand)
            default: appendByte(next, isQuoted: isQuoted, to: &operand)
            }
        }
    }

    private mutating func appendByte(_ byte: UInt8, isQuoted: Bool, to parts: inout WordParts) {
        advance()
        if isQuoted { parts.quoted(byte) } else { parts.plain(byte) }
    }

    /// In double quotes `\}` is a brace too.
    private mutating func readQuotedBackslash(into parts: inout WordParts) {
        switch byte(at: position + 1) {
        case UInt8(ascii: "$"), UInt8(ascii: "`"), UInt8(ascii: "\\"), UInt8(ascii: "\""), UInt8(ascii: "}"):
            parts.quoted(text[position + 1])
            position += 2
        default: appendByte(UInt8(ascii: "\\"), isQuoted: true, to: &parts)
        }
    }

    /// `"${x:-'…'}"`: the quotes are characters, but for bash a brace between them closes nothing, and a lone one is a mistake.
    private mutating func readLiteralQuotes(into parts: inout WordParts) {
        divergences.formUnion([.posix, .zsh])
        let start = position
        position += 1
        parts.quoted(UInt8(ascii: "'"))
        guard dialect == .common else { return }
        guard let close = text[position..<end].firstIndex(of: UInt8(ascii: "'")) else {
            position = end
            return complainUnclosed("`'`", from: start)
        }
        let outer = end
        end = close
        while readQuotedPart(closing: nil, into: &parts) {}
        end = outer
        position = close
        parts.quoted(UInt8(ascii: "'"))
        position += 1
    }
}

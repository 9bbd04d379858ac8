/// SGR: colours and attributes (ECMA-48 8.3.117; ITU-T T.416 for colours; xterm and kitty for the others).
extension Emulator {
    mutating func selectGraphicRendition() {
        var index = 0
        let count = min(parser.parameterCount, EscapeParser.maximumParameters)
        if count == 0 { pen = Pen() }
        while index < count {
            var next = index + 1
            while next < count, parser.isSubparameter(next) { next += 1 }
            switch parser.parameter(index) {
            case 4 where next > index + 1: set(.underline, to: parser.parameter(index + 1) != 0)
            case 38, 48, 58:
                let subject = parser.parameter(index)
                let (colour, end) = next > index + 1 ? (colour(in: index + 1, to: next), next) : colourOfFollowing(index + 1)
                if let colour { set(colour, for: subject) }
                next = end
            case let number where next == index + 1: select(number)
            default: break
            }
            index = next
        }
    }

    /// 38:2:r:g:b, 38:2:space:r:g:b and 38:5:n.
    private func colour(in first: Int, to end: Int) -> Colour? {
        switch parser.parameter(first) {
        case 5 where end > first + 1: palette(first + 1)
        case 2 where end == first + 4: rgb(first + 1)
        case 2 where end > first + 4: rgb(first + 2)
        default: nil
        }
    }

    /// The same with semicolons: 38;2;r;g;b and 38;5;n.
    private func colourOfFollowing(_ first: Int) -> (Colour?, end: Int) {
        switch parser.parameter(first) {
        case 5: (palette(first + 1), first + 2)
        case 2: (rgb(first + 1), first + 4)
        default: (nil, first + 1)
        }
    }

    private func palette(_ index: Int) -> Colour? { UInt8(exactly: parser.parameter(index)).map { .palette($0) } }

    private func rgb(_ first: Int) -> Colour? {
        guard let red = UInt8(exactly: parser.parameter(first)), let green = UInt8(exactly: parser.parameter(first + 1)),
            let blue = UInt8(exactly: parser.parameter(first + 2))
        else { return nil }
        return .rgb(red, green, blue)
    }

    private mutating func set(_ colour: Colour, for subject: Int) {
        switch subject {
        case 38: pen.foreground = colour
        case 48: pen.background = colour
        default: break  // 58, the colour of underlines, is not kept
        }
    }

    private mutating func set(_ attribute: CharacterAttributes, to isOn: Bool) {
        if isOn { pen.attributes.insert(attribute) } else { pen.attributes.remove(attribute) }
    }

    private mutating func select(_ number: Int) {
        switch number {
        case 0: pen = Pen()
        case 1: set(.bold, to: true)
        case 2: set(.faint, to: true)
        case 3: set(.italic, to: true)
        case 4, 21: set(.underline, to: true)
        case 5, 6: set(.blink, to: true)
        case 7: set(.reverse, to: true)
        case 8: set(.conceal, to: true)
        case 9: set(.strikethrough, to: true)
        case 22: pen.attributes.subtract([.bold, .faint])
        case 23: set(.italic, to: false)
        case 24: set(.underline, to: false)
        case 25: set(.blink, to: false)
        case 27: set(.reverse, to: false)
        case 28: set(.conceal, to: false)
        case 29: set(.strikethrough, to: false)
        case 30...37: pen.foreground = .palette(UInt8(number - 30))
        case 39: pen.foreground = .standard
        case 40...47: pen.background = .palette(UInt8(number - 40))
        case 49: pen.background = .standard
        case 53: set(.overline, to: true)
        case 55: set(.overline, to: false)
        case 90...97: pen.foreground = .palette(UInt8(number - 82))
        case 100...107: pen.background = .palette(UInt8(number - 92))
        default: break
        }
    }
}

extension Pen {
    /// SGR that selects it, whatever was selected before.
    var selection: [UInt8] {
        var text = "\u{1B}[0"
        let codes: [(CharacterAttributes, Int)] = [
            (.bold, 1), (.faint, 2), (.italic, 3), (.underline, 4), (.blink, 5), (.reverse, 7), (.conceal, 8),
            (.strikethrough, 9),
            (.overline, 53),
        ]
        for (attribute, code) in codes where attributes.contains(attribute) { text += ";\(code)" }
        text += foreground.selection(30) + background.selection(40) + "m"
        return Array(text.utf8)
    }
}

extension Colour {
    /// - Parameter first: 30 for the foreground, 40 for the background.
    fileprivate func selection(_ first: Int) -> String {
        let number = Int(rawValue & 0xFF)
        switch rawValue >> 24 {
        case 1 where number < 8: return ";\(first + number)"
        case 1: return ";\(first + 8);5;\(number)"
        case 2: return ";\(first + 8);2;\(rawValue >> 16 & 0xFF);\(rawValue >> 8 & 0xFF);\(number)"
        default: return ""
        }
    }
}

import Testing

@testable import Policy

struct OptionReadingTests {
    /// `‹$x›` is an unquoted unknown word, `«$x»` a quoted one.
    private func read(_ options: String, _ style: OptionGrammar.Style = [], _ words: String...) -> OptionReading {
        let words = words.map { word in
            switch word {
            case "‹$x›": CommandWord(unknown: "$x", splits: true)
            case "«$x»": CommandWord(unknown: "$x")
            default: CommandWord(word)
            }
        }
        return OptionGrammar(options, style).read(words[...])
    }

    @Test func `the notation says which options take a value`() {
        let reading = read(
            "-bk u: user: i? color? bind:: help!", [], "-bku", "root", "--user=x", "-i.bak", "-i", "--color", "--bind", "a", "b",
            "rm", "-b")
        #expect(reading.found.map(\.name) == ["b", "k", "u", "user", "i", "i", "color", "bind"])
        #expect(reading.values("u").map(\.dump) == ["root"])
        #expect(reading.values("i").map(\.dump) == [".bak"])
        #expect(reading.values("bind").map(\.dump) == ["a b"])
        #expect(reading.operands.map(\.dump) == ["rm", "-b"])
        #expect(!reading.ends && reading.alternatives.isEmpty)
    }

    @Test func `a value may stand in the word of its letter`() {
        #expect(read("-n u:", [], "-nuroot", "rm").value("u")?.dump == "root")
    }

    @Test func `a long name may be cut, unless what it could be differs`() {
        #expect(read("user: usage", [], "--use=x", "rm").value("user")?.dump == "x")
        #expect(read("user: group:", [], "--us", "x", "rm").operands.map(\.dump) == ["rm"])
        let reading = read("user: usage", [], "--us", "x", "rm")
        #expect(reading.operands.map(\.dump) == ["x", "rm"])
        #expect(reading.alternatives.map { $0.map(\.dump) } == [["rm"]])
    }

    @Test func `an option that is not in the table may take a value or none`() {
        for option in ["--frobnicate", "-q"] {
            let reading = read("-b", [], option, "x", "rm", "y")
            #expect(reading.operands.map(\.dump) == ["x", "rm", "y"])
            #expect(reading.alternatives.map { $0.map(\.dump) } == [["rm", "y"]])
        }
    }

    @Test func `help ends it only where it is certain to be help`() {
        #expect(read("-b help! V!", [], "-bV", "rm").ends)
        #expect(read("u: help!", [], "-u", "--help", "rm").ends == false)
        #expect(read("u: help!", [], "--other", "--help", "rm").ends == false)
        #expect(read("u: help!", [], "‹$x›", "--help", "rm").ends == false)
        #expect(read("u: help!", [], "rm", "--help").ends == false)
        #expect(read("u: help!", [], "--", "--help").ends == false)
    }

    @Test func `a word that is not known can be an option, an operand or nothing`() {
        let reading = read("u:", [], "‹$x›", "-u", "root", "rm", "x")
        #expect(reading.operands.map(\.dump) == ["‹$x›", "-u", "root", "rm", "x"])
        #expect(reading.alternatives.map { $0.map(\.dump) } == [["rm", "x"]])
        #expect(reading.opaque?.dump == "‹$x›")
        let valued = read("u:", [], "-u", "‹$x›", "rm")
        #expect(valued.operands.map(\.dump) == ["rm"])
        #expect(valued.opaque?.dump == "‹$x›")
        #expect(read("u:", [], "-u", "«$x»", "rm").opaque == nil)
    }

    @Test func `after two dashes nothing is an option`() {
        #expect(read("-b", [], "-b", "--", "-b", "--", "x").operands.map(\.dump) == ["-b", "--", "x"])
        #expect(read("-b", .permutes, "x", "-b", "--", "-b").operands.map(\.dump) == ["x", "-b"])
    }

    @Test func `options are found behind operands where the program permits it`() {
        let reading = read("u: b?", .permutes, "x", "-u", "root", "y", "-b")
        #expect(reading.operands.map(\.dump) == ["x", "y"])
        #expect(reading.value("u")?.dump == "root")
    }

    @Test func `assignments, numbers, one dash and plus are styles`() {
        #expect(read("-i", .assignments, "A=b", "-i", "C=d", "rm", "E=f").assignments.map(\.name) == ["A", "C"])
        #expect(read("-i", [], "A=b", "rm").operands.count == 2)
        #expect(read("n:", .numbers, "-5", "--5", "+5", "rm").operands.map(\.dump) == ["rm"])
        #expect(read("args x:", .oneDash, "-args", "rm").has("args"))
        #expect(read("-args args", .oneDash, "-ra", "rm").has("r", "a"))
        #expect(read("-ex o:", .plus, "+x", "+o", "y", "-e", "rm").found.map(\.name) == ["+x", "+o", "e"])
        #expect(read("-i", .dash, "-", "rm").operands.map(\.dump) == ["rm"])
        #expect(read("-i", [], "-", "rm").operands.map(\.dump) == ["-", "rm"])
    }

    @Test func `a letter that takes a value perhaps is read in both ways`() {
        let reading = read("h~ -x", [], "-h", "a", "rm")
        #expect(reading.operands.map(\.dump) == ["a", "rm"])
        #expect(reading.alternatives.map { $0.map(\.dump) } == [["rm"]])
        #expect(read("d~ S: -m", [], "-dmS", "name", "rm").value("S")?.dump == "name")
    }
}

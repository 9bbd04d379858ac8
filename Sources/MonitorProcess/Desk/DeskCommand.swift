internal import Configuration
internal import MonitorProtocol

/// What a person asks of the bastion itself: the words behind `ssh BASTION`. Pure: bytes in, a request or what is wrong with it out.
///
/// `ssh` joins its arguments by blanks before it sends them, so quotation marks are gone: a reason is everything behind `--reason`.
enum DeskCommand: Equatable, Sendable {
    /// No word at all.
    case greeting
    case help
    case targets(asJSON: Bool)
    case whoami(asJSON: Bool)
    case sessions(all: Bool, asJSON: Bool)
    case commands(SessionID, asJSON: Bool)
    case approvals(after: Int64, asJSON: Bool)
    case approval(Int64, asJSON: Bool)
    case decide(Int64, approves: Bool, reason: String?)
    case request(AccessWish)
    case watch(SessionID)
    case play(SessionID)
    case kill(SessionID, reason: String?)

    /// Access that somebody asks for.
    struct AccessWish: Equatable, Sendable {
        var target: String
        var login: String
        var seconds: UInt32
        var reason: String
    }

    /// What the words lack, in a sentence.
    struct Mistake: Error, Equatable {
        let text: String
    }

    /// Bytes of a reason that are kept.
    static let longestReason = 500

    init(_ command: [UInt8]) throws(Mistake) {
        guard command.count <= 4096 else { throw Mistake(text: "that is more than the desk reads.") }
        var words = Words(String(decoding: command, as: UTF8.self))
        guard let word = words.next() else {
            self = .greeting
            return
        }
        switch word {
        case "help": self = .help
        case "targets": self = .targets(asJSON: words.takeFlag("--json"))
        case "whoami": self = .whoami(asJSON: words.takeFlag("--json"))
        case "sessions": self = .sessions(all: words.takeFlag("--all"), asJSON: words.takeFlag("--json"))
        case "commands": self = .commands(try words.session(word), asJSON: words.takeFlag("--json"))
        case "approvals":
            let asJSON = words.takeFlag("--json")
            if let after = try words.takeNumber(behind: "--after") {
                self = .approvals(after: after, asJSON: asJSON)
            } else if words.isAtEnd {
                self = .approvals(after: 0, asJSON: asJSON)
            } else {
                self = .approval(try words.number(word), asJSON: asJSON)
            }
        case "approve", "deny":
            let number = try words.number(word)
            self = .decide(number, approves: word == "approve", reason: try words.takeReason())
        case "request": self = .request(try AccessWish(&words))
        case "watch": self = .watch(try words.session(word))
        case "play": self = .play(try words.session(word))
        case "kill": self = .kill(try words.session(word), reason: try words.takeReason())
        default: throw Mistake(text: "\"\(escaped(word, limit: 80))\" is not a word the desk knows.")
        }
        guard words.isAtEnd else { throw Mistake(text: "\"\(escaped(words.rest, limit: 80))\" is too much behind \(word).") }
    }
}

extension DeskCommand.AccessWish {
    fileprivate init(_ words: inout Words) throws(DeskCommand.Mistake) {
        let usage = "request TARGET --login LOGIN --for 2h --reason WHY"
        reason = try words.takeReason() ?? ""
        guard let login = words.takeValue(behind: "--login"), let duration = words.takeValue(behind: "--for"),
            let target = words.next()
        else { throw DeskCommand.Mistake(text: "the desk needs to know more: \(usage)") }
        guard !reason.isEmpty else { throw DeskCommand.Mistake(text: "say why: \(usage)") }
        guard let seconds = DurationText.seconds(duration).flatMap({ UInt32(exactly: $0) }), seconds > 0 else {
            throw DeskCommand.Mistake(text: "\"\(escaped(duration, limit: 40))\" is not a duration such as 30m, 2h or 1d.")
        }
        self.target = target
        self.login = login
        self.seconds = seconds
    }
}

/// The words of one command, taken one after the other.
private struct Words {
    private var words: [Substring]
    private let text: String

    init(_ text: String) {
        self.text = text
        words = text.split { $0 == " " || $0 == "\t" || $0.isNewline }
    }

    var isAtEnd: Bool { words.isEmpty }
    var rest: String { words.joined(separator: " ") }

    mutating func next() -> String? { words.isEmpty ? nil : String(words.removeFirst()) }

    mutating func takeFlag(_ flag: Substring) -> Bool {
        guard let index = words.firstIndex(of: flag) else { return false }
        words.remove(at: index)
        return true
    }

    mutating func takeValue(behind flag: Substring) -> String? {
        guard let index = words.firstIndex(of: flag), index + 1 < words.count else { return nil }
        defer { words.removeSubrange(index...index + 1) }
        return String(words[index + 1])
    }

    /// All behind it.
    mutating func takeReason() throws(DeskCommand.Mistake) -> String? {
        guard let index = words.firstIndex(of: "--reason") else { return nil }
        var reason = words[(index + 1)...].joined(separator: " ")
        words.removeSubrange(index...)
        // Of a client that sends them.
        if reason.count >= 2, let first = reason.first, first == reason.last, first == "\"" || first == "'" {
            reason = String(reason.dropFirst().dropLast())
        }
        guard reason.utf8.count <= DeskCommand.longestReason else {
            throw DeskCommand.Mistake(text: "a reason has at most \(DeskCommand.longestReason) bytes.")
        }
        return reason.isEmpty ? nil : reason
    }

    mutating func takeNumber(behind flag: Substring) throws(DeskCommand.Mistake) -> Int64? {
        guard words.contains(flag) else { return nil }
        guard let number = takeValue(behind: flag).flatMap({ Int64($0) }), number >= 0 else {
            throw DeskCommand.Mistake(text: "\(flag) wants the number of a request.")
        }
        return number
    }

    mutating func number(_ word: String) throws(DeskCommand.Mistake) -> Int64 {
        guard let text = next(), let number = Int64(text), number > 0 else {
            throw DeskCommand.Mistake(text: "\(word) wants the number of a request, as `approvals` lists them.")
        }
        return number
    }

    mutating func session(_ word: String) throws(DeskCommand.Mistake) -> SessionID {
        guard let text = next(), let id = SessionID(text) else {
            throw DeskCommand.Mistake(text: "\(word) wants a session, as `sessions` lists them.")
        }
        return id
    }
}

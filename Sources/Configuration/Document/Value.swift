internal import Yams

/// A value of a YAML file, with its place and with the name that messages call it by.
///
/// The functions that read it report what does not fit and then give nil: the reader goes on, to find the other mistakes.
struct Value {
    private let node: Node
    let name: String
    let document: Document

    init(_ node: Node, _ name: String, in document: Document) {
        self.node = node
        self.name = name
        self.document = document
    }

    var line: Int { node.mark?.line ?? 1 }
    var column: Int { node.mark?.column ?? 1 }

    /// Nothing, `~` or `null`.
    var isNull: Bool {
        guard case .scalar(let scalar) = node else { return false }
        return scalar.style == .plain && ["", "~", "null", "Null", "NULL"].contains(scalar.string)
    }

    var isList: Bool { node.sequence != nil }
    var isMapping: Bool { node.mapping != nil }
    var isEmptyMapping: Bool { node.mapping?.isEmpty ?? false }

    func report(_ message: String) { document.report(line, column: column, name.isEmpty ? message : "\(name): \(message)") }

    /// Tells what is no mistake and hardly meant.
    func warn(_ message: String) { document.warn(line, column: column, name.isEmpty ? message : "\(name): \(message)") }

    /// - Parameter expected: with its article: `a duration such as 30s`.
    func text(_ expected: String) -> String? {
        guard mayBeLookedAt() else { return nil }
        guard case .scalar(let scalar) = node, !isNull else { return wrongKind(expected) }
        return scalar.string
    }

    /// The text as a value of a type; nil from `convert` is a mistake.
    func text<T>(_ expected: String, as convert: (String) -> T?) -> T? {
        guard let text = text(expected) else { return nil }
        guard let value = convert(text) else {
            report("\(quoted(text)) is not \(expected)")
            return nil
        }
        return value
    }

    func list(_ expected: String) -> [Value]? {
        guard mayBeLookedAt() else { return nil }
        guard case .sequence(let nodes) = node else { return wrongKind(expected) }
        return nodes.map { Value($0, name, in: document) }
    }

    /// A mapping whose keys the administrator chooses. Values are called `name.key`.
    func entries(_ expected: String) -> [(key: Value, value: Value)]? {
        guard mayBeLookedAt() else { return nil }
        guard case .mapping(let pairs) = node else { return wrongKind(expected) }
        return pairs.compactMap { pair in
            let key = Value(pair.key, name, in: document)
            guard case .scalar(let scalar) = pair.key else {
                key.report("a key has to be text")
                return nil
            }
            let path = name.isEmpty ? shown(scalar.string) : "\(name).\(shown(scalar.string))"
            return (key, Value(pair.value, path, in: document))
        }
    }

    /// Whether it is a mapping with that key. Reports nothing.
    func names(_ key: String) -> Bool { node.mapping?.contains { $0.key.scalar?.string == key } ?? false }

    /// A mapping with keys that are given; others are mistakes.
    func fields(_ known: [String], _ expected: String) -> Fields? {
        guard let entries = entries(expected) else { return nil }
        var found: [String: Value] = [:]
        for (key, value) in entries {
            guard let text = key.text("text") else { continue }
            if known.contains(text) { found[text] = value } else { key.reportUnknownKey(text, known) }
        }
        return Fields(found: found, of: self)
    }

    private func reportUnknownKey(_ key: String, _ known: [String]) {
        let hint =
            switch key {
            case _ where !document.problems.deserveAdvice: ""
            case "password", "passphrase", "secret", "token", "private-key", "credential", "credentials", "identity-file":
                ": secrets are not in this file but in the vault, see \"sallyport credential set\""
            case "<<": ": merge keys are not read; an alias (*name) for a whole value is"
            default:
                Spelling.nearest(to: key, among: known).map { ": did you mean \(quoted($0))?" }
                    ?? ": known are \(known.joined(separator: ", "))"
            }
        report("unknown key \(quoted(key))\(hint)")
    }

    /// A tag such as `!secret` or `!!binary` means that the value is not what is written.
    private func mayBeLookedAt() -> Bool {
        guard document.mayLookAt(node) else { return false }
        let tag = node.writtenTag
        guard ["", "tag:yaml.org,2002:str", "tag:yaml.org,2002:seq", "tag:yaml.org,2002:map"].contains(tag) else {
            report("the tag \(quoted(tag)) is not read: write the value itself")
            return false
        }
        return true
    }

    private func wrongKind<T>(_ expected: String) -> T? {
        let kind =
            switch node {
            case _ where isNull: "nothing"
            case .scalar: "text"
            case .sequence: "a list"
            case .mapping: "a mapping"
            case .alias: "an alias"
            }
        report("\(kind), where \(expected) was expected")
        return nil
    }
}

extension Node {
    /// Empty for none.
    fileprivate var writtenTag: String {
        switch self {
        case .scalar(let scalar): scalar.tag.description
        case .sequence(let sequence): sequence.tag.description
        case .mapping(let mapping): mapping.tag.description
        case .alias(let alias): alias.tag.description
        }
    }
}

/// The values of a mapping with known keys.
struct Fields {
    fileprivate let found: [String: Value]
    /// The mapping itself, for what is said about it as a whole.
    let whole: Value

    fileprivate init(found: [String: Value], of whole: Value) {
        self.found = found
        self.whole = whole
    }

    /// Nil for a key that is missing or null.
    subscript(key: String) -> Value? { found[key].flatMap { $0.isNull ? nil : $0 } }

    /// Whether the key is there, with whatever value.
    func has(_ key: String) -> Bool { found[key] != nil }

    /// A condition: null is a mistake, not the lack of it. Whoever takes the last line out of it does not mean that it holds for all.
    func condition(_ key: String) -> Value? {
        guard let value = found[key] else { return nil }
        guard value.isNull else { return value }
        value.report("is empty: take the key \(quoted(key)) out as well, if there shall be no such condition")
        return nil
    }

    /// Reported if missing or null.
    /// - Parameter meaning: what to write, such as `the addresses to listen on, as in [0.0.0.0:22]`.
    func required(_ key: String, _ meaning: String) -> Value? {
        if let value = self[key] { return value }
        let place = found[key] ?? whole
        let prefix = whole.name.isEmpty ? "" : "\(whole.name): "
        place.document.report(place.line, column: place.column, "\(prefix)\(quoted(key)) is missing: \(meaning)")
        return nil
    }
}

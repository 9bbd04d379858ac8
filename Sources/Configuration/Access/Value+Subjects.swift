internal import Policy

/// What grants and the rules of the policy speak of alike: who, which targets, which channels, when.
extension Value {
    /// A user or a group.
    ///
    /// - Parameter groups: those that there are; nil if that is not known.
    func subject(_ groups: Set<String>?) -> AccessSubject? {
        guard let text = text("a user or group:NAME") else { return nil }
        guard text.hasPrefix("group:") else {
            guard groups?.contains(text) != true else {
                report("\(quoted(text)) is the name of a group: write \(quoted("group:" + text)), or give the group another name")
                return nil
            }
            return user().map { .user($0) }
        }
        let name = String(text.dropFirst("group:".count))
        if let groups, !groups.contains(name) {
            report("there is no group \(quoted(name))\(hint(name, groups.sorted()))")
            return nil
        }
        return .group(name)
    }

    /// - Parameter names: those that there are; nil if that is not known.
    func selector(_ names: TargetNames?) -> TargetSelector? {
        guard let text = text("the name of a target, or a label such as env=prod") else { return nil }
        if let separator = text.firstIndex(of: "=") {
            if let names, names.labelsAreComplete, names.labels[text] == nil {
                report("no target has the label \(quoted(text))\(hint(text, names.labels.keys.sorted()))")
                return nil
            }
            return .label(key: String(text[..<separator]), value: String(text[text.index(after: separator)...]))
        }
        guard let name = TargetName(text), names?.lines.keys.contains(name.text) != false else {
            let isPattern = text.contains("*")
            let advice =
                isPattern
                ? ": there are no patterns; give the targets a label and write key=value"
                : hint(text, names?.lines.keys.sorted() ?? [])
            report("there is no target \(quoted(text))\(advice)")
            return nil
        }
        return .name(name)
    }

    func channel() -> AccessChannel? {
        guard let text = text(AccessChannel.words) else { return nil }
        if let channel = AccessChannel(rawValue: text) { return channel }
        if ["local-forward", "remote-forward", "x11", "agent-forward"].contains(text) {
            report("\(quoted(text)) is not available yet: there are \(AccessChannel.words)")
        } else {
            report(
                "\(quoted(text)) is not a kind of channel\(hint(text, AccessChannel.allCases.map(\.rawValue), else: ": there are \(AccessChannel.words)"))"
            )
        }
        return nil
    }

    func hours() -> AccessHours? {
        let expected = "hours such as \"Mon-Fri 08:00-18:00 UTC\", always in UTC"
        guard case .some(let items) = isList ? list("") : [self] else { return nil }
        if items.isEmpty { report("is empty: write \(expected)") }
        let hours = items.compactMap { $0.text(expected, as: AccessHours.init) }
        return hours.count == items.count ? AccessHours(joining: hours) : nil
    }

    func hint(_ word: String, _ candidates: [String], else other: String = "") -> String {
        guard document.problems.deserveAdvice else { return "" }
        return Spelling.nearest(to: word, among: candidates).map { ": did you mean \(quoted($0))?" } ?? other
    }
}

extension AccessChannel {
    static let words = "shell, exec and sftp"
}

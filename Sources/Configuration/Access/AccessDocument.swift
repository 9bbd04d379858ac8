internal import Policy

/// Reads `access.yaml`: groups, then targets, then grants and requests, which speak of both.
enum AccessDocument {
    /// Nil after a mistake; `document.problems` has it.
    static func rules(_ root: Value, in document: Document) -> AccessRules? {
        let before = document.problems.count
        let known = ["groups", "targets", "grants", "requests"]
        guard let fields = root.fields(known, "a mapping with groups, targets and grants") else { return nil }
        let (groups, unsure) = groups(fields)
        var names = TargetNames()
        let targets = targets(fields, &names)
        var context = GrantContext(
            groups: Set(groups.keys), names: names, approvals: ApprovalReader(groups: groups, unsure: unsure))
        let (grants, deskRules) = grants(fields, &context)
        let requests = requests(fields, &context)
        guard document.problems.count == before else { return nil }
        let access = AccessRules(
            groups: groups, targets: targets, grants: grants, deskRules: deskRules, requestRules: requests)
        context.approvals.warn(access)
        return access
    }

    /// And which of them have a mistake.
    private static func groups(_ fields: Fields) -> (members: [String: Set<UserName>], unsure: Set<String>) {
        let entries = fields["groups"]?.entries("a mapping of groups, as in ops: [alice, bob]") ?? []
        var groups: [String: Set<UserName>] = [:]
        var unsure: Set<String> = []
        for (key, value) in entries {
            guard let name = key.text("the name of a group: 1 to 64 letters, digits, and . _ -", as: GroupName.init)?.text else {
                continue
            }
            let items = value.list("a list of users")
            let members = (items ?? []).compactMap { $0.user() }
            // The group is known whatever its members are: grants may name it.
            groups[name] = Set(members)
            if members.count != items?.count { unsure.insert(name) }
        }
        return (groups, unsure)
    }
}

/// 1…64 bytes of `A-Z a-z 0-9 . _ -`.
struct GroupName {
    let text: String
    init?(_ text: String) {
        guard PlainWord.isPlain(text, longest: 64, marks: "._-") else { return nil }
        self.text = text
    }
}

enum PlainWord {
    /// Whether `text` is made of 1…`longest` ASCII letters, digits and `marks`.
    static func isPlain(_ text: String, longest: Int, marks: String) -> Bool {
        (1...longest).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"):
                    true
                default: marks.utf8.contains(byte)
                }
            }
    }
}

extension Value {
    /// The name of a user, never of a group.
    func user() -> UserName? {
        guard let text = text("the name of a user") else { return nil }
        guard !text.hasPrefix("group:") else {
            report("\(quoted(text)) is a group, where users are expected: groups hold no groups")
            return nil
        }
        guard !text.contains("*") else {
            report("\(quoted(text)) is a pattern, and there are none: name the users, or a group as group:NAME")
            return nil
        }
        guard let name = UserName(text) else {
            report(
                "\(quoted(text)) is not the name of a user: 1 to \(UserName.longest) bytes without blanks and control characters are"
            )
            return nil
        }
        return name
    }
}

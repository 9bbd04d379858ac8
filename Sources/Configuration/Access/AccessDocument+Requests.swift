internal import Policy

extension AccessDocument {
    /// `requests:`: what people may ask for.
    static func requests(_ fields: Fields, _ context: inout GrantContext) -> [RequestRule] {
        guard let items = fields["requests"]?.list("a list of requests, each starting with \"- name:\"") else { return [] }
        let known = ["name", "to", "targets", "logins", "channels", "guard", "longest", "approval", "ends-sessions"]
        var rules: [RequestRule] = []
        for item in items {
            let expected = "a mapping with name, to, targets, logins, channels, longest and approval"
            guard let fields = item.fields(known, expected) else { continue }
            if let rule = request(fields, &context) { rules.append(rule) }
        }
        return rules
    }

    private static func request(_ fields: Fields, _ context: inout GrantContext) -> RequestRule? {
        let name = name(fields, "request", &context)
        let to = fields.subjects(context)
        let selectors = fields.selectors(context)
        let logins = fields.logins(selectors, context)
        let channels = fields.channels()
        let guardMode = fields.guardMode()
        let range = UInt64(AccessRules.shortestRequestSeconds)...UInt64(AccessRules.longestRequestSeconds)
        let longest = fields.required("longest", "for how long it can be had at most, such as 8h")?.shortDuration(range)
        let value = fields.required("approval", "who decides, as in {by: [\"group:leads\"]}")
        let approval = value.flatMap { context.approvals.terms($0) }
        if approval?.coveredSeconds != nil {
            value?.report("has \"for\", which is for commands: how long the access lasts is said with the request")
        }
        let endsSessions = fields["ends-sessions"]?.flag() ?? false
        guard let name, let to, let selectors = selectors?.found, let logins, let channels, let longest, let approval else {
            return nil
        }
        return RequestRule(
            name: name, to: to, targets: Set(selectors), logins: logins, channels: channels, guardMode: guardMode,
            longestSeconds: longest, approval: approval, endsSessions: endsSessions)
    }
}

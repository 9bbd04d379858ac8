package import TerminalStream

/// `mask:` of `policy.yaml`, and what its other rules say of masks: which values nobody sees in the output of targets.
///
/// Without `mask:` every rule of the catalogue that is in use always masks.
package struct MaskPolicy: Sendable {
    /// The output of programs that run without a terminal.
    package enum Exec: String, CaseIterable, Sendable {
        /// Masked as long as it is text.
        case text
        case never
        case always
    }

    /// What one rule does, for whom.
    package struct Setting: Sendable {
        /// An index in `rules`.
        package var rule: Int
        package var action: MaskAction
        package var conditions: RuleConditions
        package init(rule: Int, action: MaskAction, conditions: RuleConditions) {
            self.rule = rule
            self.action = action
            self.conditions = conditions
        }
    }

    package var exec: Exec
    /// Nanoseconds after which the user's own stream lets go of what only has the shape of a value; nil: never.
    package var releaseAfter: UInt64?
    /// Names of columns of tables, in lower case.
    package var columns: Set<String>
    /// Those of the catalogue that are always in use, those that `settings` speak of, and the administrator's own. Others cost nothing.
    package var rules: [MaskRule]
    package var settings: [Setting]

    package init(
        exec: Exec = .text, releaseAfter: UInt64? = nil, columns: Set<String> = [], rules: [MaskRule] = MaskRule.standard,
        settings: [Setting] = []
    ) {
        self.exec = exec
        self.releaseAfter = releaseAfter
        self.columns = columns
        self.rules = rules
        self.settings = settings
    }

    /// What `rules` do in a situation, one for each. Of several settings that hold for a rule the strictest counts; where none holds, what the rule
    /// does by itself.
    func actions(in situation: Situation, groups: [String: Set<UserName>]) -> [MaskAction] {
        var found = [MaskAction?](repeating: nil, count: rules.count)
        for setting in settings where setting.conditions.hold(in: situation, groups: groups) {
            found[setting.rule] = max(found[setting.rule] ?? .off, setting.action)
        }
        return zip(rules, found).map { rule, action in action ?? rule.usualAction }
    }
}

extension MaskRule {
    /// What it does where nobody says anything.
    package var usualAction: MaskAction {
        switch (use, category) {
        case (.optIn, _): .off
        case (.always, .entropy): .report
        case (.always, _): .mask
        }
    }
}

extension PolicyRules {
    /// What the mask rules do in a situation, one for each of `masking.rules`.
    package func maskActions(in situation: Situation) -> [MaskAction] { masking.actions(in: situation, groups: groups) }

    /// The columns that are masked in a situation, in lower case: those that are named for everybody, and those of rules that may apply to any of its
    /// commands. In a session at a terminal nobody knows which command prints what.
    package func maskedColumns(in situation: Situation) -> Set<String> {
        rules.reduce(into: masking.columns) { columns, rule in
            guard !rule.maskedColumns.isEmpty, rule.isEnforced, rule.conditions.hold(in: situation, groups: groups) else {
                return
            }
            columns.formUnion(rule.maskedColumns)
        }
    }
}

extension MaskPolicy {
    /// All rules as one set. Takes a moment; once for each policy.
    package func compiled() throws(MaskSetError) -> MaskSet { try MaskSet(compiling: rules) }
}

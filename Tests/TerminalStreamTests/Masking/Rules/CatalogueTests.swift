import TerminalStream
import Testing

@Suite struct CatalogueTests {
    @Test func `names are in kebab-case and unique`() {
        let names = MaskRule.catalogue.map(\.name)
        #expect(Set(names).count == names.count)
        for name in names {
            #expect(
                name.allSatisfy { ($0.isASCII && $0.isLowercase) || $0.isNumber || $0 == "-" } && !name.hasPrefix("-")
                    && !name.hasSuffix("-"), "\(name)")
        }
    }

    @Test func `there are at least 100 rules, and every one says where its shape was read`() {
        #expect(MaskRule.catalogue.count >= 100)
        for rule in MaskRule.catalogue {
            #expect(
                !rule.source.isEmpty && !rule.example.isEmpty && !rule.nearMiss.isEmpty && !rule.exampleValues.isEmpty,
                "\(rule.name)")
            #expect(rule.widest <= MaskRule.mostWide)
            #expect(rule.example.utf8.count <= rule.widest + 200, "\(rule.name)")
        }
    }

    @Test func `entropy alone is nothing that is looked for unasked`() {
        #expect(MaskRule.catalogue.allSatisfy { $0.category != .entropy || $0.use == .optIn })
    }

    @Test(arguments: MaskRule.catalogue)
    func `a rule finds the values of its example, and nothing in its near miss`(_ rule: MaskRule) throws {
        let oracle = try RuleOracle(rule)
        let example = Array(rule.example.utf8)
        let found = try oracle.values(in: example).map { String(decoding: example[$0], as: UTF8.self) }
        #expect(found == rule.exampleValues)
        #expect(try oracle.values(in: Array(rule.nearMiss.utf8)).isEmpty)
    }

    @Test(arguments: MaskRule.catalogue)
    func `an example is found whatever stands around it`(_ rule: MaskRule) throws {
        let oracle = try RuleOracle(rule)
        for (before, after) in [("", ""), ("x\n", "\nx"), ("\r\n", "\r\n")] {
            let text = Array((before + rule.example + after).utf8)
            #expect(try oracle.values(in: text).map { String(decoding: text[$0], as: UTF8.self) } == rule.exampleValues)
        }
    }

    @Test(arguments: MaskRule.catalogue)
    func `the trigger is short, and inside of the match`(_ rule: MaskRule) throws {
        let pattern = rule.trigger.isEmpty ? "(?:\(rule.prefix))(?:\(rule.value))" : rule.trigger
        let trigger = try OracleExpression((rule.ignoresCase ? "(?i)" : "") + "(?:\(pattern))")
        let example = Array(rule.example.utf8)
        let widest = try example.withUnsafeBufferPointer { text in try trigger.match(in: text, from: 0)?.first?.count }
        #expect(try #require(widest) < 64)
        // Of the example only what is matched: all triggers lie before the value's end, or in the suffix.
        for value in try RuleOracle(rule).values(in: example) {
            let end = rule.suffix.isEmpty ? value.upperBound : example.count
            let isThere = try Array(example[..<end]).withUnsafeBufferPointer { text in try trigger.match(in: text, from: 0) != nil
            }
            #expect(isThere)
        }
    }

    /// What else a rule has to know, beside its example: newer and rarer formats of the same value.
    static let otherFormats: [(rule: String, before: String, value: String)] = [
        ("payment-card", "", "8101 2345 6789 0120"),
        ("gitlab-token", "glcbt-", jsonWebToken(900)),
        ("github-token", "ghs_", "1234567_" + jsonWebToken(420)),
        ("buildkite-token", "bkjat_", jsonWebToken(500)),
        ("supabase-token", "sbp_", "v0_" + repeated("0a1b", 40)),
        ("supabase-token", "sbp_", "oauth_" + repeated("0a1b", 40)),
        ("sonarqube-token", "sqco_", repeated("0aB", 59)),
        ("atlassian-token", "ATCTT3", repeated("0aB", 178) + "=0A1B2C3D"),
        ("pypi-token", "pypi-", "AgEN" + repeated("0aB", 120)),
        ("circleci-token", "CCIPRJ_", repeated("1aB", 21) + "_" + repeated("0a1b", 40)),
        ("netlify-token", "nfb_", repeated("0a_B", 36)),
        ("cloudflare-api-token", "cfk_", repeated("0aB", 40) + "0a1b2c3d"),
        (
            "slack-webhook", "https://hooks.slack.com/workflows/",
            "T0123ABCD/A0123ABCD/" + repeated("123", 18) + "/" + repeated("0aB", 24)
        ),
        ("stripe-webhook-secret", "whsec_", repeated("0aB", 86) + "=="),
        ("italian-fiscal-code", "CF ", "RSSMRA85T10A56NH"),
    ]

    @Test(arguments: otherFormats)
    func `a rule finds the whole of each format`(_ rule: String, _ before: String, _ value: String) throws {
        let oracle = try RuleOracle(#require(MaskRule.catalogue.first { $0.name == rule }))
        let text = Array("x \(before)\(value) y".utf8)
        #expect(try oracle.values(in: text).map { String(decoding: text[$0], as: UTF8.self) } == [value])
    }

    private static func repeated(_ piece: String, _ count: Int) -> String {
        String(String(repeating: piece, count: count / piece.count + 1).prefix(count))
    }

    private static func jsonWebToken(_ count: Int) -> String {
        "eyJhbGciOiJSUzI1NiJ9.eyJ" + repeated("0aB", count) + "." + repeated("_0aB-", 86)
    }

    @Test func `what one rule just misses, no other rule finds`() throws {
        let oracles = try MaskRule.standard.map { try RuleOracle($0) }
        let silent = [
            "payment-card", "iban", "github-token", "json-web-token", "bcrypt", "url-password", "pgpass", "private-key",
        ]
        for rule in MaskRule.standard where silent.contains(rule.name) {
            for oracle in oracles {
                #expect(
                    try oracle.values(in: Array(rule.nearMiss.utf8)).isEmpty,
                    "\(oracle.rule.name) in the near miss of \(rule.name)")
            }
        }
    }
}

extension MaskRule: CustomTestStringConvertible {
    public var testDescription: String { name }
}

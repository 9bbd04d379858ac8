import TerminalStream

/// A few rules, one of each kind that the engine treats differently.
enum ExampleRules {
    static let token = rule(
        "token", prefix: "ghp_", value: "[0-9A-Za-z]{8,20}", notBefore: "A-Za-z0-9_", notAfter: "A-Za-z0-9_", widest: 30)
    /// A match may be followed by anything.
    static let open = rule("open", prefix: "xox[ab]-", value: "[0-9A-Za-z-]{6,40}", widest: 50)
    static let card = rule(
        "card", .personal, value: "[0-9]{13,19}|[0-9]{4}([ -][0-9]{4}){3}", notBefore: "A-Za-z0-9_.", notAfter: "A-Za-z0-9_",
        trigger: "[0-9]{4}[ -]?[0-9]{4}", validator: .card, widest: 23, style: .cardEnds)
    /// Its trigger is in the middle.
    static let email = rule(
        "email", .personal, value: "[a-z0-9_.]{1,20}@([a-z0-9][a-z0-9-]{0,9}\\.){1,3}[a-z]{2,5}", notBefore: "A-Za-z0-9_.@",
        notAfter: "A-Za-z0-9_@",
        trigger: "@[a-z0-9]", widest: 60, style: .label)
    static let password = rule(
        "password", .keyed, prefix: "(password|pwd)[\"']?[ \\t]{0,4}[=:][ \\t]{0,4}[\"']?", value: "[^\\s\"'&]{4,32}",
        ignoresCase: true,
        trigger: "(password|pwd)[\"']?[ \\t]{0,4}[=:]", widest: 60, style: .fixed)
    /// Something has to follow.
    static let url = rule(
        "url", .keyed, prefix: "[a-z]{2,8}://[^\\s:@/]{0,16}:", value: "[^\\s@/]{3,24}", suffix: "@", trigger: "://", widest: 64)
    static let block = rule(
        "block", .block, prefix: "-----BEGIN KEY-----", value: "\\r?\\n[A-Za-z0-9+/=]{8,}(\\r?\\n[A-Za-z0-9+/=]+)*",
        trigger: "-----BEGIN ",
        widest: 4000, isCommitted: true)
    static let web = rule(
        "web", value: "eyJ[A-Za-z0-9_-]{6,}\\.[A-Za-z0-9_-]{6,}(\\.[A-Za-z0-9_-]*)?", trigger: "eyJ", widest: 2000,
        isCommitted: true)
    static let hash = rule(
        "hash", .hash, value: "\\$2[aby]\\$[0-9]{2}\\$[./A-Za-z0-9]{10}", notAfter: "./A-Za-z0-9", trigger: "\\$2", widest: 20)
    static let cyrillic = rule("cyrillic", prefix: "пароль=", value: "(я|ю|[a-z]|漢){4,12}", trigger: "пароль=", widest: 64)

    static let all = [token, open, card, email, password, url, block, web, hash, cyrillic]

    /// Texts with a value of each rule in them.
    static let texts = [
        "ghp_0aB0aB0aB0aB ", "ghp_0aB0aB0aB0aB", "xoxa-1234-abcd-5678", "4111111111111111", "4111 1111 1111 1111",
        "jane.doe@mail.example.org",
        "password=hunter22", "PWD: \"s3cret!\"", "pg://app:geheim@db",
        "-----BEGIN KEY-----\r\nAAAAAAAAAAAA\r\nBBBB\r\n-----END KEY-----",
        "eyJhbGciOi.eyJzdWIi.c2lnbg", "$2a$10$abcdefghij", "пароль=яюя漢ab", "password=password=password=",
        "4111 1111 4111 1111 1111 1111",
        "pwd=ghp_0aB0aB0aB0aB", "token pwd=eyJhbGciOi.eyJzdWIi.c2ln&", "a@b.cd@e.fg",
    ]

    private static func rule(
        _ name: String, _ category: MaskRule.Category = .token, prefix: String = "", value: String, suffix: String = "",
        ignoresCase: Bool = false, notBefore: String = "", notAfter: String = "", trigger: String = "",
        validator: MaskValidator? = nil,
        widest: Int, isCommitted: Bool = false, style: MaskStyle = .cells
    ) -> MaskRule {
        MaskRule(
            name, category, prefix: prefix, value: value, suffix: suffix, ignoresCase: ignoresCase, notBefore: notBefore,
            notAfter: notAfter,
            trigger: trigger, validator: validator, widest: widest, isCommitted: isCommitted, style: style, source: "made up",
            example: "",
            nearMiss: "")
    }
}

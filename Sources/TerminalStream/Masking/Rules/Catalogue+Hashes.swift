extension MaskRule {
    static let systemHashes: [MaskRule] = [
        hash(
            "bcrypt", "\\$2[abxy]\\$[0-9]{2}\\$[./A-Za-z0-9]{53}", trigger: "\\$2[abxy]\\$", widest: 60, source: "crypt(5)",
            matches: "x:«$2b$12$\(filler(53))»:", misses: "x:$2b$12$\(filler(52)):"),
        hash(
            "sha-crypt", "\\$[56]\\$(rounds=[1-9][0-9]{0,9}\\$)?[^$:\\s]{1,16}\\$[./0-9A-Za-z]{43}([./0-9A-Za-z]{43})?",
            trigger: "\\$[56]\\$", widest: 140, source: "crypt(5)",
            matches: "root:«$6$saltsalt$\(filler(86))»:19000", misses: "root:$6$saltsalt$\(filler(40)):19000"),
        hash(
            "yescrypt", "\\$(y|gy|7|sm3y)\\$[./A-Za-z0-9]{1,97}(\\$[./A-Za-z0-9]{0,86})?\\$[./A-Za-z0-9]{43}",
            trigger: "\\$(y|gy|7|sm3y)\\$", widest: 240, source: "crypt(5)",
            matches: "root:«$y$j9T$\(filler(22))$\(filler(43))»:19000", misses: "root:$y$j9T$\(filler(22))$\(filler(42)):19000"),
        hash(
            "md5-crypt", "\\$(1|apr1)\\$[^$:\\s]{1,8}\\$[./0-9A-Za-z]{22}", trigger: "\\$(1|apr1)\\$", widest: 40,
            source: "crypt(5); Apache, password formats",
            matches: "x:«$apr1$saltsalt$\(filler(22))»", misses: "x:$apr1$saltsalt$\(filler(21))"),
        hash(
            "sun-md5",
            "\\$(md5(,rounds=[1-9][0-9]{0,9})?\\$[./0-9A-Za-z]{8}\\${1,2}[./0-9A-Za-z]{22}|sha1\\$[1-9][0-9]{0,9}\\$[./0-9A-Za-z]{1,64}\\$[./0-9A-Za-z]{28,96})",
            trigger: "\\$(md5|sha1)[$,]", widest: 190, source: "crypt(5)", matches: "x:«$md5$saltsalt$$\(filler(22))»",
            misses: "x:$md5$saltsalt$$\(filler(21))"),
        hash(
            "phc-hash", "\\$(argon2(id|i|d)|scrypt|pbkdf2(-sha(1|256|512))?|bcrypt-sha256)\\$[A-Za-z0-9=,+/.$_-]{20,260}",
            trigger: "\\$(argon2|scrypt|pbkdf2|bcrypt-)", widest: 290,
            source: "PHC string format; passlib", matches: "x:«$argon2id$v=19$m=65536,t=3,p=4$\(filler(22))$\(filler(43))»",
            misses: "x:$argon2id$v=19"),
        hash(
            "ldap-hash",
            "\\{(S?SHA|S?SHA(224|256|384|512)|S?MD5|CRYPT|PBKDF2(-SHA(1|256|512))?|ARGON2)\\}[A-Za-z0-9+/.$=_-]{20,200}",
            trigger: "\\{(S?SHA|S?MD5|CRYPT|PBKDF2|ARGON2)", widest: 230,
            source: "RFC 2307 §5.3; slappasswd(8)", matches: "userPassword: «{SSHA}\(filler(32))»",
            misses: "userPassword: {SSHA}abc"),
        hash(
            "grub-hash", "grub\\.pbkdf2\\.sha512\\.[0-9]{1,8}\\.[0-9A-F]{32,256}\\.[0-9A-F]{64,256}", trigger: "grub\\.pbkdf2",
            widest: 560, source: "grub-mkpasswd-pbkdf2(1)",
            matches: "password_pbkdf2 root «grub.pbkdf2.sha512.10000.\(filler(128, of: "0A1B")).\(filler(128, of: "0A1B"))»",
            misses: "grub.pbkdf2.sha512.10000.0A1B"),
        hash(
            "cisco-hash", "\\$[89]\\$[./0-9A-Za-z]{14}\\$[./0-9A-Za-z]{43}", trigger: "\\$[89]\\$", widest: 62,
            source: "Cisco IOS: types 8 and 9",
            matches: "secret 9 «$9$\(filler(14))$\(filler(43))»", misses: "secret 9 $9$\(filler(14))$\(filler(42))"),
        hash(
            "windows-hash", "[0-9a-f]{32}:[0-9a-f]{32}", prefix: ":[0-9]{3,7}:", suffix: ":::", ignoresCase: true,
            trigger: ":[0-9]{3,7}:[0-9A-Fa-f]{4}", widest: 82, source: "pwdump's format of the SAM: LM and NT",
            matches: "jane:1001:«\(filler(32, of: "0a1b")):\(filler(32, of: "0a1b"))»:::",
            misses: "jane:1001:\(filler(32, of: "0a1b")):::"),
    ]

    static let databaseHashes: [MaskRule] = [
        hash(
            "scram-verifier",
            "SCRAM-SHA-(1|256|512)\\$[0-9]{1,7}:[A-Za-z0-9+/=]{16,64}\\$[A-Za-z0-9+/=]{28,90}:[A-Za-z0-9+/=]{28,90}",
            notBefore: word, trigger: "SCRAM-SHA-", widest: 280,
            source: "PostgreSQL, pg_authid", matches: "«SCRAM-SHA-256$4096:\(filler(22))==$\(filler(43))=:\(filler(43))=»",
            misses: "SCRAM-SHA-256$4096:abc"),
        hash(
            "postgres-md5", "md5[0-9a-f]{32}", notBefore: "A-Za-z0-9_-", notAfter: "A-Za-z0-9_", trigger: "md5[0-9a-f]{4}",
            validator: .lettersAndDigits, widest: 35, source: "PostgreSQL, pg_authid",
            matches: "app | «md5\(filler(32, of: "0a1b"))»", misses: "app | md5\(filler(31, of: "0a1b"))"),
        hash(
            "mysql-native", "\\*[0-9A-F]{40}", notBefore: "A-Za-z0-9_*", notAfter: word, trigger: "\\*[0-9A-F]{4}",
            validator: .lettersAndDigits, widest: 41, source: "MySQL, mysql_native_password",
            matches: "app | «*\(filler(40, of: "0A1B"))»", misses: "app | *\(filler(39, of: "0A1B"))"),
        hash(
            "mysql-caching-sha2", "\\$A\\$[0-9]{3}\\$[\\x20-\\x7e]{20}[./A-Za-z0-9]{43}", trigger: "\\$A\\$[0-9]", widest: 72,
            source: "MySQL, caching_sha2_password",
            matches: "app | «$A$005$\(filler(20))\(filler(43))»", misses: "app | $A$005$\(filler(40))"),
        hash(
            "django-hash", "[A-Za-z0-9=,+/.$_-]{30,260}", prefix: "(pbkdf2_sha(1|256)|bcrypt_sha256|argon2|scrypt)\\$",
            notBefore: "A-Za-z0-9_$", trigger: "(pbkdf2_sha|bcrypt_sha|argon2|scrypt)[0-9]{0,3}\\$", widest: 290,
            source: "Django, password management", matches: "pbkdf2_sha256$«600000$\(filler(22))$\(filler(43))=»",
            misses: "pbkdf2_sha256$600000"),
        hash(
            "werkzeug-hash", "[A-Za-z0-9./+]{8,64}\\$[0-9a-f]{40,128}",
            prefix: "(pbkdf2:sha(1|256|512)|scrypt)(:[0-9]{1,8}){1,3}\\$",
            notBefore: word, trigger: "(sha(1|256|512)|scrypt):[0-9]", widest: 240,
            source: "Werkzeug, security.generate_password_hash",
            matches: "scrypt:32768:8:1$«\(filler(16))$\(filler(128, of: "0a1b"))»", misses: "scrypt:32768:8:1$\(filler(16))"),
    ]

    static let randomLooking: [MaskRule] = [
        MaskRule(
            "random-looking", .entropy, use: .optIn, value: "[A-Za-z0-9+/_=-]{32,256}", notBefore: "A-Za-z0-9+/_=-",
            notAfter: "A-Za-z0-9+/_=-",
            trigger: "[A-Za-z0-9+/_=-]{8}", validator: .highEntropy, widest: 256,
            source: "detect-secrets high_entropy_strings.py: 4.5 bits a character in base64, 3 in hexadecimal digits",
            matches: "x «q8Zt3LwXv0RbN7sYkE5hJc2MfUaP9dGi4oTz1BxQ» y", misses: "x aaaaaaaaaaaaaaaabbbbbbbbbbbbbbbbcccc y")
    ]

    private static func hash(
        _ name: String, _ value: String, prefix: String = "", suffix: String = "", ignoresCase: Bool = false,
        notBefore: String = "", notAfter: String = "A-Za-z0-9./",
        trigger: String, validator: MaskValidator? = nil, widest: Int, source: String, matches example: Marked,
        misses nearMiss: String
    ) -> MaskRule {
        MaskRule(
            name, .hash, prefix: prefix, value: value, suffix: suffix, ignoresCase: ignoresCase, notBefore: notBefore,
            notAfter: suffix.isEmpty ? notAfter : "",
            trigger: trigger, validator: validator, widest: widest, source: source, matches: example, misses: nearMiss)
    }
}

extension MaskRule {
    static let cards: [MaskRule] = [
        MaskRule(
            "payment-card", .personal,
            value:
                "[1-689][0-9]{12,18}|[1-689][0-9]{3}([ -][0-9]{4}){3}([ -][0-9]{1,3})?|[1-6][0-9]{3}[ -][0-9]{6}[ -][0-9]{4,5}",
            notBefore: "A-Za-z0-9_.+=/-", notAfter: "A-Za-z0-9_+=/-", trigger: "[0-9]{4}[ -]?[0-9]{4}", validator: .card,
            widest: 23,
            source: "ISO/IEC 7812-1; braintree/credit-card-type", matches: "card «4111 1111 1111 1111» ok",
            misses: "card 4111 1111 1111 1112 ok")
    ]

    static let persons: [MaskRule] = [
        MaskRule(
            "us-social-security", .personal, value: "[0-8][0-9]{2}[ -][0-9]{2}[ -][0-9]{4}", notBefore: "A-Za-z0-9_.-",
            notAfter: "A-Za-z0-9_-",
            trigger: "[ -][0-9]{2}[ -][0-9]{4}", validator: .socialSecurity, widest: 11,
            source: "SSA, POS RM 10201; Presidio UsSsnRecognizer",
            matches: "ssn «536-22-8726»",
            misses: "ssn 900-22-8726"),
        MaskRule(
            "us-social-security-labelled", .personal,
            prefix: "(ssn|social security( number| no\\.?)?)[\"']?[ \\t]{0,3}[:=#]?[ \\t]{0,3}[\"']?", value: "[0-9]{9}",
            ignoresCase: true,
            notBefore: word, notAfter: word, trigger: "(ssn|social security)", validator: .socialSecurity, widest: 48,
            source: "SSA, POS RM 10201; Presidio UsSsnRecognizer, two of its context words",
            matches: "{\"ssn\": \"«536228726»\"}",
            misses: "{\"ssn\": \"000228726\"}"),
        MaskRule(
            "iban", .personal, value: "[A-Z]{2}[0-9]{2}( ?[A-Z0-9]{4}){2,7}( ?[A-Z0-9]{1,3})?", notBefore: word, notAfter: word,
            trigger: "[A-Z]{2}[0-9]{2}", validator: .iban, widest: 42, source: "ISO 13616-1; SWIFT, IBAN registry",
            matches: "pay «GB82 WEST 1234 5698 7654 32» now", misses: "pay GB83 WEST 1234 5698 7654 32 now"),
        MaskRule(
            "uk-national-insurance", .personal,
            value: "[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?[0-9]{2} ?[0-9]{2} ?[0-9]{2} ?[A-D]", notBefore: "A-Za-z0-9_-",
            notAfter: "A-Za-z0-9_-",
            trigger: "[A-Z]{2} ?[0-9]{2}", validator: .nationalInsurance, widest: 13, source: "HMRC, NIM39110",
            matches: "NI «AB 12 34 56 C»", misses: "NI BG 12 34 56 C"),
    ]

    static let contacts: [MaskRule] = [
        MaskRule(
            "email", .personal, use: .optIn,
            value:
                "[A-Za-z0-9_%+-]([A-Za-z0-9._%+-]{0,62}[A-Za-z0-9_%+-])?@([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\.){1,6}[A-Za-z]{2,24}",
            notBefore: "A-Za-z0-9_%+.@:/-", notAfter: "A-Za-z0-9_@-", trigger: "@[A-Za-z0-9]", validator: .email, widest: 254,
            style: .label,
            source: "RFC 5321 §4.1.2, §4.5.3.1", matches: "to «jane.doe@example.org», please", misses: "getty@tty1.service"),
        MaskRule(
            "phone", .personal, use: .optIn,
            value: "\\+[1-9][0-9]{0,2}[ .-]?(\\([0-9]{1,4}\\)[ .-]?)?[0-9]{1,5}([ .-]?[0-9]{1,5}){1,5}",
            notBefore: "A-Za-z0-9_+.", notAfter: word, trigger: "\\+[1-9]", validator: .phone, widest: 36, source: "ITU-T E.164",
            matches: "call «+49 30 901820»", misses: "offset +12 345"),
        MaskRule(
            "phone-north-america", .personal, use: .optIn,
            value:
                "\\([2-9][0-9]{2}\\) ?[2-9][0-9]{2}-[0-9]{4}|[2-9][0-9]{2}-[2-9][0-9]{2}-[0-9]{4}|[2-9][0-9]{2}\\.[2-9][0-9]{2}\\.[0-9]{4}",
            notBefore: "A-Za-z0-9_.-", notAfter: "A-Za-z0-9_-", trigger: "[0-9]{3}[-.][0-9]{4}", widest: 14,
            source: "North American Numbering Plan: area and exchange begin with 2 to 9", matches: "call «(212) 555-0143»",
            misses: "call (112) 555-0143"),
        MaskRule(
            "phone-labelled", .personal, use: .optIn,
            prefix: "(phone|tel|telefon|mobile|handy|fax|sms)([ _-]?(no|number|nr))?\\.?[\"']?[ \\t]{0,3}[:=]?[ \\t]{0,3}[\"']?",
            value: "0[0-9]{2,4}[ /-]?[0-9]{4,9}", ignoresCase: true, notBefore: "A-Za-z0-9", notAfter: word,
            trigger: "(phone|tel|mobile|handy|fax|sms)", validator: .phone, widest: 48,
            source: "words as in Presidio PhoneRecognizer; national numbers begin with 0 in most of Europe",
            matches: "Tel.: «030 901820»",
            misses: "Tel.: 130 901820"),
        MaskRule(
            "ipv4-address", .personal, use: .optIn, value: "[0-9]{1,3}(\\.[0-9]{1,3}){3}", notBefore: "A-Za-z0-9_.-",
            notAfter: "A-Za-z0-9_-",
            trigger: "[0-9]\\.[0-9]{1,3}\\.", validator: .ipv4, widest: 15, source: "RFC 791; Presidio IpRecognizer",
            matches: "from «192.0.2.17» port",
            misses: "from 192.0.2.317 port"),
    ]
}

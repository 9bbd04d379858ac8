extension MaskRule {
    static let messages: [MaskRule] = [
        .token(
            "slack-token", "xox[abposre]-", "[0-9A-Za-z-]{10,250}", notBefore: "", notAfter: "", validator: .lettersAndDigits,
            widest: 260,
            source: "gitleaks slack-*; kingfisher slack.2", matches: "xoxb-«123456789012-\(filler(24))»",
            misses: "xoxb-your-token"),
        .token(
            "slack-app-token", "xapp-[0-9]-", "[A-Z0-9]{8,16}-[0-9]{8,16}-[a-z0-9]{32,80}", trigger: "xapp-", widest: 125,
            source: "gitleaks slack-app-token; kingfisher slack.1",
            matches: "xapp-1-«A012BCD34EF-123456789012-\(filler(64, of: "0a1b"))»",
            misses: "xapp-1-A012BCD34EF"),
        MaskRule(
            "slack-webhook", .token, prefix: "hooks\\.slack\\.com/(services|workflows|triggers)/",
            value: "[A-Z][A-Z0-9]{7,12}/[A-Za-z0-9]{8,20}/[A-Za-z0-9]{16,40}(/[A-Za-z0-9]{16,40})?", notAfter: word,
            trigger: "hooks\\.slack", widest: 150,
            source: "trufflehog slackwebhook; gitleaks slack-webhook-url",
            matches: "https://hooks.slack.com/services/«T0123ABCD/B0123ABCD/\(filler(24))»",
            misses: "https://hooks.slack.com/services/T0000"),
        MaskRule(
            "discord-webhook", .token, prefix: "discord(app)?\\.com/api/(v[0-9]{1,2}/)?webhooks/[0-9]{17,20}/",
            value: "[A-Za-z0-9_-]{60,80}",
            trigger: "/webhooks/[0-9]", widest: 150, source: "trufflehog discordwebhook; kingfisher discord.1",
            matches: "https://discord.com/api/webhooks/\(filler(18, of: "123"))/«\(filler(68))»",
            misses: "https://discord.com/api/webhooks/123/x"),
        MaskRule(
            "discord-bot-token", .token,
            value: "[MNO][DTjz][AEIMQUYcgk][0-5w-z][A-Za-z0-9_-]{20,24}\\.[A-Za-z0-9_-]{6}\\.[A-Za-z0-9_-]{27,38}",
            notBefore: "A-Za-z0-9_.-",
            notAfter: "A-Za-z0-9_-", trigger: "[MNO][DTjz][AEIMQUYcgk][0-5w-z]", validator: .lettersAndDigits, widest: 75,
            source: "detect-secrets discord.py; an identifier in base64 of its digits",
            matches: "«MTIzNDU2Nzg5MDEyMzQ1Njc4.\(filler(6)).\(filler(38))»",
            misses: "MTIzNDU2Nzg5MDEyMzQ1Njc4.\(filler(5)).\(filler(38))"),
        MaskRule(
            "teams-webhook", .token, prefix: "\\.webhook\\.office\\.com/webhookb2/",
            value: "[a-z0-9@-]{60,80}/IncomingWebhook/[a-z0-9]{32}/[a-z0-9/_-]{36,80}",
            ignoresCase: true, trigger: "\\.webhook\\.office", widest: 240, source: "gitleaks microsoft-teams-webhook",
            matches:
                "https://x.webhook.office.com/webhookb2/«\(filler(73, of: "0a1b"))/IncomingWebhook/\(filler(32, of: "0a1b"))/\(filler(36, of: "0a1b"))»",
            misses: "https://x.webhook.office.com/webhookb2/abc/IncomingWebhook/"),
        MaskRule(
            "telegram-bot-token", .token, prefix: "[0-9]{8,10}:AA", value: "[0-9A-Za-z_-]{33}", notBefore: "A-Za-z0-9_",
            notAfter: "A-Za-z0-9_-",
            trigger: "[0-9]:AA", widest: 46, source: "detect-secrets telegram_token.py",
            matches: "bot 123456789:AA«\(filler(33))»",
            misses: "bot 123456789:AA\(filler(32))"),
        .token(
            "sendgrid-key", "SG\\.", "[0-9A-Za-z_-]{22}\\.[0-9A-Za-z_-]{43}", notAfter: "A-Za-z0-9_-", widest: 69,
            source: "detect-secrets sendgrid.py",
            matches: "SG.«\(filler(22)).\(filler(43))»", misses: "SG.\(filler(22)).\(filler(42))"),
        .token(
            "mailgun-key", "key-", "[a-f0-9]{32}", notAfter: "A-Za-z0-9_-", trigger: "key-[a-f0-9]{4}",
            validator: .lettersAndDigits, widest: 36, source: "gitleaks mailgun-private-api-token",
            matches: "api:key-«\(filler(32, of: "0a1b"))»", misses: "api:key-\(filler(31, of: "0a1b"))"),
        // Opt-in: any number in hexadecimal may be the beginning of one, and would wait.
        MaskRule(
            "mailchimp-key", .token, use: .optIn, value: "[a-f0-9]{32}-us[0-9]{1,2}", notBefore: word, notAfter: word,
            trigger: "-us[0-9]", validator: .lettersAndDigits, widest: 37,
            source: "trufflehog mailchimp; detect-secrets mailchimp.py", matches: "«\(filler(32, of: "0a1b"))-us12»",
            misses: "\(filler(31, of: "0a1b"))-us12"),
        .token(
            "brevo-key", "xkeysib-", "[a-f0-9]{64}-[A-Za-z0-9]{16}", widest: 89, source: "gitleaks sendinblue-api-token",
            matches: "xkeysib-«\(filler(64, of: "0a1b"))-\(filler(16))»", misses: "xkeysib-\(filler(64, of: "0a1b"))"),
        .token(
            "twilio-key", "SK", "[0-9a-fA-F]{32}", trigger: "SK[0-9a-fA-F]{4}", validator: .lettersAndDigits, widest: 34,
            source: "gitleaks twilio-api-key; kingfisher twilio.1",
            matches: "SK«\(filler(32, of: "0a1b"))»", misses: "SK\(filler(31, of: "0a1b"))"),
        .token(
            "facebook-token", "EAA[A-Z]", "[A-Za-z0-9]{100,}", widest: 400,
            source: "gitleaks facebook-page-access-token: EAAM, EAAC; others begin EAAB, EAAG, of no published format",
            matches: "EAAC«\(filler(120))»", misses: "EAAC\(filler(99))"),
    ]

    static let payments: [MaskRule] = [
        .token(
            "stripe-key", "[sr]k_(test|live|prod)_", "[0-9A-Za-z]{10,247}", trigger: "[sr]k_(test|live|prod)",
            validator: .lettersAndDigits, widest: 256, source: "gitleaks stripe-access-token; trufflehog stripe",
            matches: "sk_test_«\(filler(24))»", misses: "sk_test_abc"),
        .token(
            "stripe-webhook-secret", "whsec_", "[0-9A-Za-z+/=]{32,88}", notAfter: "A-Za-z0-9+/=", widest: 94,
            source: "Standard Webhooks: base64 of 24 to 64 bytes; Stripe's own format is not published",
            matches: "whsec_«\(filler(32))»", misses: "whsec_\(filler(31))"),
        .token(
            "shopify-token", "shp(at|ca|pa|ss)_", "[a-fA-F0-9]{32}", widest: 38, source: "gitleaks shopify-*",
            matches: "shpat_«\(filler(32, of: "0a1b"))»", misses: "shpat_\(filler(31, of: "0a1b"))"),
        .token(
            "square-token", "(sq0(atp|csp)-|EAAA)", "[0-9A-Za-z_-]{22,60}", notAfter: "A-Za-z0-9_-", trigger: "(sq0[ac]|EAAA)",
            validator: .lettersAndDigits, widest: 68, source: "gitleaks square-access-token; detect-secrets square_oauth.py",
            matches: "sq0atp-«\(filler(22))»", misses: "sq0atp-\(filler(21))"),
        .token(
            "easypost-key", "EZ[AT]K", "[A-Za-z0-9]{54}", widest: 58, source: "gitleaks easypost-*",
            matches: "EZAK«\(filler(54))»",
            misses: "EZAK\(filler(53))"),
        .token(
            "shippo-token", "shippo_(live|test)_", "[a-fA-F0-9]{40}", widest: 52, source: "gitleaks shippo-api-token",
            matches: "shippo_live_«\(filler(40, of: "0a1b"))»", misses: "shippo_live_\(filler(39, of: "0a1b"))"),
    ]

    static let models: [MaskRule] = [
        MaskRule(
            "openai-key", .token, prefix: "sk-",
            value: "(proj|svcacct|admin)-([A-Za-z0-9_-]{58}|[A-Za-z0-9_-]{74})T3BlbkFJ([A-Za-z0-9_-]{58}|[A-Za-z0-9_-]{74})"
                + "|[A-Za-z0-9]{20}T3BlbkFJ[A-Za-z0-9]{20}",
            notBefore: "A-Za-z0-9_-", notAfter: "A-Za-z0-9_-", trigger: "sk-[A-Za-z0-9]", widest: 270,
            source: "gitleaks openai-api-key",
            matches: "sk-«proj-\(filler(74))T3BlbkFJ\(filler(74))»", misses: "sk-proj-\(filler(74))\(filler(74))"),
        .token(
            "anthropic-key", "sk-ant-(api[0-9]{2}|admin01|o[ar]t01)-", "[A-Za-z0-9_-]{93}AA", notAfter: "A-Za-z0-9_-",
            trigger: "sk-ant-", widest: 111,
            source: "gitleaks anthropic-*; kingfisher anthropic.1; oat01 and ort01: of no published length, taken to be the same",
            matches: "sk-ant-api03-«\(filler(93))AA»", misses: "sk-ant-api03-\(filler(92))AA"),
        .token(
            "huggingface-token", "(hf_|api_org_)", "[A-Za-z]{34}", widest: 42, source: "gitleaks huggingface-*",
            matches: "hf_«\(filler(34, of: "aBc"))»",
            misses: "hf_\(filler(33, of: "aBc"))"),
        .token(
            "groq-key", "gsk_", "[A-Za-z0-9]{52}", widest: 56, source: "kingfisher groq.1", matches: "gsk_«\(filler(52))»",
            misses: "gsk_\(filler(51))"),
        .token(
            "perplexity-key", "pplx-", "[A-Za-z0-9]{48}", widest: 53, source: "gitleaks perplexity-api-key",
            matches: "pplx-«\(filler(48))»",
            misses: "pplx-\(filler(47))"),
        .token(
            "replicate-token", "r8_", "[0-9A-Za-z_-]{37}", notAfter: "A-Za-z0-9_-", validator: .lettersAndDigits, widest: 40,
            source: "kingfisher replicate",
            matches: "r8_«\(filler(37))»", misses: "r8_\(filler(36))"),
        .token(
            "xai-key", "xai-", "[0-9A-Za-z_]{80}", widest: 84, source: "kingfisher xai", matches: "xai-«\(filler(80))»",
            misses: "xai-\(filler(79))"),
    ]

    static let monitoring: [MaskRule] = [
        .token(
            "grafana-token", "(glc_|glsa_)", "[A-Za-z0-9+/_]{32,400}={0,3}", notAfter: "A-Za-z0-9+/=_", widest: 410,
            source: "gitleaks grafana-*",
            matches: "glsa_«\(filler(32))_0a1b2c3d»", misses: "glsa_\(filler(31))"),
        .token(
            "sentry-token", "(sntrys_|sntryu_)", "[A-Za-z0-9+/=_]{43,500}", notAfter: "", widest: 510,
            source: "gitleaks sentry-*",
            matches: "sntryu_«\(filler(64, of: "0a1b"))»", misses: "sntryu_\(filler(42, of: "0a1b"))"),
        .token(
            // Licence keys have no prefix.
            "newrelic-key", "NR(AK|JS|II|IQ)-", "[A-Za-z0-9_-]{19,40}", notAfter: "A-Za-z0-9_-", trigger: "NR[AJI][KSIQ]-",
            validator: .lettersAndDigits, widest: 46, source: "gitleaks new-relic-*; NRIQ: of no published format",
            matches: "NRAK-«\(filler(27, of: "0AB"))»", misses: "NRAK-\(filler(18, of: "0AB"))"),
        .token(
            "octopus-key", "API-", "[A-Z0-9]{26,36}", validator: .lettersAndDigits, widest: 40,
            source: "gitleaks octopus-deploy-api-key; trufflehog octopusdeploy",
            matches: "API-«\(filler(26, of: "0AB"))»", misses: "API-\(filler(25, of: "0AB"))"),
    ]

    static let signedTokens: [MaskRule] = [
        MaskRule(
            "json-web-token", .token, value: "eyJ[A-Za-z0-9_-]{10,}\\.[A-Za-z0-9_-]{2,}\\.[A-Za-z0-9_-]*(\\.[A-Za-z0-9_-]+){0,2}",
            notBefore: "A-Za-z0-9_-",
            trigger: "eyJ", validator: .jsonWebToken, widest: 8192, isCommitted: true,
            source: "RFC 7519 §3, RFC 7515 §7.1, RFC 7516 §7.1",
            matches: "token is «eyJhbGciOiJub25lIn0.eyJzdWIiOiJub2JvZHkifQ.\(filler(20))»",
            misses: "token is eyJ0eXAiOiJub25lIn0.eyJzdWIiOiJub2JvZHkifQ.\(filler(20))"),
        .token(
            "paseto", "v[1-4]\\.(local|public)\\.", "[A-Za-z0-9_-]{40,}(\\.[A-Za-z0-9_-]{1,})?", notAfter: "", widest: 4096,
            isCommitted: true,
            source: "paseto-standard/paseto-spec, 01-Protocol-Versions", matches: "v4.local.«\(filler(80))»",
            misses: "v4.local.\(filler(39))"),
    ]
}

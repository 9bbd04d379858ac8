extension MaskRule {
    /// What stands between a word and its value: `=`, `: `, `": "`, `'] = '`, `:=`, `=>`.
    private static let assigns = "[\"'`]?[\\])]?[ \\t]{0,4}(=>|:=|=|:)[ \\t]{0,4}"
    private static let passwordWords =
        "(password|passwd|passwort|kennwort|passphrase|passcode|requirepass|masterauth|pwd|_pass|bindpw|rootpw)"
    private static let secretWords =
        "(secret|token|api[_-]?key|access[_-]?key|auth[_-]?key|secret[_-]?key|private[_-]?key|credentials?|account[_-]?key|service[_-]?key|encryption[_-]?key|signing[_-]?key)"

    static let headers: [MaskRule] = [
        MaskRule(
            "bearer-token", .keyed, prefix: "(bearer|authorization:[ \\t]{0,3}(token|apikey))[ \\t]{1,4}",
            value: "[A-Za-z0-9._~+/=-]{16,}", ignoresCase: true,
            notBefore: "A-Za-z0-9_-", trigger: "(bearer|token|apikey)[ \\t]", validator: .secret,
            widest: 4096, source: "RFC 6750 §2.1",
            matches: "Authorization: Bearer «\(filler(32, of: "mF9xB5k"))»", misses: "the bearer of-this-letter-is-here"),
        MaskRule(
            "basic-credentials", .keyed, prefix: "basic[ \\t]{1,4}", value: "[A-Za-z0-9+/]{8,400}={0,2}", ignoresCase: true,
            notBefore: "A-Za-z0-9_-",
            notAfter: "A-Za-z0-9+/=", trigger: "basic[ \\t]", validator: .basicCredentials, widest: 420, source: "RFC 7617 §2",
            matches: "Authorization: Basic «bm9ib2R5Om5vdGhpbmc=»", misses: "Authorization: Basic bm9ib2R5bm90aGluZw=="),
        MaskRule(
            "url-password", .keyed, prefix: "[a-z][a-z0-9+.-]{1,20}://[^\\s:@/?#\"'<>]{0,64}:", value: "[^\\s@/?#\"'<>]{1,160}",
            suffix: "@",
            ignoresCase: true, trigger: "://", validator: .notPlaceholder, widest: 260, style: .fixed, source: "RFC 3986 §3.2.1",
            matches: "postgres://app:«s3cr-t»@db/x", misses: "postgres://app:${PW}@db/x"),
        MaskRule(
            "url-token", .keyed,
            prefix:
                "[?&](private_token|authenticity_token|rss_token|job_token|access_token|refresh_token|id_token|auth_token|token|api_?key|password|passwd|secret|client_secret|signature|x-amz-(signature|security-token|credential)|x-goog-signature|code)=",
            value: "[^\\s&\"'<>\\\\)]{8,1500}", ignoresCase: true,
            trigger:
                "[?&](private_t|authenticity_t|rss_t|job_t|access_t|refresh_t|id_t|auth_t|token|api_?key|passw|secret|client_s|signature|x-amz-s|x-amz-c|x-goog-s|code)",
            validator: .secret,
            widest: 1540,
            source: "RFC 6750 §2.3; AWS Signature Version 4; gitlab-runner urlsanitizer.go",
            matches: "GET /x?a=1&access_token=«\(filler(24, of: "mF9xB5k"))»&b=2",
            misses: "GET /x?a=1&access_token=YOUR_TOKEN_HERE&b=2"),
        MaskRule(
            "session-cookie", .keyed,
            prefix:
                "(phpsessid|jsessionid|asp\\.net_sessionid|_gitlab_session|connect\\.sid|laravel_session|sessionid|session_id|_session)=",
            value: "[A-Za-z0-9%._~+/-]{16,}",
            ignoresCase: true, trigger: "(sessi(d|on)|sessionid|session_id|\\.sid|_session)=", validator: .secret, widest: 1024,
            source: "RFC 6265 §8.4: session identifiers; the frameworks' names of them",
            matches: "Set-Cookie: PHPSESSID=«\(filler(26, of: "0ab1cd"))»; path=/",
            misses: "Set-Cookie: PHPSESSID=deleted; path=/"),
    ]

    static let passwords: [MaskRule] = [
        MaskRule(
            // An ampersand is part of a password if no equals sign follows: then the next parameter of an address begins.
            "password", .keyed, prefix: passwordWords + assigns + "[\"'`]?",
            value: "[^\\s\"'`;,&|<>]{4,128}(&[^\\s\"'`;,&|<>=]{1,64}){0,2}", ignoresCase: true,
            notAfter: "A-Za-z0-9_=", trigger: passwordWords + "[\"'`\\])= \\t:]", validator: .password, widest: 330,
            style: .fixed,
            source: "detect-secrets keyword.py", matches: "db_password: «Tr0ub4dor»",
            misses: "password: args.password"),
        MaskRule(
            "password-quoted", .keyed, prefix: passwordWords + assigns + "[\"'`]", value: "[^\"'`\\r\\n]{3,128}",
            suffix: "[\"'`]", ignoresCase: true,
            trigger: passwordWords + "[\"'`\\])= \\t:]", validator: .password, widest: 200, style: .fixed,
            source: "detect-secrets keyword.py", matches: "\"password\": \"«correct h0rse»\"",
            misses: "\"password\": \"Your password\""),
        MaskRule(
            // A word may be one if nothing follows it on its line: `passwd: Authentication failure` is prose, `password: correcthorse` is not.
            "password-word", .keyed, prefix: passwordWords + "[\"']?[ \\t]{0,4}(=|:[ \\t])[ \\t]{0,4}[\"']?",
            value: "[^\\s\"'`;,&|<>()\\[\\]{}]{5,128}", ignoresCase: true,
            notAfter: "^\\r\\n\"'`", trigger: passwordWords + "[\"'`\\])= \\t:]", validator: .notPlaceholder,
            widest: 170, style: .fixed,
            source: "YAML, INI and properties files", matches: "  password: «correcthorse»\n",
            misses: "passwd: Authentication token manipulation error"),
        MaskRule(
            "password-variable", .keyed,
            prefix: "(PASSWORD|PASSWD|PASSPHRASE|_PASS|_PWD|PGPASSWORD|MYSQL_PWD|REDISCLI_AUTH|SSHPASS)=[\"']?",
            value: "[^\\s\"'`;&|<>()]{3,256}",
            trigger: "(PASSWORD|PASSWD|PASSPHRASE|_PASS|PWD|REDISCLI_AUTH|SSHPASS)=", validator: .notPlaceholder, widest: 290,
            style: .fixed,
            source: "environ(7): the output of env", matches: "POSTGRES_PASSWORD=«hunter»", misses: "POSTGRES_PASSWORD=$(cat x)"),
        MaskRule(
            "connection-password", .keyed, prefix: ";[ ]?(password|pwd)=", value: "[^;\\s\"'<>]{3,128}", ignoresCase: true,
            trigger: ";[ ]?(password|pwd)=",
            validator: .notPlaceholder, widest: 150, style: .fixed, source: "ADO.NET, ODBC: connection strings",
            matches: "Server=db;User Id=sa;Password=«hunter»;", misses: "Server=db;User Id=sa;Password={0};"),
        MaskRule(
            "sql-password", .keyed,
            prefix: "(identified[ ]{1,3}(with[ ]{1,3}[a-z0-9_']{1,40}[ ]{1,3})?by|password)[ ]{0,3}[(=]?[ ]{0,3}'",
            value: "[^'\\r\\n]{3,128}", suffix: "'", ignoresCase: true, notBefore: word, trigger: "(by|password)[ (=]{0,7}'",
            validator: .password, widest: 240, style: .fixed, source: "PostgreSQL, ALTER ROLE; MySQL, CREATE USER",
            matches: "ALTER ROLE app WITH PASSWORD '«Tr0ub4dor»';", misses: "ALTER ROLE app WITH PASSWORD 'password';"),
        MaskRule(
            "server-password", .keyed,
            prefix:
                "(requirepass|masterauth|primaryauth|bindpw|rootpw|snmp-server community|community|pre-shared-key|wpa_passphrase)[ \\t]{1,16}\"?",
            value: "[^\\s\"]{4,128}", ignoresCase: true, notBefore: "A-Za-z0-9_-",
            trigger: "(requirepass|masterauth|primaryauth|bindpw|rootpw|community|pre-shared-key|wpa_passphrase)[ \\t]",
            validator: .password, widest: 180, style: .fixed, source: "redis.conf, slapd.conf(5), Cisco IOS",
            matches: "requirepass «Tr0ub4dor»",
            misses: "requirepass foobared"),
        MaskRule(
            "wifi-key", .keyed, prefix: "(psk|wep_key[0-3]|sae_password)(=|:[ ]{1,40})\"?", value: "[^\\s\"]{8,64}",
            notBefore: word, trigger: "(psk|wep_key[0-3]|sae_password)[=:]", validator: .password,
            widest: 90, style: .fixed, source: "wpa_supplicant.conf(5), nm-settings(5)", matches: "psk=\"«Tr0ub4dor»\"",
            misses: "psk=\"$PSK_NAME\""),
        MaskRule(
            "cisco-type-7", .keyed, prefix: "(password|secret|key) 7 ", value: "[0-9A-F]{6,64}", ignoresCase: true,
            notBefore: word, notAfter: word,
            trigger: "(word|secret|key) 7 ", widest: 90, source: "Cisco IOS: type 7 can be reversed",
            matches: "username x password 7 «0822455D0A16»",
            misses: "username x password 9 0822455D0A16"),
    ]

    static let secrets: [MaskRule] = [
        MaskRule(
            "secret", .keyed, prefix: secretWords + assigns + "[\"'`]?", value: "[^\\s\"'`;,&|<>]{8,256}", ignoresCase: true,
            trigger: secretWords + "[\"'`\\])= \\t:]",
            validator: .secret, widest: 320, source: "gitleaks generic-api-key; detect-secrets keyword.py",
            matches: "api_key: «\(filler(24, of: "mF9xB5k"))»", misses: "api_key: config.api_key_v2"),
        MaskRule(
            "secret-variable", .keyed,
            prefix: "(SECRET|TOKEN|API_?KEY|ACCESS_KEY|SECRET_KEY|PRIVATE_KEY|AUTH_KEY|ENCRYPTION_KEY)=[\"']?",
            value: "[^\\s\"'`;&|<>()]{8,256}",
            trigger: "(SECRET|TOKEN|API_?KEY|ACCESS_KEY|SECRET_KEY|PRIVATE_KEY|AUTH_KEY|ENCRYPTION_KEY)=", validator: .password,
            widest: 290,
            source: "environ(7): the output of env", matches: "APP_SECRET=«s0me-words»", misses: "APP_SECRET=/run/secrets/app"),
        MaskRule(
            "kubernetes-environment", .keyed,
            prefix:
                "name:[ \\t]{0,2}\"?[A-Z0-9_]{0,40}(PASS|PASSWORD|SECRET|TOKEN|KEY)\"?\\r?\\n[ \\t]{1,16}value:[ \\t]{0,2}[\"']?",
            value: "[^\\s\"']{4,256}", notBefore: "A-Za-z0-9_", trigger: "value:", validator: .notPlaceholder,
            widest: 340, style: .fixed,
            source: "Kubernetes API, EnvVar", matches: "- name: DB_PASSWORD\n  value: «hunter»",
            misses: "- name: DB_HOST\n  value: hunter"),
        MaskRule(
            "kubeconfig-key", .keyed, prefix: "client-key-data[\"']?:[ \\t]{0,4}[\"']?", value: "[A-Za-z0-9+/]{40,}={0,2}",
            trigger: "client-key-data", widest: 8192, isCommitted: true,
            source: "Kubernetes, kubeconfig (v1)", matches: "client-key-data: «LS0tLS1CRUdJTi\(filler(60))»",
            misses: "client-certificate-data: LS0tLS1CRUdJTi\(filler(60))"),
        MaskRule(
            "kubernetes-token", .keyed, prefix: "token[\"']?:[ \\t]{1,8}[\"']?",
            value: "([a-z0-9]{6}\\.[a-z0-9]{16}|[A-Za-z0-9._~+/=-]{24,})",
            notAfter: "A-Za-z0-9._~+/=-", trigger: "token[\"':]", validator: .secret, widest: 2100,
            source: "kubeadm token create; kubeconfig (v1)",
            matches: "  token: «abc0d1.0123456789abcdef»", misses: "  token: abc0d1"),
        MaskRule(
            "kubernetes-docker-config", .keyed, prefix: "\\.dockerconfigjson[\"']?:[ \\t]{0,4}[\"']?",
            value: "[A-Za-z0-9+/]{20,}={0,2}", trigger: "\\.dockerconfigjson", widest: 8192,
            isCommitted: true, source: "Kubernetes, Secret of type kubernetes.io/dockerconfigjson",
            matches: ".dockerconfigjson: «eyJhdXRocyI6e30\(filler(20))»",
            misses: ".dockerconfigjson: 300 bytes"),
        MaskRule(
            "docker-auth", .keyed, prefix: "\"(auth|identitytoken|_auth)\":[ \\t]{0,4}\"", value: "[A-Za-z0-9+/]{8,400}={0,2}",
            suffix: "\"", trigger: "\"(auth|identitytoken|_auth)\":",
            validator: .basicCredentials, widest: 430, source: "docker-login(1): ~/.docker/config.json",
            matches: "\"auth\": \"«bm9ib2R5Om5vdGhpbmc=»\"",
            misses: "\"auth\": \"bm9ib2R5\""),
        MaskRule(
            "npmrc-auth", .keyed, prefix: "_(auth|authToken|password)[ ]{0,2}=[ ]{0,2}\"?", value: "[A-Za-z0-9+/=_-]{8,}",
            notBefore: word, trigger: "_(auth|authToken|password)[ =]", validator: .secret, widest: 512,
            source: "npmrc(5)", matches: "//registry/:_auth=«bm9ib2R5Om5vdGhpbmc1»", misses: "//registry/:_auth=${TOKEN}"),
    ]

    static let commands: [MaskRule] = [
        MaskRule(
            "password-option", .keyed, prefix: "--?[a-z-]{0,24}(password|passwd|passphrase|pass|token|secret|api-key)[ =]['\"]?",
            value: "[^\\s\"'`\\[<-][^\\s\"'`]{3,128}", ignoresCase: true,
            notBefore: word, trigger: "(password|passwd|passphrase|pass|token|secret|api-key)[ =]", validator: .password,
            widest: 190, style: .fixed,
            source: "shell histories and process lists", matches: "tool --password «Tr0ub4dor» run",
            misses: "tool --password FILE run"),
        MaskRule(
            "sshpass", .keyed, prefix: "sshpass -p[ ]?['\"]?", value: "[^\\s\"']{3,128}", trigger: "sshpass -p",
            validator: .notPlaceholder, widest: 150, style: .fixed,
            source: "sshpass(1)", matches: "sshpass -p «hunter» ssh x", misses: "sshpass -p $PW ssh x"),
        MaskRule(
            "user-option", .keyed, prefix: "(-u|--user)[ =]?['\"]?[A-Za-z0-9._@+-]{1,64}:", value: "[^\\s\"'`:]{3,128}",
            notBefore: "A-Za-z0-9_-", trigger: "(-u|--user)", validator: .password,
            widest: 210, style: .fixed, source: "curl(1), --user", matches: "curl -u jane:«Tr0ub4dor» https://x",
            misses: "chown --user jane:staff x"),
        MaskRule(
            "mysql-option", .keyed, prefix: "mysql(dump|admin)?( [^\\s|;&]{1,64}){0,6} -p", value: "[^\\s\"'|;&]{3,64}",
            notBefore: word, trigger: " -p[^\\s]", validator: .password,
            widest: 500, style: .fixed, source: "mysql(1), --password", matches: "mysql -u root -p«Tr0ub4dor» db",
            misses: "mysql -u root -port db"),
    ]

    static let files: [MaskRule] = [
        MaskRule(
            "netrc", .keyed,
            prefix:
                "(machine[ \\t]{1,8}[!-~]{1,128}|default)[ \\t\\r\\n]{1,8}login[ \\t]{1,8}[!-~]{1,64}[ \\t\\r\\n]{1,8}((account|port)[ \\t]{1,8}[!-~]{1,64}[ \\t\\r\\n]{1,8})?password[ \\t]{1,8}",
            value: "[^\\s]{1,128}",
            ignoresCase: true, notBefore: word, trigger: "login[ \\t]", validator: .notPlaceholder, widest: 360,
            style: .fixed, source: "netrc(5); curl(1), --netrc",
            matches: "machine host.test login jane password «hunter»", misses: "machine host.test login jane account x"),
        MaskRule(
            "pgpass", .keyed, prefix: "[A-Za-z0-9_.*-]{1,128}:([0-9]{4,5}|\\*):[A-Za-z0-9_*-]{1,64}:[A-Za-z0-9_*.-]{1,64}:",
            value: "[^\\s:]{3,128}", notBefore: "^\\r\\n",
            notAfter: "^\\r\\n", trigger: ":([0-9]{4,5}|\\*):", validator: .notPlaceholder, widest: 400,
            style: .fixed, source: "PostgreSQL, the password file",
            matches: "db.test:5432:*:app:«hunter»\n", misses: "main.c:1234:std::string x\n"),
    ]
}

extension MaskRule {
    static let codeHosts: [MaskRule] = [
        .token(
            // Since April 2026 an installation's token is the application's number and a JSON web token.
            "github-token", "gh[pousr]_",
            "[0-9A-Za-z]{36,255}|[0-9A-Za-z]{1,20}_eyJ[A-Za-z0-9_-]{10,}(\\.[A-Za-z0-9_-]{10,}){2}", notBefore: "",
            notAfter: "", widest: 2048,
            source: "GitHub Docs, about authentication: token formats; generating an installation access token",
            matches: "ghp_«\(filler(36))» ghs_«12345_eyJ\(filler(30)).\(filler(60)).\(filler(43))»",
            misses: "ghp_\(filler(35))"),
        .token(
            "github-fine-grained-token", "github_pat_", "[0-9A-Za-z]{22}_[0-9A-Za-z]{59}", notBefore: "", notAfter: "",
            widest: 93,
            source: "GitHub Docs, about authentication: token formats", matches: "github_pat_«\(filler(22))_\(filler(59))»",
            misses: "github_pat_\(filler(22))"),
        .token(
            "gitlab-token", "gl(pat|dt|rt|rtr|cbt|ptt|ft|imt|agent|soat|ffct|oas|wt|tok)-", "[0-9A-Za-z_.=-]{20,}",
            notBefore: "", notAfter: "", validator: .lettersAndDigits,
            // Tokens of jobs are JSON web tokens behind their prefix.
            widest: 2048, source: "GitLab Docs, token overview: token prefixes; gitlab-runner token_masker.go",
            matches: "glpat-«\(filler(20))»",
            misses: "glpat-\(filler(19))"),
        .token(
            "gitlab-runner-registration", "GR1348941", "[0-9A-Za-z_-]{20}", notAfter: "A-Za-z0-9_-", widest: 29,
            source: "gitleaks gitlab-rrt", matches: "GR1348941«\(filler(20))»",
            misses: "GR1348941\(filler(19))"),
        .token(
            "bitbucket-token", "ATBB", "[A-Za-z0-9_=-]{24,40}", notAfter: "A-Za-z0-9_=-", widest: 44,
            source: "trufflehog bitbucketapppassword; the length is not published", matches: "ATBB«\(filler(32))»",
            misses: "ATBB\(filler(23))"),
        .token(
            "atlassian-token", "AT[AC]TT3", "[A-Za-z0-9_=-]{60,}", notAfter: "", widest: 512, isCommitted: true,
            source: "gitleaks atlassian-api-token; trufflehog atlassian",
            matches: "ATATT3«\(filler(180))»", misses: "ATATT3\(filler(59))"),
        .token(
            "buildkite-token", "bk(aa|jat|aj|ar|ua|ur|tx|cqt|ct|pt|rt|tr|at|pat|ps)_", "[A-Za-z0-9_.-]{38,}",
            notAfter: "", validator: .lettersAndDigits, widest: 2048,
            source: "buildkite/agent redact.go; Buildkite, token security", matches: "bkua_«\(filler(40, of: "0a1b"))»",
            misses: "bkua_\(filler(37, of: "0a1b"))"),
        .token(
            "circleci-token", "CCI(PAT|PRJ)_", "[A-Za-z0-9]{20,22}_[a-fA-F0-9]{40}", widest: 70,
            source: "CircleCI, new format for API access tokens; trufflehog circleci",
            matches: "CCIPAT_«\(filler(22))_\(filler(40, of: "0a1b"))»", misses: "CCIPAT_\(filler(22))"),
        .token(
            "sonarqube-token", "sq([pua]|co)_", "[a-f0-9]{40}|[A-Za-z0-9]{59}", widest: 64,
            source: "SonarSource/sonarqube TokenType.java; kingfisher sonarqube.1; trufflehog sonarcloud",
            matches: "squ_«\(filler(40, of: "0a1b"))»", misses: "squ_\(filler(39, of: "0a1b"))"),
        .token(
            "sourcegraph-token", "sgp_", "([a-fA-F0-9]{16}_|local_)?[a-fA-F0-9]{40}", widest: 61,
            source: "gitleaks sourcegraph-access-token",
            matches: "sgp_«\(filler(16, of: "0a1b"))_\(filler(40, of: "0a1b"))»", misses: "sgp_\(filler(39, of: "0a1b"))"),
    ]

    static let registries: [MaskRule] = [
        .token(
            "npm-token", "npm_", "[0-9A-Za-z]{36}", notBefore: "", notAfter: "", widest: 40,
            source: "gitleaks npm-access-token",
            matches: "//registry/:_authToken=npm_«\(filler(36))»", misses: "npm_\(filler(35))"),
        .token(
            "pypi-token", "pypi-", "AgE[IN][0-9A-Za-z_-]{50,}", notBefore: "", notAfter: "", trigger: "pypi-", widest: 1024,
            isCommitted: true,
            source: "gitleaks pypi-upload-token; detect-secrets pypi_token.py, for test.pypi.org too",
            matches: "pypi-«AgEI\(filler(100))»",
            misses: "pypi-AgEI\(filler(49))"),
        .token(
            "rubygems-token", "rubygems_", "[a-f0-9]{48}", widest: 57, source: "gitleaks rubygems-api-token",
            matches: "rubygems_«\(filler(48, of: "0a1b"))»", misses: "rubygems_\(filler(47, of: "0a1b"))"),
        .token(
            "docker-hub-token", "dckr_(pat|oat)_", "[0-9A-Za-z_-]{27,32}", notBefore: "", notAfter: "", widest: 42,
            source: "trufflehog dockerhub; kingfisher dockerhub",
            matches: "dckr_pat_«\(filler(27))»", misses: "dckr_pat_\(filler(26))"),
        .token(
            // Base32 of `v4` and of random bytes.
            "nuget-key", "oy2", "[a-p][a-z2-7]{42}", validator: .lettersAndDigits, widest: 46,
            source: "NuGet/NuGetGallery ApiKeyV4.cs", matches: "oy2«\(filler(43, of: "a2b"))»",
            misses: "oy2\(filler(42, of: "a2b"))"),
        .token(
            "crates-token", "cio(_tp_)?", "[A-Za-z0-9]{32}", trigger: "cio", validator: .lettersAndDigits, widest: 39,
            source: "rust-lang/crates.io token.rs, access_token.rs",
            matches: "cio«\(filler(32))» cio_tp_«\(filler(32))»", misses: "cio\(filler(31))"),
        .token(
            "clojars-token", "CLOJARS_", "[a-z0-9]{60}", widest: 68, source: "gitleaks clojars-api-token",
            matches: "CLOJARS_«\(filler(60, of: "0ab"))»",
            misses: "CLOJARS_\(filler(59, of: "0ab"))"),
        .token(
            "artifactory-token", "(AKCp|cmVmd)", "[A-Za-z0-9]{59,69}", validator: .lettersAndDigits, widest: 74,
            source: "gitleaks artifactory-*",
            matches: "AKCp«\(filler(69))»", misses: "AKCp\(filler(58))"),
    ]

    static let developers: [MaskRule] = [
        .token(
            "linear-key", "lin_api_", "[A-Za-z0-9]{40}", widest: 48, source: "gitleaks linear-api-key",
            matches: "lin_api_«\(filler(40))»",
            misses: "lin_api_\(filler(39))"),
        .token(
            "notion-token", "ntn_", "[0-9]{11}[A-Za-z0-9]{35}", widest: 50, source: "gitleaks notion-api-token",
            matches: "ntn_«\(filler(11, of: "0123"))\(filler(35))»", misses: "ntn_\(filler(11, of: "0123"))\(filler(34))"),
        .token(
            "airtable-token", "pat[A-Za-z0-9]{14}\\.", "[a-f0-9]{64}", trigger: "\\.[a-f0-9]{6}", widest: 82,
            source: "gitleaks airtable-personnal-access-token",
            matches: "pat\(filler(14)).«\(filler(64, of: "0a1b"))»", misses: "pat\(filler(14)).\(filler(63, of: "0a1b"))"),
        .token(
            "postman-key", "PMAK-", "[a-fA-F0-9]{24}-[a-fA-F0-9]{34}", widest: 64, source: "gitleaks postman-api-token",
            matches: "PMAK-«\(filler(24, of: "0a1b"))-\(filler(34, of: "0a1b"))»", misses: "PMAK-\(filler(24, of: "0a1b"))"),
        .token(
            "readme-key", "rdme_", "[a-z0-9]{70}", widest: 75, source: "gitleaks readme-api-token",
            matches: "rdme_«\(filler(70, of: "0ab"))»",
            misses: "rdme_\(filler(69, of: "0ab"))"),
    ]
}

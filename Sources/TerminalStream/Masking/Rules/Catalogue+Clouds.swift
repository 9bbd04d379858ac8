extension MaskRule {
    static let amazon: [MaskRule] = [
        .token(
            "aws-access-key-id", "(A3T[A-Z0-9]|AKIA|ASIA|ABIA|ACCA)", "[A-Z2-7]{16}", widest: 20,
            source: "AWS IAM User Guide, unique ID prefixes; gitleaks aws-access-token",
            matches: "AKIA«\(filler(16, of: "EXA2MPLE"))»",
            misses: "AKIA\(filler(15, of: "EXA2MPLE"))"),
        MaskRule(
            "aws-secret-access-key", .token, prefix: "secret_?(access)?_?key[\"']?[ \\t]{0,4}[=:][ \\t]{0,4}[\"']?",
            value: "[A-Za-z0-9/+]{40}",
            ignoresCase: true, notAfter: "A-Za-z0-9/+", trigger: "secret_?(access)?_?key", validator: .lettersAndDigits,
            widest: 80,
            source: "AWS SDKs and Tools Reference, credentials file; detect-secrets aws.py",
            matches: "aws_secret_access_key = «\(filler(40, of: "wJ4/+x"))»",
            misses: "aws_secret_access_key = \(filler(39, of: "wJ4/+x"))"),
        MaskRule(
            "aws-session-token", .token, prefix: "(session|security)_?token[\"']?[ \\t]{0,4}[=:][ \\t]{0,4}[\"']?",
            value: "[A-Za-z0-9/+=]{100,}",
            ignoresCase: true, trigger: "(session|security)_?token", widest: 4096, isCommitted: true,
            source: "AWS CLI, output of `sts get-session-token`",
            matches: "\"SessionToken\": \"«\(filler(120, of: "IQo9b3/"))»\"",
            misses: "\"SessionToken\": \"\(filler(99, of: "IQo9b3/"))\""),
        .token(
            "aws-bedrock-key", "ABSK", "[A-Za-z0-9+/]{109,269}={0,2}", notAfter: "A-Za-z0-9+/", widest: 280,
            source: "gitleaks aws-amazon-bedrock-api-key-long-lived", matches: "ABSK«\(filler(128))»", misses: "ABSK\(filler(80))"
        ),
    ]

    static let clouds: [MaskRule] = [
        .token(
            "gcp-api-key", "AIza", "[0-9A-Za-z_-]{35}", notAfter: "A-Za-z0-9_-", widest: 39,
            source: "Google Cloud, API keys; gitleaks gcp-api-key",
            matches: "key AIza«\(filler(35))»", misses: "key AIza\(filler(34))"),
        .token(
            "gcp-access-token", "ya29\\.", "[0-9A-Za-z_-]{20,}", notAfter: "", widest: 2048, isCommitted: true,
            source: "Google Identity, OAuth 2.0 access tokens: at most 2048 bytes", matches: "ya29.«\(filler(60))»",
            misses: "ya29.\(filler(12))"),
        .token(
            "gcp-client-secret", "GOCSPX-", "[A-Za-z0-9_-]{28}", notAfter: "A-Za-z0-9_-", widest: 35,
            source: "kingfisher google.2",
            matches: "GOCSPX-«\(filler(28))»", misses: "GOCSPX-\(filler(27))"),
        MaskRule(
            "azure-storage-key", .token, prefix: "(AccountKey|SharedAccessKey)=", value: "[A-Za-z0-9+/]{42,86}={1,2}",
            notAfter: "A-Za-z0-9+/=", trigger: "(Account|SharedAccess)Key=", widest: 110,
            source: "detect-secrets azure_storage_key.py; kingfisher azure.1",
            matches: "AccountName=x;AccountKey=«\(filler(86))==»;", misses: "AccountName=x;AccountKey=\(filler(30))==;"),
        MaskRule(
            "azure-client-secret", .token, prefix: "[A-Za-z0-9_~.]{3}[0-9]Q~", value: "[A-Za-z0-9_~.-]{31,34}",
            notBefore: "A-Za-z0-9_~.-",
            notAfter: "A-Za-z0-9_~.-", trigger: "[0-9]Q~", widest: 40, source: "gitleaks azure-ad-client-secret",
            matches: "secret abc8Q~«\(filler(34))»", misses: "secret abc8Q~\(filler(30))"),
        MaskRule(
            "azure-sas-signature", .token, prefix: "[?&]sig=", value: "[A-Za-z0-9%/+]{40,}(%3D|=){0,2}", trigger: "[?&]sig=",
            widest: 160,
            source: "Azure Storage, service SAS: base64 of HMAC-SHA-256", matches: "?sv=2024&sig=«\(filler(43))%3D»",
            misses: "?sv=2024&sig=\(filler(30))"),
        .token(
            "alibaba-access-key-id", "LTAI", "[A-Za-z0-9]{17,21}", widest: 25,
            source: "kingfisher alibabacloud.1; trufflehog alibaba",
            matches: "LTAI«\(filler(20))»", misses: "LTAI\(filler(16))"),
        .token(
            "digitalocean-token", "do[opr]_v1_", "[a-f0-9]{64}", widest: 71, source: "gitleaks digitalocean-*",
            matches: "dop_v1_«\(filler(64, of: "0a1b"))»", misses: "dop_v1_\(filler(63, of: "0a1b"))"),
        .token(
            "heroku-api-key", "HRKU-AA", "[0-9A-Za-z_-]{58}", notAfter: "A-Za-z0-9_-", widest: 65,
            source: "gitleaks heroku-api-key-v2",
            matches: "HRKU-AA«\(filler(58))»", misses: "HRKU-AA\(filler(57))"),
        .token(
            "cloudflare-origin-ca-key", "v1\\.0-", "[a-f0-9]{24}-[a-f0-9]{146,}", widest: 200,
            source: "gitleaks cloudflare-origin-ca-key",
            matches: "v1.0-«\(filler(24, of: "0a1b"))-\(filler(146, of: "0a1b"))»",
            misses: "v1.0-\(filler(24, of: "0a1b"))-\(filler(40, of: "0a1b"))"),
        .token(
            "fly-token", "(fo1_|fm1[ar]_|fm2_)", "[A-Za-z0-9+/_-]{43,}={0,3}", notAfter: "", widest: 4096, isCommitted: true,
            source: "gitleaks flyio-access-token", matches: "fo1_«\(filler(43))»", misses: "fo1_\(filler(42))"),
        .token(
            "databricks-token", "dapi", "[a-f0-9]{32}(-[0-9])?", widest: 38, source: "gitleaks databricks-api-token",
            matches: "dapi«\(filler(32, of: "0a1b"))»", misses: "dapi\(filler(31, of: "0a1b"))"),
        .token(
            "supabase-token", "sb(p|_secret)_", "(v0_|oauth_)?[a-f0-9]{40}|[A-Za-z0-9_-]{22}_[A-Za-z0-9_-]{8}",
            notAfter: "A-Za-z0-9_-", validator: .lettersAndDigits, widest: 50,
            source: "supabase/cli, access tokens; sbp_v0_ and the length of sb_secret_: not published, seen in repositories",
            matches: "sbp_«\(filler(40, of: "0a1b"))» sb_secret_«\(filler(22))_\(filler(8))»",
            misses: "sbp_\(filler(39, of: "0a1b"))"),
        .token(
            "cloudflare-api-token", "cf(k|ut|at)_", "[A-Za-z0-9]{40}[a-f0-9]{8}", widest: 53,
            source: "Cloudflare, token formats; trufflehog cloudflareapitoken", matches: "cfut_«\(filler(40))0a1b2c3d»",
            misses: "cfut_\(filler(40))"),
    ]

    static let infrastructure: [MaskRule] = [
        .token(
            "vault-token", "hv[sbr]\\.", "[0-9A-Za-z_-]{24,}", notAfter: "", widest: 512, isCommitted: true,
            source: "hashicorp/vault token_consts.go; shorter ones too than gitleaks vault-*",
            matches: "hvs.«\(filler(90))»",
            misses: "hvs.\(filler(20))"),
        MaskRule(
            "terraform-cloud-token", .token, prefix: "[A-Za-z0-9]{14}\\.atlasv1\\.", value: "[A-Za-z0-9_=-]{60,70}",
            notBefore: word,
            notAfter: "A-Za-z0-9_=-", trigger: "\\.atlasv1\\.", widest: 95, source: "gitleaks hashicorp-tf-api-token",
            matches: "\(filler(14)).atlasv1.«\(filler(67))»", misses: "\(filler(14)).atlasv1.\(filler(59))"),
        .token(
            "doppler-token", "dp\\.(pt|st|ct|sa|scim|audit)\\.", "[A-Za-z0-9_.-]{40,80}", notAfter: "A-Za-z0-9_",
            trigger: "dp\\.(pt|st|ct|sa|sc|au)", widest: 96,
            source: "kingfisher doppler; gitleaks doppler-api-token", matches: "dp.pt.«\(filler(43))»",
            misses: "dp.pt.\(filler(39))"),
        .token(
            "pulumi-token", "pul-", "[a-f0-9]{40}", widest: 44, source: "gitleaks pulumi-api-token",
            matches: "pul-«\(filler(40, of: "0a1b"))»",
            misses: "pul-\(filler(39, of: "0a1b"))"),
        .token(
            "planetscale-token", "pscale_(tkn|oauth|pw)_", "[A-Za-z0-9_=.-]{32,64}", notAfter: "A-Za-z0-9_=-", widest: 80,
            source: "gitleaks planetscale-*", matches: "pscale_pw_«\(filler(43))»", misses: "pscale_pw_\(filler(31))"),
        .token(
            "tailscale-key", "tskey-[a-z]{2,12}-", "[0-9A-Za-z_]{6,40}-[0-9A-Za-z_]{6,64}", trigger: "tskey-", widest: 130,
            source: "Tailscale, key prefixes; kingfisher tailscale", matches: "tskey-auth-«\(filler(12))-\(filler(32))»",
            misses: "tskey-auth-abc"),
        .token(
            "openshift-token", "sha256~", "[A-Za-z0-9_-]{43}", notAfter: "A-Za-z0-9_-", widest: 50,
            source: "gitleaks openshift-user-token",
            matches: "--token=sha256~«\(filler(43))»", misses: "--token=sha256~\(filler(42))"),
        .token(
            "onepassword-service-token", "ops_", "eyJ[A-Za-z0-9+/_-]{250,}={0,3}", notAfter: "", trigger: "ops_eyJ", widest: 4096,
            isCommitted: true,
            source: "gitleaks 1password-service-account-token", matches: "ops_«eyJ\(filler(260))»",
            misses: "ops_eyJ\(filler(200))"),
        .token(
            "onepassword-secret-key", "A3-",
            "[A-Z0-9]{6}-([A-Z0-9]{11}|[A-Z0-9]{6}-[A-Z0-9]{5})-[A-Z0-9]{5}-[A-Z0-9]{5}-[A-Z0-9]{5}",
            trigger: "A3-[A-Z0-9]", validator: .lettersAndDigits, widest: 42, source: "gitleaks 1password-secret-key",
            matches: "A3-«ABC123-\(filler(11, of: "DE4"))-FGH56-JKL78-MNP90»", misses: "A3-ABC123-ABC"),
        .token(
            "netlify-token", "nf[bcopu]_", "[A-Za-z0-9_]{36}", validator: .lettersAndDigits, widest: 40,
            source: "Netlify, change to the authentication token format; trufflehog netlify", matches: "nfp_«\(filler(36))»",
            misses: "nfp_\(filler(35))"),
        .token(
            "dynatrace-token", "dt0[a-z][0-9]{2}\\.[A-Z0-9]{24}\\.", "[A-Z0-9]{64}", trigger: "dt0[a-z][0-9]{2}\\.", widest: 96,
            source: "Dynatrace API, token format; kingfisher dynatrace",
            matches: "dt0c01.\(filler(24, of: "0AB")).«\(filler(64, of: "0AB"))»",
            misses: "dt0c01.\(filler(24, of: "0AB")).\(filler(63, of: "0AB"))"),
    ]
}

extension MaskRule {
    /// Blocks: once their first line is there, everything of the key is masked as it comes.
    static let keyBlocks: [MaskRule] = [
        MaskRule(
            "private-key", .block, prefix: "-----BEGIN ([A-Z0-9]{1,12} ){0,3}PRIVATE KEY( BLOCK)?-----",
            // Lines of base64 and, before them, of headers (`Proc-Type: 4,ENCRYPTED`, `Version: GnuPG`); indented in YAML.
            value:
                "[ \\t]*\\r?\\n([ \\t]*[A-Za-z][A-Za-z-]*: [^\\r\\n]*\\r?\\n)*([ \\t]*\\r?\\n)?[ \\t]*[A-Za-z0-9+/=]{8,}(\\r?\\n[ \\t]*[A-Za-z0-9+/=]+)*",
            trigger: "-----BEGIN ", widest: MaskRule.mostWide, isCommitted: true,
            source: "RFC 7468 §10, RFC 1421 §4.6, RFC 9580 §6.2, OpenSSH PROTOCOL.key",
            matches:
                "-----BEGIN RSA PRIVATE KEY-----«\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,0A\n\n\(filler(64))\n\(filler(20))»\n-----END RSA PRIVATE KEY-----\n",
            misses: "-----BEGIN PUBLIC KEY-----\n\(filler(64))\n-----END PUBLIC KEY-----\n"),
        MaskRule(
            "private-key-escaped", .block, prefix: "-----BEGIN ([A-Z0-9]{1,12} ){0,3}PRIVATE KEY( BLOCK)?-----(\\\\r)?\\\\n",
            value: "[A-Za-z0-9+/=\\\\]{16,}", trigger: "-----BEGIN ", widest: MaskRule.mostWide, isCommitted: true,
            source: "Google Cloud, service account keys: a PEM block as a JSON string",
            matches:
                "\"private_key\": \"-----BEGIN PRIVATE KEY-----\\n«\(filler(64))\\n\(filler(20))\\n»-----END PRIVATE KEY-----\\n\"",
            misses: "\"public_key\": \"-----BEGIN PUBLIC KEY-----\\n\(filler(64))\\n-----END PUBLIC KEY-----\\n\""),
        MaskRule(
            "private-key-one-line", .block, prefix: "-----BEGIN ([A-Z0-9]{1,12} ){0,3}PRIVATE KEY( BLOCK)?-----[ \\t]{1,2}",
            value: "[A-Za-z0-9+/=]{16,}([ \\t][A-Za-z0-9+/=]+)*", trigger: "-----BEGIN ", widest: MaskRule.mostWide,
            isCommitted: true,
            source: "a PEM block whose line ends a shell has made blanks",
            matches: "-----BEGIN EC PRIVATE KEY----- «\(filler(64)) \(filler(20))» -----END EC PRIVATE KEY-----",
            misses: "-----BEGIN EC PRIVATE KEY----- line expected"),
        MaskRule(
            // The base64 of `-----BEGIN`, of the kind of key and of `PRI`.
            "private-key-base64", .block,
            prefix: "LS0tLS1CRUdJTi(BSU0EgUFJJ|BQUkl|BPUEVOU1NIIFBSS|BFQyBQUkl|BFTkNSWVBURUQgUFJJ|BEU0EgUFJJ)",
            value: "[A-Za-z0-9+/]{40,}={0,2}",
            trigger: "LS0tLS1CRUdJTi", widest: MaskRule.mostWide, isCommitted: true,
            source: "Kubernetes, Secret of type kubernetes.io/tls; RFC 4648 of RFC 7468",
            matches: "tls.key: LS0tLS1CRUdJTiBQUkl«WQVRFIEtFWS0tLS0t\(filler(60))»",
            misses: "tls.crt: LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0t\(filler(60))"),
        MaskRule(
            "private-key-ssh2", .block, prefix: "---- BEGIN SSH2 (ENCRYPTED )?PRIVATE KEY ----",
            value: "[ \\t]*\\r?\\n([A-Za-z][A-Za-z-]*: [^\\r\\n]*\\r?\\n)*[A-Za-z0-9+/=]{8,}(\\r?\\n[A-Za-z0-9+/=]+)*",
            trigger: "---- BEGIN SSH2",
            widest: MaskRule.mostWide, isCommitted: true, source: "ssh.com's private keys, in the frame of RFC 4716 §3",
            matches:
                "---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----«\nComment: \"key\"\n\(filler(70))\n\(filler(20))»\n---- END SSH2",
            misses: "---- BEGIN SSH2 PUBLIC KEY ----\n\(filler(70))\n---- END SSH2"),
        MaskRule(
            "putty-private-key", .block, prefix: "Private-Lines: [0-9]{1,3}\\r?\\n",
            value: "([A-Za-z0-9+/=]{64}\\r?\\n)*[A-Za-z0-9+/=]{8,64}",
            trigger: "Private-Lines: ", widest: 8192, isCommitted: true, source: "PuTTY User Manual, appendix C: PPK file format",
            matches: "Private-Lines: 2\n«\(filler(64))\n\(filler(20))»\nPrivate-MAC: 00",
            misses: "Public-Lines: 2\n\(filler(64))\n\(filler(20))\n"),
        MaskRule(
            "openvpn-static-key", .block, prefix: "-----BEGIN OpenVPN Static key V1-----",
            value: "\\r?\\n[0-9a-f]{32}(\\r?\\n[0-9a-f]{32})*",
            trigger: "-----BEGIN ", widest: 1024, isCommitted: true, source: "openvpn(8), --genkey",
            matches: "-----BEGIN OpenVPN Static key V1-----«\n\(filler(32, of: "0a1b"))\n\(filler(32, of: "0a1b"))»\n-----END",
            misses: "-----BEGIN OpenVPN Static key V2-----\n\(filler(32, of: "0a1b"))\n"),
    ]

    static let keyFiles: [MaskRule] = [
        .token(
            "age-secret-key", "AGE-SECRET-KEY-(PQ-)?1", "[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{58}", trigger: "AGE-SECRET-KEY-",
            widest: 80,
            source: "C2SP age.md: Bech32", matches: "AGE-SECRET-KEY-1«\(filler(58, of: "QPZRY9X8"))»",
            misses: "AGE-SECRET-KEY-1\(filler(57, of: "QPZRY9X8"))"),
        MaskRule(
            "wireguard-key", .keyed, prefix: "(PrivateKey|PresharedKey)[ \\t]{0,4}=[ \\t]{0,4}", value: "[A-Za-z0-9+/]{43}=",
            notBefore: word,
            notAfter: "A-Za-z0-9+/=", trigger: "(Private|Preshared)Key[ \\t=]", widest: 72,
            source: "wg(8), configuration file format",
            matches: "PrivateKey = «\(filler(43))=»", misses: "PublicKey = \(filler(43))="),
        MaskRule(
            "dnssec-private-key", .keyed, prefix: "(PrivateKey|PrivateExponent|Prime[12]|Exponent[12]|Coefficient): ",
            value: "[A-Za-z0-9+/]{40,}={0,2}",
            notBefore: word, trigger: "(Private(Key|Exponent)|Prime[12]|Exponent[12]|Coefficient):", widest: 1024,
            source: "BIND, dnssec-keygen(8): Private-key-format",
            matches: "Private-key-format: v1.3\nPrivateKey: «\(filler(43))=»", misses: "PublicExponent: AQAB"),
        MaskRule(
            "tsig-secret", .keyed, prefix: "secret[ \\t]{1,8}\"", value: "[A-Za-z0-9+/]{20,}={0,2}", suffix: "\"",
            notBefore: "A-Za-z0-9_-",
            trigger: "secret[ \\t]", widest: 256, source: "BIND, named.conf(5): key",
            matches: "key \"k\" { secret \"«\(filler(43))=»\"; };",
            misses: "key \"k\" { secret \"abc\"; };"),
    ]
}

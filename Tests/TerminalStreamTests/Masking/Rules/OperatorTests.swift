import TerminalStream
import Testing

/// What one sees on servers, under all rules that are on: each value that should be masked stands in `«»`, and nothing else is.
@Suite struct OperatorTests {
    static let sights = [
        "DB_PASSWORD=«hunter»\nPWD=/root\nOLDPWD=/tmp\nHOME=/root\n",
        "[client]\nuser = root\npassword = «correcthorse»\n",
        "spring.datasource.password=«Tr0ub4dor&3»\n",
        "  password: \"«s3cret phrase»\"\n",
        "machine git.test login jane password «qwertz»\n",
        "origin\thttps://jane:«s3cret»@git.test/x.git (fetch)\n",
        "jdbc:postgresql://db/x?password=«Tr0ub4dor»&user=app\n",
        "[default]\naws_access_key_id = AKIA«IOSFODNN7EXAMPLE»\naws_secret_access_key = «wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY»\n",
        "root:«$6$saltsalt$" + String(repeating: "aB3", count: 28) + "xy»:19000:0:99999:7:::\n",
        "db.test:5432:app:app:«s3cret»\n",
        "    \"auth\": \"«bm9ib2R5Om5vdGhpbmc=»\"\n",
        "data:\n  password: «aHVudGVyMg==»\n",
        "        env:\n        - name: API_TOKEN\n          value: «abcd-efgh»\n",
        "mysql -uroot -p«Tr0ub4dor» app\n",
        "curl -u jane:«Tr0ub4dor» https://x.test/\n",
        "curl -H 'Authorization: Bearer «mF9xB5kmF9xB5kmF9xB5k»' https://x.test/\n",
        "  1  export PGPASSWORD=«hunter»\n",
        "CREATE USER app IDENTIFIED BY '«Tr0ub4dor»';\n",
        " jane | «4111 1111 1111 1111» | «536-22-8726»\n",
        "PrivateKey = «" + String(repeating: "aB3", count: 14) + "x=»\n",
        "requirepass «Tr0ub4dor»\n",
        "psk=«Tr0ub4dor»\n",
        // And what is none.
        "Enter passphrase (empty for no passphrase): \nEnter same passphrase again: \n",
        "jane@host's password: \nPermission denied, please try again.\n",
        "[sudo] password for jane: \nSorry, try again.\n",
        "passwd: password updated successfully\n",
        "passwd:         files systemd\n",
        "Nov 26 18:00:00 host sshd[1234]: Accepted password for jane from 192.0.2.1 port 50000 ssh2\n",
        "PasswordAuthentication no\nPermitEmptyPasswords no\n",
        "-rw-r--r-- 1 root root 1234 2026-11-26 18:00 passwd\n",
        "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08  file\n",
        "commit 303c1cf0123456789abcdef0123456789abcdef01\nAuthor: Jane <jane@example.org>\n",
        "password = os.environ[\"DB_PASSWORD\"]\n",
        "token: ${{ secrets.GITHUB_TOKEN }}\n",
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIE" + String(repeating: "aB3", count: 14) + " jane@host\n",
        "-----BEGIN CERTIFICATE-----\nMIIB" + String(repeating: "aB3", count: 20) + "\n-----END CERTIFICATE-----\n",
    ]

    @Test(arguments: sights) func `what is secret is masked, and nothing else`(_ sight: String) throws {
        let text = Array(sight.filter { $0 != "«" && $0 != "»" }.utf8)
        var isMasked = [Bool](repeating: false, count: text.count)
        for rule in MaskRule.standard {
            for value in try RuleOracle(rule).values(in: text) { for index in value { isMasked[index] = true } }
        }
        var shown: [UInt8] = []
        for index in text.indices {
            if isMasked[index] && (index == 0 || !isMasked[index - 1]) { shown += "«".utf8 }
            shown.append(text[index])
            if isMasked[index] && (index + 1 == text.count || !isMasked[index + 1]) { shown += "»".utf8 }
        }
        #expect(String(decoding: shown, as: UTF8.self) == sight)
    }
}

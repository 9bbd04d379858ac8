import Testing

@testable import Configuration

/// Mistakes in `sallyport.yaml`, each with the message that tells it.
struct DaemonMistakeTests {
    @Test(arguments: mistakes)
    func `a mistake is told with its line`(mistake: Mistake) {
        let read = readDaemon(mistake.text)
        #expect(read.problems == mistake.expected)
        #expect(read.configuration == nil)
    }

    /// The least that is needed, in lines 1 to 3, and then these.
    static func with(_ lines: String...) -> String {
        "listen: [127.0.0.1:2222]\nhost-keys: [key]\nvault-key: vault.key\n" + lines.map { $0 + "\n" }.joined()
    }
    static func listening(_ addresses: String) -> String { "listen: \(addresses)\nhost-keys: [key]\nvault-key: vault.key\n" }

    static let mistakes: [Mistake] = [
        Mistake(
            "nothing in it", "{}\n",
            "1: \"listen\" is missing: a list of addresses, as in [\"0.0.0.0:22\", \"[::]:22\"]",
            "1: \"host-keys\" is missing: a list of private key files, as in [hostkeys/ssh_host_ed25519_key]",
            "1: \"vault-key\" is missing: the path of the vault's key, or credential:NAME for one that systemd passes on"),
        Mistake("unknown key", with("host-key: [k]"), "4: unknown key \"host-key\": did you mean \"host-keys\"?"),
        Mistake(
            "unknown limit", with("limits: {conections-per-user: 3}"),
            "4: limits: unknown key \"conections-per-user\": did you mean \"connections-per-user\"?"),
        Mistake(
            "secret", with("secret: 1234"),
            "4: unknown key \"secret\": secrets are not in this file but in the vault, see \"sallyport credential set\""),
        Mistake(
            "address as text", listening("127.0.0.1:22"),
            "1: listen: text, where a list of addresses, as in [\"0.0.0.0:22\", \"[::]:22\"] was expected"),
        Mistake(
            "no address", listening("[]"),
            "1: listen: is empty: the bastion could not be reached; write a list of addresses, as in [\"0.0.0.0:22\", \"[::]:22\"]"
        ),
        Mistake("no port", listening("[127.0.0.1]"), "1: listen: \"127.0.0.1\" has no port: write host:port"),
        Mistake(
            "no host", listening("[\":22\"]"),
            "1: listen: \":22\" has no host: write * for all addresses of this machine, or name one"),
        Mistake(
            "port too large", listening("[\"127.0.0.1:65536\"]"),
            "1: listen: \"127.0.0.1:65536\" has the port \"65536\": a port is a number from 0 to 65535"),
        Mistake(
            "port with a sign", listening("[\"127.0.0.1:+22\"]"),
            "1: listen: \"127.0.0.1:+22\" has the port \"+22\": a port is a number from 0 to 65535"),
        Mistake(
            "octal port", listening("[\"127.0.0.1:022\"]"),
            "1: listen: \"127.0.0.1:022\" has the port \"022\": a port is a number from 0 to 65535"),
        Mistake(
            "IPv6 without brackets", listening("[\"::1:22\"]"),
            "1: listen: \"::1:22\" is not an address: an IPv6 address has brackets, as in [2001:db8::1]:22"),
        Mistake(
            "unclosed bracket", listening("[\"[::1:22\"]"),
            "1: listen: \"[::1:22\" is not an address: write host:port, or [IPv6]:port"),
        Mistake(
            "name in brackets", listening("[\"[localhost]:22\"]"),
            "1: listen: \"[localhost]:22\" is not an address: write host:port, or [IPv6]:port"),
        Mistake(
            "256", listening("[\"127.0.0.256:22\"]"),
            "1: listen: \"127.0.0.256:22\" has the host \"127.0.0.256\", which is not an IPv4 address of four numbers from 0 to 255"
        ),
        Mistake("twice", listening("[\"127.0.0.1:22\", \"127.0.0.1:22\"]"), "1: listen: 127.0.0.1:22 is there twice"),
        Mistake(
            "public address that is none", with("public-address: \"*:22\""),
            "4: public-address: * is every address of this machine: write the host:port under which users reach the bastion, as in bastion.example.com:22"
        ),
        Mistake(
            "public port zero", with("public-address: bastion:0"),
            "4: public-address: \"bastion:0\" has the port \"0\": a port is a number from 1 to 65535"),
        Mistake(
            "public key as host key", "listen: [127.0.0.1:1]\nhost-keys: [k.pub]\nvault-key: v\n",
            "2: host-keys: \"/etc/sallyport/k.pub\" is the public key's file: write the private key's, without .pub"),
        Mistake(
            "no host key", "listen: [127.0.0.1:1]\nhost-keys: []\nvault-key: v\n",
            "2: host-keys: is empty: SSH needs one to prove who the bastion is; write a list of private key files, as in [hostkeys/ssh_host_ed25519_key]"
        ),
        Mistake(
            "host key itself",
            "listen: [127.0.0.1:1]\nvault-key: v\nhost-keys:\n- |\n  -----BEGIN OPENSSH PRIVATE KEY-----\n  b3BlbnNzaA==\n",
            "4: host-keys: is a key itself, where the path of a private key file was expected"),
        Mistake(
            "credential without a name", "listen: [127.0.0.1:1]\nhost-keys: [k]\nvault-key: \"credential:\"\n",
            "3: vault-key: is not the name of a systemd credential: letters, digits, and . _ - are, as in credential:vault-key"),
        Mistake(
            "credential with a path", "listen: [127.0.0.1:1]\nhost-keys: [k]\nvault-key: credential:../x\n",
            "3: vault-key: is not the name of a systemd credential: letters, digits, and . _ - are, as in credential:vault-key"),
        Mistake(
            "tilde", with("recordings: ~/recordings"),
            "4: recordings: ~ is not expanded: write the path from / on, or relative to this file"),
        Mistake("empty path", with("recordings: \"\""), "4: recordings: is empty, where the path of a folder was expected"),
        Mistake(
            "socket path too long", with("admin-socket: /run/\(String(repeating: "s", count: 103))"),
            "4: admin-socket: the path of a socket has at most 107 bytes, \"/run/\(String(repeating: "s", count: 55))…\" has 108"),
        Mistake(
            "no authority", with("user-authorities: []"),
            "4: user-authorities: is empty: nobody could log in; write [vault] for Sallyport's own authority"),
        Mistake(
            "authority as text", with("user-authorities: vault"),
            "4: user-authorities: text, where a list of \"vault\" and of paths of public key files was expected"),
        Mistake("authority twice", with("user-authorities: [vault, vault]"), "4: user-authorities: vault is there twice"),
        Mistake(
            "authority's key itself", with("user-authorities: [\(hostKey)]"),
            "4: user-authorities: is a key itself, where \"vault\", or the path of a public key file was expected"),
        Mistake(
            "duration without a unit", with("limits: {login-grace: 30}"),
            "4: limits.login-grace: \"30\" is not a duration: it has no unit; 30s are seconds, 30m minutes"),
        Mistake(
            "duration of a word", with("limits: {idle: never}"),
            "4: limits.idle: \"never\" is not a duration: write a number and a unit, such as 30s, 5m, 8h or 1d"),
        Mistake(
            "duration with a fraction", with("limits: {keepalive: 1.5m}"),
            "4: limits.keepalive: \"1.5m\" is not a duration: write a number and a unit, such as 30s, 5m, 8h or 1d"),
        Mistake(
            "negative duration", with("limits: {keepalive: -5s}"),
            "4: limits.keepalive: \"-5s\" is not a duration: write a number and a unit, such as 30s, 5m, 8h or 1d"),
        Mistake("no grace", with("limits: {login-grace: 0}"), "4: limits.login-grace: \"0\" is not from 1s to 1h"),
        Mistake(
            "duration that overflows", with("certificates: {longest-ttl: 99999999999999999999d}"),
            "4: certificates.longest-ttl: \"99999999999999999999d\" is not a duration: write a number and a unit, such as 30s, 5m, 8h or 1d"
        ),
        Mistake(
            "eternal certificate", with("certificates: {longest-ttl: 4000d}"),
            "4: certificates.longest-ttl: \"4000d\" is not from 1s to 3650d"),
        Mistake(
            "default over longest", with("certificates:", "  default-ttl: 2d", "  longest-ttl: 24h"),
            "5: certificates.default-ttl: is longer than certificates.longest-ttl, which is 1d: shorten this one, or raise that one"
        ),
        Mistake(
            "help of two lines", with("certificate-help: \"a\\nb\""),
            "4: certificate-help: has to be one line of at most 512 bytes without control characters: SSH clients show it before the log-in"
        ),
        Mistake(
            "help that paints", with("certificate-help: \"\\e[2Jhi\""),
            "4: certificate-help: has to be one line of at most 512 bytes without control characters: SSH clients show it before the log-in"
        ),
        Mistake(
            "number as a word", with("limits: {channels: many}"), "4: limits.channels: \"many\" is not a number from 1 to 1024"),
        Mistake("octal number", with("limits: {channels: 010}"), "4: limits.channels: \"010\" is not a number from 1 to 1024"),
        Mistake(
            "number too large", with("limits: {channels: 18446744073709551616}"),
            "4: limits.channels: \"18446744073709551616\" is not a number from 1 to 1024"),
        Mistake(
            "number with digits of another script", with("limits: {channels: ３}"),
            "4: limits.channels: \"３\" is not a number from 1 to 1024"),
        Mistake(
            "number as a list", with("limits: {channels: [1]}"),
            "4: limits.channels: a list, where a number from 1 to 1024 was expected"),
        Mistake("limits as a list", with("limits: [idle]"), "4: limits: a list, where a mapping of limits was expected"),
        Mistake(
            "startups of two numbers", with("limits: {startups: \"10:100\"}"),
            "4: limits.startups: \"10:100\" is not start:rate:full as in OpenSSH's MaxStartups: 10:30:100 drops 30 percent from 10 unauthenticated connections on, and all at 100"
        ),
        Mistake(
            "startups that fall", with("limits: {startups: \"10:30:5\"}"),
            "4: limits.startups: \"10:30:5\" is not start:rate:full as in OpenSSH's MaxStartups: 10:30:100 drops 30 percent from 10 unauthenticated connections on, and all at 100"
        ),
        Mistake(
            "every variable", with("environment: [\"*\"]"),
            "4: environment: \"*\" is not the name of an environment variable; a * may stand at its end, after at least one letter"
        ),
        Mistake(
            "variable with a value", with("environment: [\"LANG=C\"]"),
            "4: environment: \"LANG=C\" is not the name of an environment variable; a * may stand at its end, after at least one letter"
        ),
        Mistake(
            "root", with("session: {uids: 0-10}"),
            "4: session.uids: \"0-10\" is not a range of user ids from 1 to 4294967294, as in 65536-99999"),
        Mistake(
            "no user", with("session: {uids: 5-4294967295}"),
            "4: session.uids: \"5-4294967295\" is not a range of user ids from 1 to 4294967294, as in 65536-99999"),
        Mistake(
            "range backwards", with("session: {uids: 10-5}"),
            "4: session.uids: \"10-5\" is not a range of user ids from 1 to 4294967294, as in 65536-99999"),
        Mistake("too many waiting", with("session: {waiting: 65}"), "4: session.waiting: \"65\" is not a number from 0 to 64"),
        Mistake("duplicate key", with("recordings: a", "recordings: b"), "5: \"recordings\" is given twice, first on line 4"),
        Mistake("duplicate key inside", with("limits: {idle: 0, idle: 5m}"), "4: \"idle\" is given twice"),
        Mistake(
            "null is missing", "listen: ~\nhost-keys: [k]\nvault-key: v\n",
            "1: \"listen\" is missing: a list of addresses, as in [\"0.0.0.0:22\", \"[::]:22\"]"),
    ]
}

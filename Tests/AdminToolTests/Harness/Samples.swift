import MonitorProtocol

/// 2026-11-24 02:03:59 UTC.
let someMoment = Timestamp(milliseconds: 1_795_485_839_000)
let someSession = SessionID(at: someMoment, random: 12345)

/// Tries everything that a terminal could act on: a title, a clear, an 8-bit CSI, a right-to-left override, a bell, a tab, a newline.
let hostileText = "a\u{1b}]0;owned\u{7}\u{1b}[2J\u{9b}31mb\u{202e}c\t\n\u{2028}\u{e000}é日本\u{7f}"

func session(user: String = "alice", command: String? = "uptime", exit: String? = "exit 0") -> SessionSummary {
    SessionSummary(
        id: someSession, connectionID: "c1", user: user, certificateSerial: 7, certificateAuthority: "SHA256:abc",
        from: "192.0.2.7:1234",
        target: "web1", login: "root", kind: command == nil ? .shell : .exec, command: command, hasTerminal: true,
        startedAt: someMoment,
        endedAt: exit == nil ? nil : Timestamp(milliseconds: someMoment.milliseconds + 1500), exit: exit,
        exitStatus: exit == nil ? nil : 0,
        bytesIn: 12, bytesOut: 3456, recording: "2026/11/24/\(someSession).cast")
}

func certificate(user: String = "alice", reason: String? = nil) -> IssuedCertificate {
    IssuedCertificate(
        serial: 7, user: user, principals: [user, "ops"], issuedAt: someMoment,
        validUntil: Timestamp(milliseconds: someMoment.milliseconds + 28_800_000), keyFingerprint: "SHA256:key",
        sourceAddresses: [],
        forceCommand: nil, revokedAt: reason == nil ? nil : someMoment, revocationReason: reason)
}

func credential(login: String = "root", detail: String? = "ssh-ed25519 SHA256:xyz") -> StoredCredential {
    StoredCredential(login: login, target: "web1", kind: .privateKey, detail: detail, changedAt: someMoment)
}

/// A recording of a minute with every kind of event, and one that does not exist yet.
let someCast = """
    {"version": 2, "width": 80, "height": 24, "timestamp": 1795485839}
    [0.1, "o", "one "]
    [5.0, "m", "marker"]
    [60.0, "o", "two "]
    [60.1, "r", "100x30"]
    [60.2, "q", "of the future"]
    [60.3, "o", "\\u001b[31mthree\\u001b[0m\\r\\n"]

    """

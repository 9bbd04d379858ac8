internal import MonitorProtocol

extension BeginChannel {
    /// The target will speak sftp on this channel, so the session has each request judged: the subsystem, or sftp's server by its name or path and
    /// without arguments, which is how `sftp -s` starts it.
    ///
    /// Anything else that might end up speaking sftp (`sudo sftp-server`, a shell line) is a command and is judged as one.
    var speaksSFTP: Bool {
        switch kind {
        case .sftp: true
        case .shell: false
        case .exec: terminal == nil && Self.isServer(command)
        }
    }

    private static func isServer(_ command: [UInt8]) -> Bool {
        let isPlain = command.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                true
            default: "/._-".utf8.contains(byte)
            }
        }
        return isPlain && command.split(separator: UInt8(ascii: "/")).last.map { $0.elementsEqual("sftp-server".utf8) } == true
            && command.last != UInt8(ascii: "/")
    }
}

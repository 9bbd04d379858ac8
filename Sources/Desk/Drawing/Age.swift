/// Times for people, in steps that do not make a screen change each second.
enum Age {
    static func text(_ seconds: UInt64) -> String {
        switch seconds {
        case 0: "0 s"
        case 1..<10: "under 10 s"
        case 10..<60: "\(seconds / 10 * 10) s"
        case 60..<3600: "\(seconds / 60) min"
        case 3600..<172_800: "\(seconds / 3600) h \(seconds / 60 % 60) min"
        default: "\(seconds / 86400) days"
        }
    }
}

/// What the monitor tells a session process on its command line: what it must know before it is confined.
package struct SessionArguments: Equatable, Sendable {
    /// `--uid N`: the user and the group of this number, of nobody else at this time. Given when the monitor may change users; a session
    /// process that finds itself root without it refuses to start.
    package var user: UInt32?
    /// `--landlock optional`: go on where the kernel has no Landlock.
    package var landlockIsOptional = false
    /// `--largest-recording BYTES`: a write beyond fails. Nil for no limit.
    package var largestRecording: UInt64?

    package init(user: UInt32? = nil, landlockIsOptional: Bool = false, largestRecording: UInt64? = nil) {
        self.user = user
        self.landlockIsOptional = landlockIsOptional
        self.largestRecording = largestRecording
    }

    /// As `spawnSession` takes them.
    package var list: [String] {
        var list: [String] = []
        if let user { list += ["--uid", "\(user)"] }
        if landlockIsOptional { list += ["--landlock", "optional"] }
        if let largestRecording { list += ["--largest-recording", "\(largestRecording)"] }
        return list
    }

    /// Reads what `list` wrote; anything else is refused.
    ///
    /// - Parameter list: without the program's name.
    package init(parsing list: [String]) throws(Mistake) {
        self.init()
        var rest = list[...]
        while let name = rest.popFirst() {
            let value = rest.popFirst() ?? ""
            switch name {
            case "--uid":
                // 0 is root, and the greatest number means "leave as it is" to setresuid.
                guard let number = UInt32(value), number > 0, number < .max else { throw Mistake(argument: "\(name) \(value)") }
                user = number
            case "--landlock":
                guard value == "optional" else { throw Mistake(argument: "\(name) \(value)") }
                landlockIsOptional = true
            case "--largest-recording":
                guard let bytes = UInt64(value), bytes > 0 else { throw Mistake(argument: "\(name) \(value)") }
                largestRecording = bytes
            default: throw Mistake(argument: name)
            }
        }
    }

    /// An argument that is not one of ours.
    package struct Mistake: Error, Equatable, Sendable {
        package let argument: String
    }
}

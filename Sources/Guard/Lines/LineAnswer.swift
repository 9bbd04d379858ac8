/// What is to happen to a line that was asked about.
package enum LineAnswer: Equatable, Sendable {
    /// It may run. `reader` tells who reads the keyboard while it does.
    case run(reader: KeyboardReader)
    /// It may be entered, and it does not run yet: the command goes on in the next line, which is asked about with it.
    case goOn
    /// It may not. The message is one sentence for the user, without control characters.
    case refuse(message: String)
}

/// Who reads the keyboard while a command runs, as far as the command line tells. The raw value is the wire's.
package enum KeyboardReader: UInt8, CaseIterable, Sendable {
    /// Nobody: what is typed meanwhile is for the next prompt (`sleep 5`, `make`).
    case nobody = 1
    /// It cannot be told (`./script`).
    case unknown = 2
    /// The program does, and whatever is typed is its own (`vim`, `cat > file`).
    case program = 3
    /// A shell whose lines the policy wants followed.
    case shell = 4
    /// SQL clients whose statements the policy wants followed.
    case psql = 16
    case mysql = 17
    case sqlite3 = 18
}

/// `sallyportd [--config FILE]`; without it, `SALLYPORT_CONFIG`.
struct CommandLineArguments: Equatable {
    let configuration: String

    /// - Parameter arguments: the first is the program's name.
    init(_ arguments: [String], environment: [String: String]) throws(UsageError) {
        switch arguments.dropFirst() {
        case let rest where rest.isEmpty:
            guard let file = environment["SALLYPORT_CONFIG"], !file.isEmpty else { throw UsageError() }
            configuration = file
        case let rest where rest.count == 2 && rest.first == "--config":
            configuration = arguments[2]
        default: throw UsageError()
        }
    }
}

struct UsageError: Error, Equatable, CustomStringConvertible {
    var description: String { "usage: sallyportd --config FILE (or SALLYPORT_CONFIG=FILE)" }
}

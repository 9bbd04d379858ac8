/// Finds out from the target where a path leads, one question after the other.
///
/// An operation that follows a link is resolved whole (REALPATH); one that acts on the link itself by its folder, with the last component kept.
/// A file that does not exist yet makes REALPATH fail on some servers, not on OpenSSH's: then the folder is resolved too, and LSTAT makes sure
/// that the last component is not a link that leads nowhere, through which a file would be made elsewhere.
struct PathResolution {
    enum Step: Equatable {
        /// Ask the target REALPATH or LSTAT of this.
        case ask(PacketType, [UInt8])
        case resolved([UInt8])
        /// The target could not say, so it could not act on it either; with what it said.
        case failed(StatusCode)
    }

    enum Answer: Equatable {
        case name([UInt8])
        case attributes
        case status(StatusCode)
    }

    private enum Stage { case whole, folder, link(folder: [UInt8]) }

    private let path: [UInt8]
    private let split: (folder: [UInt8], name: [UInt8])?
    private let follows: Bool
    private var stage: Stage
    /// What the target said of the whole path.
    private var wholeFailure = StatusCode.noSuchFile

    /// - Parameter path: as it was asked for, since only that is what the target will read.
    init(_ path: [UInt8], follows: Bool) {
        self.path = path
        split = PathText.split(path)
        self.follows = follows || PathText.endsInSlash(path) || split == nil
        stage = self.follows ? .whole : .folder
    }

    var firstStep: Step {
        if case .folder = stage, let split { return .ask(.realPath, split.folder) }
        return .ask(.realPath, path)
    }

    mutating func receive(_ answer: Answer) -> Step {
        switch (stage, answer) {
        case (.whole, .name(let name)): return Self.checked(name)
        case (.whole, .status(let code)):
            guard let split else { return .failed(code) }
            stage = .folder
            wholeFailure = code
            return .ask(.realPath, split.folder)
        case (.folder, .name(let folder)):
            guard case .resolved = Self.checked(folder), let split else { return .failed(.failure) }
            let whole = PathText.join(folder, split.name)
            guard follows else { return Self.checked(whole) }
            stage = .link(folder: folder)
            return .ask(.linkStatus, path)
        case (.folder, .status(let code)): return .failed(code)
        case (.link, .attributes): return .failed(wholeFailure)
        case (.link(let folder), .status(.noSuchFile)):
            guard let split else { return .failed(.failure) }
            return Self.checked(PathText.join(folder, split.name))
        case (.link, .status(let code)): return .failed(code)
        case (.whole, .attributes), (.folder, .attributes), (.link, .name): return .failed(.failure)
        }
    }

    /// The target says what it wants; it has to be a path all the same.
    private static func checked(_ path: [UInt8]) -> Step {
        guard PathText.isAbsolute(path), path.count <= SFTPLimit.path, !path.contains(0),
            let path = PathText.absolute(path, startingAt: nil)
        else { return .failed(.failure) }
        return .resolved(path)
    }
}

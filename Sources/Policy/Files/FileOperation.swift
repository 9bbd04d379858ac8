/// One thing that file transfer does to one path, as a rule sees it.
package struct FileOperation: Hashable, Sendable {
    /// The raw value is the word in `policy.yaml`.
    package enum Kind: String, CaseIterable, Hashable, Sendable {
        case read
        /// Also creating and truncating.
        case write
        /// Of a file or of an empty directory.
        case remove
        case rename
        case mkdir
        /// Mode, owner and times. A size in it truncates, which is a `write` of its own.
        case setstat
        /// Giving a file another name: a symbolic or a hard link.
        case symlink
        /// Reading a directory.
        case list
    }

    package var kind: Kind
    /// As asked for: absolute, or relative to the login's home directory. What is not UTF-8 is U+FFFD. For a link its new name.
    package var path: String
    /// The path with all symbolic links resolved, as the target says. Nil if it was not asked.
    package var resolvedPath: String?
    /// The new name of `rename`; what a link leads to.
    package var secondPath: String?
    package var resolvedSecondPath: String?
    /// For `symlink`: a hard link. Whoever has it reads and writes the file under a name that resolving does not show, so it counts as a
    /// `read` and a `write` of `secondPath`.
    package var isHardLink: Bool

    package init(
        _ kind: Kind, _ path: String, resolvedPath: String? = nil, secondPath: String? = nil, resolvedSecondPath: String? = nil,
        isHardLink: Bool = false
    ) {
        self.kind = kind
        self.path = path
        self.resolvedPath = resolvedPath
        self.secondPath = secondPath
        self.resolvedSecondPath = resolvedSecondPath
        self.isHardLink = isHardLink
    }
}

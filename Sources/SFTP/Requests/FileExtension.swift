/// The extended requests that the gate understands (OpenSSH PROTOCOL §4). Every other one is answered as unsupported and taken out of the
/// target's list, so that clients do not try.
enum FileExtension: String, CaseIterable {
    case posixRename = "posix-rename@openssh.com"
    case fileSystemStatus = "statvfs@openssh.com"
    case handleFileSystemStatus = "fstatvfs@openssh.com"
    case hardLink = "hardlink@openssh.com"
    case synchronise = "fsync@openssh.com"
    case linkSetStatus = "lsetstat@openssh.com"
    case limits = "limits@openssh.com"
    case expandPath = "expand-path@openssh.com"
    case copyData = "copy-data"
    case homeDirectory = "home-directory"
    case usersAndGroupsByID = "users-groups-by-id@openssh.com"

    /// Its lists are not looked at (`RequestHead`).
    static let usersAndGroups = "users-groups-by-id@openssh.com"

    init?(_ name: ArraySlice<UInt8>) {
        guard let known = Self.allCases.first(where: { name.elementsEqual($0.rawValue.utf8) }) else { return nil }
        self = known
    }
}

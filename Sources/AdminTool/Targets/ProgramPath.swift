internal import Foundation

/// Where another program of the system is.
enum ProgramPath {
    /// - Parameter package: Debian's, for the error.
    static func find(_ name: String, package: String) throws(ToolFailure) -> URL {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin").split(separator: ":")
        for folder in folders where folder.hasPrefix("/") {
            let path = "\(folder)/\(name)"
            if access(path, X_OK) == 0 { return URL(filePath: path) }
        }
        throw ToolFailure("\(name) is not installed: apt install \(package)")
    }
}

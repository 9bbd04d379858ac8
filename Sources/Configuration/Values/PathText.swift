internal import Foundation

/// Paths are relative to the folder of the file that names them, wherever the program was started.
enum PathText {
    static func absolute(_ path: String) -> String {
        path.hasPrefix("/") ? path : FileManager.default.currentDirectoryPath + "/" + path
    }

    /// The folder that `file` is in, as a prefix: empty, or ending in `/`.
    static func folder(of file: String) -> String { file.lastIndex(of: "/").map { String(file[...$0]) } ?? "" }

    /// As `file` names it.
    static func resolve(_ path: String, beside file: String) -> String {
        guard !path.hasPrefix("/") else { return path }
        return folder(of: file) + (path.hasPrefix("./") ? String(path.dropFirst(2)) : path)
    }
}

extension Value {
    /// The path, resolved against the file's folder. Not looked at.
    func path(_ expected: String) -> String? {
        guard let text = text(expected) else { return nil }
        guard !text.isEmpty else {
            report("is empty, where \(expected) was expected")
            return nil
        }
        guard !text.hasPrefix("~") else {
            report("~ is not expanded: write the path from / on, or relative to this file")
            return nil
        }
        guard text.utf8.count < 4096, !text.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F }) else {
            report("is not a path: it is longer than 4095 bytes, or holds a control character")
            return nil
        }
        return PathText.resolve(text, beside: document.file)
    }
}

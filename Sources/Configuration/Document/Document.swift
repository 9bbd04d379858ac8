internal import Yams

/// One YAML file on its way to becoming values. Its mistakes go to `problems`.
final class Document {
    /// For messages.
    let file: String
    let problems: Problems
    /// Messages name columns too: for a file whose values stand several on a line.
    private let tellsColumns: Bool
    /// Nodes that may still be looked at. Aliases can make a small file stand for a huge one.
    private var budget = 500_000

    /// More than a thousand targets with their keys. Read into memory several times over.
    static let largestFile = 1 << 20

    init(file: String, problems: Problems, tellsColumns: Bool = false) {
        self.file = file
        self.problems = problems
        self.tellsColumns = tellsColumns
    }

    func report(_ line: Int?, column: Int? = nil, _ message: String) {
        problems.report(file, line, column: tellsColumns ? column : nil, message)
    }

    func warn(_ line: Int?, column: Int? = nil, _ message: String) {
        problems.warn(file, line, column: tellsColumns ? column : nil, message)
    }

    /// Counts a node that is about to be looked at. False when it is one too many; reported the first time.
    func mayLookAt(_ node: Node) -> Bool {
        budget -= 1
        if budget == 0 {
            report(
                node.mark?.line, column: node.mark?.column,
                "the file's aliases make it larger than is accepted; write out less with them")
        }
        return budget > 0
    }

    /// The file's one value; nil after a mistake that makes it unreadable as a whole.
    ///
    /// - Parameter advice: what to do if there is no such file: the rest of a sentence.
    func root(at path: String, ifMissing advice: String = "") -> Value? {
        do throws(UnreadableFile) {
            return root(of: try BoundedFile.read(path, limit: Self.largestFile))
        } catch {
            report(nil, error.reason + (error.isMissing ? advice : ""))
            return nil
        }
    }

    func root(of bytes: [UInt8]) -> Value? {
        guard let text = text(of: bytes) else { return nil }
        if let line = DeepKeys.line(in: bytes) {
            report(line, "a key that is an alias, a list or a mapping: keys have to be plain text in a file that has anchors")
            return nil
        }
        do {
            // Without Yams' rules for plain scalars everything is text: `no` is a name, and 010 is no octal number.
            let node = try Yams.compose(yaml: text, .basic, .default, .utf8)
            guard let node, !Value(node, "", in: self).isNull else {
                report(nil, "is empty")
                return nil
            }
            return Value(node, "", in: self)
        } catch let error as YamlError {
            report(error, in: text)
        } catch {
            report(nil, "is not YAML")
        }
        return nil
    }

    private func text(of bytes: [UInt8]) -> String? {
        func line(of offset: Int) -> Int { bytes[..<offset].count { $0 == UInt8(ascii: "\n") } + 1 }
        if let offset = bytes.indices.first(where: { Self.isControl(at: $0, in: bytes) }) {
            report(
                line(of: offset),
                "holds the control character 0x\(String(bytes[offset], radix: 16)): the file has to be UTF-8 text")
            return nil
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            // Repairing leaves what is valid as it is, so the first difference is the first mistake.
            let repaired = Array(String(decoding: bytes, as: UTF8.self).utf8)
            let offset = zip(bytes, repaired).enumerated().first { $0.element.0 != $0.element.1 }?.offset ?? bytes.count
            report(line(of: offset), "holds bytes that are not UTF-8")
            return nil
        }
        if let index = text.unicodeScalars.firstIndex(where: Self.deceives) {
            let code = String(text.unicodeScalars[index].value, radix: 16, uppercase: true)
            let offset = text.utf8.distance(from: text.startIndex, to: index)
            report(
                line(of: offset), "holds the character U+\(code), with which the file reads otherwise than it looks: remove it")
            return nil
        }
        return text
    }

    /// A carriage return alone ends a line for YAML and not for most editors.
    private static func isControl(at index: Int, in bytes: [UInt8]) -> Bool {
        switch bytes[index] {
        case 0x09, 0x0A: false
        case 0x0D: index + 1 == bytes.count || bytes[index + 1] != 0x0A
        case let byte: byte < 0x20 || byte == 0x7F
        }
    }

    /// Line breaks of YAML 1.1 §4.2 that editors do not show, with which a comment could hide a grant from whoever reviews it, and
    /// characters that reorder the text on the screen (CVE-2021-42574).
    private static func deceives(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x80...0x9F, 0x2028, 0x2029, 0x202A...0x202E, 0x2066...0x2069: true
        default: false
        }
    }
}

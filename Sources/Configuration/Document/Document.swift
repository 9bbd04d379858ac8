internal import Yams

/// One YAML file on its way to becoming values. Its mistakes go to `problems`.
final class Document {
    /// For messages.
    let file: String
    let problems: Problems
    /// Nodes that may still be looked at. Aliases can make a small file stand for a huge one.
    private var budget = 500_000

    /// More than a thousand targets with their keys. Read into memory several times over.
    static let largestFile = 1 << 20

    init(file: String, problems: Problems) {
        self.file = file
        self.problems = problems
    }

    func report(_ line: Int?, _ message: String) { problems.report(file, line, message) }

    /// Counts a node that is about to be looked at. False when it is one too many; reported the first time.
    func mayLookAt(_ node: Node) -> Bool {
        budget -= 1
        if budget == 0 { report(node.mark?.line, "the file's aliases make it larger than is accepted; write out less with them") }
        return budget > 0
    }

    /// The file's one value; nil after a mistake that makes it unreadable as a whole.
    func root(at path: String) -> Value? {
        do throws(UnreadableFile) {
            return root(of: try BoundedFile.read(path, limit: Self.largestFile))
        } catch {
            report(nil, error.reason)
            return nil
        }
    }

    func root(of bytes: [UInt8]) -> Value? {
        guard let text = text(of: bytes), !holdsDeepKeys(bytes) else { return nil }
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
        let isControl = { (byte: UInt8) in byte < 0x20 && byte != 0x09 && byte != 0x0A && byte != 0x0D || byte == 0x7F }
        if let offset = bytes.firstIndex(where: isControl) {
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
        return text
    }

    /// Whether a key might be a list or a mapping with aliases inside. Yams hashes every key to find duplicates, and the hash of a
    /// nested anchor takes time without end. Nobody needs such keys, so that what only looks like one is refused as well, in a file
    /// that has anchors.
    private func holdsDeepKeys(_ bytes: [UInt8]) -> Bool {
        guard bytes.contains(UInt8(ascii: "&")), bytes.contains(UInt8(ascii: "*")) else { return false }
        var line = 1
        var isAfterAlias = false
        var wasBracket = false
        var previous = UInt8(ascii: "\n")
        for byte in bytes {
            defer { previous = byte }
            switch byte {
            case UInt8(ascii: "\n"):
                line += 1
                isAfterAlias = false
                wasBracket = false
            case UInt8(ascii: "*"): isAfterAlias = true
            case UInt8(ascii: "]"), UInt8(ascii: "}"):
                wasBracket = true
                isAfterAlias = false
            case UInt8(ascii: ":") where wasBracket || isAfterAlias,
                UInt8(ascii: "?") where !Self.isAnchorCharacter(previous):
                report(line, "a key that is an alias, a list or a mapping: keys have to be plain text in a file that has anchors")
                return true
            case UInt8(ascii: " "), UInt8(ascii: "\t"): break
            case _ where isAfterAlias: isAfterAlias = Self.isAnchorCharacter(byte)
            default: wasBracket = false
            }
        }
        return false
    }

    private static func isAnchorCharacter(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
            UInt8(ascii: "_"), UInt8(ascii: "-"):
            true
        default: false
        }
    }
}

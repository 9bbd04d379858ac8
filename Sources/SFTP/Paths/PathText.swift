/// Paths as bytes (POSIX.1-2024 XBD 3.254, 4.16), without looking at any file system.
enum PathText {
    static let slash = UInt8(ascii: "/")
    private static let dot = UInt8(ascii: ".")

    static func isAbsolute(_ path: [UInt8]) -> Bool { path.first == slash }

    /// `path` from the root on, normalised; a relative one below `start`. Nil if it is relative and nobody knows to what.
    static func absolute(_ path: [UInt8], startingAt start: [UInt8]?) -> [UInt8]? {
        var components: [ArraySlice<UInt8>] = []
        if !isAbsolute(path) {
            guard let start else { return nil }
            append(start[...], to: &components)
        }
        append(path[...], to: &components)
        return components.isEmpty ? [slash] : components.reduce(into: []) { $0 += [slash] + $1 }
    }

    private static func append(_ path: ArraySlice<UInt8>, to components: inout [ArraySlice<UInt8>]) {
        for component in path.split(separator: slash) {
            if component.elementsEqual([dot]) { continue }
            if component.elementsEqual([dot, dot]) {
                _ = components.popLast()
            } else {
                components.append(component)
            }
        }
    }

    /// `name` below `folder`.
    static func join(_ folder: [UInt8], _ name: [UInt8]) -> [UInt8] {
        (folder.last == slash ? folder : folder + [slash]) + name
    }

    /// The folder that holds the last component, and that component; a slash at the end is not counted.
    ///
    /// Nil where the last component is not a name in that folder: `.`, `..`, the root, nothing.
    static func split(_ path: [UInt8]) -> (folder: [UInt8], name: [UInt8])? {
        guard let end = path.lastIndex(where: { $0 != slash }) else { return nil }
        let start = path[..<end].lastIndex(of: slash).map { $0 + 1 } ?? 0
        let name = Array(path[start...end])
        guard name != [dot], name != [dot, dot] else { return nil }
        let folder = Array(path[..<start])
        return (folder.isEmpty ? [dot] : folder, name)
    }

    /// A slash at the end makes systems follow a link that the last component is (XBD 4.16).
    static func endsInSlash(_ path: [UInt8]) -> Bool { path.last == slash }
}

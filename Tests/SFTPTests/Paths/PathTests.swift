import Testing

@testable import SFTP

@Suite struct PathTests {
    struct Vector: Sendable {
        let asked: String
        let absolute: String
    }

    @Test(arguments: [
        Vector(asked: "/", absolute: "/"), Vector(asked: "//", absolute: "/"), Vector(asked: "/..", absolute: "/"),
        Vector(asked: "", absolute: "/s/t"), Vector(asked: ".", absolute: "/s/t"), Vector(asked: "./", absolute: "/s/t"),
        Vector(asked: "..", absolute: "/s"), Vector(asked: "../../../x", absolute: "/x"),
        Vector(asked: "a//b/", absolute: "/s/t/a/b"),
        Vector(asked: "/a/./b/../c", absolute: "/a/c"), Vector(asked: "...", absolute: "/s/t/..."),
        Vector(asked: "/.../..x/x..", absolute: "/.../..x/x.."), Vector(asked: " ", absolute: "/s/t/ "),
    ]) func `a path is made absolute by its text alone`(vector: Vector) {
        let absolute = PathText.absolute(Array(vector.asked.utf8), startingAt: Array("/s/t".utf8))
        #expect(absolute.map { String(decoding: $0, as: UTF8.self) } == vector.absolute)
    }

    @Test func `without a start relative paths are none`() {
        #expect(PathText.absolute(Array("x".utf8), startingAt: nil) == nil)
        #expect(PathText.absolute(Array("/x".utf8), startingAt: nil) == Array("/x".utf8))
    }

    struct Split: Sendable {
        let path: String
        let folder: String?
        let name: String?
        init(_ path: String, _ folder: String?, _ name: String?) {
            self.path = path
            self.folder = folder
            self.name = name
        }
    }

    @Test(arguments: [
        Split("/a/b", "/a/", "b"), Split("/a/b/", "/a/", "b"), Split("/a/b///", "/a/", "b"), Split("a", ".", "a"),
        Split("/a", "/", "a"),
        Split("a/b", "a/", "b"), Split("../a", "../", "a"), Split("/", nil, nil), Split("", nil, nil), Split(".", nil, nil),
        Split("..", nil, nil), Split("/a/..", nil, nil), Split("/a/./", nil, nil), Split("...", ".", "..."),
    ]) func `the last component and what holds it`(split: Split) {
        let result = PathText.split(Array(split.path.utf8))
        #expect(result.map { String(decoding: $0.folder, as: UTF8.self) } == split.folder)
        #expect(result.map { String(decoding: $0.name, as: UTF8.self) } == split.name)
    }
}

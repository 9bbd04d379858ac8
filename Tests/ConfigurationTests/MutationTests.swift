import Foundation
import Policy
import Testing

@testable import Configuration

/// The examples with random damage. The seed is fixed: what fails once fails again.
struct MutationTests {
    private static func example(_ name: String) throws -> [UInt8] {
        let package = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        return Array(try Data(contentsOf: package.appending(path: "Config/" + name)))
    }

    private static let pieces = [
        "*a", "&a ", "? ", ": ", "[", "]", "{", "}", "\"", "'", "|\n", ">-\n", "\t", "\n", "---\n", "!!set ", "<<: ", "# ",
        "null", "~", "- ", ",", "%", "@",
        "\\", "\u{2028}", "\r", "\0", "é", "0", "-1", "999999999999999999999", "group:", "=", "*",
    ].map { Array($0.utf8) }

    private static func damage(_ bytes: inout [UInt8], _ random: inout SplitMix) {
        for _ in 0..<Int.random(in: 1...4, using: &random) {
            let place = Int.random(in: 0...bytes.count, using: &random)
            let end = min(bytes.count, place + Int.random(in: 0...40, using: &random))
            switch Int.random(in: 0..<5, using: &random) {
            case 0: bytes.removeSubrange(place..<end)
            case 1: bytes.insert(contentsOf: Self.pieces.randomElement(using: &random) ?? [], at: place)
            case 2: bytes.insert(contentsOf: bytes[place..<end], at: place)
            case 3: if place < bytes.count { bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random) }
            default: bytes.removeSubrange(place...)
            }
            if bytes.isEmpty { return }
        }
    }

    private static func check(_ problems: Problems, in bytes: [UInt8], isLoaded: Bool) {
        #expect(isLoaded == (problems.count == 0))
        guard problems.count > 0 else { return }
        let lines = bytes.count { $0 == UInt8(ascii: "\n") } + 1
        for problem in problems.errors().problems {
            #expect((1...lines).contains(problem.line ?? 1))
            #expect(problem.message.utf8.count < 1000)
            #expect(problem.message.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control })
        }
    }

    @Test func `damaged rules are loaded or explained`() throws {
        let example = try Self.example("access.yaml")
        var random = SplitMix(state: 2)
        for _ in 0..<400 {
            var bytes = example
            Self.damage(&bytes, &random)
            let problems = Problems()
            let document = Document(file: "access.yaml", problems: problems)
            let rules = document.root(of: bytes).flatMap { AccessDocument.rules($0, in: document) }
            Self.check(problems, in: bytes, isLoaded: rules != nil)
        }
    }

    @Test func `damaged settings are loaded or explained`() throws {
        let example = try Self.example("sallyport.yaml")
        var random = SplitMix(state: 3)
        for _ in 0..<400 {
            var bytes = example
            Self.damage(&bytes, &random)
            let problems = Problems()
            let document = Document(file: "sallyport.yaml", problems: problems)
            let configuration = document.root(of: bytes).flatMap { DaemonDocument($0, in: document).configuration }
            Self.check(problems, in: bytes, isLoaded: configuration != nil)
        }
    }

    @Test func `every prefix of the rules is loaded or explained`() throws {
        let example = try Self.example("access.yaml")
        for length in stride(from: 0, to: example.count, by: 7) {
            let problems = Problems()
            let document = Document(file: "access.yaml", problems: problems)
            let rules = document.root(of: Array(example[..<length])).flatMap { AccessDocument.rules($0, in: document) }
            Self.check(problems, in: Array(example[..<length]), isLoaded: rules != nil)
        }
    }
}

/// Steele, Lea and Flood's SplitMix64.
private struct SplitMix: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}

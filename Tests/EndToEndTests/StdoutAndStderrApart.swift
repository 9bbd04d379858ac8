import EndToEndHarness
import Testing

extension EndToEnd {
    struct StdoutAndStderrApart {
        @Test(arguments: Way.allCases) func `stdout and stderr arrive apart`(_ way: Way) throws {
            let scene = try Scene()
            let outcome = try scene.alice.run("echo out; echo err >&2; echo out again", by: way)
            #expect(outcome.output == "out\nout again\n")
            #expect(outcome.errors == "err\n")
        }

        @Test func `much of both at once loses nothing`() throws {
            let scene = try Scene()
            let outcome = try scene.alice.run(
                "(head -c 3000000 /dev/zero | tr '\\0' o) & head -c 3000000 /dev/zero | tr '\\0' e >&2; wait")
            #expect(outcome.stdout.count == 3_000_000)
            #expect(outcome.stderr.count == 3_000_000)
            #expect(outcome.stdout.allSatisfy { $0 == UInt8(ascii: "o") })
            #expect(outcome.stderr.allSatisfy { $0 == UInt8(ascii: "e") })
        }

        @Test func `only stderr, at the very end, arrives`() throws {
            let scene = try Scene()
            let outcome = try scene.alice.run("exec >&-; echo last words >&2; exit 9")
            #expect(outcome.errors == "last words\n")
            #expect(outcome.exit == .status(9))
        }

        @Test func `the recording has both in the order they came`() throws {
            let scene = try Scene()
            _ = try scene.alice.run("echo one; sleep 0.3; echo two >&2; sleep 0.3; echo three")
            let recording = try scene.bastion.recording(of: scene.bastion.endedSession())
            #expect(recording.output == "one\ntwo\nthree\n")
        }
    }
}

import EndToEndHarness
import Testing

extension EndToEnd {
    struct HalfClose {
        @Test(arguments: Way.allCases) func `the end of input reaches the target, and its answer comes back`(_ way: Way) throws {
            let scene = try Scene()
            let outcome = try scene.alice.run("sort; echo sorted", by: way, input: Array("b\nc\na\n".utf8))
            #expect(outcome.output == "a\nb\nc\nsorted\n")
            #expect(outcome.exit == .status(0))
        }

        @Test func `a target that has closed its output still takes input`() throws {
            let scene = try Scene()
            let file = "\(scene.target.home(of: "root"))/taken"
            let ssh = try scene.alice.startSSH("-J", "bastion", "root@web1", "echo ready; exec >&- 2>&-; cat > taken; exit 5")
            try ssh.waitForOutput("ready")
            try ssh.write("late input\n")
            ssh.closeInput()
            #expect(try ssh.waitForExit() == .status(5))
            #expect(contents(of: file) == "late input\n")
        }

        @Test func `no input at all is an end of input`() throws {
            let scene = try Scene()
            #expect(try scene.alice.run("wc -c", options: ["-n"]).output == "0\n")
        }
    }
}

import EndToEndHarness
import Foundation
import Testing

@testable import Guard

/// What other users of a target can read of a session that starts.
struct ProcessListTests {
    /// The shells' process list, read again and again in a process of its own; each line that has our words in it is written to a file.
    private static let watch = """
        while [ ! -e done ]; do
            for file in /proc/[0-9]*/cmdline /proc/[0-9]*/environ; do
                tr '\\0' ' ' <"$file" 2>/dev/null | grep -a "$0"
            done
        done >seen
        """

    @Test(arguments: ["bash", "zsh", "fish"]) func `Neither secret nor nonce are in the process list`(name: String) throws {
        let folder = try TemporaryFolder()
        // What all of our processes have in common: with it the watch can be seen to work.
        let watcher = try RunningProgram(
            ["/bin/sh", "-c", "cd \"$1\" && \(Self.watch)", "sallyport_\\|7717", folder.path], environment: Programs.environment)
        var integrations: [ShellIntegration] = []
        for _ in 0..<8 {
            let login = try IntegratedLogin(name)
            integrations.append(login.integration)
        }
        try folder.write("", to: "done")
        #expect(try watcher.waitForExit(within: .seconds(60)) == .status(0))
        let seen = try String(contentsOfFile: folder.path + "/seen", encoding: .isoLatin1)
        #expect(integrations.contains { seen.contains(String(decoding: $0.tag, as: UTF8.self)) }, "nobody looked")
        for integration in integrations {
            let (secret, nonce) = (integration.acceptPrefix.dropFirst(), integration.nonce.dropFirst(integration.tag.count))
            #expect(!seen.contains(String(decoding: secret, as: UTF8.self)))
            #expect(!seen.contains(String(decoding: nonce, as: UTF8.self)))
        }
    }

    @Test(arguments: ["bash", "zsh", "fish"]) func `The keys are not shown, and what is typed before them is not lost`(
        name: String
    )
        throws
    {
        let login = try IntegratedLogin(name, typed: "t early\r")
        try login.waitForRuns(1)
        #expect(login.ran == ["early"])
        #expect(!login.shell.text.contains(String(decoding: login.integration.acceptPrefix.dropFirst(), as: UTF8.self)))
        #expect(login.alarms == [])
    }
}

import EndToEndHarness
import Foundation
import Testing

@testable import Guard

/// What other users of a target can read of a session that starts.
struct ProcessListTests {
    /// Reads what there is of every process, again and again, and keeps what has to do with us.
    private static let watch = """
        import os
        seen = set()
        open("watching", "w").close()
        while not os.path.exists("done"):
            for process in filter(str.isdigit, os.listdir("/proc")):
                for name in ("cmdline", "environ"):
                    try:
                        with open(f"/proc/{process}/{name}", "rb") as file:
                            text = file.read()
                    except OSError:
                        continue
                    if b"sallyport" in text:
                        seen.add(text)
        with open("seen", "wb") as file:
            file.write(b"\\n".join(seen))
        """

    @Test(arguments: ["bash", "zsh", "fish"]) func `Neither secret nor nonce are in the process list`(name: String) throws {
        let folder = try TemporaryFolder()
        let watcher = try RunningProgram(
            ["/bin/sh", "-c", "cd \"$0\" && exec python3 -c \"$1\"", folder.path, Self.watch], environment: Programs.environment)
        let deadline = Deadline.after(.seconds(60))
        while !exists(folder.path + "/watching"), !deadline.isPast { usleep(20_000) }
        let integrations = try (0..<4).map { _ in try IntegratedLogin(name).integration }
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

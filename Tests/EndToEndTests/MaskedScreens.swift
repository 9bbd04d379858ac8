import EndToEndHarness
import Foundation
import TerminalStream
import Testing

extension EndToEnd {
    /// Full-screen programs at a target, over a file with secrets.
    struct MaskedScreens {
        static let programs = [
            ("less notes", [" ", "b", "jjjj", "kkk", "q"]),
            ("vim -n -u NONE notes", ["\u{06}", "\u{02}", "jjjjjjjjjjjj", "5G0xxxu", ":q!\r"]),
        ]

        @Test(arguments: programs) func `neither the user nor the recording nor the database gets a secret`(
            _ command: String, _ keys: [String]
        )
            throws
        {
            let scene = try Scene()
            let secrets = ["wJ8Xq2Lm5Rt9Zk3Vb7Nc1Hd4Gf6Ys0PaUeOi", "Gehe1mnis77x"]
            let lines = (0..<60).map { index in
                index % 5 == 4
                    ? String(repeating: "ab ", count: index / 3) + "ghp_\(secrets[0]) end"
                    : index % 7 == 3 ? "  password=\(secrets[1]) # line" : "plain words \(index)"
            }
            try Data((lines.joined(separator: "\n") + "\n").utf8).write(
                to: URL(fileURLWithPath: "\(scene.target.home(of: "root"))/notes"))
            let terminal = try scene.alice.terminal(
                "-t", "-J", "bastion", "root@web1", "TERM=xterm-256color \(command)", columns: 70, rows: 20)
            try terminal.expect("plain words 1")
            for key in keys {
                try terminal.type(key)
                try terminal.waitForQuiet(.milliseconds(300), within: .seconds(10))
            }
            try terminal.waitForExit()
            let ended = try scene.bastion.endedSession()
            let recording = try scene.bastion.recording(of: ended)

            let seen = try Self.screens(of: terminal.transcript)
            let replayed = try Self.screens(of: Array(recording.output.utf8))
            for (name, text) in [("user", seen), ("recording", replayed)] {
                #expect(text.contains("ghp_****"), "\(name)")
                for secret in secrets { #expect(!text.contains(secret), "\(name)") }
            }
            for secret in secrets {
                #expect(!String(decoding: terminal.transcript, as: UTF8.self).contains(secret))
                #expect(!recording.output.contains(secret))
                let files = try #require(FileManager.default.enumerator(atPath: scene.bastion.path))
                for case let file as String in files {
                    let data = FileManager.default.contents(atPath: "\(scene.bastion.path)/\(file)") ?? Data()
                    #expect(data.range(of: Data(secret.utf8)) == nil, "\(file)")
                }
            }
        }

        /// What a terminal shows after each few bytes.
        private static func screens(of bytes: [UInt8]) throws -> String {
            var emulator = Emulator(columns: 70, rows: 20)
            var text = ""
            for start in stride(from: 0, to: bytes.count, by: 64) {
                emulator.feed(bytes[start..<min(start + 64, bytes.count)])
                let all = emulator.text(from: ScreenPosition(row: 0, column: 0), to: ScreenPosition(row: 19, column: 70))
                text += String(decoding: all.bytes, as: UTF8.self)
            }
            return text
        }
    }
}

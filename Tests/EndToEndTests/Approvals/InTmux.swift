import EndToEndHarness
import Foundation
import Testing

/// A tmux server of its own, with windows in which people work.
private final class Tmux {
    private let socket: String
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        socket = folder.path + "/tmux"
    }

    deinit { _ = try? tmux("kill-server") }

    @discardableResult func tmux(_ words: String...) throws -> Outcome {
        try run(["tmux", "-S", socket, "-f", "/dev/null"] + words, environment: Programs.environment)
    }

    func open(_ name: String, _ command: [String], columns: Int = 80, rows: Int = 24) throws {
        let line = command.map { "'\($0.replacingOccurrences(of: "'", with: "'\\''"))'" }.joined(separator: " ")
        try tmux("new-session", "-d", "-s", name, "-x", "\(columns)", "-y", "\(rows)", "exec \(line)").orThrow()
        // What it shows at the end can be looked at.
        try tmux("set-option", "-t", name, "remain-on-exit", "on").orThrow()
    }

    func type(_ name: String, _ keys: String...) throws { for key in keys { try tmux("send-keys", "-t", name, key).orThrow() } }
    func resize(_ name: String, columns: Int, rows: Int) throws {
        try tmux("resize-window", "-t", name, "-x", "\(columns)", "-y", "\(rows)").orThrow()
    }
    func screen(_ name: String) throws -> String { try tmux("capture-pane", "-p", "-t", name).orThrow().output }

    func wait(_ name: String, for text: String) throws {
        do {
            try EndToEndHarness.wait(for: "“\(text)” in \(name)") { try self.screen(name).contains(text) }
        } catch { throw HarnessError("\(error): \((try? screen(name)) ?? "")") }
    }
}

extension EndToEnd {
    /// Requester and approver, each in a real terminal.
    struct InTmux {
        @Test func `a request appears at the approver's desk, and the line runs when one key says so`() throws {
            let scene = try ApprovalScene()
            let tmux = try Tmux()
            try tmux.open("alice", scene.alice.sshCommand(["-J", "bastion", "root@web1"]))
            try tmux.open("bob", scene.bob.sshCommand(["-t", "bastion"]))
            try tmux.wait("alice", for: "root@target$")
            try tmux.wait("bob", for: "web1")
            // A right-to-left mark and an escape sequence that would turn the line around, or hide it.
            try tmux.type("alice", "id -u; echo 'g\u{202E}x'; echo o''k", "Enter")
            try tmux.wait("alice", for: "waits for an approval by group:leads")
            try tmux.type("bob", "Tab")
            try tmux.wait("bob", for: "alice")
            try tmux.resize("bob", columns: 60, rows: 20)
            try tmux.wait("bob", for: "alice")
            try tmux.resize("bob", columns: 80, rows: 24)
            try tmux.type("bob", "Enter")
            try tmux.wait("bob", for: "second-pair-of-eyes")
            #expect(try tmux.screen("bob").contains("202e") || tmux.screen("bob").contains("202E"))
            usleep(1_200_000)
            try tmux.type("bob", "a")
            try tmux.wait("bob", for: "is approved")
            try tmux.wait("alice", for: "\nok")
            #expect(try tmux.screen("alice").contains("\n0\n"))
        }

        @Test func `denied with a reason at the desk`() throws {
            let scene = try ApprovalScene()
            let tmux = try Tmux()
            try tmux.open("alice", scene.alice.sshCommand(["-J", "bastion", "root@web1"]))
            try tmux.open("bob", scene.bob.sshCommand(["-t", "bastion"]))
            try tmux.wait("alice", for: "root@target$")
            try tmux.type("alice", "id || echo r''an", "Enter")
            try tmux.wait("alice", for: "waits for an approval")
            try tmux.type("bob", "Tab")
            try tmux.wait("bob", for: "alice")
            try tmux.type("bob", "Enter")
            try tmux.wait("bob", for: "second-pair-of-eyes")
            usleep(1_200_000)
            try tmux.type("bob", "d", "not today", "Enter")
            try tmux.wait("alice", for: "was denied by bob: not today")
            #expect(try !tmux.screen("alice").contains("\nran"))
        }
    }
}

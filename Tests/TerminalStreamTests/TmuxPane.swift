import Foundation
import TerminalStream
import Testing

/// A pane of a real tmux, on a socket of its own, that shows what is written to it.
final class TmuxPane {
    let columns: Int
    let rows: Int
    private let folder: URL
    private var output: FileHandle?
    private var written = 0

    /// Starts tmux with a pane that runs `command` once `run()` is called, or shows what `write` is given if that is nil.
    init(columns: Int, rows: Int, command: String? = nil, environment: [String: String] = [:]) throws {
        self.columns = columns
        self.rows = rows
        folder = URL(fileURLWithPath: "/tmp/sallyport-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let settings = """
            set -g status off
            set -g history-limit 2000
            set -g exit-empty off
            set -g remain-on-exit on
            set -g focus-events off
            set -g default-terminal screen-256color

            """
        try Data(settings.utf8).write(to: folder.appendingPathComponent("tmux.conf"))
        let variables = environment.map { " -e '\($0)=\($1)'" }.joined()
        if let command {
            // What the pane gets is copied from its first byte on.
            try tmux(
                "new-session -d -x \(columns) -y \(rows)\(variables) 'tmux -S \(path("socket")) wait-for go; \(command); exec sleep 600'"
            )
            try tmux("pipe-pane 'exec cat >> \(path("output"))'")
        } else {
            #expect(mkfifo(path("fifo"), 0o600) == 0)
            try tmux("new-session -d -x \(columns) -y \(rows) 'stty raw -echo; exec cat \(path("fifo"))'")
            output = try FileHandle(forWritingTo: folder.appendingPathComponent("fifo"))
        }
    }

    deinit {
        try? output?.close()
        _ = try? tmux("kill-server", socket: "inner")  // where a program is a tmux itself
        _ = try? tmux("kill-server")
        try? FileManager.default.removeItem(at: folder)
    }

    private func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

    @discardableResult func tmux(_ arguments: String, socket: String = "socket") throws -> [UInt8] {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/bash")
        // tmux starts a server that stays. It must not keep the descriptor by whose end Foundation sees that the client has ended.
        let closing = "for fd in /proc/self/fd/*; do fd=${fd##*/}; if ((fd > 2)); then exec {fd}>&-; fi; done 2>/dev/null"
        // Nor the blocked signals of the thread that starts it: tmux ends itself by SIGTERM.
        let unblocking = "exec perl -MPOSIX -e 'sigprocmask(SIG_SETMASK, POSIX::SigSet->new); exec @ARGV'"
        process.arguments = ["-c", "\(closing); \(unblocking) tmux -u -S \(path(socket)) -f \(path("tmux.conf")) \(arguments)"]
        var environment = ProcessInfo.processInfo.environment
        environment.removeValue(forKey: "TMUX")
        process.environment = environment.merging(["LC_ALL": "C.UTF-8", "HOME": folder.path]) { $1 }
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardInput = FileHandle.nullDevice
        try process.run()
        let answer = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return [UInt8](answer)
    }

    // MARK: Showing bytes

    /// Has the pane show `bytes` on a fresh screen, and returns what tmux shows then.
    func show(_ bytes: [UInt8]) throws -> TmuxScreen {
        written += 1
        let title = "case \(written)"
        try output?.write(
            contentsOf: Data(Array("\u{1B}[?1049l\u{1B}c\u{1B}[3J".utf8) + bytes + Array("\u{18}\u{1B}]2;\(title)\u{1B}\\".utf8)))
        for _ in 0..<2000 {
            let screen = try capture()
            if screen.title == title { return screen }
            usleep(2000)
        }
        Issue.record("tmux did not show \(bytes.count) bytes")
        return try capture()
    }

    /// Has the pane show more bytes, which end between two sequences, and returns what tmux shows then.
    func showMore(_ bytes: [UInt8]) throws -> TmuxScreen {
        written += 1
        let title = "case \(written)"
        try output?.write(contentsOf: Data(bytes + Array("\u{1B}]2;\(title)\u{1B}\\".utf8)))
        for _ in 0..<2000 {
            let screen = try capture()
            if screen.title == title { return screen }
            usleep(2000)
        }
        Issue.record("tmux did not show \(bytes.count) bytes")
        return try capture()
    }

    func capture() throws -> TmuxScreen {
        let answer = try tmux(
            "display-message -p '#{pane_title}|#{cursor_x}|#{cursor_y}|#{pane_width}|#{pane_height}' \\; capture-pane -p -e -N")
        return TmuxScreen(answer)
    }

    // MARK: Running programs

    func run() throws { try tmux("wait-for -S go") }

    func send(_ keys: String) throws { try tmux("send-keys \(keys)") }

    /// Waits until a row of the pane is `text`.
    func waitForText(_ text: String) throws {
        for _ in 0..<300 {
            let screen = try capture().emulator()
            if (0..<screen.rows).contains(where: { screen.text(row: $0) == Array(text.utf8) }) { return }
            usleep(100_000)
        }
        Issue.record("the pane never showed \(text)")
    }

    /// All that the program has written, when it has written nothing for a while.
    func outputWhenQuiet() throws -> [UInt8] {
        var last = -1
        var quiet = 0
        for _ in 0..<400 {
            let size = (try? Data(contentsOf: folder.appendingPathComponent("output")).count) ?? 0
            quiet = size == last && size > 0 ? quiet + 1 : 0
            if quiet == 12 { break }
            last = size
            usleep(25000)
        }
        return [UInt8](try Data(contentsOf: folder.appendingPathComponent("output")))
    }
}

/// What tmux says its pane shows.
struct TmuxScreen {
    var title = ""
    /// One past the last column while a wrap is pending.
    var cursor: [Int] = []
    /// The rows, with the sequences that give each character its style.
    private var contents: [UInt8] = []
    private(set) var columns = 0
    private(set) var rows = 0

    init(_ answer: [UInt8]) {
        let lines = answer.split(separator: 0x0A, maxSplits: 1, omittingEmptySubsequences: false)
        let fields = String(decoding: lines[0], as: UTF8.self).split(separator: "|").map(String.init)
        guard fields.count == 5, let x = Int(fields[1]), let y = Int(fields[2]), let width = Int(fields[3]),
            let height = Int(fields[4])
        else { return }
        title = fields[0]
        cursor = [y, x]
        (columns, rows) = (width, height)
        contents = Array(lines.dropFirst().joined())
    }

    /// The same screen in an emulator.
    func emulator() -> Emulator {
        var emulator = Emulator(columns: columns, rows: rows)
        emulator.feed("\u{1B})0")
        for (row, line) in contents.split(separator: 0x0A, omittingEmptySubsequences: false).prefix(rows).enumerated() {
            emulator.feed("\u{1B}[\(row + 1);1H")
            emulator.feed(line)
        }
        return emulator
    }
}

extension Emulator {
    /// How this screen differs from what tmux shows: nil if not. Blanks and spaces look the same.
    func difference(from tmux: TmuxScreen, styles: Bool = true, cursor: Bool = true) -> String? {
        guard tmux.columns == columns, tmux.rows == rows else { return "size \(tmux.columns)x\(tmux.rows)" }
        if cursor, tmux.cursor != place { return "cursor \(place), in tmux \(tmux.cursor)" }
        let other = tmux.emulator()
        for row in 0..<rows {
            for column in 0..<columns {
                // tmux does not tell the colour of what was erased.
                let styles = styles && !cell(row: row, column: column).text.isEmpty
                let (mine, its) = (comparable(row, column, styles), other.comparable(row, column, styles))
                if mine != its {
                    return """
                        row \(row), column \(column): \(mine), in tmux \(its)
                        \(String(decoding: text(row: row), as: UTF8.self))
                        \(String(decoding: other.text(row: row), as: UTF8.self))
                        """
                }
            }
        }
        return nil
    }

    private func comparable(_ row: Int, _ column: Int, _ styles: Bool) -> ScreenCell {
        var cell = cell(row: row, column: column)
        if cell.text.isEmpty, cell.width == 1 { cell.text = [0x20] }
        if !styles {
            cell.attributes = []
            cell.foreground = .standard
            cell.background = .standard
        }
        return cell
    }
}

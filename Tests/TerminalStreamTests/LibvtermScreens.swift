import Foundation
import TerminalStream
import Testing

/// Debian's libvterm, through a small C program that is compiled when a test needs it.
struct LibvtermScreens {
    private let folder: URL

    init() throws {
        folder = URL(fileURLWithPath: "/tmp/sallyport-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data(Self.program.utf8).write(to: folder.appendingPathComponent("screens.c"))
        _ = try run("/usr/bin/env", ["clang", "-O1", "-o", path("screens"), path("screens.c"), "-lvterm"], input: [])
    }

    func remove() { try? FileManager.default.removeItem(at: folder) }

    private func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

    /// Shows each of `outputs` on a screen of its own; returns the cursor's row and column, and the rows with the text of each cell.
    func show(_ outputs: [[UInt8]], columns: Int, rows: Int) throws -> [(cursor: [Int], rows: [[String]])] {
        let input = outputs.flatMap { Array("\($0.count)\n".utf8) + $0 }
        let lines = try run(path("screens"), [String(columns), String(rows)], input: input).split(
            separator: 0x0A, omittingEmptySubsequences: false)
        return (0..<outputs.count).map { index in
            let screen = lines[(index * (rows + 1))...]
            let cursor = String(decoding: screen.first ?? [], as: UTF8.self).split(separator: " ").compactMap { Int($0) }
            return (
                cursor,
                screen.dropFirst().prefix(rows).map { row in
                    row.split(separator: 0x09, omittingEmptySubsequences: false).dropLast().map {
                        String(decoding: $0, as: UTF8.self)
                    }
                }
            )
        }
    }

    private func run(_ program: String, _ arguments: [String], input: [UInt8]) throws -> [UInt8] {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        let file = folder.appendingPathComponent("input")
        try Data(input).write(to: file)
        process.standardInput = try FileHandle(forReadingFrom: file)
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0, "\(program)")
        return [UInt8](output)
    }

    /// Reads outputs, each behind its length, and prints cursor and cells. The second half of a wide character is an empty cell.
    private static let program = """
        #include <stdio.h>
        #include <stdlib.h>
        #include <vterm.h>

        static void print_utf8(uint32_t c) {
            if (c < 0x80) putchar(c);
            else if (c < 0x800) printf("%c%c", 0xC0 | c >> 6, 0x80 | (c & 0x3F));
            else if (c < 0x10000) printf("%c%c%c", 0xE0 | c >> 12, 0x80 | (c >> 6 & 0x3F), 0x80 | (c & 0x3F));
            else printf("%c%c%c%c", 0xF0 | c >> 18, 0x80 | (c >> 12 & 0x3F), 0x80 | (c >> 6 & 0x3F), 0x80 | (c & 0x3F));
        }

        int main(int argc, char **argv) {
            int columns = atoi(argv[1]), rows = atoi(argv[2]), length;
            while (scanf("%d", &length) == 1 && getchar() == '\\n') {
                char *bytes = malloc(length + 1);
                if (fread(bytes, 1, length, stdin) != (size_t)length) return 1;
                VTerm *vterm = vterm_new(rows, columns);
                vterm_set_utf8(vterm, 1);
                VTermScreen *screen = vterm_obtain_screen(vterm);
                vterm_screen_enable_altscreen(screen, 1);
                vterm_screen_reset(screen, 1);
                vterm_input_write(vterm, bytes, length);
                VTermPos cursor, at;
                vterm_state_get_cursorpos(vterm_obtain_state(vterm), &cursor);
                printf("%d %d\\n", cursor.row, cursor.col);
                for (at.row = 0; at.row < rows; at.row++) {
                    for (at.col = 0; at.col < columns; at.col++) {
                        VTermScreenCell cell;
                        vterm_screen_get_cell(screen, at, &cell);
                        if (cell.chars[0] == 0) putchar(' ');
                        else if (cell.chars[0] != (uint32_t)-1)
                            for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell.chars[i]; i++) print_utf8(cell.chars[i]);
                        putchar('\\t');
                    }
                    putchar('\\n');
                }
                vterm_free(vterm);
                free(bytes);
            }
            return 0;
        }

        """
}

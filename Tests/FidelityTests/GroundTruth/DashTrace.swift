import EndToEndHarness
import Foundation

/// What `strace -ff -ttt -y -xx -e trace=read,execve` saw of a dash and its children: one file for each process.
///
/// dash reads its input by 8 KiB and `read` byte by byte, which tells the shell's own lines from what a builtin reads.
struct DashTrace {
    let folder: String

    /// strace's options. `-D` leaves the shell the direct child of sshd.
    static func command(folder: String) -> String {
        "strace -D -ff -ttt -y -xx -s 70000 --seccomp-bpf -qq -e signal=none -e trace=read,execve -o \(folder)/truth"
    }

    /// The bytes that dashes read from the terminal, in the order of time.
    func typed() throws -> [UInt8] {
        let files = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasPrefix("truth.") }
        return files.flatMap { Self.reads(contents(of: folder + "/" + $0)) }.sorted { $0.time < $1.time }.flatMap(\.bytes)
    }

    private struct Read {
        var time: Double
        var bytes: [UInt8]
    }

    private static func reads(_ trace: String) -> [Read] {
        var isDash = true  // a process that has executed nothing is a subshell
        var reads: [Read] = []
        for line in trace.split(separator: "\n") {
            guard let blank = line.firstIndex(of: " "), let time = Double(line[..<blank]) else { continue }
            let call = line[line.index(after: blank)...]
            if call.hasPrefix("execve("), call.hasSuffix(" = 0") {
                isDash = strings(in: call).first.map { text($0).split(separator: "/").last == "dash" } ?? false
            } else if isDash, call.hasPrefix("read("), isTerminal(call), asksForMuch(call), let read = strings(in: call).first {
                reads.append(Read(time: time, bytes: read))
            }
        }
        return reads
    }

    /// `read(0</dev/pts/3>, …`, the path in hexadecimal.
    private static func isTerminal(_ call: Substring) -> Bool {
        guard let start = call.firstIndex(of: "<"), let end = call.firstIndex(of: ">") else { return false }
        return text(unhexed(call[call.index(after: start)..<end])).hasPrefix("/dev/pts/")
    }

    /// `…, 8192) = 3`
    private static func asksForMuch(_ call: Substring) -> Bool {
        guard let end = call.lastIndex(of: ")") else { return false }
        let asked = call[..<end].split(separator: " ").last.flatMap { Int($0) }
        return asked ?? 0 > 1
    }

    private static func strings(in call: Substring) -> [[UInt8]] {
        call.split(separator: "\"", omittingEmptySubsequences: false).enumerated().filter { $0.offset % 2 == 1 }
            .map { unhexed($0.element) }
    }

    private static func unhexed(_ text: Substring) -> [UInt8] { text.split(separator: "\\x").compactMap { UInt8($0, radix: 16) } }

    private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}

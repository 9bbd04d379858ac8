import Foundation

@testable import Policy

/// Asks real shells about many texts at once: one driver runs a shell on file after file, which takes some milliseconds each.
struct ShellVerdicts {
    let folder: URL

    /// Writes the texts to files of a folder of its own.
    init(_ texts: [[UInt8]]) throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "sallyport-shells-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for (index, text) in texts.enumerated() { try Data(text).write(to: file(index)) }
    }

    func remove() { try? FileManager.default.removeItem(at: folder) }

    private func file(_ index: Int) -> URL { folder.appending(path: String(format: "%06d", index)) }

    /// The positions of the texts that the shell takes. It only parses them: `-n`.
    func accepted(by shell: String) throws -> Set<Int> {
        // bash says 0 for what it does not like in `[[`, but says what.
        let script = """
            cd "$1" || exit 1
            for file in [0-9]*; do
                if message=$(LC_ALL=C.UTF-8 \(shell) -n "$file" 2>&1 </dev/null); then
                    case $message in
                        *"conditional"*|*"unexpected"*|*"syntax error"*) ;;
                        *) echo "$file" ;;
                    esac
                fi
            done
            """
        return Set(try run(["dash", "-c", script, "driver", folder.path]).split(separator: "\n").compactMap { Int($0) })
    }

    /// The positions of the texts of which the shell runs the program `RM`, each with half a second or so of time and nothing else in its `PATH`.
    func running(_ shell: String) throws -> Set<Int> {
        let script = """
            cd "$1" || exit 1
            mkdir -p bin
            printf '#!/bin/sh\\n: > "$LOG"\\n' > bin/RM
            chmod +x bin/RM
            for file in [0-9]*; do
                mkdir work
                (cd work && LOG=../$file.ran PATH=$1/bin HOME=$1/work /usr/bin/timeout -k 1 0.7 \(shell) -c "$(cat ../$file)" </dev/null >/dev/null 2>&1)
                rm -rf work
                if [ -e $file.ran ]; then rm $file.ran; echo $file; fi
                printf '#!/bin/sh\\n: > "$LOG"\\n' > bin/RM
            done
            """
        return Set(try run(["dash", "-c", script, "driver", folder.path]).split(separator: "\n").compactMap { Int($0) })
    }

    /// The output of a command, with what it wrote to its standard error left aside.
    func run(_ command: [String], input: String = "") throws -> String {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = command
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        process.standardInput = FileHandle.nullDevice
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: data, as: UTF8.self)
    }
}

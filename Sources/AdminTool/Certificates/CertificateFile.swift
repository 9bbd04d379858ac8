internal import Foundation
internal import MonitorProtocol
internal import OpenSSHKeys

/// Where a certificate goes: beside the public key by ssh-keygen's naming, to a file, or to standard output.
struct CertificateFile {
    /// Nil for standard output.
    private let path: String?

    /// - Throws: if something lies there that is not a certificate, before one is issued in vain.
    init(output: String?, publicKey: String) throws(ToolFailure) {
        switch output {
        case "-": path = nil
        case let output?: path = output
        case nil where publicKey == "-": path = nil
        case nil: path = (publicKey.hasSuffix(".pub") ? String(publicKey.dropLast(4)) : publicKey) + "-cert.pub"
        }
        guard let path, FileManager.default.fileExists(atPath: path) else { return }
        let start = (try? InputFile.read(path, atMost: 64 * 1024, called: "file")) ?? []
        guard
            String(decoding: start.prefix(64), as: UTF8.self).split(separator: " ").first?.hasSuffix("-cert-v01@openssh.com")
                == true
        else { throw ToolFailure("\(SafeText.escaped(path)) exists and is not a certificate; it is not overwritten") }
    }

    func write(_ line: String) throws {
        guard let path else { return try StandardOutput.write(SafeText.escaped(line) + "\n") }
        // By rename: an ssh that reads the old certificate right now gets all of it.
        let temporary = try NewFile("\(path).new-\(getpid())", mode: 0o644)
        do {
            try temporary.write(Array((line + "\n").utf8))
            try temporary.finish()
            guard rename(temporary.path, path) == 0 else {
                throw ToolFailure("cannot write \(SafeText.escaped(path)): \(describe(errno))")
            }
        } catch {
            temporary.remove()
            throw error
        }
        try StandardOutput.write(Self.summary(line) + "in \(SafeText.escaped(path))\n")
    }

    /// `certificate 12 for alice, good until 2026-11-24 10:00:00Z, `; nothing if the line cannot be read.
    private static func summary(_ line: String) -> String {
        guard let certificate = try? Certificate(line: line) else { return "" }
        // The end of time of a certificate is 2^64 - 1; nobody needs a year of more than four digits.
        let end = Timestamp(seconds: Int64(min(certificate.validBefore, 253_402_300_799))).forPeople
        return "certificate \(certificate.serial) for \(SafeText.escaped(certificate.keyID)), good until \(end), "
    }
}

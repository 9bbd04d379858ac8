internal import Foundation
internal import OpenSSHKeys

/// The other files that `sallyport.yaml` names.
extension DaemonDocument {
    /// Whether they are there. Their content is the monitor's alone.
    func checkHostKeys(in document: Document) {
        for key in hostKeys {
            var information = stat()
            if stat(key.content, &information) != 0 {
                // Who may not look into the folder cannot tell, and need not.
                guard errno == ENOENT || errno == ENOTDIR else { continue }
                document.report(
                    key.line,
                    "host-keys: \(quoted(key.content)) does not exist: \"ssh-keygen -t ed25519 -N '' -f FILE\" makes one")
            } else if information.st_mode & S_IFMT != S_IFREG {
                document.report(key.line, "host-keys: \(quoted(key.content)) is not a file")
            }
        }
    }

    /// One public key a line; empty lines and those that start with # are skipped, as in an authorized_keys file.
    func readAuthorities(in document: Document) -> [PublicKey] {
        var keys: [PublicKey] = []
        for file in authorities {
            do throws(UnreadableFile) {
                let bytes = try BoundedFile.read(file.content, limit: Self.largestAuthorityFile)
                let found = Self.keys(in: String(decoding: bytes, as: UTF8.self), of: file.content, document.problems)
                if found?.isEmpty == true {
                    document.report(file.line, "user-authorities: \(quoted(file.content)) holds no public key")
                }
                for key in found ?? [] where !keys.contains(key) { keys.append(key) }
            } catch {
                document.report(file.line, "user-authorities: \(quoted(file.content)) \(error.reason)")
            }
        }
        return keys
    }

    /// Nil after a mistake, which is reported in that file.
    private static func keys(in text: String, of file: String, _ problems: Problems) -> [PublicKey]? {
        var keys: [PublicKey] = []
        let before = problems.count
        for (index, content) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            let line = content.drop { $0 == " " || $0 == "\t" }
            guard !line.isEmpty, line.first != "#" else { continue }
            do throws(KeyError) {
                let key = try PublicKey(line: String(line))
                if key.algorithm.maySignCertificates {
                    keys.append(key)
                } else {
                    problems.report(file, index + 1, "an \(key.algorithm.rawValue) key cannot be an authority here")
                }
            } catch {
                problems.report(file, index + 1, PublicKeyText.explanation(String(line), error))
                // The rest of a private key would be one mistake a line.
                if line.contains("PRIVATE KEY") { return nil }
            }
        }
        return problems.count == before ? keys : nil
    }

    /// Nil after a mistake.
    func readRevokedKeys(in document: Document) -> RevocationList? {
        guard let file = revokedKeys else { return RevocationList() }
        do throws(UnreadableFile) {
            let bytes = try BoundedFile.read(file.content, limit: Self.largestRevocationList)
            do throws(KeyError) {
                return try RevocationList(file: bytes)
            } catch {
                let hint = "\"ssh-keygen -k -f FILE\" makes one"
                document.report(
                    file.line, "revoked-keys: \(quoted(file.content)) is not a key revocation list (\(error)): \(hint)")
            }
        } catch {
            document.report(file.line, "revoked-keys: \(quoted(file.content)) \(error.reason)")
        }
        return nil
    }

    /// Hundreds of keys.
    private static let largestAuthorityFile = 256 << 10
    /// Half a million revoked fingerprints.
    private static let largestRevocationList = 16 << 20
}

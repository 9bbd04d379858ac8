import Foundation
import Testing

@testable import Vault

@Suite struct `A process's memory` {
    /// The key is loaded from a file, a secret sealed and opened, and then the process searches all of its own memory.
    @Test func `holds neither key nor secrets when their life has ended`() async throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "vault-key-\(UUID())").path
        defer { unlink(path) }
        await #expect(processExitsWith: .success) { [path = path as String] in
            try VaultKey.generate().write(toNewFile: path)
            // What is searched for is never in memory as it is, only inverted.
            let invertedSecret = (0..<4000).map { _ in UInt8.random(in: 0...255) }
            // Eight bytes do: freed memory is overwritten in part.
            let (part, end) = (Array(invertedSecret[2000..<2008]), Array(invertedSecret.suffix(8)))
            func use() throws {
                let vault = OpenVault(key: try VaultKey.load(file: path))
                let secret = SecretBytes(count: invertedSecret.count) { memory in
                    for index in invertedSecret.indices { memory[index] = ~invertedSecret[index] }
                }
                let opened = try vault.open(try vault.seal(secret, name: "x"), name: "x")
                let count = opened.count
                #expect(count == 4000)
                // The search finds what is there.
                #expect(try MemorySearch.count(ofInverted: part) >= 2)
                #expect(try MemorySearch.count(ofInverted: MemorySearch.invertedEnd(of: path)) >= 1)
            }
            try use()
            #expect(try MemorySearch.count(ofInverted: part) == 0)
            #expect(try MemorySearch.count(ofInverted: end) == 0)
            #expect(try MemorySearch.count(ofInverted: MemorySearch.invertedEnd(of: path)) == 0)
        }
    }
}

/// Looks for bytes in all writable memory of this process, through /proc/self/mem.
private enum MemorySearch {
    static func count(ofInverted needle: [UInt8]) throws -> Int {
        let memory = open("/proc/self/mem", O_RDONLY)
        defer { close(memory) }
        let maps = try String(contentsOfFile: "/proc/self/maps", encoding: .utf8)
        var found = 0
        // Its own pages are shared, so that the loop below leaves them out: it holds copies of all others.
        let chunk = 1 << 20
        guard let buffer = mmap(nil, chunk, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0), buffer != MAP_FAILED
        else {
            throw POSIXError(.ENOMEM)
        }
        defer {
            memset(buffer, 0, chunk)
            munmap(buffer, chunk)
        }
        for line in maps.split(separator: "\n") {
            let fields = line.split(separator: " ")
            let bounds = fields[0].split(separator: "-").compactMap { UInt($0, radix: 16) }
            guard bounds.count == 2, fields[1].hasPrefix("rw-p"), !line.hasSuffix("[vvar]") else { continue }
            var address = bounds[0]
            while address < bounds[1] {
                let length = min(UInt(chunk), bounds[1] - address)
                let count = pread(memory, buffer, Int(length), off_t(address))
                guard count > 0 else { break }
                found += occurrences(of: needle, in: UnsafeRawBufferPointer(start: buffer, count: count))
                // The next piece overlaps, so that nothing is missed between two.
                address += count == chunk && address + UInt(count) < bounds[1] ? UInt(count - needle.count) : UInt(count)
            }
        }
        return found
    }

    private static func occurrences(of inverted: [UInt8], in memory: UnsafeRawBufferPointer) -> Int {
        guard memory.count >= inverted.count, var position = memory.baseAddress else { return 0 }
        let end = position + memory.count - inverted.count
        var found = 0
        while position <= end, let next = memchr(position, Int32(~inverted[0]), end - position + 1) {
            if inverted.indices.allSatisfy({ next.load(fromByteOffset: $0, as: UInt8.self) == ~inverted[$0] }) { found += 1 }
            position = UnsafeRawPointer(next) + 1
        }
        return found
    }

    /// The last eight bytes of a file, inverted, without having had them side by side in memory.
    static func invertedEnd(of path: String) throws -> [UInt8] {
        let descriptor = open(path, O_RDONLY)
        defer { close(descriptor) }
        var inverted: [UInt8] = []
        var byte: UInt8 = 0
        while read(descriptor, &byte, 1) == 1 { inverted.append(~byte) }
        try #require(inverted.count == 32)
        return inverted.suffix(8)
    }
}

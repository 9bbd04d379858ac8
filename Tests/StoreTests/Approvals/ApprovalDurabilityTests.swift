import Foundation
import MonitorProtocol
import Synchronization
import Testing

@testable import Store

@Suite struct `What the ledger has confirmed of approvals` {
    /// The child notes in a file what the store has confirmed, from three threads, and kills itself in the middle.
    @Test(arguments: [7, 40, 150]) func `is there after a SIGKILL, whole`(_ confirmations: Int) async throws {
        let temporary = try TemporaryStore()
        let folder = temporary.folder.path
        await #expect(processExitsWith: .signal(SIGKILL)) { [folder = folder as String, confirmations = confirmations as Int] in
            let store = try Store(path: folder + "/sallyport.sqlite")
            let notes = open(folder + "/notes", O_WRONLY | O_CREAT | O_APPEND, 0o600)
            let confirmed = Mutex(0)
            @Sendable func note(_ line: String) {
                write(notes, line, line.utf8.count)
                let count = confirmed.withLock { count in
                    count += 1
                    return count
                }
                if count == confirmations { kill(getpid(), SIGKILL) }
            }
            for _ in 0..<3 {
                Thread {
                    for index in 0..<10_000 {
                        let command = String(repeating: "x", count: index % 7 * 900)
                        guard let number = try? store.add(request(command), notifying: ["chat"]) else { exit(1) }
                        note("added \(number)\n")
                        guard index % 2 == 0 else { continue }
                        let decided: Void? = try? store.record(step(number, .denied), state: .denied, notifying: ["mail"])
                        guard decided != nil else { exit(1) }
                        note("denied \(number)\n")
                    }
                }.start()
            }
            sleep(60)
        }
        let notes = try String(contentsOfFile: folder + "/notes", encoding: .utf8).split(separator: "\n")
        #expect(notes.count >= confirmations)
        let reopened = try Store(path: temporary.path)
        #expect(try reopened.integrity() == ["ok"])
        for note in notes {
            let number = try #require(Int64(note.split(separator: " ")[1]))
            let found = try #require(try reopened.approval(number), "\(note)")
            if note.hasPrefix("denied") { #expect(found.approval.state == .denied) }
        }
        let all = try reopened.approvals(.init(limit: 1000))
        for approval in all {
            let kinds = try reopened.kinds(approval.number)
            #expect(kinds == (approval.state == .denied ? [.requested, .denied] : [.requested]))
        }
        let queued = try reopened.dueNotifications(at: later, limit: 1000)
        #expect(queued.count { $0.channel == "chat" } == all.count)
        #expect(queued.count { $0.channel == "mail" } == all.count { $0.state == .denied })
        #expect(
            try reopened.voidOpenApprovals(at: later, because: "the bastion was restarted") == all.count { $0.state == .waiting })
    }
}

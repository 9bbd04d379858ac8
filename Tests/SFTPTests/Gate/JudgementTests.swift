import OpenSSHKeys
import Testing

@testable import SFTP

/// What is asked about before a request goes on, and what is not.
@Suite struct JudgementTests {
    struct Vector: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let packet: [UInt8]
        let questions: [String]
        init(_ name: String, _ packet: [UInt8], _ questions: String...) {
            testDescription = name
            self.packet = packet
            self.questions = questions
        }
    }

    static let judged: [Vector] = [
        Vector("open to read", Packet.open(1, "notes", .read), "read /home/alice/notes"),
        Vector("open without flags, which reads", Packet.open(1, "notes", []), "read /home/alice/notes"),
        Vector("open to write", Packet.open(1, "/tmp/x", [.write, .create, .truncate]), "write /tmp/x"),
        Vector("open for both", Packet.open(1, "/tmp/x", [.read, .write]), "read /tmp/x", "write /tmp/x"),
        Vector("open to read, but truncate", Packet.open(1, "/tmp/x", [.read, .truncate]), "read /tmp/x", "write /tmp/x"),
        Vector("create without write", Packet.open(1, "/tmp/x", [.create]), "read /tmp/x", "write /tmp/x"),
        Vector("append", Packet.open(1, "/tmp/x", [.write, .append]), "write /tmp/x"),
        Vector("stat", Packet.paths(17, 1, "/tmp/x"), "stat /tmp/x"),
        Vector("lstat", Packet.paths(7, 1, "/tmp/x"), "stat /tmp/x"),
        Vector("readlink", Packet.paths(19, 1, "/tmp/x"), "stat /tmp/x"),
        Vector("setstat", Packet.setStatus(1, "/tmp/x"), "setstat /tmp/x"),
        Vector("setstat of a size destroys content", Packet.setStatus(1, "/tmp/x", size: 0), "setstat /tmp/x", "write /tmp/x"),
        Vector(
            "lsetstat",
            Packet.extended(1, "lsetstat@openssh.com") {
                $0.writeText("/tmp/x")
                Packet.writeAttributes(&$0, size: nil)
            }, "setstat /tmp/x"),
        Vector("opendir", Packet.paths(11, 1, "/etc"), "list /etc"),
        Vector("remove", Packet.paths(13, 1, "/etc/passwd"), "remove /etc/passwd"),
        Vector("rmdir", Packet.paths(15, 1, "/etc"), "remove /etc"),
        Vector("mkdir", Packet.makeDirectory(1, "new"), "mkdir /home/alice/new"),
        Vector("rename", Packet.paths(18, 1, "/a", "/b"), "rename /a /b"),
        Vector(
            "posix-rename",
            Packet.extended(1, "posix-rename@openssh.com") {
                $0.writeText("/a")
                $0.writeText("b")
            }, "rename /a /home/alice/b"),
        Vector(
            "hardlink reads the old name and writes the new one",
            Packet.extended(1, "hardlink@openssh.com") {
                $0.writeText("/etc/shadow")
                $0.writeText("/tmp/x")
            }, "read /etc/shadow", "write /tmp/x"),
        Vector("symlink, OpenSSH's order", Packet.paths(20, 1, "/etc/shadow", "/tmp/link"), "symlink /tmp/link /etc/shadow"),
        Vector(
            "a link leads from its own folder on", Packet.paths(20, 1, "../etc/shadow", "/tmp/link"),
            "symlink /tmp/link /etc/shadow"),
        Vector("dots and slashes", Packet.paths(13, 1, "//tmp/./x/..//../etc/passwd/"), "remove /etc/passwd"),
        Vector("above the root", Packet.paths(13, 1, "/../../etc"), "remove /etc"),
        Vector("above the start", Packet.paths(13, 1, "../../../../etc"), "remove /etc"),
        Vector("nothing is where the target starts", Packet.paths(17, 1, ""), "stat /home/alice"),
        Vector("a tilde is a name", Packet.paths(17, 1, "~/x"), "stat /home/alice/~/x"),
    ]

    @Test(arguments: judged) func `a request that names a file goes on when everything in it was allowed, unchanged`(
        vector: Vector
    ) {
        let dialogue = Dialogue.begun()
        dialogue.client(vector.packet)
        var questions: [String] = []
        while let question = dialogue.gate.question {
            #expect(dialogue.targetHears().isEmpty, "nothing goes on before it was judged")
            questions.append(question.text)
            dialogue.judge()
        }
        #expect(questions == vector.questions)
        #expect(dialogue.targetHears() == [vector.packet])
        #expect(dialogue.failure == nil)
    }

    @Test(arguments: judged) func `a refusal is a status with the reason, the target hears nothing, the session goes on`(
        vector: Vector
    ) {
        for refused in vector.questions.indices {
            let dialogue = Dialogue.begun()
            dialogue.client(vector.packet)
            for _ in 0..<refused { dialogue.judge() }
            dialogue.judge(.refused(reason: "rule no-shadow: ask Bob"))
            #expect(dialogue.targetHears().isEmpty)
            let heard = dialogue.clientHears()
            #expect(heard == [Packet.status(1, .permissionDenied, "rule no-shadow: ask Bob")])
            #expect(
                dialogue.events().map(\.text)
                    == vector.questions[...refused].map {
                        "\($0): \(FileEvent.Outcome.refused(reason: "rule no-shadow: ask Bob"))"
                    })
            dialogue.client(Packet.paths(16, 1, "/"))
            #expect(dialogue.targetHears().count == 1)
        }
    }

    static let passing: [Vector] = [
        Vector("realpath", Packet.paths(16, 1, "/etc/shadow")),
        Vector("statvfs", Packet.extended(1, "statvfs@openssh.com") { $0.writeText("/") }),
        Vector("limits", Packet.extended(1, "limits@openssh.com")),
        Vector("expand-path", Packet.extended(1, "expand-path@openssh.com") { $0.writeText("~bob") }),
        Vector("home-directory", Packet.extended(1, "home-directory") { $0.writeText("bob") }),
        Vector(
            "users and groups",
            Packet.extended(1, "users-groups-by-id@openssh.com") {
                $0.writeString([0, 0, 0, 0])
                $0.writeString([0, 0, 0, 0])
            }),
        Vector(
            "users and groups of a large directory",
            Packet.extended(1, "users-groups-by-id@openssh.com") {
                $0.writeString([UInt8](repeating: 1, count: 60_000))
                $0.writeString([UInt8](repeating: 1, count: 60_000))
            }),
    ]

    @Test(arguments: passing) func `what only asks for names and limits passes at once`(vector: Vector) {
        let dialogue = Dialogue.begun()
        dialogue.client(vector.packet)
        #expect(dialogue.question == nil)
        #expect(dialogue.targetHears() == [vector.packet])
    }

    static let unknown: [Vector] = [
        Vector("a type that does not exist", Packet.paths(99, 1, "/etc/passwd")),
        Vector("a later version's LINK", Packet.paths(21, 1, "/etc/passwd", "/tmp/x")),
        Vector("somebody's extension", Packet.extended(1, "rm-rf@example.com") { $0.writeText("/") }),
        Vector("an extension of another case", Packet.extended(1, "Posix-Rename@openssh.com") { $0.writeText("/") }),
        Vector("a longer one", Packet.extended(1, "copy-data\0")),
        Vector(
            "an endless one",
            Packet.extended(1, "x") { $0.writeBytes([UInt8](repeating: 0, count: 200_000)) }),
    ]

    @Test(arguments: unknown) func `what is not understood is answered as unsupported and never passes`(vector: Vector) {
        let dialogue = Dialogue.begun()
        dialogue.client(vector.packet + Packet.paths(16, 2, "/"))
        #expect(dialogue.targetHears() == [Packet.paths(16, 2, "/")])
        let heard = dialogue.clientHears()
        #expect(heard.count == 1)
        #expect(heard.first.flatMap { Packet.status(in: $0)?.code } == .unsupported)
        #expect(heard.first.map { Packet.id(of: $0) } == 1)
        #expect(dialogue.events().map(\.operation) == [.unknown])
    }

    struct Unfit: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let packet: [UInt8]
        let reason: String
    }

    @Test(arguments: [
        Unfit(testDescription: "a NUL", packet: Packet.paths(13, 1, "/tmp/x\0/../../etc"), reason: "NUL"),
        Unfit(testDescription: "long", packet: Packet.paths(13, 1, String(repeating: "x", count: 4097)), reason: "4096"),
        Unfit(
            testDescription: "long with its start", packet: Packet.paths(13, 1, String(repeating: "x", count: 4090)),
            reason: "4096"),
        Unfit(testDescription: "very long", packet: Packet.paths(13, 1, String(repeating: "x", count: 100_000)), reason: "32768"),
        Unfit(testDescription: "a NUL in REALPATH", packet: Packet.paths(16, 1, "\0"), reason: "NUL"),
    ]) func `a path that could be read in another way than it is judged is refused`(unfit: Unfit) {
        let dialogue = Dialogue.begun()
        dialogue.client(unfit.packet)
        #expect(dialogue.question == nil)
        #expect(dialogue.targetHears().isEmpty)
        let status = dialogue.clientHears().first.flatMap { Packet.status(in: $0) }
        #expect(status?.message.contains(unfit.reason) == true)
        #expect(dialogue.events().map(\.operation) == [.unknown])
        #expect(dialogue.failure == nil)
    }

    @Test func `the path is judged in both forms, and what passes is what the client wrote`() {
        let dialogue = Dialogue.begun()
        dialogue.client(Packet.paths(13, 1, "a/../b"))
        #expect(dialogue.gate.question?.path == FilePath(asked: Array("a/../b".utf8), absolute: Array("/home/alice/b".utf8)))
    }

    @Test func `while a request waits the client is not read and the target goes on`() {
        let dialogue = Dialogue.begun()
        dialogue.client(Packet.paths(16, 1, "/") + Packet.paths(13, 2, "/x") + Packet.paths(16, 3, "/"))
        #expect(dialogue.targetHears() == [Packet.paths(16, 1, "/")])
        #expect(!dialogue.wantsClient)
        let isEmpty = dialogue.gate.isEmptyTowardsTarget
        #expect(!isEmpty)
        dialogue.target(Packet.name(1, "/"))
        #expect(dialogue.clientHears() == [Packet.name(1, "/")])
        dialogue.judge()
        #expect(dialogue.targetHears() == [Packet.paths(13, 2, "/x"), Packet.paths(16, 3, "/")])
        #expect(dialogue.wantsClient)
    }

    @Test func `our answers come between the target's packets`() {
        let dialogue = Dialogue.begun()
        dialogue.client(Packet.paths(16, 1, "/") + Packet.paths(13, 2, "/x"))
        let reply = Packet.name(1, "/a/long/name")
        dialogue.target(Array(reply.prefix(30)))
        dialogue.judge(.refused(reason: "no"))
        #expect(dialogue.toClient.suffix(30).elementsEqual(reply.prefix(30)))
        dialogue.target(Array(reply.dropFirst(30)))
        #expect(dialogue.clientHears() == [reply, Packet.status(2, .permissionDenied, "no")])
    }

    @Test func `fsetstat is judged by the path that was opened`() {
        let dialogue = Dialogue.begun()
        dialogue.open("/tmp/x", .read, handle: [9])
        dialogue.client(Packet.setHandleStatus(2, [9], size: 0))
        #expect(dialogue.question == "setstat /tmp/x")
        dialogue.judge()
        #expect(dialogue.question == "write /tmp/x", "it was opened for reading only")
        dialogue.judge()
        #expect(dialogue.targetHears() == [Packet.setHandleStatus(2, [9], size: 0)])
        dialogue.open("/tmp/y", .write, handle: [8], id: 3)
        dialogue.client(Packet.setHandleStatus(4, [8], size: 0))
        dialogue.judge()
        #expect(dialogue.question == nil, "writing was judged when it was opened")
    }
}

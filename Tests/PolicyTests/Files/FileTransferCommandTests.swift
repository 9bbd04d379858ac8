import Testing

@testable import Policy

/// Commands that clients of file transfer send, against rules about files.
struct FileTransferCommandTests {
    private func answer(_ kinds: [FileOperation.Kind]?, _ paths: [String], to line: String, largerThan: UInt64? = nil) throws
        -> Answer
    {
        let matcher = try FileJudgementTests.matcher(kinds, paths, largerThan: largerThan)
        return CommandReader.read(line).commands.map { Answer(matcher.match(CommandFacts($0, in: Situation()))) }.max() ?? .no
    }

    @Test(arguments: [
        Vector(.yes, "scp -t /etc/shadow"), Vector(.yes, "scp -v -t -- /etc/shadow"), Vector(.yes, "scp -pt /etc/shadow"),
        Vector(.maybe, "scp -t /etc"),
        Vector(.maybe, "scp -r -t /"), Vector(.maybe, "scp -t $x"), Vector(.no, "scp -t /tmp"), Vector(.no, "scp -f /etc/shadow"),
        Vector(.no, "scp /etc/shadow host:"), Vector(.no, "cp x /etc/shadow"),
        Vector(.yes, "rsync --server -logDtpre.iLsfxCIvu . /etc/shadow"), Vector(.maybe, "rsync --server -re.x . /etc"),
        Vector(.no, "rsync --server --sender -re.x . /etc"), Vector(.no, "rsync --server -e.x . /tmp"),
        Vector(.maybe, "rsync --server -srte.x"),
        Vector(.yes, "rsync --server -e.x --log-file=/etc/shadow . /tmp"), Vector(.no, "rsync -a x host:/etc/shadow"),
    ])
    func `a file that is written is found`(vector: Vector) throws {
        #expect(try answer([.write], ["/etc/shadow"], to: vector.line) == vector.expected)
    }

    @Test(arguments: [
        Vector(.yes, "scp -f /etc/shadow"), Vector(.yes, "scp -f /tmp/x /etc/shadow"), Vector(.yes, "scp -f '/etc/shadow'"),
        Vector(.yes, "scp -f /etc/*"),
        Vector(.maybe, "scp -r -f /etc"), Vector(.no, "scp -f /etc"), Vector(.no, "scp -t /etc/shadow"),
        Vector(.yes, "rsync --server --sender -e.x . /etc/shadow"), Vector(.maybe, "rsync --server --sender -re.x . /"),
        Vector(.no, "rsync --server --sender -e.x . /tmp/x"),
        Vector(.no, "git-upload-pack '/srv/x.git'"), Vector(.yes, "git-upload-pack '/etc/shadow'"),
        Vector(.yes, "git upload-pack --strict /etc/shadow"),
    ])
    func `a file that is read is found`(vector: Vector) throws {
        #expect(try answer([.read], ["/etc/shadow"], to: vector.line) == vector.expected)
    }

    @Test func `deleting is seen in rsync's options`() throws {
        #expect(try answer([.remove], ["/srv/**"], to: "rsync --server -re.x --delete . /srv/www") == .yes)
        #expect(try answer([.remove], ["/srv/**"], to: "rsync --server -re.x --del . /srv/www") == .yes)
        #expect(try answer([.remove], ["/srv/**"], to: "rsync --server -re.x . /srv/www") == .no)
        #expect(try answer([.remove], ["/srv/**"], to: "rsync --server --sender -re.x --remove-source-files . /srv/www") == .yes)
    }

    @Test func `git's paths start at home as git reads them`() throws {
        #expect(try answer([.write], ["~/x.git"], to: "git-receive-pack '~/x.git'") == .yes)
        #expect(try answer([.write], ["~/x.git"], to: "git-receive-pack 'x.git'") == .yes)
        #expect(try answer([.write], ["/srv/x.git"], to: "git-receive-pack '~bob/../srv/x.git'") == .maybe)
        #expect(try answer([.write], ["/srv/x.git"], to: "git-upload-pack '/srv/x.git'") == .no)
    }

    @Test func `how large a file will be is not in the line`() throws {
        #expect(try answer([.write], [], to: "scp -t /x", largerThan: 5) == .maybe)
        #expect(try answer([.read], [], to: "scp -t /x", largerThan: 5) == .no)
    }

    @Test func `rsync's placeholder is no argument`() throws {
        let home = Asked(program: ["rsync"], arguments: ["~"])
        #expect(try home.answer(to: "rsync --server -re.x . /srv") == .no)
        #expect(try home.answer(to: "rsync --server -re.x . .") == .yes)
        #expect(try home.answer(to: "rsync -a . host:") == .yes)
    }

    @Test(arguments: [
        Vector(.yes, "/usr/lib/openssh/sftp-server"), Vector(.yes, "sudo /usr/lib/openssh/sftp-server -l INFO"),
        Vector(.yes, "exec sftp-server"),
        Vector(.no, "sftp-server; rm x"), Vector(.no, "sftp-server > x"), Vector(.no, "$x/sftp-server $y"),
        Vector(.no, "cat x | sftp-server"),
        Vector(.no, "sh -c sftp-server"), Vector(.no, "A=b sftp-server"), Vector(.no, "ls"), Vector(.no, "cd / && sftp-server"),
        Vector(.no, "sftp-server -d /"), Vector(.no, "sftp-server \"$x\""), Vector(.no, "sftp-server &&"),
    ])
    func `an sftp server is one if it is the whole line`(vector: Vector) {
        #expect(FileTransferCommand.isSFTPServer(CommandReader.read(vector.line)) == (vector.expected == .yes))
    }

    @Test func `an sftp server among other things may do anything to files`() throws {
        let matcher = try FileJudgementTests.matcher([.write], ["/etc/**"])
        let policy = PolicyRules(default: .allow, uncertain: .approve, rules: [PolicyRule("a", [.file(matcher)], .block)])
        func verdict(_ line: String) -> PolicyVerdict { policy.judge(command: Array(line.utf8), in: Situation()).verdict }
        #expect(verdict("sftp-server") == .allow)
        #expect(verdict("sftp-server; ls") == .approve)
        #expect(verdict("cd / && sftp-server") == .approve)
        #expect(verdict("/usr/lib/openssh/sftp-server -d /") == .approve)
    }
}

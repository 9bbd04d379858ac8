import Testing

@testable import Policy

struct ProgramCatalogueTests {
    @Test func `the groups that policy files name are there`() {
        for group in [
            "shells", "interpreters", "editors", "pagers", "downloaders", "remote-shells", "network-tools", "package-managers",
            "databases",
            "cloud-tools", "containers", "archivers", "disk-tools",
        ] { #expect(ProgramCatalogue.programs(in: group)?.isEmpty == false, "\(group)") }
        #expect(ProgramCatalogue.programs(in: "shell") == nil)
    }

    @Test func `names are the last component of a path and have no blank`() {
        for (group, programs) in ProgramCatalogue.groups {
            for program in programs {
                #expect(!program.isEmpty && !program.contains { $0 == "/" || $0.isWhitespace }, "\(group): \(program)")
            }
        }
    }

    @Test(arguments: [
        ("bash", "shells"), ("python3.11", "interpreters"), ("python3", "interpreters"), ("lua5.4", "interpreters"),
        ("php8.2", "interpreters"),
        ("clang++-16", "compilers"), ("nc", "network-tools"), ("7z", "archivers"), ("mkfs.ext4", "disk-tools"),
    ])
    func `a program is in its group, with a version or without`(program: String, group: String) {
        #expect(ProgramCatalogue.contains(program, in: group))
    }

    @Test(arguments: [("bash", "editors"), ("rmdir", "disk-tools"), ("3", "interpreters"), ("", "shells"), ("bash", "no-group")])
    func `other programs are not`(program: String, group: String) {
        #expect(!ProgramCatalogue.contains(program, in: group))
    }

    @Test(arguments: [
        ("python3.11", "python"), ("python3", "python"), ("clang-16", "clang"), ("3.11", "3.11"), ("", ""), ("bash", "bash"),
    ])
    func `a version is taken off a name's end`(program: String, name: String) {
        #expect(ProgramCatalogue.withoutVersion(program) == name)
    }
}

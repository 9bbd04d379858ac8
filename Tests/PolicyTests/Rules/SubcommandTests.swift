import Testing

@testable import Policy

struct SubcommandTests {
    @Test(arguments: [
        Vector(.yes, "git push"), Vector(.yes, "git -C /x push"), Vector(.yes, "git -c a=b push -f"),
        Vector(.yes, "git --git-dir=/x push"),
        Vector(.yes, "git --git-dir /x push"), Vector(.yes, "git -p push"), Vector(.yes, "git p'u'sh"),
        Vector(.maybe, "git $x"), Vector(.maybe, "git \"$x\" push"), Vector(.maybe, "git -C $x push"),
        Vector(.no, "git pull"), Vector(.no, "git -C push pull"), Vector(.no, "git commit -m push"), Vector(.no, "git log push"),
        Vector(.no, "git"),
    ])
    func `a subcommand is the first word behind the program's own options`(vector: Vector) throws {
        #expect(try Asked(program: ["git"], subcommand: ["push"]).answer(to: vector.line) == vector.expected)
    }

    @Test(arguments: [
        Vector(.yes, "gcloud compute instances delete x"), Vector(.yes, "gcloud compute --project p instances delete x"),
        Vector(.yes, "gcloud --quiet compute instances --format=json delete x"),
        Vector(.no, "gcloud compute instances list delete"),
        Vector(.no, "gcloud compute delete instances"), Vector(.no, "gcloud instances delete"),
        Vector(.maybe, "gcloud compute $x delete"),
        Vector(.maybe, "gcloud compute --unheard x instances delete y"),
    ])
    func `several words follow each other`(vector: Vector) throws {
        #expect(
            try Asked(program: ["gcloud"], subcommand: ["compute instances delete"]).answer(to: vector.line) == vector.expected)
    }

    @Test func `words are globs`() throws {
        let asked = Asked(program: ["aws"], subcommand: ["* delete-*"])
        #expect(try asked.answer(to: "aws --profile x ec2 delete-vpc y") == .yes)
        #expect(try asked.answer(to: "aws ec2 describe-vpcs") == .no)
    }

    @Test func `options of unknown programs may take a value`() throws {
        let asked = Asked(program: ["unheard-of"], subcommand: ["delete"])
        #expect(try asked.answer(to: "unheard-of delete x") == .yes)
        #expect(try asked.answer(to: "unheard-of --opt=1 delete x") == .yes)
        #expect(try asked.answer(to: "unheard-of --opt x delete y") == .maybe)
        #expect(try asked.answer(to: "unheard-of --verbose delete x") == .yes)
        #expect(try asked.answer(to: "unheard-of list delete") == .no)
    }

    @Test func `ip takes abbreviations`() throws {
        let asked = Asked(program: ["ip"], subcommand: ["link set"])
        for line in ["ip link set eth0 down", "ip l s eth0 down", "ip -n x li se eth0", "ip -4 l s"] {
            #expect(try asked.answer(to: line) == .yes, "\(line)")
        }
        #expect(try asked.answer(to: "ip links set") == .no)
        #expect(try asked.answer(to: "ip addr show") == .no)
        #expect(try Asked(program: ["git"], subcommand: ["push"]).answer(to: "git p") == .no)
    }

    @Test func `a service's verb is found`() throws {
        let asked = Asked(program: ["systemctl"], subcommand: ["stop"], arguments: ["ssh*"])
        #expect(try asked.answer(to: "systemctl stop ssh") == .yes)
        #expect(try asked.answer(to: "systemctl --no-block -H x stop ssh.socket") == .yes)
        #expect(try asked.answer(to: "systemctl stop nginx") == .no)
        #expect(try asked.answer(to: "systemctl status ssh") == .no)
    }

    @Test func `every entry of the table says which options take a value`() {
        for (name, options) in KnownOptions.table {
            #expect(!name.isEmpty)
            for option in options.valued { #expect(!option.isEmpty && !option.hasPrefix("-") && option != "…", "\(name)") }
        }
        #expect(KnownOptions.of("git")?.valued.contains("C") == true)
        #expect(KnownOptions.of("python3.11") != nil)
        #expect(KnownOptions.of("unheard-of") == nil)
    }
}

import Testing

@testable import Policy

/// Each line was found by running it in the shells: it runs `rm` in at least one of them, and reads like something else in the others.
struct DialectTests {
    static let hidden = [
        // dash knows neither of these.
        "((rm 1))", "[[ a || rm 1 ]]", "[[ a && rm 1", "echo $'a\\'; rm 1; echo $'b'", "a[1 ; rm 1 ; ]=5", "a[1; rm 1 ]",
        "echo $[ 1; rm 1 ]",
        "cat <<E\na\nE\\\n\nrm 1\nE", "echo \"${x:-'}\"; rm 1; echo \"'}\"", "echo $(cat <<E)\nrm 1\nE",
        // bash
        "a[<<E\n]=x; rm 1\nE", "!(rm 1)", "echo ${(x}\nrm 1\n: )}", "echo ${a[1}\nrm 1\n: ]}", "echo 2>&-1; rm 1", "${ rm 1; }",
        // zsh
        "{ echo hi } always { rm 1; }", "{ echo hi} always {rm 1}", "{rm 1; echo }", "{rm 1}", "$'rm\\M' 1", "$'r\\m' 1", "=rm 1",
        "; rm 1",
        "if true; then ; rm 1; fi", "echo a | ; rm 1", "ls &! rm 1", "ls &!rm 1", "ls &| rm 1", "1= rm 1", "repeat 1 rm 1",
        "for x (a) rm 1",
        "foreach x (a)\nrm 1\nend", "() { rm 1; }", "x=rm\n$=x 1", "rm 1\\",
        "case x in x) ls;; esac && { echo hi} always { rm 1; }", "echo } 2>&- ; rm 1",
        "until rm 1", "x: rm 1", "x: y: z=1 rm 1", "`rm 1`f() echo", "rm 2&>x 1 || rm 1", "echo \"${x#'}\"; rm 1; echo \"'}\"",
        // fish
        "echo 'a\\'b'; rm 1; echo c\\'d", "r\\x6d 1", "\\x72m 1", "\\162m 1", "\\u0072m 1", "(echo x); rm 1", "echo (rm 1)",
        "echo a(rm 1)b", "echo 'a\\'b'; rm 1;; echo c\\'d",
        "echo @(rm 1)", "and rm 1", "or rm 1", "not rm 1", "begin rm 1; end", "begin time rm 1; end", "if rm 1; end",
        "while rm 1; end",
        "echo \"a`echo \"; rm 1; echo \"`\"", "echo \\ # 'x\nrm 1\necho \\ # 'y", "rm\r1", "foreach x (rm 1) 1", "a=(rm 1) echo",
        "test (rm 1)",
    ]

    @Test(arguments: hidden)
    func `what any of the shells runs is read`(text: String) {
        let reading = ShellReader.read(text)
        let isRead = reading.commands.contains {
            $0.words.map(\.known).suffix(2) == ["rm", "1"] || $0.words.first?.known == "rm"
        }
        #expect(isRead, "\(reading.dump)")
    }

    static let foreignEscapes = [
        "r\\x6d 1", "r\\155 1", "r\\u006d 1", "r\\U0000006d 1", "ls \\cA", "ls $'a\\0'",
    ]

    @Test(arguments: foreignEscapes)
    func `an escape that is a character in fish only is a doubt`(text: String) {
        #expect(ShellReader.read(text).kinds.contains(.dialect))
    }

    static let ordinaryEscapes = [
        "ls \\*.c", "sed s/a/\\\\/", "grep -e \\.$", "find . \\( -name a -o -name b \\)", "rm\\ x", "echo a\\!b", "ls \\~",
        "\\ls", "\\rm x",
    ]

    @Test(arguments: ordinaryEscapes)
    func `an ordinary escape is none`(text: String) {
        #expect(ShellReader.read(text).doubts.isEmpty)
    }

    static let ordinaryLines = [
        "[[ -n $a && $b == c ]] && ls", "(( $i < 3 )) && ls", "((i++)); ls", "if [[ $a =~ ^x$ ]]; then ls; fi",
        "for ((i=0;i<$n;i++)); do ls; done",
        "while (( ${#a[@]} > 0 )); do ls; done", "a[$i]=x; ls", "a[i + 1]=x; ls", "echo $'a\\tb'", "echo \"${x:-'a'}\"; ls",
        "ls `a`; echo \"`b`\"",
        "echo 'a\\'; ls", "echo {a,b} }; ls", "awk '{print $1}' x; ls", "echo ${x}} ; ls",
    ]

    @Test(arguments: ordinaryLines)
    func `an ordinary line of bash is certain`(text: String) {
        #expect(ShellReader.read(text).doubts.isEmpty, "\(ShellReader.read(text).doubts)")
    }

    @Test func `comments count at a prompt only where zsh knows none`() {
        #expect(ShellReader.read("ls # a; rm 1").dump == ["ls"])
        #expect(ShellReader.read("ls # a; rm 1", atPrompt: true).dump.contains("rm|1"))
        #expect(ShellReader.read("ls # don't\necho '; rm 1; : ' # it's", atPrompt: true).dump.contains("rm|1"))
    }

    static let history = ["!!", "!rm", "ls !$", "echo \"!!\"", "^ls^rm", "ls; !-2"]

    @Test(arguments: history)
    func `history is a doubt at a prompt`(text: String) {
        #expect(ShellReader.read(text, atPrompt: true).kinds.contains(.dialect))
        #expect(!ShellReader.read(text).kinds.contains(.dialect))
    }

    static let exclamations = ["! ls", "echo hi!", "echo '!!'", "[ a != b ]", "echo \"hi!\"", "ls !(a)"]

    @Test(arguments: exclamations)
    func `other exclamation marks are none`(text: String) {
        #expect(!ShellReader.read(text, atPrompt: true).kinds.contains(.dialect))
    }
}

import Testing

@testable import Policy

struct VariableTests {
    static let putIn = [
        "x=rm; $x -rf /", "x='rm'; $x -rf /", "x=r; y=m; $x$y -rf /", "x=rm; y=$x; $y -rf /", "export x=rm; $x -rf /",
        "declare x=rm; $x -rf /",
        "local x=rm; ${x} -rf /", "readonly x=rm; \"$x\" -rf /", "typeset x=rm; $x -rf /", "for x in ls rm; do $x -rf /; done",
        "${x:-rm} -rf /", "${x-rm} -rf /", "${x:=rm} -rf /", "x=1; ${x:+rm} -rf /", "${x:=rm}; $x -rf /", "x='rm -rf /'; $x",
        "x='rm -rf'; $x /",
        "x='-rf /'; rm $x", "x=-rf y=/; rm $x $y", "read x <<< rm; $x -rf /", "read x y <<< 'rm -rf'; $x $y /",
        "echo rm | read x; $x -rf /",
        "printf -v x rm; $x -rf /", "printf -v x '%s%s' r m; $x -rf /", "set -- rm -rf /; \"$@\"", "set rm -rf /; $@",
        "set -- rm; $1 -rf /",
        "set -- -rf /; rm $*", "set -- a rm; shift; $1 -rf /", "a=(rm -rf /); \"${a[@]}\"", "a=(rm -rf /); ${a[*]}",
        "a=(rm); ${a[0]} -rf /",
        "a=(); a+=(rm -rf /); \"${a[@]}\"", "a=([0]=rm [1]=-rf [2]=/); \"${a[@]}\"", "declare -a a=(rm -rf /); \"${a[@]}\"",
        "x=r; x+=m; $x -rf /",
        "$(echo rm) -rf /", "`echo rm` -rf /", "$(printf rm) -rf /", "$(printf '\\162m') -rf /", "$(echo $(echo rm)) -rf /",
        "$(echo rm | cat) -rf /",
        "$(cat <<< rm) -rf /", "$(cat <<E\nrm\nE\n) -rf /", "x=$(echo rm); $x -rf /", "x=rm; y=x; ${!y} -rf /",
        "IFS=_; x=rm_-rf_/; $x",
        "echo rm; $_ -rf /", "if a; then x=rm; fi; $x -rf /", "x=rm && $x -rf /", "x=rm\n$x -rf /", "(x=rm; $x -rf /)",
        "x=/bin; $x/../bin/rm -rf / || rm -rf /",
        "x={rm,-rf,/}; rm -rf /", "$x rm -rf /", "$x $y rm -rf /", "$(true) rm -rf /", "${x} ${y} ${z} rm -rf /", "`:` rm -rf /",
        "x=; $x rm -rf /",
        "x=m; r$x -rf /", "x=m; 'r'\"$x\" -rf /", "=rm -rf /", "x=RM; x=rm; $x -rf /", "() { \"$@\"; } rm -rf /",
        "$=x rm -rf /", "f() { x=rm; }; f; $x -rf /", "x=rm; f() { $x -rf /; }; f", "x=rm; eval \"$x -rf /\" || rm -rf /",
    ]

    @Test(arguments: putIn)
    func `a value in plain view is put in`(text: String) {
        #expect(ShellReader.read(text).dump.contains("rm|-rf|/"), "\(ShellReader.read(text).dump)")
    }

    static let candidates = [
        ReadingVector("x=rm; $x y", "{x=rm}", "‹$x=rm›|y", "y", "rm|y", doubts: [.unknownProgram]),
        ReadingVector("x=a; ls $x", "{x=a}", "ls|‹$x=a›", "ls|a"),
        ReadingVector("x=a; x=b; ls $x", "{x=a}", "{x=b}", "ls|‹$x=a,b›", "ls|b", "ls|a"),
        ReadingVector("x='a b'; ls $x \"$x\"", "{x=a b}", "ls|‹$x=a b›|«$x=a b»", "ls|a|b|a b"),
        ReadingVector("x='/bin/r?'; ls $x \"$x\"", "{x=/bin/r?}", "ls|‹$x=/bin/r?›|«$x=/bin/r?»", "ls|/bin/r⟦?⟧|/bin/r?"),
        ReadingVector("x=1 y=2 ls a", "{x=1}{y=2}ls|a"),
        ReadingVector("x=~/a:~/b y='~/c' z=a:~", "{x=~/a:~/b}{y=~/c}{z=a:~}"),
        ReadingVector("x+=1 a[0]=2 b=(c)", "{x=1}{a=(…)}{b=(…)}"),
        ReadingVector("export A=b C", "export|A=b|C"),
        ReadingVector("HOME=/etc; cat ~/passwd $HOME", "{HOME=/etc}", "cat|«~=/etc»/passwd|‹$HOME=/etc›", "cat|/etc/passwd|/etc"),
        ReadingVector(
            "$SHELL -c a; $0 -c b", "‹$SHELL=sh›|-c|a", "-c|a", "sh|-c|a", "‹$0=sh›|-c|b", "-c|b", "sh|-c|b",
            doubts: [.unknownProgram]),
        ReadingVector("ls ${x:-a} ${x+b}", "ls|‹${x:-a}=a›|‹${x+b}=b›", "ls|a|b"),
        ReadingVector("x=rm; ls ${x#r}", "{x=rm}", "ls|‹${x#r}›"),
        ReadingVector("x=a=b; ls", "{x=a=b}", "ls"),
        ReadingVector("x =a; 1x=b; a-b=c", "x|=a", "1x=b", "a-b=c", "x|a", doubts: []),
        ReadingVector("PATH=. LD_PRELOAD=x.so ls", "{PATH=.}{LD_PRELOAD=x.so}ls"),
    ]

    @Test(arguments: candidates)
    func `values are candidates, not certainties`(vector: ReadingVector) {
        let reading = ShellReader.read(vector.text)
        for command in vector.commands { #expect(reading.dump.contains(command), "\(reading.dump)") }
        #expect(Set(reading.kinds) == vector.doubts)
    }

    @Test func `a parameter of zsh and fish that is assigned hides no program`() {
        #expect(
            ShellReader.read("1= rm -rf /").dump.contains("{1=∅}rm|-rf|/")
                || ShellReader.read("1= rm -rf /").dump.contains("rm|-rf|/"))
    }

    @Test func `the values of one variable are bounded`() {
        let reading = ShellReader.read((1...50).map { "x=v\($0); " }.joined() + "ls $x")
        #expect(reading.commands.filter { $0.words.first?.known == "ls" }.count == 9)
    }

    @Test func `a value that doubles is given up, not followed`() {
        let reading = ShellReader.read("x=aaaaaaaa; " + String(repeating: "x=$x$x; ", count: 60) + "$x")
        #expect(reading.kinds.contains(.unknownProgram))
    }
}

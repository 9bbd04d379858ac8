import Testing

@testable import Policy

struct ExpansionTests {
    static let parameters = [
        ReadingVector("echo $x ${x} \"$x\" $1 $@ \"$@\" $# $?", "echo|‹$x›|‹${x}›|«$x»|‹$1›|‹$@›|‹$@›|‹$#›|‹$?›"),
        ReadingVector("echo a$x.b\"c$y\"", "echo|a‹$x›.bc«$y»"),
        ReadingVector("echo $x$y ${x}y $xy", "echo|‹$x›‹$y›|‹${x}›y|‹$xy›"),
        ReadingVector("rm $HOME \"${HOME}\"/x ~ ~/ ~/a", "rm|~|~/x|~|~/|~/a"),
        ReadingVector("rm '~' \\~ \"~\" a~ ~$x '$HOME'", "rm|~|~|~|a~|~‹$x›|$HOME"),
        ReadingVector("ls ~root ~bob/x ~+ ~-", "ls|«~root=/root»|«~bob=/home/bob»/x|«~+»|«~-»", "ls|/root|/home/bob/x|«~+»|«~-»"),
        ReadingVector("dd of=~/x --of=~/x a=b:~/c", "dd|of=~/x|--of=~/x|a=b:~/c"),
        ReadingVector(
            "echo ${x#a} ${x%%b*} ${x/a/b} ${x:1:2} ${#x} ${x^^} ${x@Q}",
            "echo|‹${x#a}›|‹${x%%b*}›|‹${x/a/b}›|‹${x:1:2}›|‹${#x}›|‹${x^^}›|‹${x@Q}›"),
        ReadingVector(
            "echo $((1 + 2)) \"$((x))\" $[3]", "echo|«$((1 + 2))»|«$((x))»|«$[3]»", "echo|«$((1 + 2))»|«$((x))»|$⟦[3]⟧"),
        ReadingVector(
            "echo ${x:-$(rm a)} ${y:=`rm b`} \"${z:+\"$(rm c)\"}\"", "echo|‹${x:-$(rm a)}›|‹${y:=`rm b`}›|«${z:+\"$(rm c)\"}»",
            "rm|a", "rm|b", "rm|c"),
        ReadingVector(
            "echo ${a[$(rm a)]} ${x:$(rm b)} ${x/$(rm c)/$(rm d)} ${x#`rm e`}",
            "echo|‹${a[$(rm a)]}›|‹${x:$(rm b)}›|‹${x/$(rm c)/$(rm d)}›|‹${x#`rm e`}›", "rm|a", "rm|b", "rm|c", "rm|d", "rm|e"),
        ReadingVector("echo $((1 + $(rm a))) $(( x[`rm b`] ))", "echo|«$((1 + $(rm a)))»|«$(( x[`rm b`] ))»", "rm|a", "rm|b"),
        ReadingVector("echo ${x-}} ${x:-{a}}", "echo|‹${x-}=›}|‹${x:-{a}={a›}", "echo|}|{a}"),
        ReadingVector("echo ${x-'}'} \"${x-\"}\"}\" ${x-\\}}", "echo|‹${x-'}'}=}›|«${x-\"}\"}=}»|‹${x-\\}}=}›", "echo|}|}|}"),
        ReadingVector("echo ${!x} ${!x@} ${#} ${##} ${#-} ${#@}", "echo|‹${!x}›|‹${!x@}›|‹${#}›|‹${##}›|‹${#-}›|‹${#@}›"),
        ReadingVector("echo ${ rm x; } ${| rm y; }", "echo|‹${ rm x; }›|‹${| rm y; }›", "rm|x", "rm|y"),
        ReadingVector("echo ${(f)x} ${x:h} $x:t ${${x}%y}", "echo|‹${(f)x}›|‹${x:h}›|‹$x›:t|‹${${x}%y}›"),
    ]

    @Test(arguments: parameters)
    func `what a parameter is when it runs is unknown, and what it runs is seen`(vector: ReadingVector) { vector.check() }

    static let substitutions = [
        ReadingVector("ls $(rm x)", "ls|‹$(rm x)›", "rm|x"),
        ReadingVector("ls `rm x`", "ls|‹`rm x`›", "rm|x"),
        ReadingVector("ls $(ls $(rm x))", "ls|‹$(ls $(rm x))›", "ls|‹$(rm x)›", "rm|x"),
        ReadingVector(#"ls `ls \`rm x\``"#, #"ls|‹`ls \`rm x\``›"#, "ls|‹`rm x`›", "rm|x"),
        ReadingVector(
            #"ls `ls \`ls \\\`rm x\\\`\``"#, #"ls|‹`ls \`ls \\\`rm x\\\`\``›"#, #"ls|‹`ls \`rm x\``›"#, "ls|‹`rm x`›", "rm|x"),
        ReadingVector("ls \"a $(rm \"b c\") d\"", "ls|a «$(rm \"b c\")» d", "rm|b c"),
        ReadingVector("ls $(case x in x) rm;; esac)", "ls|‹$(case x in x) rm;; esac)›", "rm"),
        ReadingVector("ls $(rm a # )\n)", "ls|‹$(rm a # )\n)›", "rm|a"),
        ReadingVector("ls $(\n rm a\n rm b;)", "ls|‹$(\n rm a\n rm b;)›", "rm|a", "rm|b"),
        ReadingVector("ls $( (rm a) )", "ls|‹$( (rm a) )›", "rm|a"),
        ReadingVector("ls $((rm a) )", "ls|‹$((rm a) )›", "rm|a"),
        ReadingVector("ls $((rm a); (rm b))", "ls|‹$((rm a); (rm b))›", "rm|a", "rm|b"),
        ReadingVector("ls $\\\n(rm a)", "ls|‹$\\\n(rm a)›", "rm|a"),
        ReadingVector("ls <(rm a) >(rm b)", "ls|«<(rm a)»|«>(rm b)»", "rm|a |>ls", "rm|b |<ls"),
        ReadingVector("ls =(rm a)", "ls|«=(rm a)»", "rm|a |>ls"),
        ReadingVector("x=$(rm a)", "{x=‹$(rm a)›}", "rm|a"),
        ReadingVector("a=(b $(rm c) `rm d`)", "{a=(…)}", "rm|c", "rm|d"),
        ReadingVector("a[$(rm b)]=c", "{a=(…)}", "rm|b", "a⟦[⟧"),
        ReadingVector("case $(rm a) in `rm b`) c;; esac", "rm|a", "rm|b", "c"),
        ReadingVector("for x in $(rm a); do b; done", "rm|a", "b"),
        ReadingVector("ls > $(rm a)", "ls >‹$(rm a)›", "rm|a"),
        ReadingVector("ls @(a|$(rm b))", "ls|⟦@(a|$(rm b))⟧", "rm|b"),
    ]

    @Test(arguments: substitutions)
    func `substitutions run wherever they stand`(vector: ReadingVector) {
        let reading = ShellReader.read(vector.text)
        for command in vector.commands where !command.contains("⟦[⟧") {
            #expect(reading.dump.contains(command), "\(reading.dump)")
        }
        #expect(Set(reading.kinds).subtracting([.unknownProgram]) == vector.doubts, "\(reading.doubts)")
    }

    static let unknownPrograms = [
        "$x", "$(a)", "`a`", "${x}", "r$x", "$x/rm", "\"$x\"", "/bin/r?", "/bin/[r]m", "r*", "$1", "$@", "~bob", "@(rm)",
        "${ a; }", "$((1))",
        "\"$x\"\"$y\"", "$x/",
    ]

    @Test(arguments: unknownPrograms)
    func `a program whose name is only known when it runs is a doubt`(program: String) {
        let reading = ShellReader.read("\(program) -rf /")
        #expect(reading.kinds.contains(.unknownProgram), "\(reading)")
    }

    static let knownPrograms = [
        "\"$JAVA_HOME\"/bin/java", "~/bin/x", "$HOME/bin/x", "\"${HOME}/x\"", "[", "a]b", "./x", "\"$x/rm\"",
    ]

    @Test(arguments: knownPrograms)
    func `a program whose last component is known is none`(program: String) {
        #expect(!ShellReader.read("\(program) a").kinds.contains(.unknownProgram))
    }

    static let evaluated = [
        "x='$(rm a)'; echo ${x@P}", "x='$(rm a)'; echo ${(e)x}", "x='a[$(rm b)]'; ((x))", "x='a[`rm b`]'; echo $((1 + x))",
        "x='a[$(rm b)]'; [[ x -eq 1 ]]", "x='a[$(rm b)]'; let x", "x='a[$(rm b)]'; let \"$x\"", "(( 'a[$(rm b)]' ))",
        "[ -v 'a[$(rm b)]' ]",
        "printf -v 'a[$(rm b)]' x", "unset 'a[$(rm b)]'", "read 'a[$(rm b)]' <<< x", "declare -i 'a[$(rm b)]=1'",
        "ls *(e:'rm a':)", "ls *(+f)",
    ]

    @Test(arguments: evaluated)
    func `text that a shell evaluates once more is a doubt`(text: String) {
        #expect(ShellReader.read(text).kinds.contains(.evaluated))
    }
}

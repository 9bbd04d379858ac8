import Testing

@testable import Policy

struct CompoundCommandTests {
    static let compounds = [
        ReadingVector("a; b\nc & d && e || f | g", "a", "b", "c", "d", "e", "f |>g", "g |<f"),
        ReadingVector("a &&\n b ||\n\n c |\n d", "a", "b", "c |>d", "d |<c"),
        ReadingVector("a &\\\n& b", "a", "b"),
        ReadingVector("! a; ! ! b; time c; time -p -- d; time ! e; ! time f", "a", "b", "c", "d", "e", "f"),
        ReadingVector("(a; b); { c; d; }", "a", "b", "c", "d"),
        ReadingVector("((a) ; b)", "a", "b"),
        ReadingVector("!(rm x)", "rm|x"),
        ReadingVector("if a; then b; elif c; then d; else e; fi", "a", "b", "c", "d", "e"),
        ReadingVector("if a\nthen b\nfi; c", "a", "b", "c"),
        ReadingVector("if (a) then (b) fi", "a", "b"),
        ReadingVector("i\\\nf a; then b; fi", "a", "b"),
        ReadingVector("while a; do b; done; until c; do d; done", "a", "b", "c", "d"),
        ReadingVector("for x in a b; do c; done", "c"),
        ReadingVector("for x\ndo c; done", "c"),
        ReadingVector("for x; do c; done", "c"),
        ReadingVector("for x in a\nb\ndo c; done", "b", "c", doubts: [.syntax]),
        ReadingVector("for x in a b; { c; }", "c"),
        ReadingVector("for ((i=0; i<3; i++)); do c; done", "c"),
        ReadingVector("for ((;;)) { c; }", "c"),
        ReadingVector("select x in a b; do c; done", "c"),
        ReadingVector("case $x in a) b;; (c|d) e;; *) f; esac", "b", "e", "f"),
        ReadingVector("case x in\nesac; a", "a"),
        ReadingVector("case x in a) b;& c) d;;& e) f;| esac", "b", "d", "f"),
        ReadingVector("case x in (esac) rm;; esac", "rm"),
        ReadingVector("f() { a; }; f", "a", "f"),
        ReadingVector(
            "f () (a)\ng ( )\n{ b; }", "a", "b", "f|‹()=›|‹(a)›", "f|‹(a)›", "g|‹( )=›", "g", "{|b", "}"),
        ReadingVector("function f { a; }; function g() { b; }", "a", "b"),
        ReadingVector("f() if a; then b; fi", "a", "b"),
        ReadingVector("f() { a; } > x; b", " >x", "a", "b"),
        ReadingVector("[[ a == b && -f c || ! ( d < e ) ]]; f", "f"),
        ReadingVector("[[ $x =~ ^(a|b c)+$ ]] && d", "d"),
        ReadingVector("[[ -n $(a) && x == `b` ]]", "a", "b", "x|==|‹`b`›|]]"),
        ReadingVector("((x = 1 + $(a)))", "a", "x|=|1|+|‹$(a)›"),
        ReadingVector("coproc a b; coproc N { c; }; coproc (d)", "a|b |<", "c |<", "d |<"),
        ReadingVector("{ a; } always { b; }", "a", "b"),
        ReadingVector("repeat 3 rm x; repeat 2 { a; }; repeat 2; do b; done", "rm|x", "a", "b"),
        ReadingVector("for x (a b) rm y", "rm|y", "for|x|‹(a b)›|rm|y", "a|b"),
        ReadingVector("foreach x (a b)\nrm y\nend", "rm|y", "end", "foreach|x|‹(a b)›", "a|b"),
        ReadingVector("if (a) { b; } elif (c) { d; } else { e; }", "a", "b", "c", "d", "e"),
        ReadingVector("() { a $1; } b", "a|‹$1=b›", "a|b"),
        ReadingVector("function { a; }", "a"),
    ]

    @Test(arguments: compounds)
    func `every branch and body can run`(vector: ReadingVector) { vector.check() }

    static let words = [
        ReadingVector("echo if then fi do done case esac in { } ! time", "echo|if|then|fi|do|done|case|esac|in|{|}|!|time"),
        ReadingVector(#"\if a; 'if' b; "if" c"#, "if|a", "a", "if|b", "b", "if|c", "c"),
        ReadingVector("ifx a; xif b; if=1", "ifx|a", "xif|b", "{if=1}"),
        ReadingVector("x=1 if a", "{x=1}if|a", "{x=1}a"),
        ReadingVector("\\time rm", "time|rm", "rm"),
        ReadingVector("a | time b", "a |>time", "time|b |<a", "b |<a"),
    ]

    @Test(arguments: words)
    func `reserved words are recognised only where the grammar does`(vector: ReadingVector) { vector.check() }
}

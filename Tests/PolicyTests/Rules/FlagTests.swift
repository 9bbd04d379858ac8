import Testing

@testable import Policy

struct FlagTests {
    @Test(arguments: [
        Vector(.yes, "rm -r x"), Vector(.yes, "rm -rf x"), Vector(.yes, "rm -fr x"), Vector(.yes, "rm -fvr x"),
        Vector(.yes, "rm x -r"),
        Vector(.yes, "rm -f -r x"), Vector(.yes, "rm -R x"), Vector(.yes, "rm --recursive x"), Vector(.yes, "rm --rec x"),
        Vector(.yes, "rm --r x"), Vector(.yes, "rm '-r' x"), Vector(.yes, "rm -\\r x"), Vector(.yes, "rm \"-\"r x"),
        Vector(.maybe, "rm $x"), Vector(.maybe, "rm \"$x\" y"), Vector(.maybe, "rm -$x y"), Vector(.maybe, "rm -f$x y"),
        Vector(.maybe, "rm --$x y"), Vector(.maybe, "rm --re$x y"),
        Vector(.no, "rm x"), Vector(.no, "rm -f x"), Vector(.no, "rm -- -r"), Vector(.no, "rm x -- -r"),
        Vector(.no, "rm --force x"),
        Vector(.no, "rm r"), Vector(.no, "rm ./-r"), Vector(.no, "rm --recursively x"), Vector(.no, "rm -"),
        Vector(.no, "rm \"/x/$y\""), Vector(.maybe, "rm /x/$y"),
    ])
    func `a flag is found in clusters, by abbreviations, and not behind the end of flags`(vector: Vector) throws {
        #expect(try Asked(program: ["rm"], flags: ["-r|-R|--recursive"]).answer(to: vector.line) == vector.expected)
    }

    @Test func `all flags have to be there`() throws {
        let asked = Asked(program: ["rm"], flags: ["-r", "-f"])
        #expect(try asked.answer(to: "rm -rf x") == .yes)
        #expect(try asked.answer(to: "rm -r -f x") == .yes)
        #expect(try asked.answer(to: "rm -r x") == .no)
        #expect(try asked.answer(to: "rm -r $x") == .maybe)
    }

    @Test(arguments: [
        Vector(.yes, "find / -delete"), Vector(.yes, "find / -name x -delete"), Vector(.no, "find / -del"),
        Vector(.no, "find / -d -e -l"),
        Vector(.no, "find / -name delete"), Vector(.maybe, "find / $x"),
    ])
    func `a long flag with one dash is one word`(vector: Vector) throws {
        #expect(try Asked(program: ["find"], flags: ["-delete"]).answer(to: vector.line) == vector.expected)
    }

    @Test(arguments: [
        Vector(.yes, "x --output=/etc/a"), Vector(.yes, "x --output /etc/a"), Vector(.yes, "x --out /etc/a"),
        Vector(.yes, "x -o/etc/a"),
        Vector(.yes, "x -o /etc/a"), Vector(.yes, "x -vo /etc/a"), Vector(.yes, "x -o=/etc/a"),
        Vector(.yes, "x --output=/var/../etc/a"),
        Vector(.maybe, "x --output=$y"), Vector(.maybe, "x -o \"$y\""), Vector(.no, "x --output=/var/a"),
        Vector(.no, "x --output"),
        Vector(.no, "x -o /var/a /etc/b"),
    ])
    func `a flag's value is compared`(vector: Vector) throws {
        #expect(try Asked(program: ["x"], flags: ["--output=/etc/**|-o=/etc/**"]).answer(to: vector.line) == vector.expected)
    }

    @Test func `a value with a slash is text as well as a path`() throws {
        let asked = Asked(program: ["x"], flags: ["--pager=*/*"])
        #expect(try asked.answer(to: "x --pager=/bin/sh") == .yes)
        #expect(try asked.answer(to: "x --pager=less") == .no)
    }

    @Test func `what a flag of a known program takes is not looked through for flags`() throws {
        let asked = Asked(program: ["sort"], flags: ["-r"])
        #expect(try asked.answer(to: "sort -nr x") == .yes)
        #expect(try asked.answer(to: "sort -t,r x") == .no)
        #expect(try asked.answer(to: "sort -o -r x") == .yes)
    }

    @Test func `the end of flags may have been a value`() throws {
        let asked = Asked(program: ["unheard-of"], flags: ["-r"])
        #expect(try asked.answer(to: "unheard-of -- -r") == .no)
        #expect(try asked.answer(to: "unheard-of --message -- -r") == .maybe)
        #expect(try asked.answer(to: "unheard-of --message=x -- -r") == .no)
    }

    @Test func `tar's first word holds flags`() throws {
        let asked = Asked(program: ["tar"], flags: ["-x"])
        for line in ["tar xf a", "tar -xf a", "tar --x a", "tar zxf a"] {
            #expect(try asked.answer(to: line) == (line.contains("--") ? .no : .yes))
        }
        #expect(try asked.answer(to: "tar cf x.tar") == .no)
    }

    @Test func `a pattern can become a flag where the rule asks about places too`() throws {
        let anywhere = Asked(program: ["rm"], flags: ["-r"])
        let root = Asked(program: ["rm"], flags: ["-r"], arguments: ["/*"])
        #expect(try anywhere.answer(to: "rm *") == .no)
        #expect(try root.answer(to: "cd / && rm *") == .maybe)
        #expect(try root.answer(to: "rm *") == .no)
        #expect(try root.answer(to: "rm /*") == .no)
    }

    @Test(arguments: ["r", "", "-", "--", "-r|", "|-r", "-r|x"])
    func `what is no flag is not read as one`(text: String) { #expect(FlagPattern(text) == nil) }
}

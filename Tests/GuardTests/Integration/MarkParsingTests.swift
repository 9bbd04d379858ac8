import Testing

@testable import Guard

struct MarkParsingTests {
    static let token = "0123456789abcdef"

    private func mark(_ body: String) -> Mark { Mark(body: Array(body.utf8)[...]) }

    @Test func `A report is read with everything in it`() {
        let body = "r;\(Self.token);4;hcve;ls%3B %25é%0A;!l;pw%0D;alias;ls;ls -l;global-alias;G;%7C grep;function;f;f () %0A{ }"
        #expect(
            mark(body)
                == .report(
                    EditorReport(
                        token: Array(Self.token.utf8), text: Array("ls; %é\n".utf8), typed: Array("!l".utf8),
                        pending: Array("pw\r".utf8),
                        definitions: [
                            LineDefinition(.alias, name: Array("ls".utf8), text: Array("ls -l".utf8)),
                            LineDefinition(.globalAlias, name: Array("G".utf8), text: Array("| grep".utf8)),
                            LineDefinition(.function, name: Array("f".utf8), text: Array("f () \n{ }".utf8)),
                        ], definitionsAreCut: false, cursor: 4, isContinuation: true, isViCommand: true, isInvalid: true)))
    }

    @Test func `A report without expansion has no typed text, and says when definitions are missing`() {
        guard case .report(let report) = mark("r;\(Self.token);0;;ls;;;cut;;") else {
            Issue.record("no report")
            return
        }
        #expect(report.typed == nil && report.definitionsAreCut && report.definitions.isEmpty)
    }

    @Test func `The short marks`() {
        #expect(mark("h;zsh;5.9;1;2") == .hello(.zsh, level: 2))
        #expect(mark("n;dash") == .noIntegration)
        #expect(mark("i") == .nothingToJudge)
        #expect(mark("x") == .askAgain)
        #expect(mark("p;a%0D") == .pending(Array("a\r".utf8)))
        #expect(mark("C") == .commandStart(token: []))
        #expect(mark("D;255;0") == .commandEnd(status: 255, level: 0))
    }

    @Test(arguments: [
        "", "Z", "AA", "A;x;1", "B;", "C;short", "C;0123456789abcdeg", "D;", "D;1", "D;256;0", "D;-1;0", "D;1;x", "D;1;2;3",
        "h;dash;1;1;0", "h;bash;1;1", "h;bash;1;1;-1", "h;bash;1",
        "r;\(token);0;;ls", "r;\(token);0;;ls;", "r;\(token);0;?;ls;;", "r;\(token);x;;ls;;", "r;short;0;;ls;;",
        "r;\(token);0;;%;;",
        "r;\(token);0;;%4;;", "r;\(token);0;;%GG;;", "r;\(token);0;;ls;;;alias", "r;\(token);0;;ls;;;alias;a",
        "r;\(token);0;;ls;;;verb;a;b",
    ]) func `Anything else is malformed`(body: String) { #expect(mark(body) == .malformed) }

    @Test func `No prefix of a report is taken for one`() {
        let body = Array("r;\(Self.token);4;h;ls;!l;pw;alias;ls;ls -l".utf8)
        let whole = Mark(body: body[...])
        for end in body.indices {
            // Cut inside its last field, a report is still one; the terminator says that it is whole.
            if case .report(let report) = Mark(body: body[..<end]) { #expect(.report(report) != whole) }
        }
    }
}

import Testing

@testable import TerminalStream

@Suite struct UserClockTests {
    private func stream(_ clock: MaskClock, _ rules: [MaskRule] = ExampleRules.all) throws -> MaskedStream {
        MaskedStream(try MaskSet(compiling: rules), known: nil, actions: [], clock: clock, columns: 80)
    }

    private func feed(_ stream: inout MaskedStream, _ text: String, at now: UInt64 = 0) -> String {
        stream.feed(Array(text.utf8)[...], at: now)
        return String(decoding: stream.takeOutput(), as: UTF8.self)
    }

    @Test func aFreePrefixGoesOutAtOnce() throws {
        for clock in [MaskClock.strict, .user(releaseAfter: nil)] {
            var stream = try stream(clock, [ExampleRules.token, ExampleRules.password, ExampleRules.url])
            #expect(feed(&stream, "ghp_") == "ghp_")
            #expect(feed(&stream, "0aB0") == "")
            #expect(feed(&stream, "-").isEmpty == false)
            #expect(feed(&stream, "password: ") == "password: ")
            #expect(feed(&stream, "\r\n$ ") == "\r\n$ ")
        }
    }

    @Test func aLongTokenIsMaskedAsItComesInTheUsersStream() throws {
        var user = try stream(.user(releaseAfter: nil), [ExampleRules.token])
        #expect(feed(&user, "ghp_0aB0aB0aB0") == "ghp_**********")
        #expect(feed(&user, "1") == "*")
        var strict = try stream(.strict, [ExampleRules.token])
        #expect(feed(&strict, "ghp_0aB0aB0aB0") == "ghp_")
        #expect(feed(&strict, " ") == "********** ")
    }

    @Test func aBlockIsNotHeld() throws {
        var stream = try stream(.strict)
        #expect(feed(&stream, "-----BEGIN KEY-----\r\nAAAAAAAA") == "-----BEGIN KEY-----\r\n********")
        #expect(feed(&stream, "BBBB") == "****")
        #expect(feed(&stream, "\r\n") == "")
        #expect(feed(&stream, "CCCC\r\n-----END KEY-----\r\n") == "\r\n****\r\n-----END KEY-----\r\n")
    }

    @Test func theEchoOfWhatWasTypedGoesOutAtOnceToTheUserOnly() throws {
        for clock in [MaskClock.strict, .user(releaseAfter: nil)] {
            var stream = try stream(clock, [ExampleRules.email])
            for key in "mail jane@exa" {
                stream.expectEcho(of: Array(String(key).utf8)[...], at: 0)
                let shown = feed(&stream, String(key))
                if clock != .strict { #expect(shown == String(key)) }
            }
            #expect(stream.heldBytes == (clock == .strict ? 8 : 0))
            // A program's output is no echo.
            #expect(feed(&stream, " jane") == (clock == .strict ? "jane@exa " : " "))
        }
    }

    @Test func theTimerReleasesShapesAndNothingElse() throws {
        var stream = try stream(.user(releaseAfter: 40))
        #expect(feed(&stream, "call 4111 11", at: 100) == "call ")
        #expect(stream.deadline == 140)
        stream.advance(at: 139)
        #expect(stream.takeOutput().isEmpty)
        stream.advance(at: 140)
        #expect(String(decoding: stream.takeOutput(), as: UTF8.self) == "4111 11")
        #expect(feed(&stream, "11 1111 1111\r\n", at: 150) == "************\r\n")
        #expect(stream.takeFindings().map(\.isPartlyReleased) == [true])
        #expect(feed(&stream, "pwd=hunt", at: 200) == "pwd=")
        stream.advance(at: 1000)
        #expect(stream.takeOutput().isEmpty)
    }
}

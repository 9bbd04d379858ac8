import Testing

@testable import TerminalStream

@Suite struct MaskSetTests {
    private func refusal(_ change: (inout MaskRule) -> Void) -> MaskSetError? {
        var rule = ExampleRules.token
        change(&rule)
        do throws(MaskSetError) {
            _ = try MaskSet(compiling: [rule])
            return nil
        } catch {
            return error
        }
    }

    @Test func aRuleThatCannotBeIsRefusedWithTheReason() throws {
        #expect(refusal { $0.value = "a(b" }?.description == "token, value, column 2: the group is not closed")
        #expect(refusal { $0.value = "a*" }?.reason == "the value may be empty")
        #expect(refusal { $0.trigger = "[a-z]+" }?.reason == "the trigger may be wider than 63 bytes")
        #expect(refusal { $0.trigger = "gho_" }?.reason == "there are matches that do not contain the trigger")
        #expect(refusal { $0.widest = 5 }?.part == nil)
        #expect(refusal { $0.widest = 5000 }?.reason.hasPrefix("`widest` is 5000") == true)
        #expect(
            refusal {
                $0.value = "a{1,3000}b{1,3000}"; $0.widest = 4096
            }?.part == .value)
        #expect(refusal { $0.notBefore = "z-a" }?.part == .notBefore)
        #expect(
            refusal {
                $0.isCommitted = true; $0.suffix = "x"
            }?.part == .suffix)
        // Each of 60 letters may be the one with 12 others behind it.
        #expect(
            refusal {
                $0.value = "[ab]{1,60}a[ab]{14}x"; $0.widest = 200
            }?.reason.contains("states") == true)
        do throws(MaskSetError) {
            _ = try MaskSet(compiling: [ExampleRules.token, ExampleRules.token])
            Issue.record("two rules of one name")
        } catch {
            #expect(error.reason == "there are two rules of this name")
        }
    }

    @Test func anImageIsTheSet() throws {
        let set = try MaskSet(compiling: ExampleRules.all)
        let opened = try MaskSet(image: set.image)
        #expect(opened.names == ExampleRules.all.map(\.name))
        #expect(opened.image == set.image)
        var random = SeededGenerator(seed: 3)
        let stream = random.terminalOutput(count: 20_000, texts: ExampleRules.texts)
        #expect(masked([stream], by: opened).bytes == masked([stream], by: set).bytes)
    }

    /// Opened or refused, but never trusted: what opens runs over anything without a trap.
    @Test func aDamagedImageDoesNoHarm() throws {
        let image = try MaskSet(compiling: [ExampleRules.token, ExampleRules.email, ExampleRules.card]).image
        var random = SeededGenerator(seed: 4)
        let stream = random.terminalOutput(count: 2000, texts: ExampleRules.texts)
        for count in [0, 3, 80, image.count - 1] {
            #expect(throws: MaskSetError.self) { try MaskSet(image: Array(image.prefix(count))) }
        }
        var refused = 0
        for round in 0..<600 {
            var damaged = image
            // The header and the records are where offsets are.
            let place = round < 400 ? round : Int.random(in: 0..<image.count, using: &random)
            damaged[place] ^= UInt8.random(in: 1...255, using: &random)
            do throws(MaskSetError) {
                _ = masked([stream], by: try MaskSet(image: damaged))
            } catch {
                refused += 1
            }
        }
        #expect(refused > 100)
    }
}

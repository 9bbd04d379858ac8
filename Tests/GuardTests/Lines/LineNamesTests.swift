import Guard
import Testing

/// Names that the ledger keeps: to change one is to change what auditors search for.
struct LineNamesTests {
    @Test func `Witnesses are named in a fixed order`() {
        #expect(LineWitnesses([.keys, .editor]).names == ["editor", "keys"])
        #expect(LineWitnesses([]).names == [])
    }

    @Test func `No two doubts have the same name`() {
        #expect(Set(LineDoubt.allCases.map(\.kind)).count == LineDoubt.allCases.count)
    }
}

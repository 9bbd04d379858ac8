import Testing

@testable import SessionProcess

@Suite struct `What is taken out of a list` {
    /// As a channel does by way of libssh's callbacks: looks at the list, and adds to it, while it goes.
    private final class Element {
        unowned let owner: Owner
        var isEnded: Bool
        init(_ owner: Owner, isEnded: Bool) {
            self.owner = owner
            self.isEnded = isEnded
        }
        deinit {
            owner.seen.append(owner.list.count)
            if isEnded, owner.list.count < 3 { owner.list.append(Element(owner, isEnded: false)) }
        }
    }
    private final class Owner {
        var list: [Element] = []
        var seen: [Int] = []
    }

    @Test func `may look at the list and change it as it goes`() {
        let owner = Owner()
        owner.list = [true, false, true].map { Element(owner, isEnded: $0) }
        withExtendedLifetime(owner.list.takeAll { $0.isEnded }) {}
        #expect(owner.seen == [1, 2])
        #expect(owner.list.map(\.isEnded) == [false, false, false])
        withExtendedLifetime(owner.list.takeAll()) {}
        #expect(owner.seen == [1, 2, 0, 0, 0])
        #expect(owner.list.isEmpty)
    }

    @Test func `comes in order, and the rest stays in order`() {
        var numbers = [1, 2, 3, 4, 5]
        #expect(numbers.takeAll { $0 % 2 == 0 } == [2, 4])
        #expect(numbers == [1, 3, 5])
        #expect(numbers.takeAll { $0 > 9 } == [])
        #expect(numbers == [1, 3, 5])
    }
}

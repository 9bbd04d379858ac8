extension Array {
    /// Takes elements out of a list that callbacks of libssh look at, for the caller to let go of: `withExtendedLifetime(list.takeAll { … }) {}`.
    ///
    /// A channel that goes calls libssh, and libssh reads packets, and so runs callbacks, whenever the socket does not take all of what it writes.
    /// `removeAll` and an assignment would still be changing the list then, and Swift ends a process that looks at what is being changed.
    mutating func takeAll(where isTaken: (Element) -> Bool = { _ in true }) -> [Element] {
        // Nearly always: asked in every turn of the loop.
        guard contains(where: isTaken) else { return [] }
        let taken = filter(isTaken)
        let kept = filter { !isTaken($0) }
        // `taken` keeps what goes alive until the change is over.
        self = kept
        return taken
    }
}

/// What is looked at before the rest of a text is called too large. People and scripts type far less; dumps come as files.
enum SQLBounds {
    /// Bytes of one text. A reading takes time in proportion, about a millisecond for this many.
    static let text = 65_536
    /// In one reading.
    static let statements = 1024
    /// Statements within statements. The reader recurses once for each.
    static let nesting = 64
    /// Texts within texts: the body of a `DO`, in it the argument of an `EXECUTE`, in it … Each is read once more.
    static let nestedTexts = 4
    /// Shell commands of one reading, and likewise files.
    static let sideEffects = 64
    /// Sentences of doubt, beyond the first of each kind.
    static let doubts = 16
    /// Tables of one statement; beyond that it may be about any.
    static let tables = 256
    /// Bytes of all the texts that come of putting in the values which the line itself gives to what is unknown.
    static let candidateText = 65_536
}

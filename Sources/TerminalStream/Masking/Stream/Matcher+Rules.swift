extension Matcher {
    /// What does not change while a stream runs.
    struct Rules: Sendable {
        let image: MaskImage
        /// Of the image, which keeps them.
        let tables: MaskImage.Tables
        let known: KnownValues?
        /// For each rule.
        let actions: [MaskAction]
        /// For each rule, whether it is masked as it comes as soon as its shortest form is there.
        let isProgressive: [Bool]
        /// For each rule, whether the timer may release what only begins to look like it.
        let isShape: [Bool]

        init(image: MaskImage, known: KnownValues?, actions: [MaskAction], isProgressive: [Bool], isShape: [Bool]) {
            self.image = image
            tables = image.tables
            self.known = known
            self.actions = actions
            self.isProgressive = isProgressive
            self.isShape = isShape
        }

        /// Whether there may be a value in a text that is whole: each contains a trigger.
        func mayMatch(in text: ArraySlice<UInt8>) -> Bool {
            text.withUnsafeBufferPointer { bytes in
                var state = FlatTrigger.start
                if tables.trigger.nextHit(in: bytes, from: 0, &state) != nil { return true }
                var knownState = KnownValues.start
                return known?.nextHit(in: bytes, from: 0, &knownState) != nil
            }
        }
    }
}

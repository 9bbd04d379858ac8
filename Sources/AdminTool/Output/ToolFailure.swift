/// Why it was not done, and what to do about it, in a sentence for the administrator. Exit status 1.
struct ToolFailure: Error, Equatable {
    let text: String
    /// Printed as it is, without `sallyport: ` in front.
    let isComplete: Bool

    init(_ text: String, isComplete: Bool = false) {
        self.text = text
        self.isComplete = isComplete
    }
}

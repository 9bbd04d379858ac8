/// Stands between the user and the target of one terminal channel: a line runs only once it was judged. Pure: bytes, answers and the time in; bytes,
/// questions and reports out.
///
/// The bytes of both directions go through it in the order in which they came. Times are nanoseconds of one monotonic clock.
///
/// Known limits, each with a test:
/// - Whoever may run anything at all can replace the shell's own functions and keys. The line that does it was judged, and what runs unreleased
///   afterwards raises an alarm; but a shell that was rewritten to lie is not a witness.
package struct LineGuard: ~Copyable {
    private var exchange = Exchange()
    private var scanner: MarkScanner
    private var gate: EditorGate

    package init(_ terms: GuardTerms) {
        let integration = ShellIntegration(nonce: terms.nonce, secret: terms.secret)
        scanner = MarkScanner(nonce: terms.nonce)
        gate = EditorGate(integration, isEnforced: terms.isEnforced)
    }

    // MARK: Bytes

    /// Whether the user should be read. False while too much waits for a line to be judged.
    package var wantsUserBytes: Bool { gate.wantsUserBytes }

    /// Takes what the user sent, at any time; when it is not wanted it is kept all the same.
    package mutating func receive(fromUser bytes: ArraySlice<UInt8>, at now: UInt64) {
        gate.receive(fromUser: bytes, &exchange, at: now)
    }

    /// Takes what the target sent.
    package mutating func receive(fromTarget bytes: ArraySlice<UInt8>, at now: UInt64) {
        scanner.feed(bytes) { piece in
            switch piece {
            case .output(let output):
                exchange.toUser.append(output)
                gate.targetSpoke(at: now)
            case .mark(let mark): gate.receive(mark, &exchange, at: now)
            }
        }
    }

    /// The next bytes for the target, empty if there are none now. Whoever takes them has to deliver them.
    package mutating func takeToTarget() -> ArraySlice<UInt8> { exchange.toTarget.take() }
    /// The next bytes for the user, empty if there are none now. Whoever takes them has to deliver them.
    package mutating func takeToUser() -> ArraySlice<UInt8> { exchange.toUser.take() }
    package var hasBytesForTarget: Bool { !exchange.toTarget.isEmpty }
    package var hasBytesForUser: Bool { !exchange.toUser.isEmpty }
    /// Nothing that the user has sent waits here: the end of the user's stream may go on to the target.
    package var isEmptyTowardsTarget: Bool { gate.holdsNothing && exchange.toTarget.isEmpty }

    // MARK: Lines

    /// The question that has to be asked now, if there is one; then it is the caller's.
    package mutating func takeQuestion() -> LineQuestion? { exchange.takeQuestion() }

    package mutating func answer(_ answer: LineAnswer, to number: UInt32, at now: UInt64) {
        gate.receive(answer, to: number, &exchange, at: now)
    }

    package var hasReports: Bool { !exchange.reports.isEmpty }
    package mutating func takeReports(atMost most: Int) -> [LineReport] { exchange.takeReports(atMost: most) }

    // MARK: Time

    /// When `advance` has something to do although nothing comes.
    package var deadline: UInt64? { gate.deadline }
    package mutating func advance(at now: UInt64) { gate.advance(&exchange, at: now) }
}

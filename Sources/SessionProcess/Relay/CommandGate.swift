/// Where policy stands between what the client sends and the target (promise 2).
///
/// This version has no command rules: every byte passes. `ClientToUpstream` sends nothing that this has not admitted.
struct CommandGate {
    /// The bytes that may go on to the target now.
    mutating func admit(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> { bytes }
}

/// The asciicast v2 recording of one session channel, as the bytes of whole lines.
///
/// Each call appends to `lines` what it adds to the file, nothing or whole lines: write them before anything is delivered.
/// `nanoseconds` are readings of one monotonic clock; times in the file count from the reading given to `init` and never go back.
/// Memory: three bytes for each stream, and a hash once a stream stopped being text.
package struct SessionCast<Hasher: ContentHasher & ~Copyable>: ~Copyable {
    package enum Stream: Sendable {
        case stdout
        case stderr
    }

    private var encoder: AsciicastEncoder
    private var stdout: RecordedStream<Hasher>
    /// Apart from stdout, or a character cut in one would be completed by the other.
    private var stderr: RecordedStream<Hasher>

    /// Begins a recording: writes its header. The output of a terminal is always text; without one, `TextDetector` says where text ends.
    package init(_ header: AsciicastHeader, isTerminal: Bool, at nanoseconds: UInt64, into lines: inout [UInt8]) {
        encoder = .start(header, at: nanoseconds, into: &lines)
        stdout = RecordedStream(isTerminal: isTerminal)
        stderr = RecordedStream(isTerminal: isTerminal)
    }

    /// Records what the target sent. Writes no line if `bytes` hold no complete character or are not text.
    package mutating func output(
        _ bytes: ArraySlice<UInt8>, from stream: Stream, at nanoseconds: UInt64, into lines: inout [UInt8]
    ) {
        let event = encoder.begin(.output, at: nanoseconds, into: &lines)
        switch stream {
        case .stdout: stdout.append(bytes, to: &lines)
        case .stderr: stderr.append(bytes, to: &lines)
        }
        encoder.end(event, into: &lines)
    }

    /// Records a new window size (RFC 4254 §6.7). A size with a zero in it says nothing and is not recorded.
    package mutating func resize(columns: UInt32, rows: UInt32, at nanoseconds: UInt64, into lines: inout [UInt8]) {
        guard columns > 0, rows > 0 else { return }
        let event = encoder.begin(.resize, at: nanoseconds, into: &lines)
        lines.append(json: "\(columns)x\(rows)")
        encoder.end(event, into: &lines)
    }

    /// Records a marker: something an auditor should find that the user did not see.
    package mutating func note(_ text: String, at nanoseconds: UInt64, into lines: inout [UInt8]) {
        let event = encoder.begin(.marker, at: nanoseconds, into: &lines)
        lines.appendEscaped(Array(text.utf8).span)
        encoder.end(event, into: &lines)
    }

    /// Ends the recording: unfinished characters become U+FFFD, and a marker for each stream says what was left out.
    package consuming func finish(at nanoseconds: UInt64, into lines: inout [UInt8]) {
        let rest = encoder.begin(.output, at: nanoseconds, into: &lines)
        stdout.finishText(to: &lines)
        stderr.finishText(to: &lines)
        encoder.end(rest, into: &lines)

        let stdoutMarker = encoder.begin(.marker, at: nanoseconds, into: &lines)
        stdout.appendUnrecorded(name: "stdout", to: &lines)
        encoder.end(stdoutMarker, into: &lines)

        let stderrMarker = encoder.begin(.marker, at: nanoseconds, into: &lines)
        stderr.appendUnrecorded(name: "stderr", to: &lines)
        encoder.end(stderrMarker, into: &lines)
    }
}

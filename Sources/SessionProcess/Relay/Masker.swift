internal import LibSSH

/// Where secrets are taken out of what the target sends, before it is recorded or seen (promise 3).
///
/// This version has no mask rules: every byte passes. `UpstreamToClient` records and delivers nothing that has not come through here.
struct Masker {
    /// The bytes that may be recorded and delivered now.
    mutating func mask(_ bytes: ArraySlice<UInt8>, of stream: ChannelStream) -> ArraySlice<UInt8> { bytes }
}

import EndToEndHarness
import Testing

/// Real `ssh`, real `sshd`, the real programs of this build; one behaviour a file.
///
/// Serialised: each test starts several processes, and what is measured here (memory, limits, order) should not be disturbed by neighbours.
/// Everything a test starts is ended by its process id, and every wait has an end.
@Suite(.serialized) enum EndToEnd {}

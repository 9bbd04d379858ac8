/// The descriptors with which a session process starts: 0 and 1 are `/dev/null`, nothing above the last of these is open.
package enum InheritedDescriptors {
    /// Standard error: a pipe to the monitor, which logs each line.
    package static let log: Int32 = 2
    /// The `MessageSocket` to the monitor.
    package static let monitor: Int32 = 3
}

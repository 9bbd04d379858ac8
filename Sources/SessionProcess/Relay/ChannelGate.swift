internal import LibSSH
internal import MonitorProtocol

/// What a gate has to tell its user.
enum GateNotice {
    /// Something was refused, in a sentence that says why.
    case refusal(String)
    /// Something waits for an approval.
    case held(HeldNotice)
}

/// What stands between client and target of one channel (promise 2): everything that either sends goes in, and what comes out may go on.
///
/// A class, because it is between two pumps; they put bytes in and take them out, and `advance` asks the monitor.
protocol ChannelGate: AnyObject {
    /// Whether `receive(fromClient:)` may be called. While it may not, the client is not read.
    var wantsClientBytes: Bool { get }
    func receive(fromClient bytes: ArraySlice<UInt8>)
    func takeToTarget() -> ArraySlice<UInt8>
    var hasBytesForTarget: Bool { get }
    /// Nothing of the client's waits here: its end of stream may go on.
    var isEmptyTowardsTarget: Bool { get }

    /// Called only after everything for the client was taken.
    func receive(fromTarget bytes: ArraySlice<UInt8>)
    func takeToClient() -> ArraySlice<UInt8>
    var hasBytesForClient: Bool { get }

    /// Asks the monitor what somebody waits for. Called as soon as there may be such a question, before what else the target sent is looked at.
    func ask() throws(MonitorClient.Failure)
    /// Asks and tells the monitor what there is to ask and tell.
    ///
    /// - Parameter isBehind: the target has said more than was received here, because the client does not take it.
    func advance(isBehind: Bool) throws(MonitorClient.Failure)
    /// When `advance` has something to do although nothing comes, in nanoseconds of the connection's clock.
    var deadline: UInt64? { get }
    /// People decide about something: nothing moves, and nobody is idle.
    var isWaiting: Bool { get }
    /// What the user should read now.
    func takeNotices() -> [GateNotice]
    /// Why the channel has to end.
    var failure: Refusal? { get }
    /// The channel is over: tells what is left, before the monitor hears of the channel's end.
    func finish() throws(MonitorClient.Failure)
    /// The program may have to be started in another way (`takesPlainShell`): the client must not hear that there is no more of it.
    var mayStartAgain: Bool { get }
    /// The program has ended. Whether the account's shell should be started in its place, as it is; from then on the gate takes it for that.
    func takesPlainShell(after exit: ChannelExit?) -> Bool
    /// The user's window has another size.
    func resize(columns: UInt32, rows: UInt32)
}

internal import Foundation

/// Signals as events: blocked in every thread, taken one at a time by the main thread (sigwait(3)).
struct Signals: Sendable {
    enum Event: Sendable { case stop, reload }

    /// Blocks them. Before any thread is started, because threads inherit the mask.
    static func block() -> Signals {
        // A peer that is gone is an error of the call that finds out, not a signal.
        signal(SIGPIPE, SIG_IGN)
        var set = set
        pthread_sigmask(SIG_BLOCK, &set, nil)
        return Signals()
    }

    private static var set: sigset_t {
        var set = sigset_t()
        sigemptyset(&set)
        for number in [SIGTERM, SIGINT, SIGHUP] { sigaddset(&set, number) }
        return set
    }

    func next() -> Event {
        while true {
            var set = Self.set
            var number: Int32 = 0
            guard sigwait(&set, &number) == 0 else { continue }
            return number == SIGHUP ? .reload : .stop
        }
    }
}

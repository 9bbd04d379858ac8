internal import Foundation

/// Signals that end this process, held back while a terminal is not as it was found, so that it is put back first.
struct EndingSignals {
    /// How long at most until somebody should look for one.
    static let turnMilliseconds: Int32 = 50

    private var set = sigset_t()

    /// Holds them back from now on.
    init() {
        sigemptyset(&set)
        for signal in [SIGINT, SIGTERM, SIGHUP, SIGQUIT] { sigaddset(&set, signal) }
        sigprocmask(SIG_BLOCK, &set, nil)
    }

    /// One that came since; it is taken away.
    var pending: Int32? {
        var set = set
        var now = timespec()
        let signal = sigtimedwait(&set, nil, &now)
        return signal > 0 ? signal : nil
    }

    /// Lets them end the process again.
    func release() {
        var set = set
        sigprocmask(SIG_UNBLOCK, &set, nil)
    }

    /// Ends this process the way the signal would have.
    static func die(of signal: Int32) -> Never {
        Glibc.signal(signal, SIG_DFL)
        raise(signal)
        exit(1)
    }
}

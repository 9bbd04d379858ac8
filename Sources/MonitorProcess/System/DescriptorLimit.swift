internal import Foundation

/// As many descriptors as the administrator allows (setrlimit, soft limit to hard limit): each connection takes about six, and the usual soft limit is
/// 1024 for the sake of select(2), which nothing here calls.
func raiseDescriptorLimit() {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
    limit.rlim_cur = limit.rlim_max
    setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
}

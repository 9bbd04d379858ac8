/// The steps by which a session process gives up what it does not need. Each returns 0 or a negative errno; none can be taken back.
#ifndef CSYSTEM_CONFINEMENT_H
#define CSYSTEM_CONFINEMENT_H

#include <stdint.h>

/// Fails with -EBUSY unless this process has exactly one thread: what follows confines the calling thread. Needs /proc.
int csystem_check_single_thread(void);

/// Closes every descriptor from `first` up (close_range).
int csystem_close_from(int first);

/// Gives the signals of a crash back to the kernel: a handler (the Swift runtime installs one) would run in a process that is not to be
/// believed any more, and make calls that the filter takes for an attack. SIGXFSZ is ignored, so that a recording at its limit is EFBIG.
int csystem_reset_signals(void);

/// No exec can ever give privileges again (PR_SET_NO_NEW_PRIVS); Landlock and seccomp want it too.
int csystem_set_no_new_privileges(void);

/// Takes every capability out of the bounding set (PR_CAPBSET_DROP). Needs CAP_SETPCAP: before the user changes. Without it, -EPERM.
int csystem_drop_bounding_capabilities(void);

/// Leaves all supplementary groups, then sets the real, effective and saved group, and checks that it took.
int csystem_set_group(uint32_t group);

/// Sets the real, effective and saved user, and checks that it took.
int csystem_set_user(uint32_t user);

/// 1 when the effective or real user is root.
int csystem_is_root(void);

/// Empties the ambient, inheritable, permitted and effective capability sets, and checks that they are empty and that root is out of reach.
int csystem_drop_capabilities(void);

/// Programs that the calling thread starts from now on have no privileges: no ambient capabilities, none by being root as far as that may be taken
/// away, none by setuid bits or file capabilities (PR_SET_NO_NEW_PRIVS, PR_CAP_AMBIENT, PR_CAPBSET_DROP, all of which are a thread's). What the thread
/// itself may do stays. Returns 0 or a negative errno.
int csystem_bequeath_no_privileges(void);

/// 1 when this process may start children that become other users, empty their bounding set, and be ended by it: CAP_SETUID, CAP_SETGID,
/// CAP_SETPCAP and CAP_KILL are effective. So for root, and for the user of the systemd unit.
int csystem_may_change_users(void);

/// What the process may use of the machine; a limit that is lower already stays.
struct csystem_limits {
    uint64_t open_files;
    /// Address space: heap, stack, anonymous memory of every kind.
    uint64_t memory_bytes;
    /// Bytes of a regular file. Beyond it a write fails with EFBIG.
    uint64_t file_bytes;
};

/// Sets soft and hard limits (setrlimit): `limits`, and none at all of processes, core files, locked memory, message queues and pending signals.
int csystem_set_limits(const struct csystem_limits *limits);

/// No core files, no ptrace and no /proc/PID/mem for processes of the same user (PR_SET_DUMPABLE 0).
int csystem_set_not_dumpable(void);

/// The version of the kernel's Landlock, or -ENOSYS or -EOPNOTSUPP when it has none. 2 knows files (Debian 12), 3 truncation, 4 TCP,
/// 5 devices, 6 signals and abstract sockets.
int csystem_landlock_version(void);

/// Denies, with Landlock, every right on every file, and as far as the kernel can: TCP bind and connect, abstract Unix sockets and signals
/// to others. Checks that a directory cannot be opened any more. -ENOSYS or -EOPNOTSUPP when the kernel has no Landlock.
int csystem_restrict_with_landlock(void);

/// Loads the system call filter (libseccomp): an allow-list, everything else kills the process with SIGSYS.
int csystem_load_filter(void);

#endif

#define _GNU_SOURCE
#include "confinement.h"

#include <errno.h>
#include <grp.h>
#include <linux/capability.h>
#include <signal.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

int csystem_check_single_thread(void) {
    // The kernel counts a link for each thread's folder, besides "." and "..".
    struct stat threads;
    if (stat("/proc/self/task", &threads) < 0) return -errno;
    return threads.st_nlink == 3 ? 0 : -EBUSY;
}

int csystem_close_from(int first) { return close_range((unsigned)first, ~0U, 0) < 0 ? -errno : 0; }

int csystem_reset_signals(void) {
    static const int crashes[] = {SIGQUIT, SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV, SIGSYS, SIGXCPU};
    for (size_t index = 0; index < sizeof crashes / sizeof crashes[0]; index++) {
        if (signal(crashes[index], SIG_DFL) == SIG_ERR) return -errno;
    }
    return signal(SIGXFSZ, SIG_IGN) == SIG_ERR ? -errno : 0;
}

int csystem_set_no_new_privileges(void) {
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0) return -errno;
    return prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 1 ? 0 : -EPERM;
}

int csystem_drop_bounding_capabilities(void) {
    // The kernel may know capabilities that our headers do not: it answers EINVAL after its last one.
    for (int capability = 0; capability < 64; capability++) {
        int held = prctl(PR_CAPBSET_READ, capability, 0, 0, 0);
        if (held < 0) return errno == EINVAL && capability > 0 ? 0 : -errno;
        if (held == 0) continue;
        if (prctl(PR_CAPBSET_DROP, capability, 0, 0, 0) < 0) return -errno;
        if (prctl(PR_CAPBSET_READ, capability, 0, 0, 0) != 0) return -EPERM;
    }
    return 0;
}

int csystem_set_group(uint32_t group) {
    if (group == 0 || group == UINT32_MAX) return -EINVAL;
    if (setgroups(0, NULL) < 0) return -errno;
    if (setresgid(group, group, group) < 0) return -errno;
    gid_t real, effective, saved;
    if (getresgid(&real, &effective, &saved) < 0) return -errno;
    if (real != group || effective != group || saved != group || getgroups(0, NULL) != 0) return -EPERM;
    return 0;
}

int csystem_set_user(uint32_t user) {
    if (user == 0 || user == UINT32_MAX) return -EINVAL;
    if (setresuid(user, user, user) < 0) return -errno;
    uid_t real, effective, saved;
    if (getresuid(&real, &effective, &saved) < 0) return -errno;
    return real != user || effective != user || saved != user ? -EPERM : 0;
}

int csystem_is_root(void) { return getuid() == 0 || geteuid() == 0; }

int csystem_drop_capabilities(void) {
    if (prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0) < 0) return -errno;
    struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3, .pid = 0};
    struct __user_cap_data_struct sets[_LINUX_CAPABILITY_U32S_3] = {0};
    if (syscall(SYS_capset, &header, sets) < 0) return -errno;
    if (syscall(SYS_capget, &header, sets) < 0) return -errno;
    for (int half = 0; half < _LINUX_CAPABILITY_U32S_3; half++) {
        if (sets[half].effective || sets[half].permitted || sets[half].inheritable) return -EPERM;
    }
    // Must fail. Not before: a parent with capabilities that is not root leaves CAP_SETUID with us through `csystem_set_user`.
    return setresuid((uid_t)-1, 0, (uid_t)-1) == 0 ? -EPERM : 0;
}

int csystem_bequeath_no_privileges(void) {
    int failure = csystem_set_no_new_privileges();
    if (failure) return failure;
    if (prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0) < 0) return -errno;
    // Of what is left only root gets something by exec. Whoever may not take it away is not root, or a root that was cut down before.
    failure = csystem_drop_bounding_capabilities();
    return failure == -EPERM ? 0 : failure;
}

int csystem_may_change_users(void) {
    struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3, .pid = 0};
    struct __user_cap_data_struct sets[_LINUX_CAPABILITY_U32S_3] = {0};
    if (syscall(SYS_capget, &header, sets) < 0) return 0;
    // All four are below 32.
    const uint32_t needed = 1U << CAP_SETUID | 1U << CAP_SETGID | 1U << CAP_SETPCAP | 1U << CAP_KILL;
    return (sets[0].effective & needed) == needed;
}

static int lower(__rlimit_resource_t resource, uint64_t most) {
    struct rlimit limit;
    if (getrlimit(resource, &limit) < 0) return -errno;
    if (limit.rlim_max > most) limit.rlim_max = most;
    limit.rlim_cur = limit.rlim_max;
    if (setrlimit(resource, &limit) < 0) return -errno;
    if (getrlimit(resource, &limit) < 0) return -errno;
    return limit.rlim_cur <= most && limit.rlim_max <= most ? 0 : -EPERM;
}

int csystem_set_limits(const struct csystem_limits *limits) {
    int failure = 0;
    (void)((failure = lower(RLIMIT_NOFILE, limits->open_files)) || (failure = lower(RLIMIT_AS, limits->memory_bytes))
        || (failure = lower(RLIMIT_FSIZE, limits->file_bytes)) || (failure = lower(RLIMIT_NPROC, 0))
        || (failure = lower(RLIMIT_CORE, 0)) || (failure = lower(RLIMIT_MEMLOCK, 0))
        || (failure = lower(RLIMIT_MSGQUEUE, 0)) || (failure = lower(RLIMIT_SIGPENDING, 0)));
    return failure;
}

int csystem_set_not_dumpable(void) {
    if (prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) < 0) return -errno;
    return prctl(PR_GET_DUMPABLE, 0, 0, 0, 0) == 0 ? 0 : -EPERM;
}

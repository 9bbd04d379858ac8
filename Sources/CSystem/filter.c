// The system call filter of a session process, as a table one can read aloud. What is not in it kills the process.
//
// Found by running libssh 0.10.6 with OpenSSL 3 and the Swift 6.3 runtime under strace: terminals, sftp, rekeying, tunnels
// (docs/decisions/0002-confinement.md has the list of what else they ask for, and what has to be initialised before the filter).
#define _GNU_SOURCE
#include "confinement.h"

#include <asm/termbits.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/futex.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <seccomp.h>
#include <stddef.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

/// Conditions on the arguments of a call, all of which must hold.
struct rule {
    int call;
    unsigned count;
    struct scmp_arg_cmp conditions[2];
};

// The kernel reads an `int` argument as its lower 32 bits; the upper ones can hold anything, and must not decide.
#define INT_IS(index, value) SCMP_CMP(index, SCMP_CMP_MASKED_EQ, 0xffffffff, (value))
#define HAS_NONE_OF(index, bits) SCMP_CMP(index, SCMP_CMP_MASKED_EQ, (bits), 0)
#define HAS_ALL_OF(index, bits) SCMP_CMP(index, SCMP_CMP_MASKED_EQ, (bits), (bits))
#define IS_NULL(index) SCMP_CMP(index, SCMP_CMP_EQ, 0)

#define ALLOW(name) {SCMP_SYS(name), 0, {{0}}}
#define ALLOW_IF(name, a) {SCMP_SYS(name), 1, {a}}
#define ALLOW_IF_BOTH(name, a, b) {SCMP_SYS(name), 2, {a, b}}

static const struct rule allowed[] = {
    // What it was handed: sockets, the monitor, the recording.
    ALLOW(read), ALLOW(readv), ALLOW(write), ALLOW(writev), ALLOW(close), ALLOW(shutdown),
    ALLOW(recvfrom), ALLOW(recvmsg), ALLOW(poll), ALLOW(ppoll),
    ALLOW(getsockname), ALLOW(getpeername),
    // What became of a connection. Not the rest: SO_PEERPIDFD would be a handle on the monitor.
    ALLOW_IF_BOTH(getsockopt, INT_IS(1, SOL_SOCKET), INT_IS(2, SO_ERROR)),
    // MSG_FASTOPEN would connect, and an address would reach another socket.
    ALLOW_IF_BOTH(sendto, HAS_NONE_OF(3, MSG_FASTOPEN), IS_NULL(4)),
    ALLOW_IF(sendmsg, HAS_NONE_OF(2, MSG_FASTOPEN)),
    ALLOW_IF_BOTH(setsockopt, INT_IS(1, IPPROTO_TCP), INT_IS(2, TCP_NODELAY)),
    ALLOW_IF_BOTH(setsockopt, INT_IS(1, IPPROTO_TCP), INT_IS(2, TCP_QUICKACK)),
    // O_NONBLOCK is changed by FIONBIO, which cannot touch O_APPEND as F_SETFL can.
    ALLOW_IF(ioctl, INT_IS(1, FIONBIO)), ALLOW_IF(ioctl, INT_IS(1, FIONREAD)),
    ALLOW_IF(fcntl, INT_IS(1, F_GETFL)), ALLOW_IF(fcntl, INT_IS(1, F_GETFD)), ALLOW_IF(fcntl, INT_IS(1, F_SETFD)),

    // Memory: never executable, and of files only what is read and was handed over to be: the mask rules.
    ALLOW(brk), ALLOW(munmap), ALLOW(mremap),
    ALLOW_IF_BOTH(mmap, HAS_NONE_OF(2, PROT_EXEC), HAS_ALL_OF(3, MAP_ANONYMOUS)),
    ALLOW_IF_BOTH(mmap, INT_IS(2, PROT_READ), INT_IS(3, MAP_SHARED)),
    ALLOW_IF(mprotect, HAS_NONE_OF(2, PROT_EXEC)),
    ALLOW_IF(madvise, INT_IS(2, MADV_DONTNEED)), ALLOW_IF(madvise, INT_IS(2, MADV_FREE)),
    ALLOW_IF(madvise, INT_IS(2, MADV_DONTDUMP)),

    // Time and chance.
    ALLOW(clock_gettime), ALLOW(clock_getres), ALLOW(gettimeofday), ALLOW(time),
    ALLOW(nanosleep), ALLOW(clock_nanosleep), ALLOW(getrandom),

    // The runtime's own: once-tokens, sorting (glibc's qsort asks how much memory there is), names of itself.
    ALLOW_IF(futex, INT_IS(1, FUTEX_WAKE_PRIVATE)), ALLOW_IF(futex, INT_IS(1, FUTEX_WAIT_PRIVATE)),
    ALLOW(sysinfo), ALLOW(getpid), ALLOW(gettid), ALLOW(getppid),
    ALLOW(getuid), ALLOW(geteuid), ALLOW(getgid), ALLOW(getegid),

    // Its end: signals to itself only (tgkill is added with our own number), poll going on after a stop.
    ALLOW(rt_sigaction), ALLOW(rt_sigprocmask), ALLOW(rt_sigreturn), ALLOW(restart_syscall),
    ALLOW(exit), ALLOW(exit_group),
};

/// libssh sets and clears O_NONBLOCK by fcntl(F_SETFL) with exactly these values, which would clear O_APPEND too. Answered with success and
/// without doing anything: sockets are made non-blocking with FIONBIO before libssh has them, and stay so. With other flags F_SETFL kills.
static const int answered_without_effect[] = {0, O_NONBLOCK};

static int build(scmp_filter_ctx filter) {
    int failure;
    // A call through another architecture's entry (int 0x80, x32) kills the process too; libseccomp's default kills the thread.
    if ((failure = seccomp_attr_set(filter, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS))) return failure;
    for (size_t index = 0; index < sizeof allowed / sizeof allowed[0]; index++) {
        const struct rule *rule = &allowed[index];
        failure = seccomp_rule_add_exact_array(filter, SCMP_ACT_ALLOW, rule->call, rule->count, rule->conditions);
        // time(2) exists on some architectures only.
        if (failure && !(failure == -EDOM && rule->call < 0)) return failure;
    }
    for (size_t index = 0; index < sizeof answered_without_effect / sizeof answered_without_effect[0]; index++) {
        struct scmp_arg_cmp conditions[] = {INT_IS(1, F_SETFL), INT_IS(2, (scmp_datum_t)answered_without_effect[index])};
        if ((failure = seccomp_rule_add_exact_array(filter, SCMP_ACT_ERRNO(0), SCMP_SYS(fcntl), 2, conditions))) return failure;
    }
    // abort and raise.
    struct scmp_arg_cmp self[] = {INT_IS(0, (scmp_datum_t)getpid())};
    return seccomp_rule_add_exact_array(filter, SCMP_ACT_ALLOW, SCMP_SYS(tgkill), 1, self);
}

int csystem_load_filter(void) {
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_KILL_PROCESS);
    if (!filter) return -ENOMEM;
    int failure = build(filter);
    if (!failure) failure = seccomp_load(filter);
    seccomp_release(filter);
    return failure;
}

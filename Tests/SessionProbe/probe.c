#define _GNU_SOURCE
#include "SessionProbe.h"

#include <dlfcn.h>
#include <errno.h>
#include <pthread.h>
#include <seccomp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

// Found before the confinement: afterwards dlsym might want memory or files.
static ssize_t (*real_sendmsg)(int, const struct msghdr *, int);
static int (*real_seccomp_load)(const scmp_filter_ctx);
static long (*real_syscall)(long, ...);
static int (*real_prctl)(int, ...);
static int (*real_close_range)(unsigned, unsigned, int);
static int (*real_setgroups)(size_t, const gid_t *);
static int (*real_setresgid)(gid_t, gid_t, gid_t);
static int (*real_setresuid)(uid_t, uid_t, uid_t);
static int (*real_setrlimit)(__rlimit_resource_t, const struct rlimit *);

static const char *act, *without, *fails, *pretends;

#define FIND(name) *(void **)&real_##name = dlsym(RTLD_NEXT, #name)

/// Other libraries' constructors make calls before ours has run.
static void prepare(void) {
    if (real_sendmsg) return;
    FIND(sendmsg), FIND(seccomp_load), FIND(syscall), FIND(prctl), FIND(close_range), FIND(setgroups);
    FIND(setresgid), FIND(setresuid), FIND(setrlimit);
    act = getenv("PROBE_ACT");
    without = getenv("PROBE_WITHOUT");
    fails = getenv("PROBE_FAIL");
    pretends = getenv("PROBE_PRETEND");
}

static void *idle(void *nothing) {
    pause();
    return nothing;
}

__attribute__((constructor)) static void prepare_at_start(void) {
    prepare();
    pthread_t thread;
    if (getenv("PROBE_THREAD")) pthread_create(&thread, NULL, idle, NULL);
}

static int named(const char *list, const char *name) {
    if (!list) return 0;
    size_t length = strlen(name);
    for (const char *at = list; (at = strstr(at, name)); at += length) {
        if ((at == list || at[-1] == ',') && (at[length] == 0 || at[length] == ',')) return 1;
    }
    return 0;
}

/// 1 when the call of this name shall not be made; `result` is what it answers then.
static int diverted(const char *name, long *result) {
    prepare();
    if (named(fails, name)) {
        errno = EPERM;
        *result = -1;
        return 1;
    }
    *result = 0;
    return named(pretends, name);
}

/// The recording, sent by the test in place of an answer to `ready`.
static int receive_recording(void) {
    char byte, control[CMSG_SPACE(sizeof(int))] __attribute__((aligned(8)));
    struct iovec piece = {&byte, 1};
    struct msghdr message = {.msg_iov = &piece, .msg_iovlen = 1, .msg_control = control, .msg_controllen = sizeof control};
    if (recvmsg(3, &message, 0) <= 0 || !CMSG_FIRSTHDR(&message)) return -1;
    int descriptor;
    memcpy(&descriptor, CMSG_DATA(CMSG_FIRSTHDR(&message)), sizeof descriptor);
    return descriptor;
}

static void report(const char *text, long result) {
    char line[200];
    int length = snprintf(line, sizeof line, "%s = %ld\n", text, result);
    if (write(2, line, (size_t)length) < 0) _exit(9);
}

// The session's first message is `ready`: from here on it is confined.
ssize_t sendmsg(int socket, const struct msghdr *message, int flags) {
    prepare();
    ssize_t sent = real_sendmsg(socket, message, flags);
    if (act && sent > 0 && socket == 3) {
        int recording = receive_recording();
        report("ready", recording);
        report(act, session_probe_act(act, recording));
        _exit(0);
    }
    return sent;
}

int seccomp_load(const scmp_filter_ctx filter) {
    long result;
    if (named(without, "filter")) return 0;
    return diverted("seccomp_load", &result) ? -EPERM : real_seccomp_load(filter);
}

long syscall(long number, ...) {
    va_list list;
    va_start(list, number);
    long a[6];
    for (int index = 0; index < 6; index++) a[index] = va_arg(list, long);
    va_end(list);
    char name[40];
    long result;
    snprintf(name, sizeof name, "syscall:%ld", number);
    if (diverted(name, &result)) return result;
    if (number >= 444 && number <= 446 && named(without, "landlock")) {
        errno = ENOSYS;
        return -1;
    }
    return real_syscall(number, a[0], a[1], a[2], a[3], a[4], a[5]);
}

int prctl(int option, ...) {
    va_list list;
    va_start(list, option);
    unsigned long a[4];
    for (int index = 0; index < 4; index++) a[index] = va_arg(list, unsigned long);
    va_end(list);
    char name[40];
    long result;
    snprintf(name, sizeof name, "prctl:%d", option);
    return diverted(name, &result) ? (int)result : real_prctl(option, a[0], a[1], a[2], a[3]);
}

#define DIVERT(name) \
    long result; \
    if (diverted(#name, &result)) return (int)result;

int close_range(unsigned first, unsigned last, int flags) { DIVERT(close_range) return real_close_range(first, last, flags); }
int setgroups(size_t count, const gid_t *groups) { DIVERT(setgroups) return real_setgroups(count, groups); }
int setresgid(gid_t a, gid_t b, gid_t c) { DIVERT(setresgid) return real_setresgid(a, b, c); }
int setresuid(uid_t a, uid_t b, uid_t c) { DIVERT(setresuid) return real_setresuid(a, b, c); }
int setrlimit(__rlimit_resource_t resource, const struct rlimit *limit) {
    DIVERT(setrlimit) return real_setrlimit(resource, limit);
}

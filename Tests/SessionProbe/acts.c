// What somebody would try who had taken a session process over. By raw system calls: it is the kernel's answer that counts.
#define _GNU_SOURCE
#include "SessionProbe.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/futex.h>
#include <netinet/tcp.h>
#include <sched.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define CALL(...) ({ long result = syscall(__VA_ARGS__); result < 0 ? -errno : result; })
#define RWF_NOAPPEND_FLAG 0x20
#define PROBE(name) static long probe_##name(int recording)
#define UNUSED (void)recording

static const char *path(void) { return getenv("PROBE_PATH"); }
static int process(void) { return atoi(getenv("PROBE_PROCESS")); }
static char text[] = "OVERWRITTEN";
static struct iovec piece = {text, sizeof text - 1};

// Files
PROBE(open) { UNUSED; return CALL(SYS_openat, AT_FDCWD, path(), O_RDONLY); }
PROBE(open_to_write) { UNUSED; return CALL(SYS_openat, AT_FDCWD, path(), O_WRONLY); }
PROBE(open_through_proc) { UNUSED; return CALL(SYS_openat, AT_FDCWD, "/proc/self/fd/2", O_WRONLY); }
PROBE(openat2) { UNUSED; uint64_t how[3] = {O_RDONLY}; return CALL(SYS_openat2, AT_FDCWD, path(), how, sizeof how); }
PROBE(create) { UNUSED; char name[300]; snprintf(name, sizeof name, "%s.new", path()); return CALL(SYS_openat, AT_FDCWD, name, O_WRONLY | O_CREAT | O_EXCL, 0600); }
PROBE(truncate) { UNUSED; return CALL(SYS_truncate, path(), 0L); }
PROBE(unlink) { UNUSED; return CALL(SYS_unlinkat, AT_FDCWD, path(), 0); }
PROBE(mkdir) { UNUSED; char name[300]; snprintf(name, sizeof name, "%s.dir", path()); return CALL(SYS_mkdirat, AT_FDCWD, name, 0700); }
PROBE(rename) { UNUSED; char name[300]; snprintf(name, sizeof name, "%s.moved", path()); return CALL(SYS_renameat2, AT_FDCWD, path(), AT_FDCWD, name, 0); }
PROBE(link) { UNUSED; char name[300]; snprintf(name, sizeof name, "%s.link", path()); return CALL(SYS_linkat, AT_FDCWD, path(), AT_FDCWD, name, 0); }
PROBE(chmod) { UNUSED; return CALL(SYS_fchmodat, AT_FDCWD, path(), 0777); }
PROBE(stat) { UNUSED; struct stat status; return CALL(SYS_newfstatat, AT_FDCWD, path(), &status, 0); }
PROBE(statx) { UNUSED; char status[256]; return CALL(SYS_statx, AT_FDCWD, path(), 0, 0x7ff, status); }
PROBE(readlink) { UNUSED; char target[100]; return CALL(SYS_readlinkat, AT_FDCWD, "/proc/self/exe", target, sizeof target); }
PROBE(chdir) { UNUSED; return CALL(SYS_chdir, "/"); }
PROBE(chroot) { UNUSED; return CALL(SYS_chroot, "/"); }
PROBE(mount) { UNUSED; return CALL(SYS_mount, "none", "/", "tmpfs", 0L, NULL); }
PROBE(inotify) { UNUSED; return CALL(SYS_inotify_init1, 0); }
PROBE(memfd_create) { UNUSED; return CALL(SYS_memfd_create, "x", 0); }

// The recording
PROBE(ftruncate) { return CALL(SYS_ftruncate, recording, 0L); }
PROBE(fallocate) { return CALL(SYS_fallocate, recording, 3 /* punch a hole, keep the size */, 0L, 4L); }
PROBE(pwrite) { return CALL(SYS_pwrite64, recording, text, sizeof text - 1, 0L); }
PROBE(pwritev2_without_append) { return CALL(SYS_pwritev2, recording, &piece, 1L, 0L, 0L, RWF_NOAPPEND_FLAG); }
PROBE(clear_append) { return CALL(SYS_fcntl, recording, F_SETFL, O_WRONLY); }
PROBE(clear_append_high_bits) { return CALL(SYS_fcntl, recording, F_SETFL | 0x100000000L, O_WRONLY); }
PROBE(clear_append_as_libssh) {
    // Answered with success; the test looks at what it did.
    long answer = CALL(SYS_fcntl, recording, F_SETFL, 0) | CALL(SYS_fcntl, recording, F_SETFL, O_NONBLOCK);
    long flags = CALL(SYS_fcntl, recording, F_GETFL);
    if (write(recording, text, sizeof text - 1) < 0) return -errno;
    return answer == 0 && (flags & O_APPEND) ? 1 : 0;
}
PROBE(set_async_owner) { return CALL(SYS_fcntl, recording, F_SETOWN, 1); }
PROBE(lock) { struct flock lock = {.l_type = F_WRLCK}; return CALL(SYS_fcntl, recording, F_SETLK, &lock); }
PROBE(map_recording) { return (long)CALL(SYS_mmap, NULL, 4096L, PROT_READ | PROT_WRITE, MAP_SHARED, recording, 0L); }
PROBE(sendfile) { return CALL(SYS_sendfile, recording, 3, NULL, 1L); }
PROBE(splice) { return CALL(SYS_splice, 3, NULL, recording, NULL, 1L, 0); }
PROBE(copy_file_range) { return CALL(SYS_copy_file_range, recording, NULL, recording, NULL, 1L, 0); }
PROBE(io_uring_setup) { UNUSED; char parameters[120] = {0}; return CALL(SYS_io_uring_setup, 8, parameters); }
PROBE(io_setup) { UNUSED; unsigned long context = 0; return CALL(SYS_io_setup, 8, &context); }
PROBE(clone_file) { return CALL(SYS_ioctl, recording, 0x40049409L /* FICLONE */, recording); }
PROBE(file_flags) { long flags = 0; return CALL(SYS_ioctl, recording, 0x40086602L /* FS_IOC_SETFLAGS */, &flags); }
PROBE(duplicate) { return CALL(SYS_dup, recording); }
PROBE(write_recording) { return write(recording, text, sizeof text - 1) < 0 ? -errno : 1; }
PROBE(write_recording_until_refused) {
    for (int count = 0; count < 1000; count++) {
        if (write(recording, text, sizeof text - 1) < 0) return -errno;
    }
    return 0;
}

// Sockets
PROBE(socket) { UNUSED; return CALL(SYS_socket, AF_INET, SOCK_STREAM, 0); }
PROBE(unix_socket) { UNUSED; return CALL(SYS_socket, AF_UNIX, SOCK_STREAM, 0); }
PROBE(socketpair) { UNUSED; int ends[2]; return CALL(SYS_socketpair, AF_UNIX, SOCK_DGRAM, 0, ends); }
PROBE(connect) { UNUSED; struct sockaddr_un address = {AF_UNIX, "/run/x"}; return CALL(SYS_connect, 3, &address, sizeof address); }
PROBE(bind) { UNUSED; struct sockaddr_un address = {AF_UNIX, "/tmp/x"}; return CALL(SYS_bind, 3, &address, sizeof address); }
PROBE(listen) { UNUSED; return CALL(SYS_listen, 3, 1); }
PROBE(accept) { UNUSED; return CALL(SYS_accept4, 3, NULL, NULL, 0); }
PROBE(send_to_address) { UNUSED; struct sockaddr_un address = {AF_UNIX, "/run/x"}; return CALL(SYS_sendto, 3, text, 1L, 0, &address, sizeof address); }
PROBE(send_with_fastopen) { UNUSED; return CALL(SYS_sendto, 3, text, 1L, MSG_FASTOPEN, NULL, 0); }
PROBE(sendmsg_with_fastopen) { UNUSED; struct msghdr message = {.msg_iov = &piece, .msg_iovlen = 1}; return CALL(SYS_sendmsg, 3, &message, MSG_FASTOPEN); }
PROBE(sendmmsg) { UNUSED; struct mmsghdr message = {.msg_hdr = {.msg_iov = &piece, .msg_iovlen = 1}}; return CALL(SYS_sendmmsg, 3, &message, 1, 0); }
PROBE(attach_filter) { UNUSED; struct sock_fprog program = {0}; return CALL(SYS_setsockopt, 3, SOL_SOCKET, SO_ATTACH_FILTER, &program, sizeof program); }
PROBE(tcp_repair) { UNUSED; int on = 1; return CALL(SYS_setsockopt, 3, IPPROTO_TCP, 19 /* TCP_REPAIR */, &on, sizeof on); }
PROBE(handle_on_peer) { UNUSED; int handle; socklen_t length = sizeof handle; return CALL(SYS_getsockopt, 3, SOL_SOCKET, 77 /* SO_PEERPIDFD */, &handle, &length); }
PROBE(socket_error) { UNUSED; int error; socklen_t length = sizeof error; return CALL(SYS_getsockopt, 3, SOL_SOCKET, SO_ERROR, &error, &length); }
PROBE(connect_tcp) {
    UNUSED;
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(1), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int socket = (int)CALL(SYS_socket, AF_INET, SOCK_STREAM, 0);
    return socket < 0 ? socket : CALL(SYS_connect, socket, &address, sizeof address);
}
PROBE(bind_tcp) {
    UNUSED;
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int socket = (int)CALL(SYS_socket, AF_INET, SOCK_STREAM, 0);
    return socket < 0 ? socket : CALL(SYS_bind, socket, &address, sizeof address);
}
PROBE(connect_abstract) {
    UNUSED;
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    strncpy(address.sun_path + 1, path(), sizeof address.sun_path - 2);
    socklen_t length = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + 1 + strlen(address.sun_path + 1));
    int socket = (int)CALL(SYS_socket, AF_UNIX, SOCK_STREAM, 0);
    return socket < 0 ? socket : CALL(SYS_connect, socket, &address, length);
}

// Processes
PROBE(execve) { UNUSED; char *list[] = {"true", NULL}; return CALL(SYS_execve, "/bin/true", list, list + 1); }
PROBE(execveat) { UNUSED; char *list[] = {"true", NULL}; return CALL(SYS_execveat, AT_FDCWD, "/bin/true", list, list + 1, 0); }
PROBE(fork) { UNUSED; return CALL(SYS_clone, SIGCHLD, 0L, 0L, 0L, 0L); }
PROBE(clone_thread) { UNUSED; return CALL(SYS_clone, CLONE_VM | CLONE_SIGHAND | CLONE_THREAD, 0L, 0L, 0L, 0L); }
PROBE(clone3) { UNUSED; uint64_t arguments[11] = {0}; arguments[4] = SIGCHLD; return CALL(SYS_clone3, arguments, sizeof arguments); }
PROBE(ptrace_attach) { UNUSED; return CALL(SYS_ptrace, PTRACE_ATTACH, process(), 0L, 0L); }
PROBE(ptrace_me) { UNUSED; return CALL(SYS_ptrace, PTRACE_TRACEME, 0, 0L, 0L); }
PROBE(read_memory) { UNUSED; return CALL(SYS_process_vm_readv, process(), &piece, 1L, &piece, 1L, 0L); }
PROBE(write_memory) { UNUSED; return CALL(SYS_process_vm_writev, process(), &piece, 1L, &piece, 1L, 0L); }
PROBE(kill) { UNUSED; return CALL(SYS_kill, process(), 0); }
PROBE(kill_all) { UNUSED; return CALL(SYS_kill, -1, 0); }
PROBE(kill_self) { UNUSED; return CALL(SYS_kill, getpid(), 0); }
PROBE(tgkill) { UNUSED; return CALL(SYS_tgkill, process(), process(), 0); }
PROBE(tkill) { UNUSED; return CALL(SYS_tkill, process(), 0); }
PROBE(queue_signal) { UNUSED; siginfo_t info = {0}; return CALL(SYS_rt_sigqueueinfo, process(), 0, &info); }
PROBE(pidfd_open) { UNUSED; return CALL(SYS_pidfd_open, process(), 0); }
PROBE(pidfd_getfd) { UNUSED; return CALL(SYS_pidfd_getfd, 3, 0, 0); }
PROBE(wait) { UNUSED; return CALL(SYS_wait4, -1, NULL, WNOHANG, NULL); }
PROBE(setpriority) { UNUSED; return CALL(SYS_setpriority, 0, 0, 10); }
PROBE(abort) { UNUSED; abort(); }
PROBE(crash) { UNUSED; *(volatile int *)8 = 1; return 0; }

// Taking the confinement back
PROBE(new_privileges) { UNUSED; return CALL(SYS_prctl, PR_SET_NO_NEW_PRIVS, 0L, 0L, 0L, 0L); }
PROBE(dumpable) { UNUSED; return CALL(SYS_prctl, PR_SET_DUMPABLE, 1L, 0L, 0L, 0L); }
PROBE(seccomp) { UNUSED; return CALL(SYS_seccomp, 0, 0, NULL); }
PROBE(become_root) { UNUSED; return CALL(SYS_setresuid, 0, 0, 0); }
PROBE(capabilities) { UNUSED; uint32_t header[2] = {0x20080522, 0}, sets[6] = {~0U}; return CALL(SYS_capset, header, sets); }
PROBE(limits) { UNUSED; uint64_t limit[2] = {1, 1}; return CALL(SYS_prlimit64, 0, 6, limit, NULL); }
PROBE(personality) { UNUSED; return CALL(SYS_personality, 0x0400000L); }
PROBE(namespace) { UNUSED; return CALL(SYS_unshare, CLONE_NEWUSER); }
PROBE(enter_namespace) { UNUSED; return CALL(SYS_setns, 3, 0); }

// The kernel's larger surfaces
PROBE(bpf) { UNUSED; char attributes[120] = {0}; return CALL(SYS_bpf, 0, attributes, sizeof attributes); }
PROBE(perf_event_open) { UNUSED; char attributes[120] = {0}; return CALL(SYS_perf_event_open, attributes, 0, -1, -1, 0L); }
PROBE(userfaultfd) { UNUSED; return CALL(SYS_userfaultfd, 1); }
PROBE(keyctl) { UNUSED; return CALL(SYS_keyctl, 0, 0L, 0L, 0L, 0L); }
PROBE(add_key) { UNUSED; return CALL(SYS_add_key, "user", "x", "x", 1L, 0); }
PROBE(timer_create) { UNUSED; int timer; return CALL(SYS_timer_create, CLOCK_MONOTONIC, NULL, &timer); }
PROBE(futex_requeue) { UNUSED; uint32_t word = 0; return CALL(SYS_futex, &word, FUTEX_CMP_REQUEUE_PI, 0, NULL, &word, 0); }
PROBE(inject_terminal_input) { UNUSED; return CALL(SYS_ioctl, 0, TIOCSTI, "x"); }
PROBE(unknown_call) { UNUSED; return CALL(400000L); }
#ifdef __x86_64__
PROBE(x32_open) { UNUSED; return CALL(0x40000000L | SYS_open, path(), O_RDONLY); }
PROBE(i386_getpid) { UNUSED; long result = 20; __asm__ volatile("int $0x80" : "+a"(result) : : "memory"); return result; }
#endif

// Memory
PROBE(map_executable) { UNUSED; return (long)CALL(SYS_mmap, NULL, 4096L, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0L); }
PROBE(make_executable) { UNUSED; void *page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0); return CALL(SYS_mprotect, page, 4096L, PROT_READ | PROT_EXEC); }
PROBE(make_executable_with_key) { UNUSED; return CALL(SYS_pkey_mprotect, text, 4096L, PROT_READ | PROT_EXEC, -1); }
PROBE(use_memory) {
    UNUSED;
    for (size_t size = 16; size < 256u << 20; size *= 2) {
        char *memory = malloc(size);
        if (!memory) return -ENOMEM;
        memset(memory, 1, size);
        char *more = realloc(memory, size * 2);
        if (!more) return -ENOMEM;
        more[size * 2 - 1] = 1;
        free(more);
    }
    return 0;
}
PROBE(take_all_memory) {
    UNUSED;
    for (int count = 0; count < 1000; count++) {
        if (mmap(NULL, 64 << 20, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED) return -errno;
    }
    return 0;
}

/// A bit for each of the first 62 descriptors that is open.
PROBE(open_descriptors) {
    UNUSED;
    long open = 0;
    for (int number = 0; number < 62; number++) {
        if (CALL(SYS_fcntl, number, F_GETFD) >= 0) open |= 1L << number;
    }
    return open;
}
PROBE(set_nonblocking) { UNUSED; int on = 1; return CALL(SYS_ioctl, 3, FIONBIO, &on) | (CALL(SYS_fcntl, 3, F_GETFL) & O_NONBLOCK); }
PROBE(tell_time) { UNUSED; struct timespec time; return CALL(SYS_clock_gettime, CLOCK_MONOTONIC, &time); }
PROBE(random) { UNUSED; char bytes[8]; return CALL(SYS_getrandom, bytes, sizeof bytes, 0); }

#define ACT(name) {#name, probe_##name}
static const struct { const char *name; long (*act)(int); } acts[] = {
    ACT(open), ACT(open_to_write), ACT(open_through_proc), ACT(openat2), ACT(create), ACT(truncate), ACT(unlink), ACT(mkdir), ACT(rename), ACT(link),
    ACT(chmod), ACT(stat), ACT(statx), ACT(readlink), ACT(chdir), ACT(chroot), ACT(mount), ACT(inotify), ACT(memfd_create),
    ACT(ftruncate), ACT(fallocate), ACT(pwrite), ACT(pwritev2_without_append), ACT(clear_append), ACT(clear_append_high_bits),
    ACT(clear_append_as_libssh), ACT(set_async_owner), ACT(lock), ACT(map_recording), ACT(sendfile), ACT(splice), ACT(copy_file_range),
    ACT(io_uring_setup), ACT(io_setup), ACT(clone_file), ACT(file_flags), ACT(duplicate), ACT(write_recording), ACT(write_recording_until_refused),
    ACT(socket), ACT(unix_socket), ACT(socketpair), ACT(connect), ACT(bind), ACT(listen), ACT(accept), ACT(send_to_address), ACT(send_with_fastopen),
    ACT(sendmsg_with_fastopen), ACT(sendmmsg), ACT(attach_filter), ACT(tcp_repair), ACT(handle_on_peer), ACT(socket_error), ACT(connect_tcp), ACT(bind_tcp), ACT(connect_abstract),
    ACT(execve), ACT(execveat), ACT(fork), ACT(clone_thread), ACT(clone3), ACT(ptrace_attach), ACT(ptrace_me), ACT(read_memory), ACT(write_memory), ACT(kill),
    ACT(kill_all), ACT(kill_self), ACT(tgkill), ACT(tkill), ACT(queue_signal), ACT(pidfd_open), ACT(pidfd_getfd), ACT(wait), ACT(setpriority), ACT(abort), ACT(crash),
    ACT(new_privileges), ACT(dumpable), ACT(seccomp), ACT(become_root), ACT(capabilities), ACT(limits), ACT(personality), ACT(namespace), ACT(enter_namespace),
    ACT(bpf), ACT(perf_event_open), ACT(userfaultfd), ACT(keyctl), ACT(add_key), ACT(timer_create), ACT(futex_requeue), ACT(inject_terminal_input),
    ACT(unknown_call),
#ifdef __x86_64__
    ACT(x32_open), ACT(i386_getpid),
#endif
    ACT(map_executable), ACT(make_executable), ACT(make_executable_with_key), ACT(use_memory), ACT(take_all_memory),
    ACT(open_descriptors), ACT(set_nonblocking), ACT(tell_time), ACT(random),
};

long session_probe_act(const char *name, int recording) {
    for (size_t index = 0; index < sizeof acts / sizeof acts[0]; index++) {
        if (strcmp(acts[index].name, name) == 0) return acts[index].act(recording);
    }
    _exit(77); // no such act: not a result that a test could take for one
}

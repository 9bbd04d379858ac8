// posix_spawn rather than fork: the monitor has threads, and glibc's posix_spawn (CLONE_VFORK with all signals blocked) runs nothing of
// ours in the child, copies no page tables and hands an exec failure back to the caller.
#define _GNU_SOURCE
#include "CSystem.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <unistd.h>

enum { MONITOR_DESCRIPTOR = 3 };

/// A copy above the numbers that the child is given, so that no dup2 below overwrites a source. Close-on-exec.
static int above_inherited(int descriptor) {
    int copy = fcntl(descriptor, F_DUPFD_CLOEXEC, MONITOR_DESCRIPTOR + 1);
    return copy < 0 ? -errno : copy;
}

/// What every child gets besides the descriptors that `actions` has put into place: none from `first_closed` on, default signal dispositions, no
/// signal blocked, a session of its own.
static int start(
    const char *executable, char *const arguments[], char *const environment[], posix_spawn_file_actions_t *actions,
    int first_closed, int32_t *process) {
    sigset_t every, none;
    sigfillset(&every);
    sigemptyset(&none);
    posix_spawnattr_t attributes;
    int failure = posix_spawnattr_init(&attributes);
    if (failure) return failure;
    // Stops at the first failure and keeps it.
    (void)((failure = posix_spawn_file_actions_addclosefrom_np(actions, first_closed))
        || (failure = posix_spawnattr_setsigdefault(&attributes, &every))
        || (failure = posix_spawnattr_setsigmask(&attributes, &none))
        || (failure = posix_spawnattr_setflags(
                &attributes, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSID))
        || (failure = posix_spawn(process, executable, actions, &attributes, arguments, environment)));
    posix_spawnattr_destroy(&attributes);
    return failure;
}

int csystem_spawn(
    const char *executable, char *const arguments[], char *const environment[], int monitor_socket, int log,
    int32_t *process) {
    int monitor = above_inherited(monitor_socket);
    if (monitor < 0) return monitor;
    int diagnostics = above_inherited(log);
    if (diagnostics < 0) {
        close(monitor);
        return diagnostics;
    }
    posix_spawn_file_actions_t actions;
    int failure = posix_spawn_file_actions_init(&actions);
    if (!failure) {
        (void)((failure = posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0))
            || (failure = posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0))
            || (failure = posix_spawn_file_actions_adddup2(&actions, diagnostics, STDERR_FILENO))
            || (failure = posix_spawn_file_actions_adddup2(&actions, monitor, MONITOR_DESCRIPTOR))
            || (failure = start(executable, arguments, environment, &actions, MONITOR_DESCRIPTOR + 1, process)));
        posix_spawn_file_actions_destroy(&actions);
    }
    close(monitor);
    close(diagnostics);
    return -failure;
}

int csystem_spawn_program(
    const char *executable, char *const arguments[], char *const environment[], int input, int output, int32_t *process) {
    int from = above_inherited(input);
    if (from < 0) return from;
    int to = above_inherited(output);
    if (to < 0) {
        close(from);
        return to;
    }
    posix_spawn_file_actions_t actions;
    int failure = posix_spawn_file_actions_init(&actions);
    if (!failure) {
        (void)((failure = posix_spawn_file_actions_adddup2(&actions, from, STDIN_FILENO))
            || (failure = posix_spawn_file_actions_adddup2(&actions, to, STDOUT_FILENO))
            || (failure = posix_spawn_file_actions_adddup2(&actions, to, STDERR_FILENO))
            || (failure = posix_spawn_file_actions_addchdir_np(&actions, "/"))
            || (failure = start(executable, arguments, environment, &actions, STDERR_FILENO + 1, process)));
        posix_spawn_file_actions_destroy(&actions);
    }
    close(from);
    close(to);
    return -failure;
}

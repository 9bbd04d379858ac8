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

static int describe(posix_spawn_file_actions_t *actions, posix_spawnattr_t *attributes, int monitor, int log) {
    sigset_t every, none;
    sigfillset(&every);
    sigemptyset(&none);
    int failure = 0;
    // Stops at the first failure and keeps it.
    (void)((failure = posix_spawn_file_actions_addopen(actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0))
        || (failure = posix_spawn_file_actions_addopen(actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0))
        || (failure = posix_spawn_file_actions_adddup2(actions, log, STDERR_FILENO))
        || (failure = posix_spawn_file_actions_adddup2(actions, monitor, MONITOR_DESCRIPTOR))
        || (failure = posix_spawn_file_actions_addclosefrom_np(actions, MONITOR_DESCRIPTOR + 1))
        || (failure = posix_spawnattr_setsigdefault(attributes, &every))
        || (failure = posix_spawnattr_setsigmask(attributes, &none))
        || (failure = posix_spawnattr_setflags(
                attributes, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSID)));
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
    posix_spawnattr_t attributes;
    int failure = posix_spawn_file_actions_init(&actions);
    if (!failure) {
        failure = posix_spawnattr_init(&attributes);
        if (!failure) {
            failure = describe(&actions, &attributes, monitor, diagnostics);
            if (!failure) failure = posix_spawn(process, executable, &actions, &attributes, arguments, environment);
            posix_spawnattr_destroy(&attributes);
        }
        posix_spawn_file_actions_destroy(&actions);
    }
    close(monitor);
    close(diagnostics);
    return -failure;
}

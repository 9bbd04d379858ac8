// Landlock by raw system calls: neither glibc nor a library has wrappers, and the headers of Debian 12 end at the second of its versions.
#define _GNU_SOURCE
#include "confinement.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

enum {
    CREATE_RULESET = 444, // the same numbers on every architecture
    RESTRICT_SELF = 446,
    CREATE_RULESET_VERSION = 1,
};

/// linux/landlock.h, struct landlock_ruleset_attr as of version 6. An older kernel takes it when what it does not know is 0.
struct ruleset {
    uint64_t files, network, scopes;
};

/// Every right that Landlock of this version can take away.
static struct ruleset everything(int version) {
    struct ruleset all = {0};
    all.files = (1ULL << 13) - 1; // 1: execute, write, read, read-dir, remove-*, make-*
    if (version >= 2) all.files |= 1ULL << 13; // refer: link and rename between directories
    if (version >= 3) all.files |= 1ULL << 14; // truncate
    if (version >= 4) all.network = 3; // TCP bind, connect
    if (version >= 5) all.files |= 1ULL << 15; // ioctl on devices
    if (version >= 6) all.scopes = 3; // abstract Unix sockets, signals
    return all;
}

int csystem_landlock_version(void) {
    long version = syscall(CREATE_RULESET, NULL, 0, CREATE_RULESET_VERSION);
    return version < 0 ? -errno : (int)version;
}

int csystem_restrict_with_landlock(void) {
    int version = csystem_landlock_version();
    if (version < 0) return version;
    struct ruleset rights = everything(version);
    // Without a rule that gives some of them back.
    int ruleset = (int)syscall(CREATE_RULESET, &rights, sizeof rights, 0);
    if (ruleset < 0) return -errno;
    int failure = syscall(RESTRICT_SELF, ruleset, 0) < 0 ? -errno : 0;
    close(ruleset);
    if (failure) return failure;

    int root = open("/", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (root >= 0) close(root);
    return root < 0 && errno == EACCES ? 0 : -EPERM;
}

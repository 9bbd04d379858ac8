// In C because CMSG_FIRSTHDR, CMSG_NXTHDR and CMSG_DATA are macros that Swift cannot import.
#define _GNU_SOURCE
#include "CSystem.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

union control {
    struct cmsghdr header; // for its alignment
    unsigned char bytes[CMSG_SPACE(sizeof(int) * CSYSTEM_MOST_DESCRIPTORS)];
};

long csystem_send(
    int socket, const void *bytes, size_t count, const int *descriptors, size_t descriptor_count, int flags) {
    if (descriptor_count > CSYSTEM_MOST_DESCRIPTORS) return -EINVAL;
    struct iovec piece = {.iov_base = (void *)bytes, .iov_len = count};
    struct msghdr message = {.msg_iov = &piece, .msg_iovlen = 1};
    union control control;
    if (descriptor_count > 0) {
        memset(&control, 0, sizeof control);
        message.msg_control = control.bytes;
        message.msg_controllen = CMSG_SPACE(sizeof(int) * descriptor_count);
        struct cmsghdr *header = CMSG_FIRSTHDR(&message);
        header->cmsg_level = SOL_SOCKET;
        header->cmsg_type = SCM_RIGHTS;
        header->cmsg_len = CMSG_LEN(sizeof(int) * descriptor_count);
        memcpy(CMSG_DATA(header), descriptors, sizeof(int) * descriptor_count);
    }
    for (;;) {
        ssize_t sent = sendmsg(socket, &message, MSG_NOSIGNAL | flags);
        if (sent >= 0) return sent;
        if (errno != EINTR) return -errno;
    }
}

long csystem_receive(int socket, void *buffer, size_t capacity, struct csystem_received *received, int flags) {
    memset(received, 0, sizeof *received);
    union control control;
    memset(&control, 0, sizeof control);
    struct iovec piece = {.iov_base = buffer, .iov_len = capacity};
    struct msghdr message = {
        .msg_iov = &piece, .msg_iovlen = 1, .msg_control = control.bytes, .msg_controllen = sizeof control.bytes};
    ssize_t count;
    do {
        count = recvmsg(socket, &message, MSG_CMSG_CLOEXEC | flags);
    } while (count < 0 && errno == EINTR);
    if (count < 0) return -errno;

    received->bytes_cut = (message.msg_flags & MSG_TRUNC) != 0;
    received->descriptors_cut = (message.msg_flags & MSG_CTRUNC) != 0;
    for (struct cmsghdr *header = CMSG_FIRSTHDR(&message); header; header = CMSG_NXTHDR(&message, header)) {
        if (header->cmsg_level != SOL_SOCKET || header->cmsg_type != SCM_RIGHTS) {
            received->descriptors_cut = 1;
            continue;
        }
        size_t arrived = (header->cmsg_len - CMSG_LEN(0)) / sizeof(int);
        for (size_t index = 0; index < arrived; index++) {
            int descriptor;
            memcpy(&descriptor, CMSG_DATA(header) + index * sizeof(int), sizeof descriptor);
            if (received->descriptor_count < CSYSTEM_MOST_DESCRIPTORS) {
                received->descriptors[received->descriptor_count++] = descriptor;
            } else {
                close(descriptor);
                received->descriptors_cut = 1;
            }
        }
    }
    return count;
}

int csystem_peer_credentials(int socket, int32_t *process, uint32_t *user, uint32_t *group) {
    struct ucred credentials = {0};
    socklen_t length = sizeof credentials;
    if (getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &credentials, &length) < 0) return -errno;
    *process = credentials.pid;
    *user = credentials.uid;
    *group = credentials.gid;
    return 0;
}

int csystem_pipe(int ends[2]) { return pipe2(ends, O_CLOEXEC) < 0 ? -errno : 0; }

int csystem_sealed_memory(const void *bytes, size_t count) {
    int file = memfd_create("masks", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    if (file < 0) return -errno;
    for (size_t done = 0; done < count;) {
        ssize_t written = write(file, (const char *)bytes + done, count - done);
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) {
            int code = written < 0 ? errno : ENOSPC;
            close(file);
            return -code;
        }
        done += (size_t)written;
    }
    if (fcntl(file, F_ADD_SEALS, F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE) < 0) {
        int code = errno;
        close(file);
        return -code;
    }
    return file;
}

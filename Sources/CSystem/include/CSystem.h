/// System calls that Swift cannot make by itself: descriptor passing, starting a process, confinement.
///
/// Every function retries on EINTR itself and returns a negative errno when it fails. Only the C types of this header, because
/// a type of Glibc's that comes through here is internal to whoever imports this module internally.
#ifndef CSYSTEM_H
#define CSYSTEM_H

#include "confinement.h"

#include <stddef.h>
#include <stdint.h>

/// The most descriptors that travel beside one message. Even, so that the control buffer has no padding in which the kernel would
/// deliver one more than asked.
#define CSYSTEM_MOST_DESCRIPTORS 4

/// Sends one message and `descriptor_count` descriptors beside it (sendmsg, SCM_RIGHTS). Never raises SIGPIPE.
/// `flags` is added to MSG_NOSIGNAL. Returns the bytes sent, or a negative errno.
long csystem_send(int socket, const void *bytes, size_t count, const int *descriptors, size_t descriptor_count, int flags);

/// What came with a received message besides its bytes.
struct csystem_received {
    /// Close-on-exec; the caller closes them.
    int descriptors[CSYSTEM_MOST_DESCRIPTORS];
    size_t descriptor_count;
    /// The message was longer than the buffer; the rest is gone.
    int bytes_cut;
    /// More descriptors came than fit, or something else than descriptors; what did not fit is closed by the kernel.
    int descriptors_cut;
};

/// Receives one message (recvmsg, MSG_CMSG_CLOEXEC) of at most `capacity` bytes. `flags` is added.
/// Returns the bytes received, 0 also when the peer has closed, or a negative errno. `received` is always filled in.
long csystem_receive(int socket, void *buffer, size_t capacity, struct csystem_received *received, int flags);

/// Starts `executable` with exactly these descriptors: 0 reads /dev/null, 1 writes /dev/null, 2 is `log`, 3 is `monitor_socket`;
/// an empty environment but for `environment` (NULL-terminated), default signal dispositions, an empty signal mask, its own session.
/// `arguments` is NULL-terminated and begins with the name. Safe in a process with threads. Returns 0 or a negative errno, also when exec fails.
int csystem_spawn(
    const char *executable, char *const arguments[], char *const environment[], int monitor_socket, int log, int32_t *process);

/// Starts a program of the administrator's in `/` with exactly these descriptors: 0 is `input`, 1 and 2 are `output`. The rest as `csystem_spawn`; its own
/// session is its own process group too, so that it can be ended with what it has started. Returns 0 or a negative errno, also when exec fails.
int csystem_spawn_program(
    const char *executable, char *const arguments[], char *const environment[], int input, int output, int32_t *process);

/// Who is at the other end of a Unix socket (SO_PEERCRED; `struct ucred` needs _GNU_SOURCE). Returns 0 or a negative errno.
int csystem_peer_credentials(int socket, int32_t *process, uint32_t *user, uint32_t *group);

/// Makes a pipe, both ends close-on-exec (pipe2, hidden behind _GNU_SOURCE). Returns 0 or a negative errno.
int csystem_pipe(int ends[2]);

/// A file in memory with these bytes, which nobody can change, shorten or lengthen any more (memfd_create, F_ADD_SEALS; close-on-exec). Returns the
/// descriptor or a negative errno.
int csystem_sealed_memory(const void *bytes, size_t count);

/// The text of an errno, cut at `capacity` (strerror_r, of which glibc has two kinds).
void csystem_describe_error(int code, void *buffer, size_t capacity);

#endif

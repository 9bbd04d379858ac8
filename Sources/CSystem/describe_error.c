#include "CSystem.h"

#include <string.h>

// Without _GNU_SOURCE glibc gives the POSIX function, which always writes to the buffer.
void csystem_describe_error(int code, void *buffer, size_t capacity) { strerror_r(code, buffer, capacity); }

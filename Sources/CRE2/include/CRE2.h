#ifndef CRE2_H
#define CRE2_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// A compiled regular expression of RE2. Matching it changes nothing that a caller can see and may happen on many threads at once (re2.h).
typedef struct cre2_pattern cre2_pattern;

/// Compiles a pattern in RE2's syntax (https://github.com/google/re2/wiki/Syntax), over UTF-8.
/// Gives NULL if it cannot be compiled within `memory` bytes, and then why in `error`: NUL-terminated, cut to `error_size` bytes.
/// The result is freed with cre2_free.
cre2_pattern *cre2_compile(const uint8_t *pattern, size_t length, int64_t memory, char *error, size_t error_size);

/// Whether the pattern is found anywhere in the text, or is all of it. Linear in the text. The text has to be UTF-8: what is not, no pattern matches.
bool cre2_search(const cre2_pattern *pattern, const uint8_t *text, size_t length);
bool cre2_is_all_of(const cre2_pattern *pattern, const uint8_t *text, size_t length);

void cre2_free(cre2_pattern *pattern);

#ifdef __cplusplus
}
#endif

#endif

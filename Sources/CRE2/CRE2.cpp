#include "CRE2.h"

#include <cstdio>
#include <new>
#include <re2/re2.h>

struct cre2_pattern {
    RE2 expression;
};

cre2_pattern *cre2_compile(const uint8_t *pattern, size_t length, int64_t memory, char *error, size_t error_size) {
    RE2::Options options;
    options.set_encoding(RE2::Options::EncodingUTF8);
    options.set_log_errors(false);    // they are told to the administrator, not to standard error
    options.set_never_capture(true);  // only whether it matches is asked, and groups cost time
    options.set_max_mem(memory);
    auto *compiled = new (std::nothrow) cre2_pattern{
        RE2(re2::StringPiece(reinterpret_cast<const char *>(pattern), length), options)};
    if (compiled != nullptr && compiled->expression.ok()) return compiled;
    snprintf(error, error_size, "%s", compiled == nullptr ? "no memory" : compiled->expression.error().c_str());
    delete compiled;
    return nullptr;
}

static bool matches(const cre2_pattern *pattern, const uint8_t *text, size_t length, RE2::Anchor anchor) {
    re2::StringPiece piece(reinterpret_cast<const char *>(text), length);
    return pattern->expression.Match(piece, 0, length, anchor, nullptr, 0);
}

bool cre2_search(const cre2_pattern *pattern, const uint8_t *text, size_t length) {
    return matches(pattern, text, length, RE2::UNANCHORED);
}

bool cre2_is_all_of(const cre2_pattern *pattern, const uint8_t *text, size_t length) {
    return matches(pattern, text, length, RE2::ANCHOR_BOTH);
}

void cre2_free(cre2_pattern *pattern) { delete pattern; }

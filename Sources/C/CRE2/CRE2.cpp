#include "CRE2.h"

#include <re2/re2.h>
#include <stdio.h>

#include <new>

struct cre2_pattern {
    RE2 expression;
    cre2_pattern(re2::StringPiece text, const RE2::Options &options) : expression(text, options) {}
};

cre2_pattern *cre2_compile(const char *text, size_t count, size_t memory, char *message) {
    RE2::Options options;
    options.set_log_errors(false);
    options.set_never_capture(true);
    options.set_max_mem(static_cast<int64_t>(memory));
    auto *pattern = new (std::nothrow) cre2_pattern(re2::StringPiece(text, count), options);
    if (pattern == nullptr) {
        snprintf(message, CRE2_MESSAGE_SIZE, "out of memory");
        return nullptr;
    }
    if (pattern->expression.ok()) return pattern;
    snprintf(message, CRE2_MESSAGE_SIZE, "%s", pattern->expression.error().c_str());
    delete pattern;
    return nullptr;
}

int cre2_matches(const cre2_pattern *pattern, const char *text, size_t count) {
    re2::StringPiece whole(text, count);
    return pattern->expression.Match(whole, 0, count, RE2::UNANCHORED, nullptr, 0) ? 1 : 0;
}

void cre2_free(cre2_pattern *pattern) { delete pattern; }

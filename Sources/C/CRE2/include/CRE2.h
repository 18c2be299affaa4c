#ifndef CRE2_H
#define CRE2_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

enum { CRE2_MESSAGE_SIZE = 160 };

/// A compiled expression: immutable, so any number of threads may search with it at once.
typedef struct cre2_pattern cre2_pattern;

/// Compiles RE2 syntax in UTF-8 within `memory` bytes. NULL when it can't, and why in `message`.
cre2_pattern *cre2_compile(const char *text, size_t count, size_t memory, char *message);

/// Whether the expression matches anywhere in the text: 1 or 0. Time grows linearly with `count`.
int cre2_matches(const cre2_pattern *pattern, const char *text, size_t count);

void cre2_free(cre2_pattern *pattern);

#ifdef __cplusplus
}
#endif

#endif

#ifndef CWORKERPROCESS_H
#define CWORKERPROCESS_H

#include <sys/types.h>

/// Starts `path` with `arguments` (NULL-terminated, the first is its name) and one socket as its standard input
/// and output, and nothing in its environment but `environment` (NULL-terminated, NAME=value). The child keeps the parent's standard error and inherits no other descriptor, gets default signal
/// handling and a process group of its own (an interrupt from the terminal is for the parent to act upon).
/// Returns 0 and fills `pid` and `socket` (close-on-exec), or an errno.
int cwp_spawn(const char *path, char *const arguments[], char *const environment[], pid_t *pid, int *socket);

#endif

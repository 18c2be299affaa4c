#ifndef CPNG_H
#define CPNG_H

#include <stddef.h>

enum { CPNG_MESSAGE_SIZE = 256 };

/// Decodes to packed blue-green-red bytes over white paper. `capacity` is the size of `pixels` in bytes.
int cpng_decode(const unsigned char *bytes, size_t count, unsigned char *pixels, size_t capacity, char *message);

#endif

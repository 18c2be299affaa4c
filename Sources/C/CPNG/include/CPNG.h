#ifndef CPNG_H
#define CPNG_H

#include <stddef.h>

enum { CPNG_MESSAGE_SIZE = 256 };

/// Reads only the header. Returns 0 and the size in pixels, or -1.
int cpng_measure(const unsigned char *bytes, size_t count, unsigned *width, unsigned *height, char *message);

/// Decodes to packed blue-green-red bytes over white paper. `capacity` is the size of `pixels` in bytes.
int cpng_decode(const unsigned char *bytes, size_t count, unsigned char *pixels, size_t capacity, char *message);

#endif

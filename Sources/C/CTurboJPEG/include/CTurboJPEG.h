#ifndef CTURBOJPEG_H
#define CTURBOJPEG_H

#include <stddef.h>

enum { CTJ_MESSAGE_SIZE = 256 };

/// Reads only the header. Returns 0 and the size in pixels, or -1.
int ctj_measure(const unsigned char *bytes, size_t count, int *width, int *height, char *message);

/// The size a picture gets when it is decoded at the smallest offered scale whose long side is at least
/// `long_side` (or at full size when it is smaller than that).
void ctj_scaled(int width, int height, int long_side, int *scaled_width, int *scaled_height);

/// Decodes to packed blue-green-red bytes at a size named by `ctj_scaled`. A file that ends early is refused.
int ctj_decode(const unsigned char *bytes, size_t count, unsigned char *pixels, int width, int height, char *message);

/// Encodes packed blue-green-red bytes; the result is released with `ctj_free`.
int ctj_encode(const unsigned char *pixels, int width, int height, int quality, unsigned char **bytes, size_t *count,
               char *message);
void ctj_free(unsigned char *bytes);

#endif

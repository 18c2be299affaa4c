#ifndef CHEIF_H
#define CHEIF_H

#include <stddef.h>

enum cheif_outcome { CHEIF_DONE = 0, CHEIF_DAMAGED = 1, CHEIF_TOO_MANY_PIXELS = 2, CHEIF_FAILED = 3 };

// Turns the main picture of a HEIF file into a JPEG: turned as it is meant to be seen, without any metadata.
// On CHEIF_DONE, `*jpeg` holds `*size` bytes, to be freed with cheif_free.
int cheif_to_jpeg(const unsigned char *bytes, size_t count, long most_pixels, int quality, unsigned char **jpeg,
                  size_t *size);

void cheif_free(unsigned char *jpeg);

#endif

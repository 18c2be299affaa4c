#include "CPNG.h"

#include <png.h>
#include <stdio.h>
#include <string.h>

static int begin(png_image *image, const unsigned char *bytes, size_t count, char *message) {
    memset(image, 0, sizeof *image);
    image->version = PNG_IMAGE_VERSION;
    if (png_image_begin_read_from_memory(image, bytes, count)) return 0;
    snprintf(message, CPNG_MESSAGE_SIZE, "%s", image->message);
    return -1;
}

int cpng_decode(const unsigned char *bytes, size_t count, unsigned char *pixels, size_t capacity, char *message) {
    png_image image;
    if (begin(&image, bytes, count, message) != 0) return -1;
    image.format = PNG_FORMAT_BGR;
    // The caller has read the size itself; it is checked again because it decides how much is written.
    if ((size_t)image.width * image.height * 3 > capacity) {
        png_image_free(&image);
        snprintf(message, CPNG_MESSAGE_SIZE, "picture larger than its buffer");
        return -1;
    }
    png_color white = {255, 255, 255};
    int fine = png_image_finish_read(&image, &white, pixels, 0, NULL);
    if (!fine) snprintf(message, CPNG_MESSAGE_SIZE, "%s", image.message);
    png_image_free(&image);
    return fine ? 0 : -1;
}

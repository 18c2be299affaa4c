#include "CTurboJPEG.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <turbojpeg.h>

static void say(char *message, const char *why) { snprintf(message, CTJ_MESSAGE_SIZE, "%s", why); }

int ctj_measure(const unsigned char *bytes, size_t count, int *width, int *height, char *message) {
    tjhandle handle = tjInitDecompress();
    if (!handle) return -1;
    int sampling, space;
    int status = tjDecompressHeader3(handle, bytes, count, width, height, &sampling, &space);
    if (status != 0) say(message, tjGetErrorStr2(handle));
    tjDestroy(handle);
    return status != 0 || *width <= 0 || *height <= 0 ? -1 : 0;
}

void ctj_scaled(int width, int height, int long_side, int *scaled_width, int *scaled_height) {
    *scaled_width = width;
    *scaled_height = height;
    // Only halvings: their inverse transforms are exact and fast.
    for (int denominator = 2; denominator <= 8; denominator *= 2) {
        tjscalingfactor factor = {1, denominator};
        int w = TJSCALED(width, factor), h = TJSCALED(height, factor);
        if ((w > h ? w : h) < long_side) return;
        *scaled_width = w;
        *scaled_height = h;
    }
}

// Print shops send CMYK; Adobe writes it inverted, so a product of two channels is the colour.
static void flatten_cmyk(const unsigned char *from, unsigned char *to, size_t count) {
    for (size_t i = 0; i < count; i++, from += 4, to += 3) {
        unsigned k = from[3];
        to[0] = (unsigned char)(from[2] * k / 255);
        to[1] = (unsigned char)(from[1] * k / 255);
        to[2] = (unsigned char)(from[0] * k / 255);
    }
}

int ctj_decode(const unsigned char *bytes, size_t count, unsigned char *pixels, int width, int height, char *message) {
    tjhandle handle = tjInitDecompress();
    if (!handle) return -1;
    int full_width, full_height, sampling, space, status;
    status = tjDecompressHeader3(handle, bytes, count, &full_width, &full_height, &sampling, &space);
    if (status == 0) {
        int four = space == TJCS_CMYK || space == TJCS_YCCK;
        size_t area = (size_t)width * (size_t)height;
        unsigned char *raw = four ? malloc(area * 4) : pixels;
        // The limit on scans stops a small progressive file from keeping a core busy for minutes.
        status = raw ? tjDecompress2(handle, bytes, count, raw, width, 0, height, four ? TJPF_CMYK : TJPF_BGR,
                                     TJFLAG_LIMITSCANS)
                     : -1;
        // Phones write harmless oddities that the library warns about; a missing half is not harmless.
        if (status != 0 && raw && tjGetErrorCode(handle) == TJERR_WARNING &&
            !strstr(tjGetErrorStr2(handle), "remature end"))
            status = 0;
        if (four && raw) {
            if (status == 0) flatten_cmyk(raw, pixels, area);
            free(raw);
        }
    }
    if (status != 0) say(message, tjGetErrorStr2(handle));
    tjDestroy(handle);
    return status;
}

int ctj_encode(const unsigned char *pixels, int width, int height, int quality, unsigned char **bytes, size_t *count,
               char *message) {
    tjhandle handle = tjInitCompress();
    if (!handle) return -1;
    unsigned long size = 0;
    *bytes = NULL;
    int status = tjCompress2(handle, pixels, width, 0, height, TJPF_BGR, bytes, &size, TJSAMP_420, quality, 0);
    if (status != 0) say(message, tjGetErrorStr2(handle));
    *count = size;
    tjDestroy(handle);
    return status;
}

void ctj_free(unsigned char *bytes) { tjFree(bytes); }

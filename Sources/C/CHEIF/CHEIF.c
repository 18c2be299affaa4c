#include "CHEIF.h"

#include <libheif/heif.h>
#include <turbojpeg.h>

static int is_fine(struct heif_error error) { return error.code == heif_error_Ok; }

static int compress(const struct heif_image *image, int quality, unsigned char **jpeg, size_t *size) {
    int stride = 0;
    int width = heif_image_get_width(image, heif_channel_interleaved);
    int height = heif_image_get_height(image, heif_channel_interleaved);
    const unsigned char *pixels = heif_image_get_plane_readonly(image, heif_channel_interleaved, &stride);
    if (!pixels || width <= 0 || height <= 0) return CHEIF_DAMAGED;
    if (width > 65500 || height > 65500) return CHEIF_TOO_MANY_PIXELS;
    tjhandle handle = tjInitCompress();
    if (!handle) return CHEIF_FAILED;
    unsigned long length = 0;
    *jpeg = NULL;
    int status = tjCompress2(handle, pixels, width, stride, height, TJPF_RGB, jpeg, &length, TJSAMP_420, quality, 0);
    tjDestroy(handle);
    *size = length;
    return status == 0 ? CHEIF_DONE : CHEIF_FAILED;
}

int cheif_to_jpeg(const unsigned char *bytes, size_t count, long most_pixels, int quality, unsigned char **jpeg,
                  size_t *size) {
    struct heif_context *context = heif_context_alloc();
    struct heif_image_handle *handle = NULL;
    struct heif_image *image = NULL;
    int outcome = CHEIF_DAMAGED;
    if (!context) return CHEIF_FAILED;
    heif_context_set_max_decoding_threads(context, 1);
    if (is_fine(heif_context_read_from_memory_without_copy(context, bytes, count, NULL)) &&
        is_fine(heif_context_get_primary_image_handle(context, &handle))) {
        // Told by the file's boxes: nothing is decoded yet.
        long width = heif_image_handle_get_width(handle), height = heif_image_handle_get_height(handle);
        if (width <= 0 || height <= 0) {
            outcome = CHEIF_DAMAGED;
        } else if (width > most_pixels / height) {
            outcome = CHEIF_TOO_MANY_PIXELS;
        } else if (is_fine(heif_decode_image(handle, &image, heif_colorspace_RGB, heif_chroma_interleaved_RGB, NULL))) {
            outcome = compress(image, quality, jpeg, size);
        }
    }
    if (image) heif_image_release(image);
    if (handle) heif_image_handle_release(handle);
    heif_context_free(context);
    return outcome;
}

void cheif_free(unsigned char *jpeg) { tjFree(jpeg); }

#ifndef COPENVINO_H
#define COPENVINO_H

#include <stddef.h>
#include <stdint.h>

// A narrow face on OpenVINO's C API, opened at run time: the build needs neither its headers nor its
// libraries, and a machine without them still runs everything but recognition.
// Nothing here is safe to call from two threads at once; the caller keeps one runtime per thread.

typedef struct cov_runtime cov_runtime;
typedef struct cov_model cov_model;

enum { COV_MAX_RANK = 8, COV_MESSAGE_SIZE = 512 };

/// One output of the last inference. `data` belongs to the model and lives until its next inference.
typedef struct {
    const float *data;
    size_t count;
    int64_t rank;
    int64_t dims[COV_MAX_RANK];
} cov_output;

/// Opens `library` (an absolute path to libopenvino_c) and creates a core.
/// Returns NULL and writes a reason into `message` (COV_MESSAGE_SIZE bytes) on failure.
cov_runtime *cov_open(const char *library, char *message);

/// Reads and compiles a model for the CPU. `threads` bounds its worker threads.
cov_model *cov_load(cov_runtime *runtime, const char *path, int threads, char *message);

/// Runs the model on one float32 input and describes its first output. Returns 0 on success.
int cov_run(cov_model *model, const float *input, int64_t rank, const int64_t *dims, cov_output *output,
            char *message);

void cov_unload(cov_model *model);
void cov_close(cov_runtime *runtime);

#endif

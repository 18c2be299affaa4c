#include "COpenVINO.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// The few types and values of OpenVINO's stable C ABI that are used here (openvino/c/*.h, 2026.4).
typedef int ov_status;
typedef struct { int64_t rank; int64_t *dims; } ov_shape;
enum { OV_OK = 0, OV_F32 = 4 };

struct cov_runtime {
    void *library;
    void *core;
    ov_status (*core_create)(void **);
    void (*core_free)(void *);
    ov_status (*core_compile)(const void *, const char *, const char *, size_t, void **, ...);
    void (*compiled_free)(void *);
    ov_status (*request_create)(const void *, void **);
    void (*request_free)(void *);
    ov_status (*set_input)(void *, const void *);
    ov_status (*infer)(void *);
    ov_status (*get_output)(const void *, size_t, void **);
    ov_status (*tensor_from)(int, ov_shape, void *, void **);
    ov_status (*tensor_shape)(const void *, ov_shape *);
    ov_status (*tensor_type)(const void *, int *);
    ov_status (*tensor_data)(const void *, void **);
    void (*tensor_free)(void *);
    ov_status (*shape_free)(ov_shape *);
    const char *(*last_error)(void);
    void (*text_free)(const char *);
};

struct cov_model {
    cov_runtime *runtime;
    void *compiled;
    void *request;
    void *output;
};

static void say(char *message, const char *what, const char *why) {
    snprintf(message, COV_MESSAGE_SIZE, "%s: %s", what, why ? why : "unknown reason");
}

static void say_last(cov_runtime *r, char *message, const char *what) {
    const char *why = r->last_error();
    say(message, what, why);
    if (why) r->text_free(why);
}

static int resolve(cov_runtime *r, char *message) {
    struct { const char *name; void **slot; } wanted[] = {
        {"ov_core_create", (void **)&r->core_create},
        {"ov_core_free", (void **)&r->core_free},
        {"ov_core_compile_model_from_file", (void **)&r->core_compile},
        {"ov_compiled_model_free", (void **)&r->compiled_free},
        {"ov_compiled_model_create_infer_request", (void **)&r->request_create},
        {"ov_infer_request_free", (void **)&r->request_free},
        {"ov_infer_request_set_input_tensor", (void **)&r->set_input},
        {"ov_infer_request_infer", (void **)&r->infer},
        // By index: the names of outputs are aliases and change between exporters.
        {"ov_infer_request_get_output_tensor_by_index", (void **)&r->get_output},
        {"ov_tensor_create_from_host_ptr", (void **)&r->tensor_from},
        {"ov_tensor_get_shape", (void **)&r->tensor_shape},
        {"ov_tensor_get_element_type", (void **)&r->tensor_type},
        {"ov_tensor_data", (void **)&r->tensor_data},
        {"ov_tensor_free", (void **)&r->tensor_free},
        {"ov_shape_free", (void **)&r->shape_free},
        {"ov_get_last_err_msg", (void **)&r->last_error},
        {"ov_free", (void **)&r->text_free},
    };
    for (size_t i = 0; i < sizeof wanted / sizeof wanted[0]; i++) {
        *wanted[i].slot = dlsym(r->library, wanted[i].name);
        if (!*wanted[i].slot) {
            say(message, "missing in libopenvino_c", wanted[i].name);
            return -1;
        }
    }
    return 0;
}

cov_runtime *cov_open(const char *library, char *message) {
    cov_runtime *r = calloc(1, sizeof *r);
    if (!r) return NULL;
    r->library = dlopen(library, RTLD_NOW | RTLD_LOCAL);
    if (!r->library) {
        say(message, "cannot open OpenVINO", dlerror());
        free(r);
        return NULL;
    }
    if (resolve(r, message) != 0) {
        free(r);
        return NULL;
    }
    if (r->core_create(&r->core) != OV_OK) {
        say_last(r, message, "cannot start OpenVINO");
        free(r);
        return NULL;
    }
    return r;
}

cov_model *cov_load(cov_runtime *r, const char *path, int threads, char *message) {
    cov_model *m = calloc(1, sizeof *m);
    if (!m) return NULL;
    m->runtime = r;
    char count[16];
    snprintf(count, sizeof count, "%d", threads);
    // f32: half precision changes letters. No pinning: the product's own threads share these cores.
    ov_status status = r->core_compile(r->core, path, "CPU", 10, &m->compiled,
                                       "INFERENCE_PRECISION_HINT", "f32",
                                       "PERFORMANCE_HINT", "LATENCY",
                                       "NUM_STREAMS", "1",
                                       "INFERENCE_NUM_THREADS", count,
                                       "ENABLE_CPU_PINNING", "NO");
    if (status == OV_OK) status = r->request_create(m->compiled, &m->request);
    if (status != OV_OK) {
        say_last(r, message, "cannot load model");
        cov_unload(m);
        return NULL;
    }
    return m;
}

int cov_run(cov_model *m, const float *input, int64_t rank, const int64_t *dims, cov_output *output, char *message) {
    cov_runtime *r = m->runtime;
    ov_shape shape = {rank, (int64_t *)dims};
    void *tensor = NULL;
    // The runtime only reads its input; its interface has no const variant.
    ov_status status = r->tensor_from(OV_F32, shape, (void *)input, &tensor);
    if (status == OV_OK) status = r->set_input(m->request, tensor);
    if (status == OV_OK) status = r->infer(m->request);
    if (m->output) {
        r->tensor_free(m->output);
        m->output = NULL;
    }
    if (status == OV_OK) status = r->get_output(m->request, 0, &m->output);
    if (tensor) r->tensor_free(tensor);
    int type = 0;
    void *data = NULL;
    ov_shape found = {0, NULL};
    if (status == OV_OK) status = r->tensor_type(m->output, &type);
    if (status == OV_OK) status = r->tensor_data(m->output, &data);
    if (status == OV_OK) status = r->tensor_shape(m->output, &found);
    if (status != OV_OK) {
        say_last(r, message, "inference failed");
        return -1;
    }
    int fits = type == OV_F32 && found.rank > 0 && found.rank <= COV_MAX_RANK;
    output->data = data;
    output->rank = found.rank;
    output->count = 1;
    for (int64_t i = 0; fits && i < found.rank; i++) {
        output->dims[i] = found.dims[i];
        output->count *= (size_t)found.dims[i];
    }
    r->shape_free(&found);
    if (!fits) say(message, "inference failed", "unexpected output type or rank");
    return fits ? 0 : -1;
}

void cov_unload(cov_model *m) {
    if (m->output) m->runtime->tensor_free(m->output);
    if (m->request) m->runtime->request_free(m->request);
    if (m->compiled) m->runtime->compiled_free(m->compiled);
    free(m);
}

// The library itself stays mapped: its threads may still be winding down.
void cov_close(cov_runtime *r) {
    r->core_free(r->core);
    free(r);
}

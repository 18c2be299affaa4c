// A machine in trouble, for LD_PRELOAD: a disk that is full, read only or slow, and a clock that jumps. What is wrong is
// read from a file of four int64 that is mapped, so that it can begin and end while the process runs:
//   [0] errno of writes below the folder (0: they work)   [1] microseconds that each fdatasync and fsync waits
//   [2] seconds by which the wall clock is off            [3] calls that failed or waited, counted here
//
//   TROUBLE_ROOT   the folder    TROUBLE_FILE   the file
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static volatile int64_t none[4];
static volatile int64_t *trouble = none;
static const char *root;

__attribute__((constructor)) static void begin(void) {
    const char *path = getenv("TROUBLE_FILE");
    root = getenv("TROUBLE_ROOT");
    if (!root || !path) return;
    int fd = syscall(SYS_openat, AT_FDCWD, path, O_RDWR | O_CLOEXEC, 0);
    if (fd < 0) abort();
    void *mapped = mmap(NULL, sizeof none, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (mapped == MAP_FAILED) abort();
    trouble = mapped;
    syscall(SYS_close, fd);
}

static int below(const char *path) { return root && path && strncmp(path, root, strlen(root)) == 0; }

static int is_ours(int fd) {
    char link[64] = "/proc/self/fd/", path[PATH_MAX];
    char digits[16];
    int count = 0;
    if (fd < 0) return 0;
    do digits[count++] = '0' + fd % 10; while (fd /= 10);
    char *end = link + strlen(link);
    while (count) *end++ = digits[--count];
    *end = 0;
    ssize_t length = syscall(SYS_readlinkat, AT_FDCWD, link, path, sizeof path - 1);
    if (length < 0) return 0;
    path[length] = 0;
    return below(path);
}

// Whether a write to this file fails now; errno is set.
static int fails(int fd) {
    if (!trouble[0] || !is_ours(fd)) return 0;
    errno = (int)trouble[0];
    trouble[3]++;
    return 1;
}

ssize_t write(int fd, const void *bytes, size_t count) { return fails(fd) ? -1 : syscall(SYS_write, fd, bytes, count); }
ssize_t pwrite(int fd, const void *bytes, size_t count, off_t place) {
    return fails(fd) ? -1 : syscall(SYS_pwrite64, fd, bytes, count, place);
}
ssize_t pwrite64(int fd, const void *bytes, size_t count, off64_t place) { return pwrite(fd, bytes, count, place); }
int ftruncate(int fd, off_t length) {
    // A full disk can still be cut.
    return trouble[0] == EROFS && fails(fd) ? -1 : syscall(SYS_ftruncate, fd, length);
}
int ftruncate64(int fd, off64_t length) { return ftruncate(fd, length); }

static int slow(int fd, long call) {
    int64_t pause = trouble[1];
    if (pause && is_ours(fd)) {
        struct timespec wait = {pause / 1000000, pause % 1000000 * 1000};
        trouble[3]++;
        nanosleep(&wait, NULL);
    }
    return syscall(call, fd);
}
int fsync(int fd) { return slow(fd, SYS_fsync); }
int fdatasync(int fd) { return slow(fd, SYS_fdatasync); }

static int open_here(const char *path, int flags, mode_t mode) {
    if (trouble[0] && below(path)) {
        struct stat facts;
        int makes = (flags & O_CREAT) && syscall(SYS_newfstatat, AT_FDCWD, path, &facts, 0) != 0;
        if (makes || (trouble[0] == EROFS && (flags & O_ACCMODE) != O_RDONLY)) {
            errno = (int)trouble[0];
            trouble[3]++;
            return -1;
        }
    }
    return syscall(SYS_openat, AT_FDCWD, path, flags, mode);
}

#define OPEN(name, extra)                                                                                              \
    int name(const char *path, int flags, ...) {                                                                       \
        mode_t mode = 0;                                                                                               \
        if (flags & (O_CREAT | O_TMPFILE)) {                                                                           \
            va_list rest;                                                                                              \
            va_start(rest, flags);                                                                                     \
            mode = va_arg(rest, mode_t);                                                                               \
            va_end(rest);                                                                                              \
        }                                                                                                              \
        return open_here(path, flags | extra, mode);                                                                   \
    }
OPEN(open, 0)
OPEN(open64, O_LARGEFILE)

int clock_gettime(clockid_t clock, struct timespec *now) {
    int done = syscall(SYS_clock_gettime, clock, now);
    if (done == 0 && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)) now->tv_sec += trouble[2];
    return done;
}

int gettimeofday(struct timeval *restrict now, void *restrict zone) {
    int done = syscall(SYS_gettimeofday, now, zone);
    if (done == 0) now->tv_sec += trouble[2];
    return done;
}

time_t time(time_t *now) {
    struct timespec exact;
    clock_gettime(CLOCK_REALTIME, &exact);
    if (now) *now = exact.tv_sec;
    return exact.tv_sec;
}

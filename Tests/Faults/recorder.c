// Notes, in the order in which it happens, everything that a process changes in the files below a folder, every sync,
// and every HTTP answer "2xx" or "303" that it sends: what a disk would be told. replay.py builds from it the disk as it
// would be after the loss of power. For LD_PRELOAD.
//
//   RECORD_ROOT    the folder (absolute, no links)
//   RECORD_LOG     the file that the notes are appended to
//   RECORD_NO_SYNC if set, fsync and fdatasync say that they worked and do nothing
//
// A write is noted after it was made, a sync before (S) and after (E): so a sync covers exactly the writes that stand
// before its S, and it holds from its E on.
//
// A note: kind (1 byte), 3 bytes zero, thread (u32), nanoseconds since 1970 (u64), inode (u64), offset or length (u64),
// length of the text (u32), length of the second text (u32), both texts.
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

#define MOST 65536
enum { NOTHING = 0, OTHER = 1, OURS = 2 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static const char *root;
static size_t root_length;
static int log_file = -1;
static int no_sync;
static unsigned char ours[MOST];

struct note {
    uint8_t kind, zero[3];
    uint32_t thread;
    uint64_t at, inode, place;
    uint32_t first, second;
};


__attribute__((constructor)) static void begin(void) {
    root = getenv("RECORD_ROOT");
    const char *path = getenv("RECORD_LOG");
    if (!root || !path) return;
    root_length = strlen(root);
    no_sync = getenv("RECORD_NO_SYNC") != NULL;
    log_file = syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

// Only under the lock, or where the order does not matter.
static void note(char kind, uint64_t inode, uint64_t place, const void *first, size_t first_length, const void *second,
                 size_t second_length) {
    if (log_file < 0) return;
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    struct note head = {.kind = kind,
                        .thread = (uint32_t)syscall(SYS_gettid),
                        .at = (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec,
                        .inode = inode,
                        .place = place,
                        .first = (uint32_t)first_length,
                        .second = (uint32_t)second_length};
    struct iovec parts[3] = {{&head, sizeof head}, {(void *)first, first_length}, {(void *)second, second_length}};
    // O_APPEND: one call is one piece.
    if (syscall(SYS_writev, log_file, parts, 3L) < 0) abort();
}

// The whole path, and whether it lies below the folder.
static int inside(const char *path, char *full) {
    if (log_file < 0 || !path) return 0;
    if (path[0] == '/') {
        if (strlen(path) >= PATH_MAX) return 0;
        strcpy(full, path);
    } else {
        if (!getcwd(full, PATH_MAX) || strlen(full) + strlen(path) + 2 > PATH_MAX) return 0;
        strcat(strcat(full, "/"), path);
    }
    return strncmp(full, root, root_length) == 0 && (full[root_length] == '/' || full[root_length] == 0);
}

static int is_ours(int fd) { return fd >= 0 && fd < MOST && ours[fd] == OURS; }

static uint64_t inode_of(int fd) {
    struct stat facts;
    return fstat(fd, &facts) == 0 ? facts.st_ino : 0;
}

static void opened(int fd, const char *path, int flags) {
    if (fd < 0 || fd >= MOST) return;
    char full[PATH_MAX * 2];
    if (!inside(path, full)) {
        ours[fd] = OTHER;
        return;
    }
    ours[fd] = OURS;
    uint64_t inode = inode_of(fd);
    note('O', inode, 0, full, strlen(full), NULL, 0);
    if (flags & O_TRUNC) note('T', inode, 0, NULL, 0, NULL, 0);
}

static int open_here(const char *path, int flags, mode_t mode) {
    pthread_mutex_lock(&lock);
    int fd = syscall(SYS_openat, AT_FDCWD, path, flags, mode);
    int kept = errno;
    opened(fd, path, flags);
    pthread_mutex_unlock(&lock);
    errno = kept;
    return fd;
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
int __open_2(const char *path, int flags) { return open_here(path, flags, 0); }
int __open64_2(const char *path, int flags) { return open_here(path, flags | O_LARGEFILE, 0); }

int close(int fd) {
    if (fd == log_file) return 0;
    if (fd >= 0 && fd < MOST) ours[fd] = NOTHING;
    return syscall(SYS_close, fd);
}

static ssize_t write_here(int fd, const void *bytes, size_t count, off_t offset) {
    pthread_mutex_lock(&lock);
    if (offset < 0) offset = lseek(fd, 0, SEEK_CUR);
    ssize_t done = syscall(SYS_pwrite64, fd, bytes, count, offset);
    int kept = errno;
    if (done > 0) note('W', inode_of(fd), (uint64_t)offset, bytes, (size_t)done, NULL, 0);
    pthread_mutex_unlock(&lock);
    errno = kept;
    return done;
}

ssize_t pwrite(int fd, const void *bytes, size_t count, off_t offset) {
    if (is_ours(fd)) return write_here(fd, bytes, count, offset);
    return syscall(SYS_pwrite64, fd, bytes, count, offset);
}
ssize_t pwrite64(int fd, const void *bytes, size_t count, off64_t offset) { return pwrite(fd, bytes, count, offset); }

static int is_answer(const char *bytes, size_t count) {
    return count > 12 && memcmp(bytes, "HTTP/1.1 ", 9) == 0 && (bytes[9] == '2' || memcmp(bytes + 9, "303", 3) == 0);
}

ssize_t write(int fd, const void *bytes, size_t count) {
    if (is_ours(fd)) {
        ssize_t done = write_here(fd, bytes, count, -1);
        if (done > 0) lseek(fd, done, SEEK_CUR);
        return done;
    }
    if (is_answer(bytes, count)) note('A', 0, 0, bytes, 12, NULL, 0);
    return syscall(SYS_write, fd, bytes, count);
}

ssize_t writev(int fd, const struct iovec *parts, int count) {
    if (is_ours(fd)) {
        ssize_t all = 0;
        for (int part = 0; part < count; part++) {
            ssize_t done = write(fd, parts[part].iov_base, parts[part].iov_len);
            if (done < 0) return all ? all : done;
            all += done;
            if ((size_t)done < parts[part].iov_len) break;
        }
        return all;
    }
    if (count > 0 && is_answer(parts[0].iov_base, parts[0].iov_len)) note('A', 0, 0, parts[0].iov_base, 12, NULL, 0);
    return syscall(SYS_writev, fd, parts, count);
}

static int truncate_here(int fd, off_t length) {
    if (!is_ours(fd)) return syscall(SYS_ftruncate, fd, length);
    pthread_mutex_lock(&lock);
    int done = syscall(SYS_ftruncate, fd, length);
    int kept = errno;
    if (done == 0) note('T', inode_of(fd), (uint64_t)length, NULL, 0, NULL, 0);
    pthread_mutex_unlock(&lock);
    errno = kept;
    return done;
}
int ftruncate(int fd, off_t length) { return truncate_here(fd, length); }
int ftruncate64(int fd, off64_t length) { return truncate_here(fd, length); }

static int sync_here(int fd, long call) {
    if (no_sync) return 0;
    if (!is_ours(fd)) return syscall(call, fd);
    uint64_t inode = inode_of(fd);
    pthread_mutex_lock(&lock);
    note('S', inode, 0, NULL, 0, NULL, 0);
    pthread_mutex_unlock(&lock);
    int done = syscall(call, fd);
    int kept = errno;
    pthread_mutex_lock(&lock);
    if (done == 0) note('E', inode, 0, NULL, 0, NULL, 0);
    pthread_mutex_unlock(&lock);
    errno = kept;
    return done;
}
int fsync(int fd) { return sync_here(fd, SYS_fsync); }
int fdatasync(int fd) { return sync_here(fd, SYS_fdatasync); }

int rename(const char *from, const char *to) {
    char old[PATH_MAX * 2], new[PATH_MAX * 2];
    int ours_too = inside(from, old) && inside(to, new);
    pthread_mutex_lock(&lock);
    int done = syscall(SYS_rename, from, to);
    int kept = errno;
    if (done == 0 && ours_too) note('R', 0, 0, old, strlen(old), new, strlen(new));
    pthread_mutex_unlock(&lock);
    errno = kept;
    return done;
}

int unlink(const char *path) {
    char full[PATH_MAX * 2];
    pthread_mutex_lock(&lock);
    int done = syscall(SYS_unlink, path);
    int kept = errno;
    if (done == 0 && inside(path, full)) note('U', 0, 0, full, strlen(full), NULL, 0);
    pthread_mutex_unlock(&lock);
    errno = kept;
    return done;
}

int mkdir(const char *path, mode_t mode) {
    char full[PATH_MAX * 2];
    pthread_mutex_lock(&lock);
    int done = syscall(SYS_mkdir, path, mode);
    int kept = errno;
    struct stat facts;
    if (done == 0 && inside(path, full) && stat(path, &facts) == 0)
        note('D', facts.st_ino, 0, full, strlen(full), NULL, 0);
    pthread_mutex_unlock(&lock);
    errno = kept;
    return done;
}

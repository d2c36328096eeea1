/* A disk that forgets what was not synced: preloaded into a process, it keeps a second copy of every file below
 * POWER_WORK, in POWER_DISK, and lets a write reach that copy only when its file is synced. After SIGKILL the copies are
 * what a computer finds after a power cut that lost every unsynced write.
 *
 * A file's existence and its name count as kept from its first sync on; removing a file counts at once. SQLite's shared
 * memory (-shm) and the instance lock are left out: they mean nothing after a restart.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

#define MOST_FDS 4096
#define MOST_FILES 64

struct write { off_t at; size_t size; char *bytes; struct write *next; }; /* bytes == NULL: cut to length `at` */
struct file { char disk[PATH_MAX]; struct write *first, *last; };

static struct file files[MOST_FILES];
static int file_of_fd[MOST_FDS]; /* index + 1 */
static int count;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static ssize_t (*real_pwrite)(int, const void *, size_t, off_t);
static ssize_t (*real_write)(int, const void *, size_t);
static int (*real_open)(const char *, int, ...);
static int (*real_close)(int);
static int (*real_fsync)(int);
static int (*real_fdatasync)(int);
static int (*real_ftruncate)(int, off_t);
static int (*real_unlink)(const char *);

__attribute__((constructor)) static void begin(void)
{
    real_pwrite = dlsym(RTLD_NEXT, "pwrite64");
    real_write = dlsym(RTLD_NEXT, "write");
    real_open = dlsym(RTLD_NEXT, "open64");
    real_close = dlsym(RTLD_NEXT, "close");
    real_fsync = dlsym(RTLD_NEXT, "fsync");
    real_fdatasync = dlsym(RTLD_NEXT, "fdatasync");
    real_ftruncate = dlsym(RTLD_NEXT, "ftruncate64");
    real_unlink = dlsym(RTLD_NEXT, "unlink");
}

static int ends(const char *name, const char *end)
{
    size_t n = strlen(name), e = strlen(end);
    return n >= e && strcmp(name + n - e, end) == 0;
}

/* The copy's path, or 0 when the file is none of ours. */
static int disk_path(const char *path, char *disk)
{
    const char *work = getenv("POWER_WORK"), *kept = getenv("POWER_DISK");
    if (!work || !kept || strncmp(path, work, strlen(work)) != 0) return 0;
    if (ends(path, "-shm") || ends(path, ".lock")) return 0;
    snprintf(disk, PATH_MAX, "%s%s", kept, path + strlen(work));
    return 1;
}

static void forget(struct file *file)
{
    for (struct write *one = file->first; one;) {
        struct write *next = one->next;
        free(one->bytes);
        free(one);
        one = next;
    }
    file->first = file->last = NULL;
}

static void opened(int fd, const char *path)
{
    char disk[PATH_MAX];
    if (fd < 0 || fd >= MOST_FDS) return;
    pthread_mutex_lock(&lock);
    file_of_fd[fd] = 0;
    if (disk_path(path, disk)) {
        int i = 0;
        while (i < count && strcmp(files[i].disk, disk) != 0) i++;
        if (i == count && count < MOST_FILES) strcpy(files[count++].disk, disk);
        if (i < count) file_of_fd[fd] = i + 1;
        else abort(); /* more files than foreseen: no silent half-truth */
    }
    pthread_mutex_unlock(&lock);
}

static struct file *ours(int fd)
{
    return fd >= 0 && fd < MOST_FDS && file_of_fd[fd] ? &files[file_of_fd[fd] - 1] : NULL;
}

static void remember(int fd, const void *bytes, size_t size, off_t at)
{
    pthread_mutex_lock(&lock);
    struct file *file = ours(fd);
    if (file) {
        struct write *one = calloc(1, sizeof *one);
        one->at = at;
        one->size = size;
        if (bytes) {
            one->bytes = malloc(size);
            memcpy(one->bytes, bytes, size);
        }
        if (file->last) file->last->next = one;
        else file->first = one;
        file->last = one;
    }
    pthread_mutex_unlock(&lock);
}

static void synced(int fd)
{
    pthread_mutex_lock(&lock);
    struct file *file = ours(fd);
    if (file) {
        int out = real_open(file->disk, O_WRONLY | O_CREAT, 0644);
        for (struct write *one = file->first; one; one = one->next) {
            if (!one->bytes) {
                if (real_ftruncate(out, one->at)) abort();
            } else if (real_pwrite(out, one->bytes, one->size, one->at) != (ssize_t)one->size) abort();
        }
        real_close(out);
        forget(file);
    }
    pthread_mutex_unlock(&lock);
}

static int open_any(const char *path, int flags, mode_t mode)
{
    int fd = real_open(path, flags, mode);
    opened(fd, path);
    return fd;
}

#define MODE_OF(flags, mode) \
    mode_t mode = 0; \
    if ((flags) & O_CREAT) { va_list list; va_start(list, flags); mode = va_arg(list, mode_t); va_end(list); }

int open(const char *path, int flags, ...) { MODE_OF(flags, mode) return open_any(path, flags, mode); }
int open64(const char *path, int flags, ...) { MODE_OF(flags, mode) return open_any(path, flags, mode); }

int close(int fd)
{
    if (fd >= 0 && fd < MOST_FDS) file_of_fd[fd] = 0;
    return real_close(fd);
}

ssize_t pwrite(int fd, const void *bytes, size_t size, off_t at)
{
    ssize_t done = real_pwrite(fd, bytes, size, at);
    if (done > 0) remember(fd, bytes, (size_t)done, at);
    return done;
}
ssize_t pwrite64(int fd, const void *bytes, size_t size, off_t at) { return pwrite(fd, bytes, size, at); }

ssize_t write(int fd, const void *bytes, size_t size)
{
    off_t at = ours(fd) ? lseek(fd, 0, SEEK_CUR) : 0;
    ssize_t done = real_write(fd, bytes, size);
    if (done > 0 && ours(fd)) remember(fd, bytes, (size_t)done, at);
    return done;
}

int ftruncate(int fd, off_t size)
{
    int failed = real_ftruncate(fd, size);
    if (!failed) remember(fd, NULL, 0, size);
    return failed;
}
int ftruncate64(int fd, off_t size) { return ftruncate(fd, size); }

int fsync(int fd)
{
    int failed = real_fsync(fd);
    if (!failed) synced(fd);
    return failed;
}

int fdatasync(int fd)
{
    int failed = real_fdatasync(fd);
    if (!failed) synced(fd);
    return failed;
}

int unlink(const char *path)
{
    char disk[PATH_MAX];
    int failed = real_unlink(path);
    if (!failed && disk_path(path, disk)) {
        pthread_mutex_lock(&lock);
        for (int i = 0; i < count; i++)
            if (strcmp(files[i].disk, disk) == 0) forget(&files[i]);
        pthread_mutex_unlock(&lock);
        real_unlink(disk);
    }
    return failed;
}

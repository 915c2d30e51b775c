// Preloaded into the program: counts its calls that change files, and kills or fails the Nth one.
//
//   NINES_FAULT_LOG=FILE   one line per call: number, name, path
//   NINES_KILL_AT=N        SIGKILL at the Nth call ...
//   NINES_KILL_MODE=before | after | torn   (torn: half of a write is done first)
//   NINES_FAIL_AT=N        the Nth call fails instead ...
//   NINES_FAIL_ERRNO=5     ... with this number (EIO 5, ENOSPC 28, EINTR 4), or
//   NINES_FAIL_ERRNO=short ... a write takes only half of its bytes, without an error
//   NINES_FAIL_STICKY=1    ... and so does every call after it, as on a full disk
//
// libstdc++ and SQLite, linked as an archive or not, reach libc through the dynamic linker, so all
// their calls come by here. Only stdio inside libc does not; the program does not write with it.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

enum kill_mode { kill_before, kill_after, kill_torn };
enum fate { go_on, go_then_die, half_then_die, fail, half };

static long calls;
static long kill_at;
static long fail_at;
static int fail_errno;
static int fail_short;
static int fail_sticky;
static enum kill_mode mode;
static int log_fd = -1;

static long number(const char* name) {
  const char* text = getenv(name);
  return text ? atol(text) : 0;
}

__attribute__((constructor)) static void start(void) {
  const char* kind = getenv("NINES_KILL_MODE");
  mode = kind && !strcmp(kind, "after") ? kill_after : kind && !strcmp(kind, "torn") ? kill_torn : kill_before;
  kill_at = number("NINES_KILL_AT");
  fail_at = number("NINES_FAIL_AT");
  fail_sticky = (int)number("NINES_FAIL_STICKY");
  const char* error = getenv("NINES_FAIL_ERRNO");
  fail_short = error && !strcmp(error, "short");
  fail_errno = error && atoi(error) > 0 ? atoi(error) : EIO;
  const char* path = getenv("NINES_FAULT_LOG");
  if (path) log_fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

// The log is written by system calls of our own, so that it does not count itself.
static void note(long n, const char* name, int fd, const char* path) {
  char link[64], target[512], line[640];
  if (log_fd < 0) return;
  if (!path) {
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    const ssize_t size = readlink(link, target, sizeof target - 1);
    target[size < 0 ? 0 : size] = 0;
    path = target;
  }
  const int size = snprintf(line, sizeof line, "%ld %s %s\n", n, name, path);
  syscall(SYS_write, log_fd, line, (size_t)(size < (int)sizeof line ? size : (int)sizeof line - 1));
}

static enum fate next(const char* name, int fd, const char* path) {
  if (fd == STDERR_FILENO) return go_on;  // messages are no state
  const int before = errno;
  const long n = __sync_add_and_fetch(&calls, 1);
  note(n, name, fd, path);
  errno = before;
  if (n == kill_at) {
    if (mode == kill_before) raise(SIGKILL);
    return mode == kill_torn ? half_then_die : go_then_die;
  }
  if (fail_at > 0 && (n == fail_at || (fail_sticky && n > fail_at))) return fail_short ? half : fail;
  return go_on;
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

// A call that moves `size` bytes, and one that does not.
#define MOVE(name, fd, size, half_call, whole_call)                  \
  do {                                                               \
    const enum fate fate = next(#name, fd, 0);                       \
    if (fate == fail) return errno = fail_errno, -1;                 \
    const int cut = (fate == half_then_die || fate == half) && (size) > 1; \
    const ssize_t done = cut ? (half_call) : (whole_call);           \
    if (fate == go_then_die || fate == half_then_die) raise(SIGKILL); \
    return done;                                                     \
  } while (0)
#define DO(name, fd, path, call)                                     \
  do {                                                               \
    const enum fate fate = next(#name, fd, path);                    \
    if (fate == fail) return errno = fail_errno, -1;                 \
    const int done = (call);                                         \
    if (fate == go_then_die || fate == half_then_die) raise(SIGKILL); \
    return done;                                                     \
  } while (0)

ssize_t write(int fd, const void* data, size_t size) {
  MOVE(write, fd, size, REAL(write)(fd, data, size / 2), REAL(write)(fd, data, size));
}
ssize_t pwrite(int fd, const void* data, size_t size, off_t at) {
  MOVE(pwrite, fd, size, REAL(pwrite)(fd, data, size / 2, at), REAL(pwrite)(fd, data, size, at));
}
ssize_t pwrite64(int fd, const void* data, size_t size, off64_t at) {
  MOVE(pwrite64, fd, size, REAL(pwrite64)(fd, data, size / 2, at), REAL(pwrite64)(fd, data, size, at));
}
ssize_t writev(int fd, const struct iovec* pieces, int count) {
  MOVE(writev, fd, count, REAL(writev)(fd, pieces, 1), REAL(writev)(fd, pieces, count));
}
int fsync(int fd) { DO(fsync, fd, 0, REAL(fsync)(fd)); }
int fdatasync(int fd) { DO(fdatasync, fd, 0, REAL(fdatasync)(fd)); }
int ftruncate(int fd, off_t size) { DO(ftruncate, fd, 0, REAL(ftruncate)(fd, size)); }
int ftruncate64(int fd, off64_t size) { DO(ftruncate64, fd, 0, REAL(ftruncate64)(fd, size)); }
int rename(const char* from, const char* to) { DO(rename, -1, from, REAL(rename)(from, to)); }
int renameat(int from_fd, const char* from, int to_fd, const char* to) {
  DO(renameat, -1, from, REAL(renameat)(from_fd, from, to_fd, to));
}
int renameat2(int from_fd, const char* from, int to_fd, const char* to, unsigned flags) {
  DO(renameat2, -1, from, REAL(renameat2)(from_fd, from, to_fd, to, flags));
}
int link(const char* from, const char* to) { DO(link, -1, to, REAL(link)(from, to)); }
int unlink(const char* path) { DO(unlink, -1, path, REAL(unlink)(path)); }
int unlinkat(int fd, const char* path, int flags) {
  DO(unlinkat, -1, path, REAL(unlinkat)(fd, path, flags));
}

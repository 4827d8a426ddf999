// Ends a program at one of its durable steps (LD_PRELOAD): a step is each call that changes what the
// disk will hold. The file named by CRASH_FUSE has three numbers (eight bytes each, this machine's
// order): how many steps there were, the step to end at (0: none), and the signal. A write ends
// halfway; every other step before it is made. With SIGSTOP the program stands still at the step
// and goes on with SIGCONT. Several threads may take steps at once; they are counted in one order.
#define _GNU_SOURCE
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

struct fuse {
  _Atomic int64_t count;
  volatile int64_t at, signal;
};

static struct fuse *fuse;

__attribute__((constructor)) static void begin(void) {
  const char *path = getenv("CRASH_FUSE");
  int file = path ? open(path, O_RDWR | O_CLOEXEC) : -1;
  void *map = file < 0
      ? MAP_FAILED
      : mmap(NULL, sizeof *fuse, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  if (file >= 0) close(file);
  // A worker in a sandbox cannot reach the file, and need not: it writes nothing that lasts.
  if (map != MAP_FAILED) fuse = map;
}

static int is_last(void) { return fuse && atomic_fetch_add(&fuse->count, 1) + 1 == fuse->at; }

static void end(void) { kill(getpid(), (int)fuse->signal); }

static void step(void) {
  if (is_last()) end();
}

static int is_file(int file) {
  struct stat found;
  return fstat(file, &found) == 0 && S_ISREG(found.st_mode);
}

ssize_t write(int file, const void *bytes, size_t count) {
  if (!is_file(file)) return syscall(SYS_write, file, bytes, count);
  if (!is_last()) return syscall(SYS_write, file, bytes, count);
  // A short count is no error: who goes on afterwards writes the rest.
  ssize_t half = syscall(SYS_write, file, bytes, count > 1 ? count / 2 : count);
  end();
  return half;
}

ssize_t pwrite(int file, const void *bytes, size_t count, off_t place) {
  if (!is_last()) return syscall(SYS_pwrite64, file, bytes, count, place);
  ssize_t half = syscall(SYS_pwrite64, file, bytes, count > 1 ? count / 2 : count, place);
  end();
  return half;
}

ssize_t pwrite64(int file, const void *bytes, size_t count, off_t place) {
  return pwrite(file, bytes, count, place);
}

int fsync(int file) {
  step();
  return (int)syscall(SYS_fsync, file);
}

int fdatasync(int file) {
  step();
  return (int)syscall(SYS_fdatasync, file);
}

int syncfs(int file) {
  step();
  return (int)syscall(SYS_syncfs, file);
}

int rename(const char *old, const char *new) {
  step();
  return (int)syscall(SYS_rename, old, new);
}

int link(const char *old, const char *new) {
  step();
  return (int)syscall(SYS_link, old, new);
}

int unlink(const char *path) {
  step();
  return (int)syscall(SYS_unlink, path);
}

int mkdir(const char *path, mode_t mode) {
  step();
  return (int)syscall(SYS_mkdir, path, mode);
}

int rmdir(const char *path) {
  step();
  return (int)syscall(SYS_rmdir, path);
}

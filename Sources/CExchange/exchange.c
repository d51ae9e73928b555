#define _GNU_SOURCE
#include "exchange.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/stat.h>
#include <sys/xattr.h>
#endif

int gongkai_exchange(const char *first, const char *second) {
#ifdef RENAME_EXCHANGE
  return renameat2(AT_FDCWD, first, AT_FDCWD, second, RENAME_EXCHANGE) == 0 ? 0 : errno;
#else
  (void)first;
  (void)second;
  return ENOSYS;
#endif
}

int gongkai_move(const char *from, const char *to) {
#ifdef RENAME_NOREPLACE
  if (renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0) return 0;
  if (errno != EINVAL && errno != ENOSYS) return errno;
#endif
  /* A file system without this flag: look first, then move. */
  if (access(to, F_OK) == 0) return EEXIST;
  return rename(from, to) == 0 ? 0 : errno;
}

int gongkai_set_mark(int folder) {
#ifdef __linux__
  return fsetxattr(folder, "user.gongkai.output", "1", 1, 0) == 0 ? 0 : errno;
#else
  (void)folder;
  return ENOSYS;
#endif
}

int gongkai_has_mark(int folder) {
#ifdef __linux__
  char value[8];
  return fgetxattr(folder, "user.gongkai.output", value, sizeof value) == 1 && value[0] == '1';
#else
  (void)folder;
  return 0;
#endif
}

int gongkai_synchronize(int folder) {
#ifdef __linux__
  return syncfs(folder) == 0 ? 0 : errno;
#else
  (void)folder;
  sync();
  return 0;
#endif
}

unsigned long long gongkai_birth(const char *path) {
#if defined(__linux__) && defined(STATX_BTIME)
  struct statx status;
  if (statx(AT_FDCWD, path, AT_SYMLINK_NOFOLLOW, STATX_BTIME, &status) != 0) return 0;
  if (!(status.stx_mask & STATX_BTIME)) return 0;
  return (unsigned long long)status.stx_btime.tv_sec * 1000000000ULL + status.stx_btime.tv_nsec;
#else
  (void)path;
  return 0;
#endif
}

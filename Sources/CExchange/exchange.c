#define _GNU_SOURCE
#include "exchange.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>
#ifdef __linux__
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

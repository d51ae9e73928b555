#ifndef GONGKAI_EXCHANGE_H
#define GONGKAI_EXCHANGE_H

/// Exchanges two paths in one step (renameat2 with RENAME_EXCHANGE). Returns 0, or errno.
int gongkai_exchange(const char *first, const char *second);

#endif

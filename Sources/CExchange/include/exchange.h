#ifndef GONGKAI_EXCHANGE_H
#define GONGKAI_EXCHANGE_H

/// Exchanges two paths in one step (renameat2 with RENAME_EXCHANGE). Returns 0, or errno.
int gongkai_exchange(const char *first, const char *second);

/// Moves a path to a place where nothing is yet (renameat2 with RENAME_NOREPLACE). Returns 0, or errno.
int gongkai_move(const char *from, const char *to);

/// Sets a mark (an extended attribute) on an open folder. It is no file, so it is never published.
/// Returns 0, or errno where the file system keeps no such attributes.
int gongkai_set_mark(int folder);

/// Tells whether the open folder carries the mark: 1 or 0.
int gongkai_has_mark(int folder);

/// Brings everything written to the file system of an open folder onto the disk. Returns 0, or errno.
int gongkai_synchronize(int folder);

/// When a file or folder was made, in nanoseconds; 0 where the file system does not tell. Renaming keeps it.
unsigned long long gongkai_birth(const char *path);

#endif

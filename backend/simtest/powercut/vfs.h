// The part of SQLite's public interface that a file system below it needs. The
// symbols themselves are those of the driver in the same program.
#ifndef POWERCUT_VFS_H
#define POWERCUT_VFS_H

typedef long long i64;
typedef struct sqlite3_file sqlite3_file;
typedef struct sqlite3_io_methods sqlite3_io_methods;
typedef struct sqlite3_vfs sqlite3_vfs;

struct sqlite3_file { const sqlite3_io_methods *methods; };

struct sqlite3_io_methods {
    int version;
    int (*close)(sqlite3_file *);
    int (*read)(sqlite3_file *, void *, int, i64);
    int (*write)(sqlite3_file *, const void *, int, i64);
    int (*truncate)(sqlite3_file *, i64);
    int (*sync)(sqlite3_file *, int);
    int (*size)(sqlite3_file *, i64 *);
    int (*lock)(sqlite3_file *, int);
    int (*unlock)(sqlite3_file *, int);
    int (*reserved)(sqlite3_file *, int *);
    int (*control)(sqlite3_file *, int, void *);
    int (*sector)(sqlite3_file *);
    int (*device)(sqlite3_file *);
    int (*shm_map)(sqlite3_file *, int, int, int, void volatile **);
    int (*shm_lock)(sqlite3_file *, int, int, int);
    void (*shm_barrier)(sqlite3_file *);
    int (*shm_unmap)(sqlite3_file *, int);
};

struct sqlite3_vfs {
    int version;
    int file_size;
    int path_size;
    sqlite3_vfs *next;
    const char *name;
    void *data;
    int (*open)(sqlite3_vfs *, const char *, sqlite3_file *, int, int *);
    int (*remove)(sqlite3_vfs *, const char *, int);
    int (*access)(sqlite3_vfs *, const char *, int, int *);
    int (*full_path)(sqlite3_vfs *, const char *, int, char *);
    void *(*dl_open)(sqlite3_vfs *, const char *);
    void (*dl_error)(sqlite3_vfs *, int, char *);
    void (*(*dl_sym)(sqlite3_vfs *, void *, const char *))(void);
    void (*dl_close)(sqlite3_vfs *, void *);
    int (*randomness)(sqlite3_vfs *, int, char *);
    int (*sleep)(sqlite3_vfs *, int);
    int (*now)(sqlite3_vfs *, double *);
    int (*last_error)(sqlite3_vfs *, int, char *);
    int (*now64)(sqlite3_vfs *, i64 *);
};

extern sqlite3_vfs *sqlite3_vfs_find(const char *) __attribute__((weak));
extern int sqlite3_vfs_register(sqlite3_vfs *, int) __attribute__((weak));
extern int sqlite3_initialize(void) __attribute__((weak));

// Kinds of faults.
enum { fault_none, fault_cut, fault_write, fault_full, fault_sync, fault_read };

int powercut_install(void);
void powercut_arm(const char *dir, int kind, i64 nth, int stays, unsigned long long seed);
i64 powercut_fired(void);
int powercut_crash(void);

#endif

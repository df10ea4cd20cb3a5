//go:build linux

#include "vfs.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

// Results that SQLite understands.
enum { ok = 0, ioerr = 10, full = 13, ioerr_read = 266, ioerr_write = 778, ioerr_fsync = 1034 };

// change is something written that no sync has made durable yet.
typedef struct change {
    struct change *next;
    i64 offset;
    int length; // -1: the file was cut to offset
    char *bytes;
} change;

// image is one file: what a power cut leaves for certain, and what it may leave.
typedef struct image {
    struct image *next;
    char *path;
    char *durable;
    i64 size;
    change *first, *last;
} image;

typedef struct {
    sqlite3_file base;
    image *kept; // NULL: a file that nobody watches
    sqlite3_file real[1];
} watched;

static pthread_mutex_t guard = PTHREAD_MUTEX_INITIALIZER;
static sqlite3_vfs *below;
static image *images;
static char *folder;
static int kind, stays, dead;
static i64 nth, count, fired;
static unsigned long long dice;

// roll is a small generator: the same seed leaves the same disk.
static unsigned roll(unsigned below_this) {
    dice += 0x9e3779b97f4a7c15ULL;
    unsigned long long z = dice;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
    return (unsigned)((z ^ (z >> 31)) % below_this);
}

static void grow(image *f, i64 size) {
    if (size > f->size) {
        f->durable = realloc(f->durable, (size_t)size);
        memset(f->durable + f->size, 0, (size_t)(size - f->size));
        f->size = size;
    }
}

// keep applies the first length bytes of a change to what is durable.
static void keep(image *f, change *c, int length) {
    if (c->length < 0) {
        if (c->offset < f->size) f->size = c->offset;
        else grow(f, c->offset);
        return;
    }
    grow(f, c->offset + length);
    memcpy(f->durable + c->offset, c->bytes, (size_t)length);
}

static change *take(image *f) {
    change *c = f->first;
    if (c && !(f->first = c->next)) f->last = NULL;
    return c;
}

static void drop(change *c) {
    free(c->bytes);
    free(c);
}

static void note(image *f, const void *bytes, int length, i64 offset) {
    change *c = calloc(1, sizeof *c);
    c->offset = offset;
    c->length = length;
    if (length > 0) {
        c->bytes = malloc((size_t)length);
        memcpy(c->bytes, bytes, (size_t)length);
    }
    if (f->last) f->last->next = c;
    else f->first = c;
    f->last = c;
}

static image *find(const char *path) {
    for (image *f = images; f; f = f->next)
        if (!strcmp(f->path, path)) return f;
    return NULL;
}

// load begins to watch a file: what it holds now is durable.
static image *load(const char *path) {
    image *f = find(path);
    if (f) return f;
    f = calloc(1, sizeof *f);
    f->path = strdup(path);
    f->next = images;
    images = f;
    int fd = open(path, O_RDONLY);
    if (fd >= 0) {
        i64 size = lseek(fd, 0, SEEK_END);
        if (size > 0) {
            grow(f, size);
            if (pread(fd, f->durable, (size_t)size, 0) != size) f->size = 0;
        }
        close(fd);
    }
    return f;
}

// strikes says whether the fault happens at this operation.
static int strikes(int this_kind) {
    int same = kind == this_kind || (kind == fault_cut && this_kind != fault_read) || (kind == fault_full && this_kind == fault_write);
    if (!same) return 0;
    count++;
    if (count == nth || (stays && count > nth)) {
        fired++;
        return 1;
    }
    return 0;
}

#define real_of(file) (((watched *)(file))->real)

static int do_close(sqlite3_file *file) { return real_of(file)->methods->close(real_of(file)); }

static int do_read(sqlite3_file *file, void *to, int length, i64 offset) {
    watched *w = (watched *)file;
    if (w->kept) {
        pthread_mutex_lock(&guard);
        int fails = dead || strikes(fault_read);
        pthread_mutex_unlock(&guard);
        if (fails) return ioerr_read;
    }
    return w->real->methods->read(w->real, to, length, offset);
}

static int do_write(sqlite3_file *file, const void *from, int length, i64 offset) {
    watched *w = (watched *)file;
    if (w->kept) {
        pthread_mutex_lock(&guard);
        int result = ok;
        if (dead) result = ioerr_write;
        else if (strikes(fault_write)) {
            if (kind == fault_cut) {
                note(w->kept, from, length, offset); // it may have arrived, whole or in part
                dead = 1;
            }
            result = kind == fault_full ? full : ioerr_write;
        } else note(w->kept, from, length, offset);
        pthread_mutex_unlock(&guard);
        if (result != ok) return result;
    }
    return w->real->methods->write(w->real, from, length, offset);
}

static int do_truncate(sqlite3_file *file, i64 size) {
    watched *w = (watched *)file;
    if (w->kept) {
        pthread_mutex_lock(&guard);
        int fails = dead;
        if (!fails) note(w->kept, NULL, -1, size);
        pthread_mutex_unlock(&guard);
        if (fails) return ioerr_write;
    }
    return w->real->methods->truncate(w->real, size);
}

static int do_sync(sqlite3_file *file, int flags) {
    watched *w = (watched *)file;
    if (!w->kept) return w->real->methods->sync(w->real, flags);
    pthread_mutex_lock(&guard);
    int result = ok;
    if (dead) result = ioerr_fsync;
    else if (strikes(fault_sync)) {
        if (kind == fault_cut) dead = 1;
        else // the system forgets that half of it was never written, and will not try again
            for (change *c = take(w->kept); c; c = take(w->kept)) {
                if (roll(2)) keep(w->kept, c, c->length);
                drop(c);
            }
        result = ioerr_fsync;
    } else
        for (change *c = take(w->kept); c; c = take(w->kept)) {
            keep(w->kept, c, c->length);
            drop(c);
        }
    pthread_mutex_unlock(&guard);
    return result;
}

static int do_size(sqlite3_file *file, i64 *size) { return real_of(file)->methods->size(real_of(file), size); }
static int do_lock(sqlite3_file *file, int level) { return real_of(file)->methods->lock(real_of(file), level); }
static int do_unlock(sqlite3_file *file, int level) { return real_of(file)->methods->unlock(real_of(file), level); }
static int do_reserved(sqlite3_file *file, int *out) { return real_of(file)->methods->reserved(real_of(file), out); }
static int do_control(sqlite3_file *file, int op, void *arg) { return real_of(file)->methods->control(real_of(file), op, arg); }
static int do_sector(sqlite3_file *file) { return real_of(file)->methods->sector(real_of(file)); }
static int do_device(sqlite3_file *file) { (void)file; return 0; } // promises nothing
static int do_shm_map(sqlite3_file *file, int page, int size, int extend, void volatile **out) {
    return real_of(file)->methods->shm_map(real_of(file), page, size, extend, out);
}
static int do_shm_lock(sqlite3_file *file, int offset, int n, int flags) {
    return real_of(file)->methods->shm_lock(real_of(file), offset, n, flags);
}
static void do_shm_barrier(sqlite3_file *file) { real_of(file)->methods->shm_barrier(real_of(file)); }
static int do_shm_unmap(sqlite3_file *file, int remove) { return real_of(file)->methods->shm_unmap(real_of(file), remove); }

// No memory mapping: what is written that way would pass us by.
static const sqlite3_io_methods methods = {
    2, do_close, do_read, do_write, do_truncate, do_sync, do_size, do_lock, do_unlock, do_reserved,
    do_control, do_sector, do_device, do_shm_map, do_shm_lock, do_shm_barrier, do_shm_unmap,
};

static int do_open(sqlite3_vfs *vfs, const char *path, sqlite3_file *file, int flags, int *out) {
    (void)vfs;
    watched *w = (watched *)file;
    w->base.methods = NULL;
    w->kept = NULL;
    pthread_mutex_lock(&guard);
    int gone = 0;
    if (path && folder && !strncmp(path, folder, strlen(folder))) {
        gone = dead;
        if (!dead) w->kept = load(path);
    }
    pthread_mutex_unlock(&guard);
    if (gone) return ioerr;
    int result = below->open(below, path, w->real, flags, out);
    if (w->real->methods) w->base.methods = &methods;
    return result;
}

static int do_remove(sqlite3_vfs *vfs, const char *path, int sync) {
    (void)vfs;
    pthread_mutex_lock(&guard);
    image *f = find(path);
    int gone = f && dead;
    if (f && !dead) {
        for (change *c = take(f); c; c = take(f)) drop(c);
        f->size = 0;
    }
    pthread_mutex_unlock(&guard);
    return gone ? ioerr : below->remove(below, path, sync);
}

// powercut_install puts this file system before the usual one.
int powercut_install(void) {
    static sqlite3_vfs ours;
    if (below) return 0;
    sqlite3_initialize();
    below = sqlite3_vfs_find(NULL);
    if (!below) return 1;
    ours = *below;
    ours.version = below->version < 2 ? below->version : 2;
    ours.file_size = (int)sizeof(watched) + below->file_size;
    ours.next = NULL;
    ours.name = "powercut";
    ours.open = do_open;
    ours.remove = do_remove;
    return sqlite3_vfs_register(&ours, 1);
}

static void forget(void) {
    while (images) {
        image *f = images;
        images = f->next;
        for (change *c = take(f); c; c = take(f)) drop(c);
        free(f->durable);
        free(f->path);
        free(f);
    }
}

// powercut_arm watches the files of a folder, none when it is empty, and says
// what goes wrong at which operation.
void powercut_arm(const char *dir, int what, i64 at, int persists, unsigned long long seed) {
    pthread_mutex_lock(&guard);
    forget();
    free(folder);
    folder = *dir ? strdup(dir) : NULL;
    kind = what, nth = at, stays = persists, dice = seed;
    count = fired = dead = 0;
    pthread_mutex_unlock(&guard);
}

i64 powercut_fired(void) {
    pthread_mutex_lock(&guard);
    i64 n = fired;
    pthread_mutex_unlock(&guard);
    return n;
}

// powercut_crash leaves on the disk what a power cut leaves: all that was synced,
// and of the rest anything, a page torn in the middle at times.
int powercut_crash(void) {
    int failed = 0;
    pthread_mutex_lock(&guard);
    dead = 1;
    for (image *f = images; f; f = f->next) {
        for (change *c = take(f); c; c = take(f)) {
            unsigned fate = roll(4);
            if (fate < 2) keep(f, c, c->length);
            else if (fate == 2 && c->length > 512) keep(f, c, 512 * (int)(1 + roll((unsigned)c->length / 512)));
            drop(c);
        }
        int fd = open(f->path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
        if (fd < 0 || (f->size > 0 && pwrite(fd, f->durable, (size_t)f->size, 0) != f->size)) failed = 1;
        if (fd >= 0) close(fd);
    }
    pthread_mutex_unlock(&guard);
    return failed;
}

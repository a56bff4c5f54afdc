/* arena.h - memory with one lifetime.
 *
 * Does      hands out zeroed memory that is freed all at once; the only place of the program that calls malloc
 * Units     sizes in bytes
 * Shape     any number of blocks; one allocation at most PTRDIFF_MAX / 2
 * Owns      all that it hands out, until arena_free or arena_reset
 * Errors    out of memory prints one line and ends the program (here and nowhere else)
 * Debug     with HVPLAN_ARENA_DEBUG every allocation is a malloc of its own and is poisoned on reset, so that
 *           AddressSanitizer sees overruns and stale pointers
 */
#ifndef HVPLAN_BASE_ARENA_H
#define HVPLAN_BASE_ARENA_H

#include <stdarg.h>
#include <stddef.h>

#if defined(__GNUC__)
#define HVPLAN_PRINTF(fmt, args) __attribute__((format(printf, fmt, args)))
#define HVPLAN_MUST_USE __attribute__((warn_unused_result))
#define HVPLAN_NEVER_NULL __attribute__((returns_nonnull))
#else
#define HVPLAN_PRINTF(fmt, args)
#define HVPLAN_MUST_USE
#define HVPLAN_NEVER_NULL
#endif

struct arena;

struct arena *arena_new(void);
void arena_free(struct arena *a); /* NULL is allowed */
void arena_reset(struct arena *a);

/* `count` zeroed objects of `size` bytes, aligned for any type. count x size may be 0. */
void *arena_alloc(struct arena *a, size_t count, size_t size) HVPLAN_NEVER_NULL;
/* A copy of `old` (old_count objects) with room for new_count >= old_count; the rest zeroed. */
void *arena_grow(struct arena *a, const void *old, size_t old_count, size_t new_count,
                 size_t size) HVPLAN_NEVER_NULL;
char *arena_strdup(struct arena *a, const char *s) HVPLAN_NEVER_NULL;
char *arena_strndup(struct arena *a, const char *s, size_t n);
char *arena_printf(struct arena *a, const char *fmt, ...) HVPLAN_PRINTF(2, 3);
char *arena_vprintf(struct arena *a, const char *fmt, va_list args);
/* Bytes handed out since arena_new or the last reset. */
size_t arena_used(const struct arena *a);

/* ARENA_NEW(a, struct job) -> struct job *; ARENA_ARRAY(a, struct job, n) -> struct job * */
#define ARENA_NEW(a, type) ((type *)arena_alloc((a), 1, sizeof(type)))
#define ARENA_ARRAY(a, type, n) ((type *)arena_alloc((a), (n), sizeof(type)))

/* Appends room for one element to a growing array: `items`, `*n` used, `*cap` allocated. Doubles. */
#define ARENA_PUSH(a, items, n, cap)                                                                         \
    ((void)((n) < (cap) ? 0                                                                                  \
                        : ((items) = arena_grow((a), (items), (size_t)(n), (cap) ? 2 * (size_t)(cap) : 8,    \
                                                sizeof *(items)),                                            \
                           (cap) = (cap) ? 2 * (cap) : 8)),                                                  \
     &(items)[(n)++])

#endif

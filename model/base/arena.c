/* arena.c - blocks that double in size; debug mode: one malloc for each allocation. */
#include "model/base/arena.h"
#include "model/base/check.h"
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifdef HVPLAN_ARENA_DEBUG
enum { ONE_EACH = 1 };
#else
enum { ONE_EACH = 0 };
#endif

enum { FIRST_BLOCK = 16 * 1024, LARGEST_BLOCK = 4 * 1024 * 1024, POISON = 0xDD };

#define ALIGNMENT _Alignof(max_align_t)
#define SIZE_LIMIT ((size_t)PTRDIFF_MAX / 2)

struct block {
    struct block *next;
    size_t used, size;
    max_align_t data[];
};

struct arena {
    struct block *first; /* the one that is being filled */
    size_t next_size, handed_out;
};

static void *memory_or_die(size_t bytes)
{
    void *p = malloc(bytes);
    if (!p) {
        fprintf(stderr, "hvplan: out of memory (%zu bytes wanted)\n", bytes);
        abort();
    }
    return p;
}

static struct block *block_push(struct arena *a, size_t size)
{
    struct block *b = memory_or_die(sizeof *b + size);
    b->used = 0;
    b->size = size;
    b->next = a->first;
    a->first = b;
    return b;
}

/* A block of its own goes behind the one that is being filled, so that the rest of that one is not lost. */
static struct block *block_push_behind(struct arena *a, size_t size)
{
    struct block *filling = a->first;
    struct block *b = block_push(a, size);
    if (filling) {
        a->first = filling;
        b->next = filling->next;
        filling->next = b;
    }
    return b;
}

static void *block_take(struct block *b, size_t bytes)
{
    void *p = (char *)b->data + b->used;
    b->used += bytes;
    return p;
}

static size_t round_up(size_t bytes)
{
    return (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
}

static void *take(struct arena *a, size_t bytes)
{
    if (ONE_EACH)
        return block_take(block_push(a, bytes), bytes);
    const size_t wanted = round_up(bytes);
    if (a->first && a->first->size - a->first->used >= wanted)
        return block_take(a->first, wanted);
    if (wanted > a->next_size / 4)
        return block_take(block_push_behind(a, wanted), wanted);
    struct block *b = block_push(a, a->next_size);
    if (a->next_size < LARGEST_BLOCK)
        a->next_size *= 2;
    return block_take(b, wanted);
}

struct arena *arena_new(void)
{
    struct arena *a = memory_or_die(sizeof *a);
    *a = (struct arena){.next_size = FIRST_BLOCK};
    return a;
}

/* Frees all blocks but `keep`. */
static void blocks_free(struct arena *a, const struct block *keep)
{
    for (struct block *b = a->first, *next; b; b = next) {
        next = b->next;
        if (b == keep)
            continue;
        if (ONE_EACH)
            memset(b->data, POISON, b->size);
        free(b);
    }
}

void arena_free(struct arena *a)
{
    if (!a)
        return;
    blocks_free(a, NULL);
    free(a);
}

/* Keeps the block that is being filled: it is the largest or nearly so, and the next run needs as much. */
void arena_reset(struct arena *a)
{
    struct block *keep = ONE_EACH ? NULL : a->first;
    blocks_free(a, keep);
    if (keep) {
        keep->used = 0;
        keep->next = NULL;
    }
    a->first = keep;
    a->handed_out = 0;
}

void *arena_alloc(struct arena *a, size_t count, size_t size)
{
    CHECK(size == 0 || count <= SIZE_LIMIT / size);
    const size_t bytes = count * size;
    void *p = take(a, bytes);
    a->handed_out += bytes;
    memset(p, 0, bytes);
    return p;
}

void *arena_grow(struct arena *a, const void *old, size_t old_count, size_t new_count, size_t size)
{
    CHECK(new_count >= old_count);
    void *p = arena_alloc(a, new_count, size);
    if (old_count * size > 0)
        memcpy(p, old, old_count * size);
    return p;
}

char *arena_strndup(struct arena *a, const char *s, size_t n)
{
    const char *end = memchr(s, '\0', n);
    const size_t length = end ? (size_t)(end - s) : n;
    char *copy = arena_alloc(a, length + 1, 1);
    memcpy(copy, s, length);
    return copy;
}

char *arena_strdup(struct arena *a, const char *s)
{
    return arena_strndup(a, s, strlen(s));
}

char *arena_vprintf(struct arena *a, const char *fmt, va_list args)
{
    va_list again;
    va_copy(again, args);
    const int n = vsnprintf(NULL, 0, fmt, args);
    CHECK(n >= 0);
    char *text = arena_alloc(a, (size_t)n + 1, 1);
    const int written = vsnprintf(text, (size_t)n + 1, fmt, again);
    va_end(again);
    CHECK(written == n);
    return text;
}

char *arena_printf(struct arena *a, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    char *text = arena_vprintf(a, fmt, args);
    va_end(args);
    return text;
}

size_t arena_used(const struct arena *a)
{
    return a->handed_out;
}

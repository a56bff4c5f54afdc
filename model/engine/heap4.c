/* heap4.c - the parts of the heap that are not on the hot path. */
#include "model/engine/heap4.h"
#include <string.h>

#define LINE_BYTES 64
#define PADDING 4 /* HEAP4_NONE behind the last key */

/* Keys 4i+1 .. 4i+4 are the children of one parent: key[1] starts a cache line, so each such block is one
 * line. */
static heap_key *heap4_keys(struct arena *a, uint32_t capacity)
{
    const size_t keys = (size_t)capacity + PADDING;
    unsigned char *raw = arena_alloc(a, keys * sizeof(heap_key) + 2 * LINE_BYTES, 1);
    const size_t into_line = (size_t)((uintptr_t)raw % LINE_BYTES);
    unsigned char *line = raw + (LINE_BYTES - into_line);
    heap_key *key = (heap_key *)(void *)(line + LINE_BYTES - sizeof(heap_key));
    for (size_t i = 0; i < keys; i++)
        key[i] = HEAP4_NONE;
    return key;
}

void heap4_init(struct heap4 *h, struct arena *a)
{
    *h = (struct heap4){.arena = a, .capacity = 16};
    h->key = heap4_keys(a, h->capacity);
}

void heap4_reserve(struct heap4 *h, uint32_t id)
{
    CHECK(id < HEAP4_ID_MASK);
    if (id < h->ids)
        return;
    const uint32_t ids = id < 16 ? 16 : 2 * id;
    uint32_t *position = arena_grow(h->arena, h->position, h->ids, ids, sizeof *position);
    for (uint32_t i = h->ids; i < ids; i++)
        position[i] = HEAP4_ABSENT;
    h->position = position;
    h->ids = ids;
}

void heap4_grow(struct heap4 *h)
{
    heap_key *key = heap4_keys(h->arena, 2 * h->capacity);
    memcpy(key, h->key, h->n * sizeof *key);
    h->key = key;
    h->capacity *= 2;
}

bool heap4_remove(struct heap4 *h, uint32_t id)
{
    CHECK(id < h->ids);
    const uint32_t i = h->position[id];
    if (i == HEAP4_ABSENT)
        return false;
    h->position[id] = HEAP4_ABSENT;
    const heap_key last = h->key[--h->n];
    h->key[h->n] = HEAP4_NONE;
    if (i == h->n)
        return true;
    if (i > 0 && last < h->key[(i - 1) / 4])
        heap4_up(h, i, last);
    else
        heap4_down(h, i, last);
    return true;
}

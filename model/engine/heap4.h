/* heap4.h - indexed 4-ary minimum heap of 128-bit keys, one slot a source.
 *
 * Does      keeps at most one key for each id; insert, move and remove by id, take the smallest
 * Shape     ids 0 .. 2^24 - 1; the caller assigns them densely
 * Owns      its arrays, from the arena given; they only grow
 * Order     by key; keys never tie because the id is part of them:
 *           bits 127..64 major (time, virtual time), 63..60 priority, 59..24 sequence, 23..0 id
 * Errors    misuse (id out of range, sequence exhausted) CHECKs
 * Source    4-ary heaps: LaMarca and Ladner, "The influence of caches on the performance of heaps" (1996);
 *           one integer key instead of a comparison function keeps the compare free of branches
 */
#ifndef HVPLAN_ENGINE_HEAP4_H
#define HVPLAN_ENGINE_HEAP4_H

#include "model/base/arena.h"
#include "model/base/check.h"
#include <stdbool.h>
#include <stdint.h>

__extension__ typedef unsigned __int128 heap_key;

#define HEAP4_ABSENT UINT32_MAX
/* Larger than any key; its major is INT64_MAX, which is what heap4_top_major says of an empty heap. */
#define HEAP4_NONE (~(heap_key)0 >> 1)
#define HEAP4_ID_BITS 24
#define HEAP4_SEQUENCE_BITS 36
#define HEAP4_ID_MASK ((1u << HEAP4_ID_BITS) - 1u)

struct heap4 {
    struct arena *arena;
    heap_key *key; /* heap order, n used; HEAP4_NONE behind them, so that no block of children is partial */
    uint32_t *position; /* by id: index into key, or HEAP4_ABSENT */
    uint32_t n, capacity, ids;
    uint64_t sequence; /* of the next insertion or move */
};

void heap4_init(struct heap4 *h, struct arena *a);
/* Makes ids 0 .. id known (absent). */
void heap4_reserve(struct heap4 *h, uint32_t id);
/* Room for twice as many keys. */
void heap4_grow(struct heap4 *h);
/* Removes `id`; false if it was absent. */
bool heap4_remove(struct heap4 *h, uint32_t id);

static inline bool heap4_empty(const struct heap4 *h)
{
    return h->n == 0;
}
static inline bool heap4_has(const struct heap4 *h, uint32_t id)
{
    return h->position[id] != HEAP4_ABSENT;
}
/* Smallest; the id only means something when the heap is not empty. */
static inline uint32_t heap4_top_id(const struct heap4 *h)
{
    return (uint32_t)(uint64_t)h->key[0] & HEAP4_ID_MASK;
}
static inline int64_t heap4_top_major(const struct heap4 *h)
{
    return (int64_t)(uint64_t)(h->key[0] >> 64);
}
static inline int64_t heap4_major(const struct heap4 *h, uint32_t id)
{
    return (int64_t)(uint64_t)(h->key[h->position[id]] >> 64);
}
/* When `id` was inserted or moved last: later is larger. */
static inline uint64_t heap4_sequence(const struct heap4 *h, uint32_t id)
{
    return (uint64_t)h->key[h->position[id]] << 4 >> (HEAP4_ID_BITS + 4);
}

static inline void heap4_place(struct heap4 *h, uint32_t i, heap_key k)
{
    h->key[i] = k;
    h->position[(uint32_t)(uint64_t)k & HEAP4_ID_MASK] = i;
}

/* Index of the smallest of the four keys from `first` on. Sums and masks instead of ?: because compilers turn
 * the latter into jumps, which mispredict half of the time. */
static inline uint32_t heap4_least(const heap_key *key, uint32_t first)
{
    const uint32_t a = first + (uint32_t)(key[first + 1] < key[first]);
    const uint32_t b = first + 2 + (uint32_t)(key[first + 3] < key[first + 2]);
    const uint32_t take_b = 0u - (uint32_t)(key[b] < key[a]);
    return a ^ ((a ^ b) & take_b);
}

/* Moves the gap at `i` towards the top until `k` fits, and places it. */
static inline void heap4_up(struct heap4 *h, uint32_t i, heap_key k)
{
    while (i > 0) {
        const uint32_t parent = (i - 1) / 4;
        if (k >= h->key[parent])
            break;
        heap4_place(h, i, h->key[parent]);
        i = parent;
    }
    heap4_place(h, i, k);
}

/* Moves the gap at `i` towards the leaves until `k` fits, and places it. */
static inline void heap4_down(struct heap4 *h, uint32_t i, heap_key k)
{
    for (uint32_t first = 4 * i + 1; first < h->n; first = 4 * i + 1) {
        /* Two events are the most frequent case of a small model: one child and no choice. */
        const uint32_t child = first + 1 == h->n ? first : heap4_least(h->key, first);
        if (k < h->key[child])
            break;
        heap4_place(h, i, h->key[child]);
        i = child;
    }
    heap4_place(h, i, k);
}

/* Moves from place `i`, wherever that leads. */
static inline void heap4_move(struct heap4 *h, uint32_t i, heap_key k)
{
    if (k < h->key[i])
        heap4_up(h, i, k);
    else
        heap4_down(h, i, k);
}

/* The key of the next insertion of a known `id`; major >= 0 is the caller's care. */
static inline heap_key heap4_next_key(struct heap4 *h, uint32_t id, int64_t major, unsigned priority)
{
    CHECK((priority >> 4 | h->sequence >> HEAP4_SEQUENCE_BITS) == 0);
    const uint64_t minor = (uint64_t)priority << 60 | h->sequence++ << HEAP4_ID_BITS | id;
    return (heap_key)(uint64_t)major << 64 | minor;
}

/* Inserts an absent id. */
static inline void heap4_append(struct heap4 *h, heap_key k)
{
    if (HVPLAN_UNLIKELY(h->n == h->capacity))
        heap4_grow(h);
    heap4_up(h, h->n++, k);
}

/* Puts `k` of an absent id into the place of the top, which becomes absent: one passage instead of two. k must not be
 * smaller than the top. */
static inline void heap4_replace_top(struct heap4 *h, heap_key k)
{
    h->position[heap4_top_id(h)] = HEAP4_ABSENT;
    heap4_down(h, 0, k);
}

/* Inserts `id` with this key or moves it there; takes a new sequence number. major >= 0, priority 0 (first) .. 15. */
static inline void heap4_set(struct heap4 *h, uint32_t id, int64_t major, unsigned priority)
{
    CHECK(id < h->ids && major >= 0);
    const heap_key k = heap4_next_key(h, id, major, priority);
    if (heap4_has(h, id))
        heap4_move(h, h->position[id], k);
    else
        heap4_append(h, k);
}

#endif

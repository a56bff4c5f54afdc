/* tight_heap.h - the event list of the tight loops: 4-ary heap of (time bits, sequence, id) as one integer.
 *
 * Does      only what a loop needs that was written for one model: no handles, no checks, no growth; times are doubles,
 *           whose bits order like integers because they are positive
 */
#ifndef HVPLAN_BENCH_TIGHT_HEAP_H
#define HVPLAN_BENCH_TIGHT_HEAP_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

__extension__ typedef unsigned __int128 tight_key;

struct tight_heap {
    tight_key *key; /* key[1] on a cache line; four of all ones behind the last */
    uint32_t *position;
    uint32_t n;
    uint64_t sequence;
};

void tight_heap_init(struct tight_heap *h, int capacity);
void tight_heap_free(struct tight_heap *h);

static inline tight_key tight_make(struct tight_heap *h, double at, uint32_t id)
{
    uint64_t bits;
    memcpy(&bits, &at, sizeof bits);
    return (tight_key)bits << 64 | h->sequence++ << 20 | id;
}
static inline uint32_t tight_id(tight_key k)
{
    return (uint32_t)(uint64_t)k & 0xfffffu;
}
static inline double tight_time(tight_key k)
{
    const uint64_t bits = (uint64_t)(k >> 64);
    double at;
    memcpy(&at, &bits, sizeof at);
    return at;
}
static inline uint32_t tight_least(const tight_key *key, uint32_t first)
{
    const uint32_t a = first + (uint32_t)(key[first + 1] < key[first]);
    const uint32_t b = first + 2 + (uint32_t)(key[first + 3] < key[first + 2]);
    return a ^ ((a ^ b) & (0u - (uint32_t)(key[b] < key[a])));
}

/* Without a position table. `few` says that there are hardly ever more than two events, so that a lone child is worth a
 * question. */
static inline void tight_down(struct tight_heap *h, tight_key k, bool few)
{
    uint32_t i = 0;
    for (uint32_t first = 1; first < h->n; first = 4 * i + 1) {
        const uint32_t child = few && first + 1 == h->n ? first : tight_least(h->key, first);
        if (k < h->key[child])
            break;
        h->key[i] = h->key[child];
        i = child;
    }
    h->key[i] = k;
}
static inline void tight_pop(struct tight_heap *h, bool few)
{
    const tight_key last = h->key[--h->n];
    h->key[h->n] = ~(tight_key)0;
    if (h->n > 0)
        tight_down(h, last, few);
}
static inline void tight_push(struct tight_heap *h, tight_key k)
{
    uint32_t i = h->n++;
    for (; i > 0 && k < h->key[(i - 1) / 4]; i = (i - 1) / 4)
        h->key[i] = h->key[(i - 1) / 4];
    h->key[i] = k;
}

/* With a position table. */
static inline void tight_place(struct tight_heap *h, uint32_t i, tight_key k)
{
    h->key[i] = k;
    h->position[tight_id(k)] = i;
}
static inline void tight_indexed_down(struct tight_heap *h, uint32_t i, tight_key k)
{
    for (uint32_t first = 4 * i + 1; first < h->n; first = 4 * i + 1) {
        const uint32_t child = tight_least(h->key, first);
        if (k < h->key[child])
            break;
        tight_place(h, i, h->key[child]);
        i = child;
    }
    tight_place(h, i, k);
}
static inline void tight_indexed_up(struct tight_heap *h, uint32_t i, tight_key k)
{
    for (; i > 0 && k < h->key[(i - 1) / 4]; i = (i - 1) / 4)
        tight_place(h, i, h->key[(i - 1) / 4]);
    tight_place(h, i, k);
}

#endif

/* seat.c - the map of free seats, and the choice among them. */
#include "model/host/seat.h"

struct span {
    int lo, hi;
};

void seat_init(struct host *h)
{
    for (int i = 0; i < h->lps; i += h->seat_width)
        seat_mark(h, i, true);
}

struct lp *seat_lp(const struct vp *vp, int seat)
{
    struct host *h = vp->host;
    if (h->seat_width == 1)
        return &h->lp[seat];
    return &h->lp[seat + (vp->core_n > 1 || vp->pinned >= 0 ? vp->index % h->seat_width : 0)];
}

bool seat_free(const struct host *h, int seat)
{
    return h->idle[seat / 64] >> (seat % 64) & 1;
}

void seat_mark(struct host *h, int seat, bool is_free)
{
    const uint64_t bit = UINT64_C(1) << (seat % 64);
    if (seat_free(h, seat) == is_free)
        return;
    h->idle[seat / 64] ^= bit;
    h->idle_seats += is_free ? 1 : -1;
}

/* Bits of word w that lie in the span. */
static uint64_t bits_in(const struct host *h, int w, struct span s)
{
    uint64_t bits = h->idle[w];
    if (s.lo > w * 64)
        bits &= ~UINT64_C(0) << (s.lo - w * 64);
    if (s.hi < w * 64 + 64)
        bits &= ~(~UINT64_C(0) << (s.hi - w * 64));
    return bits;
}

static int count_in(const struct host *h, struct span s)
{
    int n = 0;
    for (int w = s.lo / 64; w * 64 < s.hi; w++)
        n += __builtin_popcountll(bits_in(h, w, s));
    return n;
}

static int nth_in(const struct host *h, struct span s, int nth)
{
    for (int w = s.lo / 64; w * 64 < s.hi; w++) {
        uint64_t bits = bits_in(h, w, s);
        const int here = __builtin_popcountll(bits);
        if (nth >= here) {
            nth -= here;
            continue;
        }
        while (nth-- > 0)
            bits &= bits - 1;
        return w * 64 + __builtin_ctzll(bits);
    }
    return -1;
}

static struct span allowed(const struct vp *vp)
{
    return (struct span){vp->lo, vp->hi};
}

/* LPs of a node that the VP may use; node -1 = all. */
static struct span near(const struct vp *vp, int node)
{
    const struct host *h = vp->host;
    struct span s = allowed(vp);
    if (node < 0)
        return s;
    const int lo = node * h->lps / h->nodes, hi = (node + 1) * h->lps / h->nodes;
    s.lo = s.lo > lo ? s.lo : lo;
    s.hi = s.hi < hi ? s.hi : hi;
    return s.lo < s.hi ? s : (struct span){0, 0};
}

static int any_in(struct host *h, struct span s)
{
    const int n = count_in(h, s);
    return n == 0 ? -1 : nth_in(h, s, n == 1 ? 0 : (int)rng_below(&h->placement, (uint64_t)n));
}

/* First free seat in the span, one whose sibling rests if there is one; -1 if none. */
static int first_in(const struct host *h, struct span s)
{
    const int n = count_in(h, s);
    for (int k = 0; k < n && h->seat_width == 1 && h->lp[0].sibling >= 0; k++) {
        const int i = nth_in(h, s, k);
        if (!h->lp[h->lp[i].sibling].occupied)
            return i;
    }
    return n > 0 ? nth_in(h, s, 0) : -1;
}

static int choose_last(struct vp *vp)
{
    struct host *h = vp->host;
    const int last = seat_of(vp->last_lp);
    if (h->spec->hv.placement == PLACE_STAY)
        return seat_free(h, last) ? last : -1;
    const int home = vp->home >= 0 ? vp->home : vp->last_lp->node;
    const bool last_free = seat_free(h, last) && last >= vp->lo && last < vp->hi;
    if (last_free && vp->last_lp->node == home)
        return last;
    const int same = first_in(h, near(vp, home));
    if (same >= 0)
        return same;
    return last_free ? last : first_in(h, allowed(vp));
}

int seat_choose(struct vp *vp)
{
    struct host *h = vp->host;
    if (vp->pinned >= 0) {
        const int seat = vp->pinned - vp->pinned % h->seat_width;
        return seat_free(h, seat) ? seat : -1;
    }
    if (h->idle_seats == 0)
        return -1;
    if (h->spec->hv.placement != PLACE_ANY && vp->last_lp)
        return choose_last(vp);
    const int same = vp->home >= 0 ? any_in(h, near(vp, vp->home)) : -1;
    return same >= 0 ? same : any_in(h, allowed(vp));
}

int seat_wander(const struct vp *vp)
{
    struct host *h = vp->host;
    if (vp->pinned >= 0 || h->seat_width > 1 || h->idle_seats == 0)
        return -1;
    const bool at_home = vp->home < 0 || vp->lp->node == vp->home;
    struct span s = near(vp, vp->home);
    if (!at_home && count_in(h, s) > 0)
        return h->spec->hv.placement == PLACE_ANY ? any_in(h, s) : first_in(h, s);
    if (h->spec->hv.placement != PLACE_ANY)
        return -1;
    if (!at_home)
        s = allowed(vp);
    const int n = count_in(h, s);
    const int pick = n > 0 ? (int)rng_below(&h->placement, (uint64_t)n + 1) : n;
    return pick < n ? nth_in(h, s, pick) : -1;
}

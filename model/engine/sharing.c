/* sharing.c - attained service as a virtual clock. */
#include "model/engine/sharing.h"

/* Keys count attained service in 1/16 ns. */
#define STEPS 16.0
#define MOST_NS 0x1p58

void sharing_init(struct sharing *p, struct arena *a)
{
    *p = (struct sharing){.arena = a};
    heap4_init(&p->finish, a);
}

void sharing_advance(struct sharing *p, int64_t now)
{
    p->attained += (double)(now - p->now) * p->pace;
    p->now = now;
}

static uint32_t place_take(struct sharing *p)
{
    if (p->vacants > 0)
        return p->vacant[--p->vacants];
    (void)ARENA_PUSH(p->arena, p->member, p->members, p->member_capacity);
    heap4_reserve(&p->finish, p->members - 1);
    return p->members - 1;
}

uint32_t sharing_add(struct sharing *p, void *member, double demand_ns)
{
    const double finish = p->attained + demand_ns;
    CHECK(member && demand_ns >= 0.0 && finish < MOST_NS);
    const uint32_t place = place_take(p);
    p->member[place] = member;
    heap4_set(&p->finish, place, (int64_t)(finish * STEPS + 0.5), 0);
    return place;
}

void *sharing_take(struct sharing *p)
{
    CHECK(!heap4_empty(&p->finish));
    const uint32_t place = heap4_top_id(&p->finish);
    void *member = p->member[place];
    heap4_remove(&p->finish, place);
    p->member[place] = NULL;
    *ARENA_PUSH(p->arena, p->vacant, p->vacants, p->vacant_capacity) = place;
    return member;
}

void sharing_set_pace(struct sharing *p, double pace)
{
    p->pace = pace;
    if (!heap4_empty(&p->finish))
        return;
    p->attained = 0.0;
    p->pace = 0.0;
}

double sharing_time_left(const struct sharing *p)
{
    CHECK(!heap4_empty(&p->finish) && p->pace > 0.0);
    return ((double)heap4_top_major(&p->finish) / STEPS - p->attained) / p->pace;
}

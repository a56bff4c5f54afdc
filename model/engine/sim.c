/* sim.c - sources and the event loop. */
#include "model/engine/sim.h"

void sim_init(struct sim *sim, struct arena *a, uint64_t seed, int replication)
{
    *sim = (struct sim){
        .arena = a, .free_slot = SIM_NOBODY, .running = SIM_NOBODY, .seed = seed, .replication = replication};
    heap4_init(&sim->events, a);
}

static uint32_t slot_take(struct sim *sim)
{
    if (sim->free_slot != SIM_NOBODY) {
        const uint32_t id = sim->free_slot;
        sim->free_slot = sim->slot[id].next_free;
        return id;
    }
    SIM_CHECK(sim, sim->slots < HEAP4_ID_MASK);
    struct sim_slot *slot = ARENA_PUSH(sim->arena, sim->slot, sim->slots, sim->slot_capacity);
    slot->generation = 1;
    heap4_reserve(&sim->events, sim->slots - 1);
    return sim->slots - 1;
}

struct sim_source sim_source_new(struct sim *sim, sim_fn fn, void *owner)
{
    SIM_CHECK(sim, fn != NULL);
    const uint32_t id = slot_take(sim);
    sim->slot[id].fn = fn;
    sim->slot[id].owner = owner;
    return (struct sim_source){id, sim->slot[id].generation};
}

void sim_source_free(struct sim *sim, struct sim_source s)
{
    SIM_CHECK(sim, sim_source_alive(sim, s));
    heap4_remove(&sim->events, s.id);
    if (sim->running == s.id)
        sim->running = SIM_NOBODY;
    struct sim_slot *slot = &sim->slot[s.id];
    slot->generation++;
    /* A slot whose generations are used up stays out of use, so that no old handle comes to life again. */
    if (slot->generation == UINT32_MAX)
        return;
    slot->next_free = sim->free_slot;
    sim->free_slot = s.id;
}

bool sim_source_alive(const struct sim *sim, struct sim_source s)
{
    return s.id < sim->slots && sim->slot[s.id].generation == s.generation;
}

void sim_schedule_other(struct sim *sim, uint32_t id, heap_key k)
{
    struct heap4 *h = &sim->events;
    if (sim->running != SIM_NOBODY && HVPLAN_UNLIKELY(k < h->key[0])) {
        /* Goes before the running event: same time, lower priority number. */
        heap4_remove(h, sim->running);
        sim->running = SIM_NOBODY;
    }
    if (heap4_has(h, id)) {
        heap4_move(h, h->position[id], k);
    } else if (sim->running != SIM_NOBODY) {
        heap4_replace_top(h, k);
        sim->running = SIM_NOBODY;
    } else {
        heap4_append(h, k);
    }
}

bool sim_pending(const struct sim *sim, struct sim_source s)
{
    return sim_source_alive(sim, s) && s.id != sim->running && heap4_has(&sim->events, s.id);
}

bool sim_cancel(struct sim *sim, struct sim_source s)
{
    return sim_pending(sim, s) && heap4_remove(&sim->events, s.id);
}

sim_ns sim_pending_at(const struct sim *sim, struct sim_source s)
{
    return sim_pending(sim, s) ? heap4_major(&sim->events, s.id) : SIM_NEVER;
}

/* An empty heap says INT64_MAX, so `until` stays below that. */
uint64_t sim_run(struct sim *sim, sim_ns until)
{
    SIM_CHECK(sim, until >= sim->now && sim->running == SIM_NOBODY);
    const uint64_t before = sim->executed;
    sim->until = until == SIM_NEVER ? SIM_NEVER - 1 : until;
    for (;;) {
        const sim_ns at = heap4_top_major(&sim->events);
        if (at > sim->until)
            break;
        sim->running = heap4_top_id(&sim->events);
        sim->now = at;
        sim->executed++;
        const struct sim_slot *slot = &sim->slot[sim->running];
        slot->fn(sim, slot->owner);
        if (sim->running != SIM_NOBODY) {
            heap4_remove(&sim->events, sim->running);
            sim->running = SIM_NOBODY;
        }
    }
    if (sim->until == until)
        sim->now = until;
    return sim->executed - before;
}

void sim_stop(struct sim *sim)
{
    sim->until = -1;
}

/* test_work_conservation.c - random hosts under every scheduler, queue and placement: no LP is idle while a VP that may run
 * there waits.
 *
 * Does      runs each model from event to event and looks at every instant's end: VP states alone say who waits
 * Shape     a VP may run on its CPU group's LPs, a root VP on its own; under the core scheduler on a core where no other VP is,
 *           or beside the VPs that share cores with it. With `steal: no` or `placement: stay` queues per LP do not
 *           conserve work, until the next balance: these say what breaks the rule
 */
#include "model/host/run.h"
#include "tests/support/hostsim.h"
#include "tests/support/support.h"
#include <stdio.h>
#include <string.h>

#define MODELS 12 /* of each kind */
#define EVENTS 12000

struct kind {
    const char *hypervisor;
    int threads;
    bool conserves;
};

static const struct kind kinds[] = {
    {"scheduler: classic, placement: any", 1, true},
    {"scheduler: classic, placement: last", 2, true},
    {"scheduler: classic, root_first: no", 1, true},
    {"scheduler: classic, root_vps: 1, quantum: 2 ms", 1, true},
    {"scheduler: core", 1, true},
    {"scheduler: core", 2, true},
    {"scheduler: core, placement: any, root_first: no", 2, true},
    {"scheduler: root", 2, true},
    {"scheduler: classic, queues: per-lp", 1, true},
    {"scheduler: classic, queues: per-lp, placement: any, balance: 0 s", 2, true},
    {"scheduler: classic, queues: per-lp, steal: no, balance: 0 s", 1, false},
    {"scheduler: classic, queues: per-lp, placement: stay, steal: no, balance: 4 ms", 2, false},
};
enum { KINDS = sizeof kinds / sizeof *kinds };

/* ---- random hosts ---- */

static int below(struct rng *r, int n)
{
    return (int)rng_below(r, (uint64_t)n);
}

static const char *vms_of(struct arena *a, struct rng *r, int vms, bool groups)
{
    static const char *const more[] = {"", "", ", reserve: 10 %", ", limit: 45 %",
                                       ", reserve: 5 %, limit: 60 %"};
    const char *text = "vms:\n";
    for (int i = 0; i < vms; i++)
        text = arena_printf(a,
                            "%s  v%d: {host: HV, os: ws2016, vcpus: %d, weight: %d%s%s, smt: %s, disks: {c: "
                            "{kind: fixed-vhdx, on: d}}}\n",
                            text, i, 1 + below(r, 4), 1 + below(r, 900), more[below(r, 5)],
                            groups && below(r, 2)
                                ? (const char *[]){", cpu_group: g", ", cpu_group: budget"}[below(r, 2)]
                                : "",
                            below(r, 2) ? "yes" : "no");
    return text;
}

static const char *loads_of(struct arena *a, struct rng *r, int vms)
{
    const char *text = "workloads:\n";
    for (int i = 0; i < vms; i++) {
        const char *source = below(r, 2) ? arena_printf(a, "closed: {users: %d, think: %d ms}",
                                                        1 + below(r, 8), 3 * below(r, 4))
                                         : arena_printf(a, "arrivals: {rate: %d /s}", 20 + below(r, 150));
        text =
            arena_printf(a, "%s  w%d: {%s, steps: [{on: v%d, cpu: %d ms}, {read: {disk: c, size: 8 KiB}}]}\n",
                         text, i, source, i, 1 + below(r, 9));
    }
    return text;
}

static struct run *random_run(struct arena *a, const struct kind *k, uint64_t number)
{
    struct rng r;
    rng_seed(&r, 20261122, number, (uint64_t)(k - kinds), 0);
    const int cores = 2 + below(&r, 4), vms = 2 + below(&r, 5);
    const bool groups = below(&r, 2) && strstr(k->hypervisor, "root") == NULL;
    const char *hypervisor =
        arena_printf(a, "version: 2019, root_load: 0.%d cores, %s%s", below(&r, 6), k->hypervisor,
                     groups ? ", cpu_groups: {g: {lps: 2, cap: 100 %}, budget: {cap: 40 %}}" : "");
    const struct model *m = hostsim_modelf(
        a,
        "schema: hvplan.model/1\nhosts: {HV: {cpu: {sockets: 1, cores: %d, threads: %d}, hypervisor: {%s},\n"
        "  disks: {d: {kind: ssd, channels: 8, read: 300 us, write: 300 us}}}}\n%s%s",
        cores, k->threads, hypervisor, vms_of(a, &r, vms, groups), loads_of(a, &r, vms));
    return run_new(a, m, k->hypervisor, number, 0);
}

/* ---- the rule ---- */

static const struct vp *on_lp(const struct host *h, int lp)
{
    return lp < h->lps ? h->lp[lp].running : NULL;
}

/* Nobody is on the core, or only VPs of its own VM that share cores with it. */
static bool core_open_to(const struct host *h, const struct vp *vp, int first, int threads)
{
    bool empty = true, mates = true;
    for (int i = first; i < first + threads; i++) {
        const struct vp *other = on_lp(h, i);
        if (!other)
            continue;
        empty = false;
        mates = mates && other->vm == vp->vm && vp->core_n > 1 && other->core_first == vp->core_first;
    }
    return empty || mates;
}

/* The VP is ready and some LP on which it may run is idle. */
static bool neglected(const struct host *h, const struct vp *vp, bool by_core, int threads)
{
    if (vp->state != VP_READY)
        return false;
    const int lo = vp->pinned >= 0 ? vp->pinned : vp->lo, hi = vp->pinned >= 0 ? vp->pinned + 1 : vp->hi;
    for (int i = lo; i < hi; i++)
        if (!on_lp(h, i) && (!by_core || core_open_to(h, vp, i - i % threads, threads)))
            return true;
    return false;
}

/* What the scheduler believes of its LPs is so. */
static void check_bookkeeping(const struct host *h)
{
    int busy = 0, waiting = 0;
    for (int i = 0; i < h->lps; i++) {
        const struct vp *vp = h->lp[i].running;
        assert_true(h->lp[i].occupied == (vp != NULL));
        assert_true(!vp || (vp->state == VP_RUNNING && vp->lp == &h->lp[i]));
        busy += vp != NULL;
    }
    for (int i = 0; i < h->vps; i++)
        waiting += h->vp[i]->vm && h->vp[i]->state == VP_READY;
    assert_int_equal(busy, h->busy);
    assert_int_equal(waiting, h->waiting);
}

struct seen {
    int idle_with_nobody, full_with_waiting, broken;
};

static void look(const struct host *h, bool by_core, int threads, struct seen *s)
{
    bool broken = false;
    for (int i = 0; i < h->vps; i++)
        broken = broken || neglected(h, h->vp[i], by_core, threads);
    check_bookkeeping(h);
    s->idle_with_nobody += h->busy < h->lps && h->waiting == 0;
    s->full_with_waiting += h->busy == h->lps && h->waiting > 0;
    s->broken += broken;
}

static void check_model(const struct kind *k, uint64_t number, struct seen *s)
{
    struct arena *a = arena_new();
    struct run *run = random_run(a, k, number);
    const bool by_core = strstr(k->hypervisor, "core") && k->threads > 1;
    for (int i = 0; i < EVENTS && !run->saturated; i++) {
        const sim_ns next = heap4_top_major(&run->sim.events);
        sim_run(&run->sim, next);
        look(&run->host[0], by_core, k->threads, s);
        if (k->conserves && s->broken)
            fail_msg("%s, model %d: an LP is idle at %lld ns and a VP waits", k->hypervisor, (int)number,
                     (long long)next);
    }
    arena_free(a);
}

static void test_no_lp_is_idle_while_a_vp_may_run(void **state)
{
    (void)state;
    for (int i = 0; i < KINDS; i++) {
        struct seen s = {0};
        for (uint64_t n = 0; n < MODELS; n++)
            check_model(&kinds[i], n, &s);
        print_message("%s, %d threads: idle %d, full %d, broken %d\n", kinds[i].hypervisor, kinds[i].threads,
                      s.idle_with_nobody, s.full_with_waiting, s.broken);
        assert_true(s.idle_with_nobody > 1000 &&
                    s.full_with_waiting > 1000);           /* both sides of the rule were seen */
        assert_true(kinds[i].conserves || s.broken > 100); /* the rule can be broken */
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_no_lp_is_idle_while_a_vp_may_run)};
    return cmocka_run_group_tests_name("work conservation", tests, NULL, NULL);
}

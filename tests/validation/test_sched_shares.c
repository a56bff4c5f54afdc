/* test_sched_shares.c - weights, reserves and caps of busy VPs, against the shares that they must have.
 *
 * Does      every VP always has work, so each share follows from weight, reserve, cap and CPU group alone
 * Source    TLFS 2.0a 18.2 (weight, reserve, cap are per VP); the share of several LPs: every VP gets weight x level, at most
 *           one LP and its cap, at least its reserve, with the level that uses the LPs up (max-min fairness: Bertsekas and
 *           Gallager, Data Networks (1992), section 6.5.2); eight VMs on one processor: PDQ (Gunther), demo vmware.R
 */
#include "model/host/run.h"
#include "tests/support/hostsim.h"
#include "tests/support/support.h"
#include <math.h>

#define MOST 12
#define WINDOW_NS 100e6

struct share {
    double weight, reserve, cap;
};

struct crowd {
    int lps, vps;
    struct share vp[MOST];
};

static const struct model *crowd_model(struct arena *a, const struct crowd *c, const char *hypervisor)
{
    const char *vms = "", *loads = "";
    for (int i = 0; i < c->vps; i++) {
        const struct share *s = &c->vp[i];
        vms =
            arena_printf(a, "%s  v%d: {host: HV, os: ws2012, weight: %g, reserve: %.9g %%, limit: %.9g %%}\n",
                         vms, i, s->weight, 100.0 * s->reserve, 100.0 * s->cap);
        loads = arena_printf(a, "%s  w%d: {closed: {users: 2}, steps: [{on: v%d, cpu: %d ms}]}\n", loads, i,
                             i, 17 + 3 * i);
    }
    struct model *m =
        hostsim_modelf(a,
                       "schema: hvplan.model/1\nhosts: {HV: {cpu: {sockets: 1, cores: %d}, hypervisor: "
                       "{version: 2012, quantum: 5 ms, window: 100 ms%s}}}\nvms:\n%sworkloads:\n%s",
                       c->lps, hypervisor, vms, loads);
    for (size_t i = 0; i < mechanism_param_count(); i++)
        m->overhead[i] = mechanism_param(i, NULL)->lo;
    m->fixed_cpu = 0.0;
    return m;
}

static double used_ns(const struct vm *vm)
{
    return vm->vp[0].guest_ns + vm->vp[0].hypervisor_ns;
}

/* LPs that each VP has, after a warm-up, over `seconds`. */
static void measure(const struct crowd *c, const char *hypervisor, double seconds, double *share)
{
    struct arena *a = arena_new();
    struct run *run = run_new(a, crowd_model(a, c, hypervisor), "shares", 3, 0);
    run_until(run, 10 * SIM_SECOND);
    for (int i = 0; i < c->vps; i++)
        share[i] = -used_ns(&run->vm[i]);
    run_until(run, 10 * SIM_SECOND + sim_round(seconds * 1e9));
    for (int i = 0; i < c->vps; i++)
        share[i] = (share[i] + used_ns(&run->vm[i])) / (seconds * 1e9);
    arena_free(a);
}

/* What each VP must have. */
static double share_at(const struct share *s, double level)
{
    return fmin(fmin(1.0, s->cap), fmax(s->reserve, s->weight * level));
}

static void exact_shares(const struct crowd *c, double *share)
{
    double low = 0.0, high = 1.0; /* at a level of 1 the lightest VP has a whole LP */
    for (int step = 0; step < 200; step++) {
        const double level = 0.5 * (low + high);
        double sum = 0.0;
        for (int i = 0; i < c->vps; i++)
            sum += share_at(&c->vp[i], level);
        *(sum > c->lps ? &high : &low) = level;
    }
    for (int i = 0; i < c->vps; i++)
        share[i] = share_at(&c->vp[i], low);
}

/* ---- weights ---- */

static void check_shares(const struct crowd *c, const char *hypervisor, double rel)
{
    double exact[MOST], had[MOST];
    exact_shares(c, exact);
    measure(c, hypervisor, 100.0, had);
    for (int i = 0; i < c->vps; i++)
        assert_close(had[i], exact[i], rel);
}

static void test_weights_share_one_and_several_lps(void **state)
{
    (void)state;
    static const struct crowd crowds[] = {
        {1, 3, {{100, 0, 1}, {200, 0, 1}, {700, 0, 1}}},
        {2, 3, {{100, 0, 1}, {100, 0, 1}, {150, 0, 1}}}, /* 0.857 of an LP */
        {2, 3, {{100, 0, 1}, {100, 0, 1}, {195, 0, 1}}}, /* 0.987 */
        {2,
         3,
         {{100, 0, 1}, {100, 0, 1}, {5000, 0, 1}}}, /* would be 1.92: has one, the others half of the other */
        {4, 6, {{100, 0, 1}, {100, 0, 1}, {100, 0, 1}, {100, 0, 1}, {160, 0, 1}, {180, 0, 1}}},
        {4, 7, {{10, 0, 1}, {20, 0, 1}, {30, 0, 1}, {40, 0, 1}, {50, 0, 1}, {1000, 0, 1}, {2000, 0, 1}}},
    };
    for (size_t i = 0; i < sizeof crowds / sizeof *crowds; i++)
        check_shares(&crowds[i], "", 0.003);
}

static double random_weight(struct rng *r)
{
    return 1.0 + floor(exp(6.0 * rng_uniform(r)));
}

static struct crowd random_crowd(struct rng *r, int number)
{
    struct crowd c = {.lps = (int[]){1, 2, 4}[number % 3]};
    c.vps = c.lps + 1 + (int)rng_below(r, (uint64_t)(MOST - c.lps));
    for (int i = 0; i < c.vps; i++)
        c.vp[i] = (struct share){random_weight(r), 0.0, 1.0};
    return c;
}

static void test_random_weights(void **state)
{
    (void)state;
    struct rng r;
    rng_seed(&r, 20261122, 1, 0, 0);
    for (int i = 0; i < 30; i++) {
        const struct crowd c = random_crowd(&r, i);
        check_shares(&c, "", 0.01);
    }
}

static void test_a_weight_five_per_cent_off_shows(void **state)
{
    (void)state;
    static const struct crowd right = {2, 3, {{100, 0, 1}, {100, 0, 1}, {150, 0, 1}}};
    static const struct crowd wrong = {2, 3, {{105, 0, 1}, {100, 0, 1}, {150, 0, 1}}};
    double exact[MOST], had[MOST];
    exact_shares(&right, exact);
    measure(&wrong, "", 100.0, had);
    assert_true(had[0] / exact[0] - 1.0 > 0.02);
}

/* 288 s of work each, here 288 ms: 1152 and 5760 ms; a weight of 5000 and one of 1000 by the published shares. */
static double stretched_ms(struct arena *a, int heavy, int which)
{
    const char *vms = "", *loads = "";
    for (int i = 0; i < 8; i++) {
        vms = arena_printf(a, "%s  v%d: {host: HV, os: ws2012, weight: %d}\n", vms, i, i < 3 ? heavy : 1000);
        loads = arena_printf(
            a, "%s  w%d: {closed: {users: 1}, steps: [{on: v%d, cpu: {mean: 288 ms, scv: 0}}]}\n", loads, i,
            i);
    }
    struct model *m =
        hostsim_modelf(a,
                       "schema: hvplan.model/1\nhosts: {HV: {cpu: {sockets: 1, cores: 1}, hypervisor: "
                       "{version: 2012, quantum: 1 ms}}}\nvms:\n%sworkloads:\n%s",
                       vms, loads);
    for (size_t i = 0; i < mechanism_param_count(); i++)
        m->overhead[i] = mechanism_param(i, NULL)->lo;
    m->fixed_cpu = 0.0;
    struct run *run = run_new(a, m, "shares", 1, 0);
    run_until(run, 600 * SIM_SECOND);
    const struct workload *w = &run->workload[which];
    return w->response_ns / (double)w->finished * 1e-6;
}

static void test_eight_vms_on_one_cpu_by_published_shares(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    assert_close(stretched_ms(a, 5000, 0), 1152.0, 0.005);
    assert_close(stretched_ms(a, 5000, 7), 5760.0, 0.005);
    assert_true(stretched_ms(a, 5250, 7) / 5760.0 - 1.0 > 0.02); /* twin */
    arena_free(a);
}

/* ---- reserves ---- */

static void add_reserves(struct rng *r, struct crowd *c)
{
    double left = 0.95 * c->lps;
    for (int i = 0; i < c->vps; i++) {
        if (rng_below(r, 3) == 0)
            continue;
        c->vp[i].reserve = fmin(1.0, left * rng_uniform(r));
        left -= c->vp[i].reserve;
    }
}

static void check_reserves(const struct crowd *c)
{
    double had[MOST];
    measure(c, "", 50.0, had);
    for (int i = 0; i < c->vps; i++)
        if (had[i] < 0.99 * c->vp[i].reserve)
            fail_msg("%d LPs, VP %d of %d: weight %g, reserve %g, has %g", c->lps, i, c->vps, c->vp[i].weight,
                     c->vp[i].reserve, had[i]);
}

static void test_reserves_are_guaranteed_under_saturation(void **state)
{
    (void)state;
    static const struct crowd crowds[] = {
        {1, 2, {{1, 0.3, 1}, {100, 0.6, 1}}},
        {2,
         3,
         {{1, 0.9, 1},
          {100, 0.5, 1},
          {100, 0.5, 1}}}, /* the first must begin at once: it has one LP at a time */
        {2, 4, {{1, 0.77, 1}, {100, 0.4, 1}, {100, 0.4, 1}, {100, 0.4, 1}}},
    };
    for (size_t i = 0; i < sizeof crowds / sizeof *crowds; i++)
        check_reserves(&crowds[i]);
    struct rng r;
    rng_seed(&r, 20261122, 2, 0, 0);
    for (int i = 0; i < 60; i++) {
        struct crowd c = random_crowd(&r, i);
        add_reserves(&r, &c);
        check_reserves(&c);
    }
}

/* Twin: without the reserve the weight leaves the VP next to nothing. */
static void test_without_its_reserve_it_starves(void **state)
{
    (void)state;
    static const struct crowd c = {2, 3, {{1, 0, 1}, {100, 0.5, 1}, {100, 0.5, 1}}};
    double had[MOST];
    measure(&c, "", 50.0, had);
    assert_true(had[0] < 0.03);
}

/* ---- caps ---- */

/* Most and least that each VP had of any window, as a share. */
static void windows(const struct crowd *c, double *least, double *most)
{
    struct arena *a = arena_new();
    struct run *run = run_new(a, crowd_model(a, c, ""), "caps", 3, 0);
    double before[MOST] = {0};
    for (int n = 0; n <= 300; n++) {
        run_until(run, sim_round((n + 1) * WINDOW_NS));
        for (int i = 0; i < c->vps; i++) {
            const double now = used_ns(&run->vm[i]);
            const double share = (now - before[i]) / WINDOW_NS;
            least[i] = n > 1 ? fmin(least[i], share) : share; /* the first is the warm-up */
            most[i] = n > 1 ? fmax(most[i], share) : share;
            before[i] = now;
        }
    }
    arena_free(a);
}

static void add_caps(struct rng *r, struct crowd *c)
{
    for (int i = 0; i < c->vps; i++)
        if (rng_below(r, 3))
            c->vp[i].cap = fmax(c->vp[i].reserve, 0.05 + 0.9 * rng_uniform(r));
}

static void test_no_window_holds_more_than_the_cap(void **state)
{
    (void)state;
    struct rng r;
    rng_seed(&r, 20261122, 3, 0, 0);
    for (int k = 0; k < 40; k++) {
        struct crowd c = random_crowd(&r, k);
        if (k % 2)
            add_reserves(&r, &c);
        add_caps(&r, &c);
        double least[MOST], most[MOST];
        windows(&c, least, most);
        for (int i = 0; i < c.vps; i++)
            assert_true(most[i] <= c.vp[i].cap + 1e-6);
    }
}

static void test_caps_are_reached_where_lps_suffice(void **state)
{
    (void)state;
    struct rng r;
    rng_seed(&r, 20261122, 4, 0, 0);
    for (int k = 0; k < 20; k++) {
        struct crowd c = random_crowd(&r, k);
        c.vps = c.lps;
        add_caps(&r, &c);
        double least[MOST], most[MOST];
        windows(&c, least, most);
        for (int i = 0; i < c.vps; i++) {
            assert_close(least[i], c.vp[i].cap, 1e-6);
            assert_close(most[i], c.vp[i].cap, 1e-6);
        }
    }
}

/* What capped VPs leave goes to the others by weight. Only on one LP is that exact: among several, VPs that have reached
 * their caps by the middle of a window can leave fewer than there are LPs. */
static void test_caps_and_weights_together(void **state)
{
    (void)state;
    struct rng r;
    rng_seed(&r, 20261122, 5, 0, 0);
    for (int k = 0; k < 30; k += 3) {
        struct crowd c = random_crowd(&r, k);
        add_caps(&r, &c);
        double exact[MOST], had[MOST];
        exact_shares(&c, exact);
        measure(&c, "", 50.0, had);
        for (int i = 0; i < c.vps; i++)
            assert_true(fabs(had[i] - exact[i]) <= 0.001 + 0.003 * exact[i]);
    }
}

/* ---- a CPU group's budget, and the scheduler that knows no controls ---- */

/* Three VMs in a group, two outside, all busy on 4 LPs. */
static const struct model *grouped(struct arena *a, const char *cap)
{
    const char *vms = "", *loads = "";
    for (int i = 0; i < 5; i++) {
        vms = arena_printf(a, "%s  v%d: {host: HV, os: ws2016, vcpus: 2, weight: %d%s}\n", vms, i,
                           100 + 40 * i, i < 3 ? ", cpu_group: g" : "");
        loads = arena_printf(a, "%s  w%d: {closed: {users: 4}, steps: [{on: v%d, cpu: %d ms}]}\n", loads, i,
                             i, 17 + 3 * i);
    }
    struct model *m = hostsim_modelf(
        a,
        "schema: hvplan.model/1\nhosts: {HV: {cpu: {sockets: 1, cores: 4}, hypervisor: {version: 2016, "
        "quantum: 5 ms, window: 100 ms, cpu_groups: {g: {cap: %s}}}}}\nvms:\n%sworkloads:\n%s",
        cap, vms, loads);
    for (size_t i = 0; i < mechanism_param_count(); i++)
        m->overhead[i] = mechanism_param(i, NULL)->lo;
    m->fixed_cpu = 0.0;
    return m;
}

static double group_used_ns(const struct run *run)
{
    double ns = 0.0;
    for (int i = 0; i < 3; i++)
        for (int k = 0; k < 2; k++)
            ns += run->vm[i].vp[k].guest_ns + run->vm[i].vp[k].hypervisor_ns;
    return ns;
}

static void group_windows(const char *cap, double *least, double *most)
{
    struct arena *a = arena_new();
    struct run *run = run_new(a, grouped(a, cap), "group", 3, 0);
    double before = 0.0;
    for (int n = 0; n <= 200; n++) {
        run_until(run, sim_round((n + 1) * WINDOW_NS));
        const double now = group_used_ns(run), share = (now - before) / WINDOW_NS;
        *least = n > 1 ? fmin(*least, share) : share;
        *most = n > 1 ? fmax(*most, share) : share;
        before = now;
    }
    arena_free(a);
}

static void test_group_budget_is_exact_in_every_window(void **state)
{
    (void)state;
    double least, most;
    group_windows("30 %", &least, &most);
    assert_close(most, 0.30 * 4.0, 1e-6);
    assert_close(least, 0.30 * 4.0, 1e-6);
    group_windows("100 %", &least, &most); /* without it their weights give them more */
    assert_true(least > 1.5);
}

static void test_root_scheduler_knows_no_weights(void **state)
{
    (void)state;
    static const struct crowd c = {2, 4, {{100, 0, 1}, {700, 0.3, 1}, {10, 0, 0.2}, {100, 0, 1}}};
    double had[MOST];
    measure(&c, ", scheduler: root", 50.0, had);
    for (int i = 0; i < c.vps; i++)
        assert_close(had[i], 0.5, 0.005);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_weights_share_one_and_several_lps),
        cmocka_unit_test(test_random_weights),
        cmocka_unit_test(test_a_weight_five_per_cent_off_shows),
        cmocka_unit_test(test_eight_vms_on_one_cpu_by_published_shares),
        cmocka_unit_test(test_reserves_are_guaranteed_under_saturation),
        cmocka_unit_test(test_without_its_reserve_it_starves),
        cmocka_unit_test(test_no_window_holds_more_than_the_cap),
        cmocka_unit_test(test_caps_are_reached_where_lps_suffice),
        cmocka_unit_test(test_caps_and_weights_together),
        cmocka_unit_test(test_group_budget_is_exact_in_every_window),
        cmocka_unit_test(test_root_scheduler_knows_no_weights),
    };
    return cmocka_run_group_tests_name("shares", tests, NULL, NULL);
}

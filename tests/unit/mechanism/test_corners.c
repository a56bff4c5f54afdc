/* test_corners.c - costs over the corners of all parameters and places: finite, never negative, monotone. */
#include "tests/unit/mechanism/fixture.h"
#include <math.h>
#include <string.h>

/* Cases are drawn by a small linear congruential generator: same cases on every machine. */
static unsigned draw(unsigned *s, unsigned below)
{
    *s = *s * 1664525u + 1013904223u;
    return (*s >> 16) % below; /* the lower bits of such a generator repeat soon */
}

static double corner(const struct param *p, unsigned which)
{
    return which == 0 ? p->lo : which == 1 ? p->hi : p->def;
}

static void draw_place(struct place *at, unsigned *s)
{
    static const double intensities[] = {0.0, 0.37, 1.0, 8.9, 250.0};
    static const double splits[] = {0.0, 0.43, 3.9};
    static const double boosts[] = {0.0, 0.171, 1.0}, locks[] = {0.0, 0.083, 0.9};
    static const int raids[] = {0, 1, 5, 6, 10, 7};
    static const double shares[] = {-1.0, 0.0, 0.61, 1.0};
    *at = (struct place){.version = (enum hv_version)draw(s, HV_VERSIONS),
                         .slat = draw(s, 2),
                         .large_pages = draw(s, 2),
                         .vendor = (enum vendor)draw(s, VENDOR_KINDS),
                         .lps = (int)draw(s, 4),
                         .root_scheduler = draw(s, 2),
                         .boost = boosts[draw(s, 3)],
                         .lock_share = locks[draw(s, 3)],
                         .enlightened = draw(s, 2),
                         .integration = draw(s, 2),
                         .compatibility = draw(s, 2),
                         .vcpus = 1 + (int)draw(s, 64),
                         .memory_intensity = intensities[draw(s, 5)],
                         .compatibility_sensitivity = intensities[draw(s, 5)],
                         .vdisk = (enum vdisk_kind)draw(s, VDISK_KINDS),
                         .controller = (enum controller)draw(s, CTRL_KINDS),
                         .chain = 1 + (int)draw(s, 50),
                         .fragmentation = splits[draw(s, 3)],
                         .allocated = shares[draw(s, 4)],
                         .misaligned = draw(s, 2),
                         .sectors = (enum sectors)draw(s, SECTORS_KINDS),
                         .pdisk = (enum pdisk_kind)draw(s, PDISK_KINDS),
                         .raid = raids[draw(s, 6)],
                         .transfer_bytes_per_s = draw(s, 2) ? 0.0 : 61.7e6,
                         .spindles = (int)draw(s, 9),
                         .stripe_bytes = draw(s, 3) ? 65536.0 : 0.0,
                         .write_cache = draw(s, 2),
                         .vnic = (enum vnic_kind)draw(s, VNIC_KINDS),
                         .local = draw(s, 2),
                         .vmq = draw(s, 2),
                         .chimney = draw(s, 2),
                         .jumbo = draw(s, 2),
                         .rsc = draw(s, 2),
                         .software_checksum = draw(s, 2),
                         .small_sends = draw(s, 2),
                         .link_bytes_per_s = draw(s, 4) ? 125e6 : 0.0};
}

/* Of these the amount is a share of 0 to 1. */
static bool is_share(enum demand_kind kind)
{
    return kind == DEMAND_SPEED || kind == DEMAND_REMOTE || kind == DEMAND_PREEMPTED ||
           kind == DEMAND_MEMORY || kind == DEMAND_CACHE;
}

static struct demand draw_demand(const struct place *at, unsigned *s)
{
    static const double counts[] = {0.0, 1.0, 45.0, 1e4}, times[] = {0.0, 271.0, 6.3e6, 3.6e12};
    static const double shares[] = {0.0, 0.31, 0.77, 1.0}, sizes[] = {0.0, 512.0, 8192.0, 1048576.0, 1e9};
    static const enum demand_kind timed[] = {DEMAND_CPU, DEMAND_DEVICE, DEMAND_EXTERNAL};
    struct demand d = {.kind = (enum demand_kind)draw(s, DEMAND_KINDS), .at = at};
    const double *amounts = is_share(d.kind) ? shares : counts;
    for (int i = 0; i < 3; i++)
        amounts = d.kind == timed[i] ? times : amounts;
    d.amount = amounts[draw(s, 4)];
    d.bytes = sizes[draw(s, 5)];
    d.write = draw(s, 2);
    d.sequential = draw(s, 2);
    return d;
}

#define FIELDS (ACCOUNTS + 15)
/* Every field of a cost that more of a parameter can only make larger. */
static void flatten(const struct cost *c, double *out)
{
    const double field[] = {c->guest_ns,           c->root_ns,      c->exits,        c->exit_root_ns,
                            c->latency_ns,         c->extra_reads,  c->extra_writes, c->device_ns,
                            c->device_ops,         c->pages_per_s,  c->signal_ns,    c->exits_completion,
                            c->exit_hypervisor_ns, c->sector_reads, c->sector_writes};
    memcpy(out, c->hypervisor_ns, sizeof c->hypervisor_ns);
    memcpy(out + ACCOUNTS, field, sizeof field);
}

static void assert_sane(const struct cost *c, const struct demand *d)
{
    double field[FIELDS];
    flatten(c, field);
    for (int i = 0; i < FIELDS; i++)
        assert_true(isfinite(field[i]) && field[i] >= 0.0);
    assert_true(c->speed > 0.0 && c->speed <= (d->kind == DEMAND_SPEED ? 1.0 + d->at->boost : 1.0));
    assert_true(isfinite(c->read_factor) && c->read_factor >= 1.0);
    assert_true(isfinite(c->break_ns) && c->break_ns >= 0.0);
    assert_true(isfinite(c->position_ns) && c->position_ns >= 0.0);
    assert_true(d->kind != DEMAND_DEVICE || c->position_ns <= c->device_ns * (1.0 + 1e-12));
}

static void costs_are_finite_and_not_negative_over_the_corners(void **state)
{
    (void)state;
    struct fixture f = fixture_default();
    unsigned seed = 20090717u;
    for (int i = 0; i < 200000; i++) {
        draw_place(&f.at, &seed);
        for (size_t k = 0; k < mechanism_param_count(); k++)
            f.value[k] = corner(mechanism_param(k, NULL), draw(&seed, 3));
        const struct demand d = draw_demand(&f.at, &seed);
        const struct cost c = mechanism_cost(f.value, &d);
        assert_sane(&c, &d);
    }
}

/* Direction of each parameter: more of it costs more, except of a rate. */
static bool is_rate(const struct param *p)
{
    return p->unit == UNIT_BANDWIDTH;
}

static void assert_ordered(const struct cost *less, const struct cost *more, const char *what)
{
    double a[FIELDS], b[FIELDS];
    flatten(less, a);
    flatten(more, b);
    for (int i = 0; i < FIELDS; i++)
        if (b[i] < a[i] * (1.0 - 1e-12)) {
            print_error("%s: field %d falls from %.17g to %.17g\n", what, i, a[i], b[i]);
            fail();
        }
    assert_true(more->speed <= less->speed && more->read_factor >= less->read_factor);
}

static void more_of_a_parameter_never_costs_less(void **state)
{
    (void)state;
    struct fixture f = fixture_default();
    unsigned seed = 777u;
    for (int i = 0; i < 3000; i++) {
        draw_place(&f.at, &seed);
        const struct demand d = draw_demand(&f.at, &seed);
        for (size_t k = 0; k < mechanism_param_count(); k++) {
            const struct param *p = mechanism_param(k, NULL);
            f.value[k] = is_rate(p) ? p->hi : p->lo;
            const struct cost less = mechanism_cost(f.value, &d);
            f.value[k] = is_rate(p) ? p->lo : p->hi;
            const struct cost more = mechanism_cost(f.value, &d);
            f.value[k] = p->def;
            /* Operations of less than 8 KiB save transfer time: a slower disk saves more of it. */
            if (!(d.kind == DEMAND_DEVICE && is_rate(p)))
                assert_ordered(&less, &more, p->name);
        }
    }
}

static void every_parameter_matters_somewhere(void **state)
{
    (void)state;
    struct fixture f = fixture_default();
    bool matters[FIXTURE_PARAMS] = {false};
    unsigned seed = 4242u;
    for (int i = 0; i < 12000; i++) {
        draw_place(&f.at, &seed);
        const struct demand d = draw_demand(&f.at, &seed);
        const struct cost base = mechanism_cost(f.value, &d);
        for (size_t k = 0; k < mechanism_param_count(); k++) {
            const struct param *p = mechanism_param(k, NULL);
            f.value[k] = p->hi;
            const struct cost changed = mechanism_cost(f.value, &d);
            f.value[k] = p->def;
            double a[FIELDS], b[FIELDS];
            flatten(&base, a);
            flatten(&changed, b);
            matters[k] = matters[k] || memcmp(a, b, sizeof a) != 0 || base.speed != changed.speed ||
                         base.read_factor != changed.read_factor || base.break_ns != changed.break_ns;
        }
    }
    for (size_t k = 0; k < mechanism_param_count(); k++) {
        const struct mechanism *owner = NULL;
        const struct param *p = mechanism_param(k, &owner);
        /* Reserves, the order in which memory gives way and the balancer's pace act through memory.h; the host itself applies the caches' latencies and rules, the streams
         * of an array and the gain of SMT. */
        const bool elsewhere =
            (strcmp(owner->name, "memory") == 0 && p->unit == UNIT_BYTES) ||
            strcmp(p->name, "cache_floor") == 0 || strcmp(p->name, "balance_period") == 0 ||
            strcmp(p->name, "balloon_rate") == 0 || strcmp(p->name, "ide_transfer") == 0 ||
            strcmp(p->name, "qos_burst") == 0 || strcmp(p->name, "balance_target") == 0 ||
            strcmp(p->name, "balance_overhead") == 0 || strcmp(p->name, "rebalance") == 0 ||
            strcmp(p->name, "nvme_cache_latency") == 0 || strcmp(p->name, "san_streams") == 0 ||
            strcmp(p->name, "high_water") == 0 || strcmp(p->name, "destage") == 0 ||
            strcmp(p->name, "cache_latency") == 0 || strcmp(p->name, "smt_gain") == 0;
        if (matters[k] == elsewhere)
            print_error("%s.%s\n", owner->name, p->name);
        assert_true(matters[k] != elsewhere);
    }
}

static void more_of_a_demand_never_costs_less(void **state)
{
    (void)state;
    struct fixture f = fixture_default();
    unsigned seed = 31u;
    for (int i = 0; i < 60000; i++) {
        draw_place(&f.at, &seed);
        struct demand d = draw_demand(&f.at, &seed);
        const struct cost less = mechanism_cost(f.value, &d);
        d.amount = is_share(d.kind) ? fmin(1.0, d.amount + 0.1) : 1.7 * d.amount;
        const struct cost more = mechanism_cost(f.value, &d);
        assert_ordered(&less, &more, "amount");
        d.bytes += 4096.0;
        const struct cost larger = mechanism_cost(f.value, &d);
        assert_ordered(&more, &larger, "bytes");
    }
}

static void a_worse_place_never_costs_less(void **state)
{
    (void)state;
    struct fixture f = fixture_default();
    unsigned seed = 97u;
    for (int i = 0; i < 60000; i++) {
        draw_place(&f.at, &seed);
        const struct demand d = draw_demand(&f.at, &seed);
        const struct cost less = mechanism_cost(f.value, &d);
        switch (draw(&seed, 8)) {
        case 6:
            f.at.lock_share = fmin(0.9, f.at.lock_share + 0.07);
            break;
        case 7:
            f.at.boost *= 0.8;
            break;
        case 0:
            f.at.memory_intensity += 0.7;
            break;
        case 1:
            f.at.vcpus += 3;
            break;
        case 2:
            f.at.chain += 2;
            break;
        case 3:
            f.at.fragmentation += 0.29;
            break;
        case 4:
            f.at.enlightened = false;
            break;
        default:
            f.at.slat = false;
            break;
        }
        const struct cost more = mechanism_cost(f.value, &d);
        /* Small pages cost more with SLAT than shadows do for loads that hardly touch page tables: leave that pair out. */
        const bool small_pages = !f.at.slat && !f.at.large_pages;
        if (!small_pages)
            assert_ordered(&less, &more, "place");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(costs_are_finite_and_not_negative_over_the_corners),
        cmocka_unit_test(more_of_a_parameter_never_costs_less),
        cmocka_unit_test(every_parameter_matters_somewhere),
        cmocka_unit_test(more_of_a_demand_never_costs_less),
        cmocka_unit_test(a_worse_place_never_costs_less),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

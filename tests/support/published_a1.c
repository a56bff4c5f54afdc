/* published_a1.c - a BizTalk application whose own tier moves from physical servers into VMs; its database stays physical.
 *
 * Source    BizTalk Server Hyper-V Guide, test results of configurations 1 (physical, the input here) and 2 (virtual BizTalk
 *           tier, to be predicted)
 *
 * Assumed   The tier's CPU is not published: 75 % of its 12 cores (sized like most such tiers; 60 and 85 % are reported too).
 *           The rest of the latency that Little's law asks for (75 users / 34.3 documents/s) is waiting that the processors do
 *           not see: polling of the message box between the hops, the web services, the load agents. Nearly all bytes of the
 *           tier's adapters are those of the database's, so each of the 185 batches of a document is one message of 950 bytes
 *           each way. Hosts as the one that is named: 16 cores, no SLAT.
 */
#include "tests/support/published.h"
#include <math.h>
#include <string.h>

#define USERS 75
#define CORES 12
#define BATCHES 185 /* a document: 6350 /s over 34.3 /s */
#define BATCH_US 568.0
#define WAIT_MS 1640.0 /* where the calibration of the waiting begins */
#define PRECISION 0.03

static const struct measured {
    double documents, latency, batches, sql;
} physical = {34.3, 2.2, 6350.0, 90.1}, virtual_tier = {32.4, 2.3, 6170.0, 88.0};

struct tier {
    double busy; /* of the physical cores */
    double wait_ms;
    int batches;
};

static double tier_cpu_us(const struct tier *t)
{
    return t->busy * CORES / physical.documents * 1e6;
}

static const char *steps(struct arena *a, const struct tier *t, const char *vm)
{
    const char *batch = arena_printf(
        a,
        "      - {on: %s, cpu: %.9g us}\n      - {send: {nic: n, size: 950 B, to: sql}}\n"
        "      - {on: sql, cpu: %.9g us}\n      - {on: %s, receive: {nic: n, size: 950 B, to: sql}}\n",
        vm, tier_cpu_us(t) / BATCHES, BATCH_US, vm);
    const size_t length = strlen(batch);
    char *all = arena_alloc(a, length * (size_t)t->batches + 1, 1);
    for (int i = 0; i < t->batches; i++)
        memcpy(all + (size_t)i * length, batch, length + 1);
    return arena_printf(a, "      - {on: %s, call: elsewhere, service: {mean: %.9g ms, scv: 0.25}}\n%s", vm,
                        t->wait_ms, all);
}

static const char *workload(struct arena *a, const struct tier *t, const char *vm, int users)
{
    return arena_printf(a, "  %s:\n    closed: {users: %d, think: 0 s}\n    steps:\n%s", vm, users,
                        steps(a, t, vm));
}

#define DATABASE "  SQL: {cpu: {sockets: 1, cores: 4}, hypervisor: none, nics: {lan: {speed: 1 Gbps}}}\n"

/* The load is pulled, so the users are shared out by cores. */
static struct model *physical_model(struct arena *a, const struct tier *t)
{
    return hostsim_modelf(
        a,
        "schema: hvplan.model/1\nhosts:\n" DATABASE
        "  P8: {cpu: {sockets: 2, cores: 4}, hypervisor: none, nics: {lan: {speed: 1 Gbps}}}\n"
        "  P4: {cpu: {sockets: 1, cores: 4}, hypervisor: none, nics: {lan: {speed: 1 Gbps}}}\n"
        "vms:\n"
        "  sql: {host: SQL, os: ws2008, nics: {n: {on: lan}}}\n"
        "  b1: {host: P8, os: ws2008, nics: {n: {on: lan}}}\n"
        "  b2: {host: P4, os: ws2008, nics: {n: {on: lan}}}\n"
        "external: {elsewhere: {}}\nworkloads:\n%s%s",
        workload(a, t, "b1", USERS * 8 / CORES), workload(a, t, "b2", USERS * 4 / CORES));
}

/* Two of the three VMs on one host, as measured. */
static struct model *virtual_model(struct arena *a, const struct tier *t)
{
    return hostsim_modelf(
        a,
        "schema: hvplan.model/1\nhosts:\n" DATABASE
        "  H1: {cpu: {sockets: 4, cores: 4, slat: no}, hypervisor: 2008, nics: {lan: {speed: 1 Gbps}}}\n"
        "  H2: {cpu: {sockets: 4, cores: 4, slat: no}, hypervisor: 2008, nics: {lan: {speed: 1 Gbps}}}\n"
        "vms:\n"
        "  sql: {host: SQL, os: ws2008, nics: {n: {on: lan}}}\n"
        "  b1: {host: H1, os: ws2008, vcpus: 4, nics: {n: {on: lan}}}\n"
        "  b2: {host: H1, os: ws2008, vcpus: 4, nics: {n: {on: lan}}}\n"
        "  b3: {host: H2, os: ws2008, vcpus: 4, nics: {n: {on: lan}}}\n"
        "external: {elsewhere: {}}\nworkloads:\n%s%s%s",
        workload(a, t, "b1", USERS / 3), workload(a, t, "b2", USERS / 3), workload(a, t, "b3", USERS / 3));
}

static struct measured run(struct arena *a, const struct model *m, const struct tier *t)
{
    const struct scenario_result *s = published_run(a, m, PRECISION);
    double rate = 0.0;
    for (int i = 0; i < s->workloads; i++)
        rate += hostsim_mean(s, arena_printf(a, "workload.%s.throughput_per_s", s->workload[i].name));
    return (struct measured){rate, USERS / rate, rate * t->batches,
                             100.0 * hostsim_mean(s, "vm.sql.cpu") / 4.0};
}

/* The waiting that makes configuration 1 come out. Waiting gives room at the database, so a correction is enlarged. */
static struct measured calibrate(struct arena *a, struct tier *t)
{
    struct measured m = {0};
    for (int step = 0; step < 3; step++) {
        m = run(a, physical_model(a, t), t);
        if (fabs(m.documents / physical.documents - 1.0) < 0.003)
            break;
        t->wait_ms += 1.3e3 * (USERS / physical.documents - USERS / m.documents);
    }
    return m;
}

static void add(struct published *p, const char *name, const char *quantity, const char *unit,
                double measured, double predicted, enum published_role role)
{
    published_add(p, (struct published_row){name, quantity, unit, measured, predicted, role, 0.0});
}

static void add_all(struct published *p, const char *name, const struct measured *seen,
                    const struct measured *m, enum published_role role)
{
    add(p, name, "documents", "/s", seen->documents, m->documents, role);
    add(p, name, "latency", "s", seen->latency, m->latency, role);
    add(p, name, "SQL % Processor Time", "%", seen->sql, m->sql, role);
    add(p, name, "batches", "/s", seen->batches, m->batches, role);
}

static double percent(double of, double base)
{
    return 100.0 * (of / base - 1.0);
}

static void add_change(struct published *p, const char *name, const struct measured *before,
                       const struct measured *after, enum published_role role)
{
    add(p, name, "change of documents/s", "%", percent(virtual_tier.documents, physical.documents),
        percent(after->documents, before->documents), role);
    add(p, name, "change of latency", "%", 100.0 * (1.0 / 0.943 - 1.0),
        percent(after->latency, before->latency), role);
}

static void add_assumption(struct published *p, const char *name, double busy, double wait_ms)
{
    struct tier t = {busy, wait_ms, BATCHES};
    const struct measured before = calibrate(p->arena, &t);
    const struct measured after = run(p->arena, virtual_model(p->arena, &t), &t);
    add_change(p, name, &before, &after, PUBLISHED_REPORTED);
}

/* Configuration 2 with as many batches a document as were counted there: 6170 / 32.4. */
static void add_own_batches(struct published *p, struct tier t, const struct measured *before)
{
    t.batches = 190;
    const struct measured after = run(p->arena, virtual_model(p->arena, &t), &t);
    add_change(p, "2 against 1, 190 batches a document", before, &after, PUBLISHED_REPORTED);
}

static void add_main(struct published *p, bool all)
{
    struct tier t = {0.75, WAIT_MS, BATCHES};
    const struct measured before = calibrate(p->arena, &t);
    const struct measured after = run(p->arena, virtual_model(p->arena, &t), &t);
    add_all(p, "1 physical", &physical, &before, PUBLISHED_INPUT);
    add_all(p, "2 virtual BizTalk tier", &virtual_tier, &after, PUBLISHED_PREDICTED);
    add_change(p, "2 against 1", &before, &after, PUBLISHED_PREDICTED);
    if (all)
        add_own_batches(p, t, &before);
}

void published_a1_main(struct published *p)
{
    add_main(p, false);
}

void published_a1(struct published *p)
{
    add_main(p, true);
    add_assumption(p, "2 against 1, tier 60 % busy", 0.60, 1730.0);
    add_assumption(p, "2 against 1, tier 85 % busy", 0.85, 1540.0);
}

double published_a1_no_hypervisor(const struct published *p)
{
    const struct tier t = {0.75, WAIT_MS, BATCHES};
    struct model *m = virtual_model(p->arena, &t);
    for (size_t i = 0; i < mechanism_param_count(); i++)
        m->overhead[i] = mechanism_param(i, NULL)->lo;
    return percent(run(p->arena, m, &t).documents, published_find(p, "1 physical", "documents")->predicted);
}

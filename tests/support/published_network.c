/* published_network.c - what one processor of the root carries, with and without VMQ and jumbo frames, from the defaults.
 *
 * Source    G1 blog.workinghardinit.work, VMQ; G2 "Mastering Windows Server 2016 Hyper-V"; G5 Microsoft, Windows Server 2008 R2
 *           virtualization; B1 see published_b1.c
 */
#include "model/host/run.h"
#include "tests/support/published.h"
#include <math.h>

#define PRECISION 0.005
#define CHUNK "64 KiB"
#define CHUNK_BITS (8.0 * 65536.0)

static void add(struct published *p, const char *name, const char *quantity, const char *unit, double low,
                double high, double predicted, enum published_role role)
{
    published_add(p, (struct published_row){name, quantity, unit, low, predicted, role, high});
}

/* `vms` guests that always have several transfers under way over one adapter of 10 Gb/s; `step` is send or receive. */
static const struct model *streams(struct arena *a, const char *nic, int vms, const char *step)
{
    const char *guests = "", *names = "";
    for (int i = 0; i < vms; i++) {
        guests =
            arena_printf(a, "%s  v%d: {host: HV, os: ws2008r2, vcpus: 2, nics: {n: {on: lan}}}\n", guests, i);
        names = arena_printf(a, "%s%sv%d", names, i ? ", " : "", i);
    }
    return hostsim_modelf(
        a,
        "schema: hvplan.model/1\n"
        "hosts: {HV: {cpu: {sockets: 2, cores: 8, slat: yes}, hypervisor: 2008r2,\n"
        "  nics: {lan: {speed: 10 Gbps%s}}}}\n"
        "vms:\n%s"
        "workloads: {w: {closed: {users: %d, think: 0 s}, steps: [{on: [%s], %s: {nic: n, size: " CHUNK
        "}}]}}\n",
        nic, guests, 8 * vms, names, step);
}

static double gbps(const struct scenario_result *s)
{
    return hostsim_mean(s, "workload.w.throughput_per_s") * CHUNK_BITS * 1e-9;
}

static void add_one_core(struct published *p)
{
    const struct model *plain = streams(p->arena, "", 8, "receive"),
                       *vmq = streams(p->arena, ", vmq: yes", 8, "receive"),
                       *one = streams(p->arena, ", vmq: yes", 1, "receive");
    add(p, "8 VMs receive, no VMQ", "carried", "Gb/s", 3.0, 4.0,
        gbps(published_run(p->arena, plain, PRECISION)), PUBLISHED_PREDICTED);
    add(p, "8 VMs receive, VMQ", "carried", "Gb/s", 8.0, (double)INFINITY,
        gbps(published_run(p->arena, vmq, PRECISION)), PUBLISHED_PREDICTED);
    add(p, "one VM receives, VMQ", "carried", "Gb/s", 3.0, 4.0, gbps(published_run(p->arena, one, PRECISION)),
        PUBLISHED_PREDICTED);
}

/* Payload of a packet on the wire, as the host counts bytes and packets. */
static double payload(struct arena *a, const struct model *m)
{
    struct run *run = run_new(a, m, "payload", 1, 0);
    run_until(run, sim_round(0.05e9));
    return run->host[0].nic[0].received_bytes / run->host[0].nic[0].received_packets;
}

static double root_per_gbps(const struct scenario_result *s)
{
    return hostsim_mean(s, "host.HV.root.cpu") / gbps(s);
}

/* "Up to 6 x payload per packet". */
static void add_jumbo(struct published *p)
{
    const struct model *plain = streams(p->arena, "", 8, "receive"),
                       *jumbo = streams(p->arena, ", jumbo: yes", 8, "receive");
    const struct scenario_result *a = published_run(p->arena, plain, PRECISION),
                                 *b = published_run(p->arena, jumbo, PRECISION);
    add(p, "jumbo frames", "payload of a packet", "x", 5.5, 6.2,
        payload(p->arena, jumbo) / payload(p->arena, plain), PUBLISHED_PREDICTED);
    add(p, "jumbo frames", "root processors for 1 Gb/s", "x", (double)NAN, 0.0,
        root_per_gbps(b) / root_per_gbps(a), PUBLISHED_REPORTED);
    add(p, "jumbo frames, 8 VMs receive, no VMQ", "carried", "Gb/s", (double)NAN, 0.0, gbps(b),
        PUBLISHED_REPORTED);
}

/* Processor time that a small packet in and one out add, on one processor that guest and root share. */
static double added_us(struct arena *a, const char *hypervisor, double work_us)
{
    const struct model *m = hostsim_modelf(
        a,
        "schema: hvplan.model/1\n"
        "hosts: {HV: {cpu: {sockets: 1, cores: 1, slat: no}, hypervisor: %s, nics: {lan: {speed: 1 Gbps}}}}\n"
        "vms: {dc: {host: HV, os: ws2008, nics: {n: {on: lan}}}}\n"
        "workloads: {ad: {closed: {users: 12, think: 0 s}, memory_intensity: 0.2, steps: [{on: dc, receive: "
        "{nic: n, size: "
        "200 B}},\n  {cpu: {mean: %.9g us, scv: 0.1}}, {send: {nic: n, size: 300 B}}]}}\n",
        hypervisor, work_us);
    return 1e6 / hostsim_mean(published_run(a, m, PRECISION), "workload.ad.throughput_per_s") - work_us;
}

/* B1: L1 rose from 86.9 to 97.3 us and L3 from 778.8 to 805.2; part of that is a tax on their own work. The line through both
 * at no work is what the two packets cost: 8.4 us measured, "about 10" in the source's reading. */
static void add_request(struct published *p)
{
    const double light = added_us(p->arena, "2008", 86.9), heavy = added_us(p->arena, "2008", 778.8);
    add(p, "request of 86.9 us, one packet in, one out", "added by the hypervisor", "us", 10.4, 0.0, light,
        PUBLISHED_REPORTED);
    add(p, "the two packets of it, root on the same processor", "processor time", "us", 8.0, 12.0,
        light - (heavy - light) / (778.8 - 86.9) * 86.9, PUBLISHED_PREDICTED);
}

void published_network(struct published *p)
{
    add_one_core(p);
    add_jumbo(p);
    add_request(p);
}

/* published_guests.c - page tables with and without SLAT, guests that know the hypervisor and guests that do not.
 *
 * Source    measurements named at each table below; all from the defaults
 */
#include "tests/support/published.h"
#include <math.h>

#define PRECISION 0.01

/* A processor-bound guest of two vCPUs on a host of four processors; `steps` is what a job does. */
struct setting {
    const char *hypervisor, *slat, *guest;
    double intensity;
    const char *steps;
};

static const struct scenario_result *run(struct arena *a, const struct setting *t)
{
    const struct model *m = hostsim_modelf(
        a,
        "schema: hvplan.model/1\n"
        "hosts: {HV: {cpu: {sockets: 1, cores: %d, slat: %s}, hypervisor: %s, nics: {lan: {speed: 1 Gbps}},\n"
        "  disks: {d: {kind: ssd, channels: 32, read: 100 us, write: 100 us}}}}\n"
        "vms: {g: {host: HV, %s}}\n"
        "workloads: {w: {closed: {users: 12, think: 0 s}, memory_intensity: %.9g, steps: [%s]}}\n",
        t->hypervisor[0] == 'n' ? 2 : 4, t->slat, t->hypervisor, t->guest, t->intensity, t->steps);
    return published_run(a, m, PRECISION);
}

static double rate(struct arena *a, const struct setting *t)
{
    return hostsim_mean(run(a, t), "workload.w.throughput_per_s");
}

static double hypervisor_share(struct arena *a, const struct setting *t)
{
    const struct scenario_result *s = run(a, t);
    return 100.0 * hostsim_mean(s, "host.HV.lp.hypervisor") / hostsim_mean(s, "host.HV.lp.utilization");
}

static void add(struct published *p, const char *name, const char *quantity, const char *unit, double low,
                double high, double predicted)
{
    published_add(p, (struct published_row){name, quantity, unit, low, predicted, PUBLISHED_PREDICTED, high});
}

/* A server's mix: 10 ms of processor time, two disk operations, ten packets each way. */
#define MIXED                                                                                                \
    "{on: g, receive: {nic: n, size: 14 kB}}, {cpu: 10 ms}, {read: {disk: c}}, {write: {disk: c}}, {send: "  \
    "{nic: n, "                                                                                              \
    "size: 14 kB}}"
#define PHYSICAL "os: ws2008, disks: {c: {on: d}}, nics: {n: {on: lan}}"
#define SYNTHETIC "vcpus: 2, disks: {c: {kind: fixed-vhd, on: d}}, nics: {n: {on: lan}}"

/* Microsoft's figures for SLAT: "from about 10 % to about 2 %". The ranges are how far "about" goes. */
static void add_slat(struct published *p)
{
    const struct setting shadow = {"2008r2", "no", "os: ws2008, " SYNTHETIC, 1.0, MIXED};
    const struct setting nested = {"2008r2", "yes", "os: ws2008, " SYNTHETIC, 1.0, MIXED};
    add(p, "mixed server load, no SLAT", "hypervisor share of processor time", "%", 8.0, 12.0,
        hypervisor_share(p->arena, &shadow));
    add(p, "mixed server load, SLAT", "hypervisor share of processor time", "%", 1.5, 3.0,
        hypervisor_share(p->arena, &nested));
}

/* BizTalk Server Hyper-V Guide: 88 to 91 % of a physical processor for Windows Server 2008, 75 % with Windows Server 2003. */
static void add_guest_systems(struct published *p)
{
    const struct setting bare = {"none", "no", PHYSICAL, 1.0, MIXED};
    const struct setting knows = {"2008", "no", "os: ws2008, " SYNTHETIC, 1.0, MIXED};
    const struct setting older = {"2008", "no", "os: ws2003, enlightened: no, " SYNTHETIC, 1.0, MIXED};
    const double physical = rate(p->arena, &bare);
    add(p, "Windows Server 2008 guest", "throughput of a physical server", "%", 88.0, 91.0,
        100.0 * rate(p->arena, &knows) / physical);
    add(p, "Windows Server 2003 guest", "throughput of a physical server", "%", 75.0, 0.0,
        100.0 * rate(p->arena, &older) / physical);
}

/* Terminal server sessions on SLAT processors against others, knowledge-worker simulation: 1.6 to 2.5 times. The load is not
 * published in these terms: memory intensity 4, and a fifth of the physical CPU time goes into creating processes. */
static void add_terminal_server(struct published *p)
{
    static const char *const action = "{on: g, cpu: 24 ms}, {spawn: 4}";
    const struct setting shadow = {"2008r2", "no", "os: ws2008, " SYNTHETIC, 4.0, action};
    const struct setting nested = {"2008r2", "yes", "os: ws2008, " SYNTHETIC, 4.0, action};
    add(p, "terminal server", "capacity with SLAT against without", "x", 1.6, 2.5,
        rate(p->arena, &nested) / rate(p->arena, &shadow));
}

/* Linux guest on Hyper-V Server 2012: integration services against emulated devices, "a factor of more than two" (Fayyad-Kazan,
 * Perneel, Timmerman, 2013). */
static void add_emulation(struct published *p)
{
    static const char *const mixed =
        "{on: g, receive: {nic: n, size: 1 kB}}, {cpu: 200 us}, {read: {disk: c}}, "
        "{write: {disk: c}}, {send: {nic: n, size: 4 kB}}";
    const struct setting knows = {
        "2012", "yes",
        "os: linux-lis, vcpus: 2, disks: {c: {kind: fixed-vhd, on: d, controller: ide}}, nics: {n: "
        "{on: lan}}",
        1.0, mixed};
    const struct setting emulated = {
        "2012", "yes",
        "os: linux, vcpus: 2, disks: {c: {kind: fixed-vhd, on: d, controller: ide}}, nics: {n: "
        "{kind: emulated, on: lan}}",
        1.0, mixed};
    add(p, "Linux guest, disk and network load", "with integration against emulated", "x", 2.0,
        (double)INFINITY, rate(p->arena, &knows) / rate(p->arena, &emulated));
}

void published_guests(struct published *p)
{
    add_slat(p);
    add_guest_systems(p);
    add_terminal_server(p);
    add_emulation(p);
}

/* published_disk.c - one operation outstanding on a LUN, physical and as a pass-through disk.
 *
 * Source    BizTalk Server Hyper-V Guide, system resource costs: IOMeter, 2 KB transfers, two reads to one write, a SAN with a
 *           write cache; the physical response times are the input
 */
#include "tests/support/published.h"

#define PRECISION 0.01

static const struct {
    const char *name, *hypervisor, *kind;
    int vcpus;
    double operations, response_ms;
} runs[] = {
    {"physical", "none", "physical", 16, 269.73, 3.7066},
    {"pass-through", "2008", "pass-through", 4, 250.47, 3.9904},
};

/* Operations/s of three operations in turn: two reads and a write. */
static double operations(struct arena *a, int i)
{
    const struct model *m = hostsim_modelf(
        a,
        "schema: hvplan.model/1\n"
        "hosts: {HV: {cpu: {sockets: 4, cores: 4, slat: no}, hypervisor: %s,\n"
        "  disks: {k: {kind: san, spindles: 8, read: 5.4066 ms, write: 0.2544 ms}}}}\n"
        "vms: {a: {host: HV, os: ws2008, vcpus: %d, disks: {k: {kind: %s, on: k}}}}\n"
        "workloads:\n"
        "  io: {closed: {users: 1, think: 0 s}, steps: [{on: a, read: {disk: k, size: 2 KiB, count: 2}},\n"
        "       {write: {disk: k, size: 2 KiB}}]}\n",
        runs[i].hypervisor, runs[i].vcpus, runs[i].kind);
    return 3.0 * hostsim_mean(published_run(a, m, PRECISION), "workload.io.throughput_per_s");
}

void published_disk(struct published *p)
{
    for (int i = 0; i < 2; i++) {
        const enum published_role role = i == 0 ? PUBLISHED_INPUT : PUBLISHED_PREDICTED;
        const double rate = operations(p->arena, i);
        published_add(
            p, (struct published_row){runs[i].name, "operations", "/s", runs[i].operations, rate, role, 0.0});
        published_add(p, (struct published_row){runs[i].name, "mean response", "ms", runs[i].response_ms,
                                                1e3 / rate, role, 0.0});
    }
}

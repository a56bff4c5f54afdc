/* published_b1.c - one processor of a directory server, physical and in a VM.
 *
 * Source    learn.microsoft.com, "Virtualizing domain controllers with Hyper-V": ADTest.exe, LDAP load to 100 % CPU, one logical
 *           processor used physically, one virtual processor in a VM on an identical server. The server is not named, nor how
 *           many processors served the root of the virtual one.
 */
#include "tests/support/published.h"
#include <math.h>

#define INTENSITY 0.2 /* assumed: a directory server searches its cache and hardly touches page tables */
#define PRECISION 0.005

struct operation {
    const char *name;
    double physical, virtual_rate; /* operations/s */
};

enum { L1, W2, L3, OPERATIONS };

static const struct operation operations[OPERATIONS] = {
    [L1] = {"L1 search, one name", 11508.0, 10276.0},
    [W2] = {"W2 write attributes", 6467.0, 5885.0},
    [L3] = {"L3 search, all attributes", 1284.0, 1242.0},
};

/* What the fit may change. */
struct guess {
    double packet_factor; /* on every cost of a packet, and of the dispatches that it causes */
    double intensity;
    bool told_at_once; /* the root is told of each message, instead of once in a monitoring period */
};

static void scale_packets(struct model *m, double factor)
{
    static const char *const cost[][2] = {{"virtualization", "packet"},
                                          {"virtualization", "dispatch"},
                                          {"network_path", "guest"},
                                          {"network_path", "root"}};
    for (size_t i = 0; i < sizeof cost / sizeof cost[0]; i++)
        m->overhead[mechanism_param_index(cost[i][0], cost[i][1])] *= factor;
}

/* Microseconds of the VM's processor for one operation: it is always busy, so 1 / throughput. A request is one packet, its
 * reply another; twelve clients ask again at once. */
static double operation_us(struct arena *a, const struct operation *o, int lps, struct guess g)
{
    struct model *m = hostsim_modelf(a,
                                     "schema: hvplan.model/1\n"
                                     "hosts: {HV: {cpu: {sockets: 1, cores: %d, slat: no}, hypervisor: 2008, "
                                     "nics: {lan: {speed: 1 Gbps}}}}\n"
                                     "vms: {dc: {host: HV, os: ws2008, vcpus: 1, nics: {n: {on: lan}}}}\n"
                                     "workloads:\n"
                                     "  ad:\n"
                                     "    closed: {users: 12, think: 0 s}\n"
                                     "    memory_intensity: %.9g\n"
                                     "    steps: [{on: dc, receive: {nic: n, size: 200 B}}, {cpu: {mean: "
                                     "%.9g us, scv: 0.1}}, {send: {nic: n, "
                                     "size: 300 B}}]\n",
                                     lps, g.intensity, 1e6 / o->physical);
    scale_packets(m, g.packet_factor);
    if (g.told_at_once)
        m->overhead[mechanism_param_index("network_path", "signal")] = 0.0;
    return 1e6 / hostsim_mean(published_run(a, m, PRECISION), "workload.ad.throughput_per_s");
}

static void add(struct published *p, const char *where, const struct operation *o, double us,
                enum published_role role)
{
    published_add(p, (struct published_row){.name = where,
                                            .quantity = o->name,
                                            .unit = "/s",
                                            .measured = o->virtual_rate,
                                            .predicted = 1e6 / us,
                                            .role = role});
}

/* L1 and L3 give two equations that are nearly linear in both unknowns: Newton with the slopes of the first point. */
static struct guess fit(struct arena *a, int lps)
{
    const struct operation *light = &operations[L1], *heavy = &operations[L3];
    struct guess g = {1.0, INTENSITY, false};
    const struct guess dearer = {2.0, INTENSITY, false}, harder = {1.0, INTENSITY + 0.3, false};
    double us[2] = {operation_us(a, light, lps, g), operation_us(a, heavy, lps, g)};
    const double by_factor = operation_us(a, light, lps, dearer) - us[0];
    const double by_intensity = (operation_us(a, heavy, lps, harder) - us[1]) / 0.3;
    const double light_share = light->physical > 0.0 ? heavy->physical / light->physical : 0.0;
    for (int step = 0; step < 3; step++) {
        const double missing[2] = {1e6 / light->virtual_rate - us[0], 1e6 / heavy->virtual_rate - us[1]};
        /* missing0 = by_factor x + by_intensity light_share y; missing1 = by_factor x + by_intensity y */
        const double y = (missing[1] - missing[0]) / (by_intensity * (1.0 - light_share));
        g.intensity += y;
        g.packet_factor += (missing[1] - by_intensity * y) / by_factor;
        us[0] = operation_us(a, light, lps, g);
        us[1] = operation_us(a, heavy, lps, g);
    }
    return g;
}

static void add_fit(struct published *p, const char *where, int lps)
{
    const struct guess g = fit(p->arena, lps);
    published_add(p, (struct published_row){where, "cost of packets and dispatches", "x default", (double)NAN,
                                            g.packet_factor, PUBLISHED_FITTED, 0.0});
    published_add(p, (struct published_row){where, "memory_intensity", "", (double)NAN, g.intensity,
                                            PUBLISHED_FITTED, 0.0});
    for (int i = 0; i < OPERATIONS; i++)
        add(p, where, &operations[i], operation_us(p->arena, &operations[i], lps, g),
            i == W2 ? PUBLISHED_PREDICTED : PUBLISHED_FITTED);
}

double published_b1_by_share(struct arena *a)
{
    const struct operation *light = &operations[L1], *heavy = &operations[L3];
    struct guess g = {0.0, INTENSITY, false};
    for (int step = 0; step < 3; step++)
        g.intensity += 10.0 * (heavy->physical / heavy->virtual_rate -
                               heavy->physical * 1e-6 * operation_us(a, heavy, 1, g));
    return 1e6 / operation_us(a, light, 1, g) / light->virtual_rate - 1.0;
}

void published_b1(struct published *p)
{
    static const struct guess plain = {1.0, INTENSITY, false}, at_once = {1.0, INTENSITY, true};
    published_init(p, p->arena, "Directory server on one processor");
    for (int i = 0; i < OPERATIONS; i++)
        add(p, "defaults, root on the same processor", &operations[i],
            operation_us(p->arena, &operations[i], 1, plain), PUBLISHED_PREDICTED);
    add(p, "the same, every message a visit of the root", &operations[L1],
        operation_us(p->arena, &operations[L1], 1, at_once), PUBLISHED_REPORTED);
    for (int i = 0; i < OPERATIONS; i++)
        add(p, "defaults, root has three others", &operations[i],
            operation_us(p->arena, &operations[i], 4, plain), PUBLISHED_REPORTED);
    add_fit(p, "fitted, root on the same processor", 1);
    add_fit(p, "fitted, root has three others", 4);
}

/* registry.c - all mechanisms in their fixed order, their parameters numbered through. */
#include "model/base/check.h"
#include "model/mechanism/mechanisms.h"
#include <math.h>
#include <stdint.h>
#include <string.h>

const char *const account_names[ACCOUNTS] = {
    [ACCOUNT_TIMER] = "timer",         [ACCOUNT_PAGE_TABLE] = "page_table",
    [ACCOUNT_HYPERCALL] = "hypercall", [ACCOUNT_INTERCEPT] = "intercept",
    [ACCOUNT_SPIN] = "spin",           [ACCOUNT_DISPATCH] = "dispatch",
};

const struct mechanism *const mechanism_registry[] = {
    &virtualization_mechanism, &enlightenment_mechanism,    &slat_mechanism,
    &compatibility_mechanism,  &contention_mechanism,       &numa_mechanism,
    &clock_boost_mechanism,    &lock_holder_mechanism,      &disk_path_mechanism,
    &physical_disk_mechanism,  &network_path_mechanism,     &physical_nic_mechanism,
    &memory_mechanism,         &process_creation_mechanism, &external_mechanism,
};
const size_t mechanism_count = sizeof mechanism_registry / sizeof mechanism_registry[0];

size_t mechanism_param_count(void)
{
    size_t n = 0;
    for (size_t i = 0; i < mechanism_count; i++)
        n += mechanism_registry[i]->n_params;
    return n;
}

const struct param *mechanism_param(size_t index, const struct mechanism **owner)
{
    CHECK(index < mechanism_param_count());
    size_t i = 0;
    for (; index >= mechanism_registry[i]->n_params; i++)
        index -= mechanism_registry[i]->n_params;
    if (owner)
        *owner = mechanism_registry[i];
    return &mechanism_registry[i]->params[index];
}

size_t mechanism_param_index(const char *mechanism, const char *param)
{
    size_t base = 0;
    for (size_t i = 0; i < mechanism_count; i++) {
        const struct mechanism *m = mechanism_registry[i];
        for (size_t k = 0; k < m->n_params && strcmp(m->name, mechanism) == 0; k++)
            if (strcmp(m->params[k].name, param) == 0)
                return base + k;
        base += m->n_params;
    }
    return SIZE_MAX;
}

void mechanism_defaults(double *values)
{
    for (size_t i = 0; i < mechanism_count; i++)
        for (size_t k = 0; k < mechanism_registry[i]->n_params; k++)
            *values++ = mechanism_registry[i]->params[k].def;
}

struct cost mechanism_cost(const double *values, const struct demand *d)
{
    struct cost c = {.read_factor = 1.0, .speed = 1.0};
    for (size_t i = 0; i < mechanism_count; i++) {
        const struct mechanism *m = mechanism_registry[i];
        if (m->demands & DEMAND_BIT(d->kind))
            m->cost(values, d, &c);
        values += m->n_params;
    }
    return c;
}

double cost_hypervisor_ns(const struct cost *c)
{
    double sum = 0.0;
    for (int i = 0; i < ACCOUNTS; i++)
        sum += c->hypervisor_ns[i];
    return sum;
}

double mechanism_others_busy(const struct demand *d)
{
    const double lps = d->at->lps;
    if (lps <= 0.0)
        return d->amount;
    return lps <= 1.0 ? 0.0 : fmax(0.0, (d->amount * lps - 1.0) / (lps - 1.0));
}

bool mechanism_slat(const struct place *at)
{
    return at->slat && version_rows[at->version].slat_usable;
}

/* A TCP segment fills an Ethernet frame of 1500 (jumbo: 9000) bytes less 40 bytes of IP and TCP header. */
double mechanism_packet_bytes(const struct place *at)
{
    return at->jumbo ? 8960.0 : 1460.0;
}

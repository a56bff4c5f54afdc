/* fixture.h - parameters, places and demands for the tests of mechanisms. */
#ifndef HVPLAN_TESTS_MECHANISM_FIXTURE_H
#define HVPLAN_TESTS_MECHANISM_FIXTURE_H

#include "model/mechanism/mechanism.h"
#include "tests/support/support.h"

#define FIXTURE_PARAMS 200

struct fixture {
    double value[FIXTURE_PARAMS];
    struct place at;
};

/* A WS2008 guest on 2008 R2 with SLAT and everything synthetic, all parameters at their defaults. */
static inline struct fixture fixture_default(void)
{
    struct fixture f = {.at = {.version = HV_2008R2,
                               .slat = true,
                               .large_pages = true,
                               .vendor = VENDOR_INTEL,
                               .lps = 4,
                               .os = os_find("ws2008"),
                               .enlightened = true,
                               .integration = true,
                               .vcpus = 1,
                               .memory_intensity = 1.0,
                               .compatibility_sensitivity = 1.0,
                               .vdisk = VDISK_PASS_THROUGH,
                               .controller = CTRL_SCSI,
                               .chain = 1,
                               .allocated = -1.0,
                               .pdisk = PDISK_HDD,
                               .vnic = VNIC_SYNTHETIC,
                               .link_bytes_per_s = 125e6}};
    assert_true(mechanism_param_count() <= FIXTURE_PARAMS);
    mechanism_defaults(f.value);
    return f;
}

static inline double *fixture_param(struct fixture *f, const char *mechanism, const char *param)
{
    const size_t i = mechanism_param_index(mechanism, param);
    assert_true(i < FIXTURE_PARAMS);
    return &f->value[i];
}

static inline struct cost fixture_cost(const struct fixture *f, enum demand_kind kind, double amount,
                                       double bytes)
{
    const struct demand d = {.kind = kind, .amount = amount, .bytes = bytes, .at = &f->at};
    return mechanism_cost(f->value, &d);
}

static inline struct cost fixture_disk(const struct fixture *f, enum demand_kind kind, double amount,
                                       double bytes, bool write, bool sequential)
{
    const struct demand d = {kind, amount, bytes, write, sequential, &f->at};
    return mechanism_cost(f->value, &d);
}

/* All CPU of a cost, wherever it is spent. */
static inline double fixture_cpu_ns(const struct cost *c)
{
    return c->guest_ns + cost_hypervisor_ns(c) + c->root_ns + c->exits * c->exit_root_ns;
}

#endif

/* Blame against theory (M/M/1 with and without the other), against an explicit pair of runs, and where somebody cannot keep up. */
#include "model/host/blame.h"
#include "tests/support/hosttest.h"

static const struct result *blame(const struct model *m, double precision)
{
    const struct study_case base = {.name = "baseline", .model = m};
    const struct blame_plan *p = blame_plan_new(arena, &base);
    struct study_options o = study_defaults();
    struct result *r = ARENA_NEW(arena, struct result);
    int n;
    const struct study_case *c = blame_cases(p, &n);
    o.precision = precision;
    o.prove_bottleneck = false;
    study_run(arena, &o, c, n, r);
    blame_fill(arena, p, o.level, r);
    return r;
}

/* NULL if there is none. */
static const struct blame_row *row_of(const struct result *r, const char *victim, const char *culprit,
                                      const char *resource)
{
    for (int i = 0; i < r->blame.rows; i++) {
        const struct blame_row *row = &r->blame.row[i];
        if (strcmp(row->victim, victim) == 0 && strcmp(row->culprit, culprit) == 0 &&
            (!resource || strcmp(row->resource, resource) == 0))
            return row;
    }
    return NULL;
}

static double seconds(const struct result *r, const char *victim, const char *culprit, const char *resource)
{
    const struct blame_row *row = row_of(r, victim, culprit, resource);
    if (!row)
        fail_msg("%s owes nothing to %s on %s", victim, culprit, resource);
    assert_false(row->unbounded);
    return row->seconds;
}

/* ---- a disk of one spindle that two VMs share ---- */

static struct model *shared_disk(double other)
{
    const char *backup =
        other > 0.0
            ? arena_printf(
                  arena,
                  "  backup: {arrivals: {rate: %g /s}, steps: [{on: b, read: {disk: c, size: 8 KiB}}]}\n",
                  other)
            : "";
    return hosttest_neutral(hostsim_modelf(
        arena,
        "schema: hvplan.model/1\n"
        "hosts: {HV: {cpu: {sockets: 1, cores: 4}, hypervisor: 2012,\n"
        "  disks: {data: {kind: hdd, spindles: 1, raid: 0, read: 6 ms, write: 6 ms, write_cache: no}}}}\n"
        "vms:\n"
        "  a: {host: HV, os: ws2012, vcpus: 1, disks: {c: {kind: pass-through, on: data}}}\n"
        "  b: {host: HV, os: ws2012, vcpus: 1, disks: {c: {kind: pass-through, on: data}}}\n"
        "workloads:\n"
        "  shop: {arrivals: {rate: 40 /s}, steps: [{on: a, read: {disk: c, size: 8 KiB}}]}\n"
        "%s",
        backup));
}

/* M/M/1: mean wait at utilization u. */
static double wait(double u, double service)
{
    return u * service / (1.0 - u);
}

static void test_shared_disk_is_named_and_owes_what_mm1_says(void **state)
{
    (void)state;
    const struct model *m = shared_disk(70.0);
    const struct result *r = blame(m, 0.02);
    const double s = hostsim_row(&r->scenario[0], "shop", "disk.HV.data").service_s; /* with its transfer */
    assert_close(seconds(r, "shop", "backup", "disk.HV.data"), wait(110.0 * s, s) - wait(40.0 * s, s), 0.05);
    assert_close(seconds(r, "shop", "shop", "disk.HV.data"), wait(40.0 * s, s), 0.05);
    assert_close(seconds(r, "backup", "shop", "disk.HV.data"), wait(110.0 * s, s) - wait(70.0 * s, s), 0.05);
    /* nothing else is to blame */
    assert_int_equal(r->blame.rows, 4);
    /* the larger part goes first, and the shares are those of the response */
    assert_string_equal(r->blame.row[0].culprit, "backup");
    assert_close(r->blame.row[0].share, r->blame.row[0].seconds / r->blame.victim[0].response_s, 1e-9);
}

static void test_blame_is_the_difference_of_two_runs(void **state)
{
    (void)state;
    const struct result *r = blame(shared_disk(70.0), 0.02);
    const struct result *pair = hostsim_pair(arena, shared_disk(70.0), shared_disk(0.0), 0.02);
    double half_width;
    const double fall = -hostsim_delta(pair, "workload.shop.response_s", &half_width, NULL);
    const struct blame_row *row = row_of(r, "shop", "backup", "disk.HV.data");
    assert_non_null(row);
    assert_true(fabs(row->seconds - fall) <= row->half_width + half_width);
    assert_close(r->blame.victim[0].alone_s, hostsim_mean(&pair->scenario[1], "workload.shop.response_s"),
                 0.04);
}

/* ---- one LP under two VMs ---- */

static void test_neighbour_on_one_lp_delays_and_is_delayed(void **state)
{
    (void)state;
    const struct model *m = hosttest_neutral(
        hostsim_model(arena, "schema: hvplan.model/1\n"
                             "hosts: {HV: {cpu: {sockets: 1, cores: 1}, hypervisor: 2012}}\n"
                             "vms:\n"
                             "  a: {host: HV, os: ws2012, vcpus: 1}\n"
                             "  b: {host: HV, os: ws2012, vcpus: 1}\n"
                             "workloads:\n"
                             "  shop: {arrivals: {rate: 40 /s}, steps: [{on: a, cpu: 10 ms}]}\n"
                             "  mail: {arrivals: {rate: 40 /s}, steps: [{on: b, cpu: 10 ms}]}\n"));
    const struct result *r = blame(m, 0.02);
    /* Alike, and the processor is shared: each is M/M/1 at 80 % together, at 40 % alone. */
    const double caused = wait(0.8, 0.010) - wait(0.4, 0.010);
    double sum[2] = {0.0, 0.0};
    for (int i = 0; i < r->blame.rows; i++) {
        const struct blame_row *row = &r->blame.row[i];
        if (strcmp(row->victim, row->culprit) != 0)
            sum[strcmp(row->victim, "mail") == 0] += row->seconds;
    }
    assert_close(sum[0], caused, 0.05);
    assert_close(sum[1], caused, 0.05);
}

/* ---- strangers ---- */

static void test_strangers_are_not_blamed(void **state)
{
    (void)state;
    const struct model *m =
        hostsim_model(arena, "schema: hvplan.model/1\n"
                             "hosts:\n"
                             "  H1: {cpu: {sockets: 1, cores: 2}, hypervisor: 2012}\n"
                             "  H2: {cpu: {sockets: 1, cores: 2}, hypervisor: 2012}\n"
                             "vms:\n"
                             "  a: {host: H1, os: ws2012, vcpus: 1}\n"
                             "  b: {host: H2, os: ws2012, vcpus: 1}\n"
                             "workloads:\n"
                             "  shop: {arrivals: {rate: 60 /s}, steps: [{on: a, cpu: 10 ms}]}\n"
                             "  mail: {arrivals: {rate: 30 /s}, steps: [{on: b, cpu: 20 ms}]}\n");
    const struct result *r = blame(m, 0.03);
    assert_null(row_of(r, "shop", "mail", NULL));
    assert_null(row_of(r, "mail", "shop", NULL));
    assert_non_null(row_of(r, "shop", "shop", "vm.a.vcpu"));
}

/* ---- background loads ---- */

static void test_load_of_others_on_a_lun_and_of_the_root_is_blamed(void **state)
{
    (void)state;
    const struct model *m = hostsim_model(
        arena, "schema: hvplan.model/1\n"
               "hosts:\n"
               "  HV: {cpu: {sockets: 1, cores: 1}, hypervisor: {version: 2012, root_load: 0.4 cores},\n"
               "    disks: {lun: {kind: san, channels: 1, read: 6 ms, write: 6 ms, outside_iops: 90 /s}}}\n"
               "vms: {a: {host: HV, os: ws2012, vcpus: 1, disks: {c: {kind: fixed-vhd, on: lun}}}}\n"
               "workloads:\n"
               "  shop: {arrivals: {rate: 30 /s}, steps: [{on: a, cpu: 8 ms}, {on: a, read: {disk: c, size: "
               "8 KiB}}]}\n");
    const struct result *r = blame(m, 0.02);
    assert_non_null(row_of(r, "shop", "others on disk.HV.lun", "disk.HV.lun"));
    assert_non_null(row_of(r, "shop", "root of HV", NULL));
    assert_null(row_of(r, "shop", "root of HV", "disk.HV.lun"));
}

/* ---- saturation ---- */

/* 180 reads a second on a disk that does 167. The controller of b lets 256 reads through at a time, so that those beyond
 * them wait in b and only backup piles up: shop's reads wait behind 256, which has an end. */
static void test_who_cannot_keep_up_because_of_whom_is_said_without_a_number(void **state)
{
    (void)state;
    const struct result *r = blame(shared_disk(140.0), 0.03);
    const struct blame_row *row = row_of(r, "backup", "shop", NULL);
    assert_non_null(row);
    assert_true(row->unbounded);
    assert_string_equal(row->resource, "disk.HV.data");
    assert_true(isnan(row->seconds) && isnan(row->half_width) && isnan(row->share));
    assert_ptr_equal(row, &r->blame.row[1]); /* before what backup owes to itself */
    assert_true(isnan(r->blame.victim[1].response_s) && isnan(r->blame.victim[1].half_width));
    assert_true(r->blame.victim[1].alone_s > 0.0);
    assert_true(seconds(r, "backup", "backup", "disk.HV.data") > 0.01); /* 84 % by itself */
    assert_true(seconds(r, "shop", "backup", "disk.HV.data") > 1.0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        HOSTTEST(test_shared_disk_is_named_and_owes_what_mm1_says),
        HOSTTEST(test_blame_is_the_difference_of_two_runs),
        HOSTTEST(test_neighbour_on_one_lp_delays_and_is_delayed),
        HOSTTEST(test_strangers_are_not_blamed),
        HOSTTEST(test_load_of_others_on_a_lun_and_of_the_root_is_blamed),
        HOSTTEST(test_who_cannot_keep_up_because_of_whom_is_said_without_a_number),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Who is a culprit, and which cases leave out whom. */
#include "model/host/blame.h"
#include "tests/support/hosttest.h"

/* Two workloads live on web alone, one on db and web, one on db alone; the root and others on the LUN have loads. */
static const char everything[] =
    "schema: hvplan.model/1\n"
    "hosts:\n"
    "  H: {cpu: {sockets: 1, cores: 4}, hypervisor: {version: 2012, root_load: 0.3 cores},\n"
    "    disks: {lun: {kind: san, channels: 8, read: 4 ms, write: 4 ms, outside_iops: 70 /s}}}\n"
    "vms:\n"
    "  web: {host: H, os: ws2012, vcpus: 1}\n"
    "  db: {host: H, os: ws2012, vcpus: 1, disks: {d: {kind: fixed-vhd, on: lun}}}\n"
    "workloads:\n"
    "  shop: {arrivals: {rate: 7 /s}, steps: [{on: web, cpu: 11 ms}]}\n"
    "  blog: {arrivals: {rate: 5 /s}, steps: [{on: web, cpu: 13 ms}]}\n"
    "  order: {arrivals: {rate: 3 /s}, steps: [{on: web, cpu: 3 ms}, {on: db, cpu: 17 ms}]}\n"
    "  backup: {arrivals: {rate: 2 /s}, steps: [{on: db, read: {disk: d, size: 64 KiB, count: 5}}]}\n"
    "objectives:\n"
    "  shop: {workload: shop, p95: 1 s}\n"
    "  order: {workload: order, mean: 2 s}\n"
    "  backup: {workload: backup, mean: 3 s}\n";

static const struct study_case *cases_of(const struct model *m, int *n)
{
    const struct study_case base = {.name = "baseline", .model = m};
    return blame_cases(blame_plan_new(arena, &base), n);
}

static const struct study_case *find(const struct study_case *c, int n, const char *name)
{
    for (int i = 0; i < n; i++)
        if (strcmp(c[i].name, name) == 0)
            return &c[i];
    fail_msg("no case '%s'", name);
    return NULL;
}

static void assert_workloads(const struct model *m, const char *expected)
{
    const char *names = "";
    for (int i = 0; i < m->workloads; i++)
        names = arena_printf(arena, "%s%s%s", names, i ? " " : "", m->workload[i].name);
    assert_string_equal(names, expected);
}

static void test_every_load_is_left_out_once(void **state)
{
    (void)state;
    const struct model *m = hostsim_model(arena, everything);
    int n;
    assert_int_equal(blame_culprits(m), 7); /* 4 workloads, root, others on the LUN, the VM web */
    const struct study_case *c = cases_of(m, &n);
    assert_int_equal(n, 1 + 7 + 4);
    assert_ptr_equal(c[0].model, m);
    assert_workloads(find(c, n, "without blog")->model, "shop order backup");
    assert_workloads(find(c, n, "without vm.web")->model, "order backup");
    assert_workloads(find(c, n, "order alone")->model, "order");
    const struct model *root = find(c, n, "without root of H")->model;
    assert_workloads(root, "shop blog order backup");
    assert_true(root->host[0].hv.root_load == 0.0 && root->host[0].disk[0].outside_iops == 70.0);
    const struct model *outside = find(c, n, "without others on disk.H.lun")->model;
    assert_true(outside->host[0].disk[0].outside_iops == 0.0);
    assert_close(outside->host[0].hv.root_load, 0.3, 1e-12);
    assert_close(m->host[0].hv.root_load, 0.3, 1e-12);
    assert_true(m->host[0].disk[0].outside_iops == 70.0); /* the model itself is not touched */
    const struct model *lone = find(c, n, "shop alone")->model;
    assert_true(lone->host[0].hv.root_load == 0.0 && lone->host[0].disk[0].outside_iops == 0.0);
    assert_int_equal(lone->vms, 2);
}

static void test_objectives_follow_their_workloads(void **state)
{
    (void)state;
    int n;
    const struct study_case *c = cases_of(hostsim_model(arena, everything), &n);
    const struct model *m = find(c, n, "without blog")->model;
    assert_int_equal(m->objectives, 3);
    for (int i = 0; i < 3; i++)
        assert_string_equal(m->workload[m->objective[i].workload].name, m->objective[i].name);
    m = find(c, n, "without shop")->model;
    assert_int_equal(m->objectives, 2);
    assert_string_equal(m->workload[m->objective[0].workload].name, "order");
    assert_int_equal(find(c, n, "backup alone")->model->objectives, 1);
}

static void test_changes_name_what_is_left_out(void **state)
{
    (void)state;
    int n;
    const struct study_case *c = cases_of(hostsim_model(arena, everything), &n);
    const struct study_case *web = find(c, n, "without vm.web");
    assert_int_equal(web->changes, 2);
    assert_string_equal(web->change[1].path, "workloads.blog");
    const struct study_case *root = find(c, n, "without root of H");
    assert_string_equal(root->change[0].path, "hosts.H.hypervisor.root_load");
    assert_string_equal(root->change[0].from, "0.3 cores");
    const struct study_case *outside = find(c, n, "without others on disk.H.lun");
    assert_string_equal(outside->change[0].path, "hosts.H.disks.lun.outside_iops");
    assert_string_equal(outside->change[0].from, "70 /s");
}

/* Of two workloads, without one is the other alone. */
static void test_equal_cases_run_once(void **state)
{
    (void)state;
    int n;
    const struct model *m =
        hostsim_model(arena, "schema: hvplan.model/1\n"
                             "hosts: {H: {cpu: {sockets: 1, cores: 1}, hypervisor: 2012}}\n"
                             "vms: {v: {host: H, os: ws2012, vcpus: 1}}\n"
                             "workloads:\n"
                             "  x: {arrivals: {rate: 7 /s}, steps: [{on: v, cpu: 11 ms}]}\n"
                             "  y: {arrivals: {rate: 5 /s}, steps: [{on: v, cpu: 13 ms}]}\n");
    const struct study_case *c = cases_of(m, &n);
    assert_int_equal(n, 3);
    assert_workloads(find(c, n, "without x")->model, "y");
    assert_workloads(find(c, n, "without y")->model, "x");
}

/* With nobody else, the baseline is the workload alone: all it waits it owes to itself. */
static void test_one_workload_has_only_itself(void **state)
{
    (void)state;
    const struct model *m =
        hostsim_model(arena, "schema: hvplan.model/1\n"
                             "hosts: {H: {cpu: {sockets: 1, cores: 1}, hypervisor: 2012}}\n"
                             "vms: {v: {host: H, os: ws2012, vcpus: 1}}\n"
                             "workloads: {x: {arrivals: {rate: 37 /s}, steps: [{on: v, cpu: 11 ms}]}}\n");
    const struct study_case base = {.name = "baseline", .model = m};
    const struct blame_plan *p = blame_plan_new(arena, &base);
    int n;
    const struct study_case *c = blame_cases(p, &n);
    assert_int_equal(n, 1);
    struct study_options o = study_defaults();
    o.precision = 0.05;
    o.prove_bottleneck = false;
    struct result r = {0};
    study_run(arena, &o, c, n, &r);
    blame_fill(arena, p, o.level, &r);
    assert_int_equal(r.blame.rows, 1);
    assert_string_equal(r.blame.row[0].victim, "x");
    assert_string_equal(r.blame.row[0].culprit, "x");
    assert_string_equal(r.blame.row[0].scenario, "baseline");
    assert_close(r.blame.row[0].seconds, hostsim_row(&r.scenario[0], "x", "vm.v.vcpu").wait_s, 1e-9);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        HOSTTEST(test_every_load_is_left_out_once),   HOSTTEST(test_objectives_follow_their_workloads),
        HOSTTEST(test_changes_name_what_is_left_out), HOSTTEST(test_equal_cases_run_once),
        HOSTTEST(test_one_workload_has_only_itself),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

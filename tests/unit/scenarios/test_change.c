/* test_change.c - single changes: paths, relative values, copies, removals. */
#include "tests/unit/scenarios/fixture.h"

static const char model[] =
    "schema: hvplan.model/1\n"
    "hosts:\n"
    "  H: {cpu: {cores: 4}, hypervisor: 2008r2, disks: {d: {read: 5 ms}}, nics: {n: {speed: 1 Gbps}}}\n"
    "vms:\n"
    "  web01: {label: WEB 01, host: H, vcpus: 2, weight: 100, memory: 4 GiB, disks: {c: {}}, nics: {n: {}}}\n"
    "  app01: {host: H, reserve: 10 %}\n"
    "external: {sql: {servers: 8}}\n"
    "workloads:\n"
    "  shop:\n"
    "    arrivals: {rate: 40 /s}\n"
    "    steps:\n"
    "      - {on: web01, cpu: 12 ms}\n"
    "      - {on: [web01, app01], cpu: {mean: 1.1 ms, scv: 0.5}}\n"
    "      - {on: app01, call: web01, steps: [{cpu: 1 ms}]}\n"
    "  bulk: {closed: {users: 10}, steps: [{on: app01, cpu: {shape: 1.5, lower: 1 ms, upper: 20 ms}},\n"
    "    {cpu: {quantiles: {p0: 1 ms, p100: 20 ms}}}]}\n"
    "objectives: {a.b: {workload: shop, p95: 1 s}}\n"
    "overheads: {cpu: 15 %}\n";

/* Applies path = value (flow YAML) and returns the tree, NULL after errors. */
static struct node *apply(struct fixture *f, const char *path, const char *value, const char **from)
{
    struct node *root = fixture_parse(f, model);
    struct node *tree = fixture_parse(f, arena_printf(f->arena, "value: %s\n", value));
    assert_non_null(tree);
    return change_apply(f->arena, root, path, tree->child[0], (struct pos){"change", 7, 3}, from, f->errs)
               ? root
               : NULL;
}

/* The value that a path of plain keys has. */
static const char *at(struct fixture *f, const struct node *n, const char *path)
{
    char *part = arena_strdup(f->arena, path), *rest = NULL;
    for (part = strtok_r(part, "/", &rest); part && n; part = strtok_r(NULL, "/", &rest))
        n = n->kind == NODE_LIST ? n->child[part[0] - '0'] : node_get(n, part);
    return n ? yamltree_to_flow(f->arena, n) : "(absent)";
}

static void changes_do_what_they_say(void **state)
{
    static const struct {
        const char *path, *value, *where, *from, *to;
    } rows[] = {
        {"vms.web01.vcpus", "4", "vms/web01/vcpus", "2", "4"},
        {"vms.app01.vcpus", "+1", "vms/app01/vcpus", "", "2"}, /* from the default */
        {"vms.web01.vcpus", "x2", "vms/web01/vcpus", "2", "4"},
        {"vms.web01.vcpus", "-1", "vms/web01/vcpus", "2", "1"},
        {"vms.web01.memory", "+512 MiB", "vms/web01/memory", "4 GiB", "4.5 GiB"},
        {"vms.web01.memory.maximum", "8 GiB", "vms/web01/memory", "", "{startup: 4 GiB, maximum: 8 GiB}"},
        {"vms.app01.reserve", "+5 %", "vms/app01/reserve", "10 %", "15 %"},
        {"vms.app01.limit", "x0.5", "vms/app01/limit", "", "50 %"},
        {"workloads.shop.arrivals.rate", "x1.3", "workloads/shop/arrivals/rate", "40 /s", "52 /s"},
        {"workloads.shop.arrivals.rate", "+60 /min", "workloads/shop/arrivals/rate", "40 /s", "41 /s"},
        {"workloads.shop.steps.0.cpu", "+500 us", "workloads/shop/steps/0/cpu", "12 ms", "12.5 ms"},
        {"workloads.shop.steps.0.cpu.scv", "0", "workloads/shop/steps/0/cpu", "", "{mean: 12 ms, scv: 0}"},
        {"workloads.shop.steps.1.cpu", "x3", "workloads/shop/steps/1/cpu", "{mean: 1.1 ms, scv: 0.5}",
         "{mean: 3.3 ms, scv: 0.5}"},
        {"workloads.bulk.steps.0.cpu", "x2", "workloads/bulk/steps/0/cpu",
         "{shape: 1.5, lower: 1 ms, upper: 20 ms}", "{shape: 1.5, lower: 2 ms, upper: 40 ms}"},
        {"workloads.bulk.steps.1.cpu", "x2", "workloads/bulk/steps/1/cpu",
         "{quantiles: {p0: 1 ms, p100: 20 ms}}", "{quantiles: {p0: 2 ms, p100: 40 ms}}"},
        {"workloads.bulk.steps.1.cpu.quantiles.p95", "9 ms", "workloads/bulk/steps/1/cpu", "",
         "{quantiles: {p0: 1 ms, p100: 20 ms, p95: 9 ms}}"},
        {"workloads.bulk.closed.think.scv", "2", "workloads/bulk/closed/think", "", "{mean: 0 s, scv: 2}"},
        {"workloads.shop.steps.3", "{on: app01, spawn: 2}", "workloads/shop/steps/3", "",
         "{on: app01, spawn: 2}"},
        {"workloads.shop.steps.1.on.1", "web01", "workloads/shop/steps/1/on", "app01", "[web01, web01]"},
        {"workloads.shop.steps.0", "~", "workloads/shop/steps/0/cpu", "{on: web01, cpu: 12 ms}",
         "{mean: 1.1 ms, scv: 0.5}"},
        {"hosts.H.hypervisor.quantum", "x2", "hosts/H/hypervisor", "", "{version: 2008r2, quantum: 20 ms}"},
        {"hosts.H.hypervisor", "2022", "hosts/H/hypervisor", "2008r2", "2022"},
        {"hosts.H.disks.d", "{read: 1 ms}", "hosts/H/disks/d", "{read: 5 ms}", "{read: 1 ms}"},
        {"hosts.H.disks.e", "{like: d, spindles: 2}", "hosts/H/disks/e", "", "{read: 5 ms, spindles: 2}"},
        {"overheads.cpu", "x2", "overheads/cpu", "15 %", "30 %"},
        {"overheads.cpu", "~", "overheads", "15 %", "{}"},
        {"objectives.\"a.b\".p95", "x2", "objectives/a.b/p95", "1 s", "2 s"},
        {"external.sql.servers", "~", "external/sql", "8", "{}"},
        {"external.queue", "{servers: 2}", "external/queue", "", "{servers: 2}"},
        {"vms.web01.weight", "'+5'", "vms/web01/weight", "100",
         "'+5'"}, /* quoted: not relative, and so refused later */
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct fixture f = fixture_new();
        const char *from = NULL;
        struct node *root = apply(&f, rows[i].path, rows[i].value, &from);
        if (!root)
            print_error("%s: %s", rows[i].path, fixture_text(&f));
        assert_non_null(root);
        assert_string_equal(from, rows[i].from);
        const char *to = rows[i].to[0] == '\'' ? "+5" : rows[i].to;
        assert_string_equal(at(&f, root, rows[i].where), to);
        fixture_free(&f);
    }
}

static void the_relative_default_of_an_overhead_is_its_parameter(void **state)
{
    (void)state;
    struct fixture f = fixture_new();
    const struct mechanism *owner;
    const struct param *p = mechanism_param(0, &owner);
    const char *from;
    struct node *root =
        apply(&f, arena_printf(f.arena, "overheads.%s.%s", owner->name, p->name), "x2", &from);
    assert_non_null(root);
    double value = 0;
    const char *text = at(&f, root, arena_printf(f.arena, "overheads/%s/%s", owner->name, p->name));
    assert_int_equal(units_parse(text, p->unit, &value), UNITS_OK);
    assert_close(value, 2 * p->def, 1e-9);
    fixture_free(&f);
}

static void wrong_changes_say_why(void **state)
{
    static const struct {
        const char *path, *value, *text;
    } rows[] = {
        {"vms.web01.vcpu", "2", "change:7:3: vms.web01.vcpu: unknown key 'vcpu'"},
        {"vms.web01.vcpu", "2", "did you mean 'vcpus'?"},
        {"vms.web10.vcpus", "2", "there is no 'web10'; there are: web01, app01 (did you mean 'web01'?)"},
        {"vm.web01.vcpus", "2", "(did you mean 'vms'?)"},
        {"vms.web01.vcpus.x", "2", "'vcpus' is a plain value and has no keys"},
        {"vms.web02", "4", "there is no 'web02'"},
        {"vms.web01", "4", "a map is due here"},
        {"vms.web02", "{like: web03}", "there is no 'web03'"},
        {"vms.app01", "{like: web01}", "'app01' is there already"},
        {"vms.web02", "{like: web01, join: maybe}", "yes or no is due"},
        {"external.b", "{like: sql, join: no}", "'join' is for VMs"},
        {"vms.web02", "~", "there is no 'web02'"},
        {"workloads.shop.steps.9.cpu", "1 ms", "there is no entry 9; the list has 3, from 0"},
        {"workloads.shop.steps.5", "{cpu: 1 ms}", "there is no entry 5"},
        {"workloads.shop.steps.first", "{cpu: 1 ms}", "a position in the list is due"},
        {"vms.web01.memory", "+2", "a difference with unit is due"},
        {"vms.web01.memory", "x2x", "a factor such as x1.3 is due"},
        {"vms.web01.memory.startup.x", "2", "has no keys"},
        {"vms.app01.memory", "+1 GiB", "'memory' is not stated"},
        {"workloads.bulk.steps.0.cpu", "+1 ms", "only a factor"},
        {"overheads.slatt.x", "1", "unknown mechanism 'slatt'"},
        {"overheads.slat.nosuch", "1", "has no parameter 'nosuch'"},
        {"vms..vcpus", "1", "not a path"},
        {"", "1", "not a path"},
        {"objectives.\"a.b.p95", "1 s", "not a path"},
        {"vms.a b", "{host: H}", "1 to 64 letters"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct fixture f = fixture_new();
        const char *from;
        if (apply(&f, rows[i].path, rows[i].value, &from))
            print_error("%s was accepted\n", rows[i].path);
        assert_true(errs_any(f.errs));
        fixture_expect(&f, rows[i].text);
        fixture_free(&f);
    }
}

static void a_copied_vm_joins_its_original(void **state)
{
    (void)state;
    struct fixture f = fixture_new();
    const char *from;
    struct node *root = apply(&f, "vms.web02", "{like: web01, vcpus: 3, weight: ~}", &from);
    assert_non_null(root);
    assert_string_equal(at(&f, root, "vms/web02"),
                        "{host: H, vcpus: 3, memory: 4 GiB, disks: {c: {}}, nics: {n: {}}}");
    assert_string_equal(at(&f, root, "workloads/shop/steps/0/on"), "[web01, web02]");
    assert_string_equal(at(&f, root, "workloads/shop/steps/1/on"), "[web01, app01, web02]");
    assert_string_equal(at(&f, root, "workloads/shop/steps/2/on"), "app01");
    assert_string_equal(at(&f, root, "workloads/shop/steps/2/call"), "web01"); /* a call has one target */
    struct model *m = model_load(f.arena, root, f.errs);
    fixture_expect_clean(&f);
    assert_int_equal(m->vms, 3);
    assert_int_equal(m->workload[0].site[0].n, 2);
    fixture_free(&f);
    f = fixture_new();
    root = apply(&f, "vms.web02", "{like: web01, join: no}", &from);
    assert_string_equal(at(&f, root, "workloads/shop/steps/0/on"), "web01");
    fixture_free(&f);
}

static void what_refers_to_the_removed_is_listed(void **state)
{
    (void)state;
    struct fixture f = fixture_new();
    const char *from;
    struct node *root = apply(&f, "vms.web01", "~", &from);
    assert_non_null(root);
    assert_false(change_refs_check(f.arena, root, "vms.web01", (struct pos){"change", 7, 3}, f.errs));
    fixture_expect(&f, "change:7:3: vms.web01: removed, but 3 places still refer to it: test.yaml:12 "
                       "(workloads.shop.steps.0.on), test.yaml:13 (workloads.shop.steps.1.on), test.yaml:14 "
                       "(workloads.shop.steps.2.call)");
    fixture_free(&f);
    f = fixture_new();
    root = apply(&f, "workloads.bulk", "~", &from);
    assert_true(change_refs_check(f.arena, root, "workloads.bulk", (struct pos){0}, f.errs));
    root = apply(&f, "workloads.shop", "~", &from);
    assert_false(change_refs_check(f.arena, root, "workloads.shop", (struct pos){0}, f.errs));
    fixture_expect(&f, "removed, but 1 place still refers to it: test.yaml:17 (objectives.a.b.workload)");
    fixture_free(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(changes_do_what_they_say),
        cmocka_unit_test(the_relative_default_of_an_overhead_is_its_parameter),
        cmocka_unit_test(wrong_changes_say_why),
        cmocka_unit_test(a_copied_vm_joins_its_original),
        cmocka_unit_test(what_refers_to_the_removed_is_listed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

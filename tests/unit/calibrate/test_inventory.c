/* What counters cannot say. */
#include "calibrate/inventory.h"
#include "tests/support/support.h"
#include <stdio.h>
#include <string.h>

#define PATH HVPLAN_BINARY_DIR "/test_inventory.yaml"

static struct inventory *read_text(struct arena *a, struct errs *e, const char *text)
{
    FILE *f = fopen(PATH, "wb");
    assert_non_null(f);
    fputs(text, f);
    fclose(f);
    return inventory_read(a, PATH, e);
}

static void test_entries(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct errs *e = errs_new(a);
    const struct inventory *inv =
        read_text(a, e,
                  "schema: hvplan.inventory/1\n"
                  "hosts:\n  HV01:\n    cpu: {sockets: 2, cores: 4}\n"
                  "    disks: {data: {log: '0 C:', kind: hdd, spindles: 4, raid: 10}}\n"
                  "vms:\n  web01: {log: 'WEB 01', weight: 300}\n"
                  "units_of_work:\n  shop: {counter: '\\\\WEB01\\Web Service(_Total)\\Total Method "
                  "Requests/sec', vm: web01}\n");
    assert_non_null(inv);
    assert_false(errs_any(e));
    const struct inventory_entry host = inventory_find(inv->root, "hosts", "hv01");
    assert_string_equal(host.name, "HV01");
    assert_int_equal(inventory_count(node_get(host.node, "cpu"), "cores"), 4);
    const struct inventory_entry disk = inventory_find(host.node, "disks", "0 c:");
    assert_string_equal(disk.name, "data");
    assert_int_equal(inventory_count(disk.node, "spindles"), 4);
    assert_int_equal(inventory_count(disk.node, "channels"), 0);
    assert_string_equal(inventory_find(inv->root, "vms", "WEB 01").name, "web01");
    assert_null(inventory_find(inv->root, "vms", "web01").node); /* `log:` is its name in the log */
    assert_null(inventory_find(NULL, "vms", "web01").node);
    struct node *copy = node_map(a);
    inventory_copy(a, copy, disk.node);
    assert_null(node_get(copy, "log"));
    assert_string_equal(node_get(copy, "raid")->text, "10");
    int n;
    const struct inventory_work *works = inventory_works(a, inv, &n);
    assert_int_equal(n, 1);
    assert_string_equal(works[0].name, "shop");
    assert_string_equal(works[0].vm, "web01");
    arena_free(a);
}

static void test_absent_and_wrong(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct errs *e = errs_new(a);
    const struct inventory *none = inventory_read(a, NULL, e);
    assert_null(none->root);
    int n = 7;
    inventory_works(a, none, &n);
    assert_int_equal(n, 0);
    assert_null(read_text(a, e, "schema: hvplan.inventory/1\nhost: {}\n"));
    assert_int_equal(errs_exit_code(e), 4);
    e = errs_new(a);
    assert_null(read_text(a, e, "schema: hvplan.scenarios/1\nmodel: x.yaml\nscenarios: []\n"));
    assert_true(errs_any(e));
    e = errs_new(a);
    assert_null(inventory_read(a, HVPLAN_BINARY_DIR "/no-such-inventory.yaml", e));
    assert_int_equal(errs_exit_code(e), 3);
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_entries),
        cmocka_unit_test(test_absent_and_wrong),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

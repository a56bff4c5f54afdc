/* A log written by a known model, calibrated, gives the model's parameters back; a log whose columns do not belong
 * together, or that is another system's, gets an F. */
#include "calibrate/calibrate.h"
#include "model/base/units.h"
#include "model/host/study.h"
#include "reports/report.h"
#include "scenarios/load.h"
#include "tests/support/support.h"
#include <gsl/gsl_errno.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#define LOG HVPLAN_BINARY_DIR "/test_roundtrip.csv"
#define MODEL HVPLAN_BINARY_DIR "/test_roundtrip.yaml"
#define INTERVAL_S 15.0
#define ROWS 100
#define START_S 1790000000

static const char physical[] =
    "schema: hvplan.model/1\n"
    "hosts:\n"
    "  OLD1:\n"
    "    cpu: {sockets: 1, cores: 4}\n"
    "    hypervisor: none\n"
    "    memory: 8 GiB\n"
    "    disks: {data: {kind: hdd, spindles: 1, read: 6.3 ms, write: 4.7 ms}}\n"
    "    nics: {lan: {speed: 1 Gbps}}\n"
    "vms:\n"
    "  OLD1: {host: OLD1, vcpus: 4, memory: 8 GiB, disks: {d: {kind: physical, on: data}},\n"
    "         nics: {n: {kind: physical, on: lan}}}\n"
    "workloads:\n"
    "  shop:\n"
    "    arrivals: {rate: 31.7 /s}\n"
    "    steps:\n"
    "      - {on: OLD1, cpu: 37.4 ms}\n"
    "      - {read: {disk: d, size: 8 KiB, count: 2}}\n"
    "      - {write: {disk: d, size: 16 KiB}}\n"
    "      - {send: {nic: n, size: 23.9 KiB}}\n";

/* Without SLAT, one guest that does not know the hypervisor. */
static const char host_2008r2[] = "schema: hvplan.model/1\n"
                                  "hosts:\n"
                                  "  HV01:\n"
                                  "    cpu: {sockets: 2, cores: 4, slat: no}\n"
                                  "    hypervisor: {version: 2008r2, root_load: 0.07 cores}\n"
                                  "    memory: 32 GiB\n"
                                  "    disks: {data: {kind: hdd, spindles: 1, read: 5.1 ms, write: 3.9 ms}}\n"
                                  "    nics: {lan: {speed: 1 Gbps}}\n"
                                  "vms:\n"
                                  "  web01: {host: HV01, os: ws2008, vcpus: 2, memory: 4 GiB, disks: {c: "
                                  "{kind: fixed-vhd, on: data}}, nics: {n1: {on: lan}}}\n"
                                  "  sql01: {host: HV01, os: ws2008, vcpus: 4, memory: 8 GiB, disks: {c: "
                                  "{kind: fixed-vhd, on: data}}, nics: {n1: {on: lan}}}\n"
                                  "  app01: {host: HV01, os: ws2003, vcpus: 1, memory: 2 GiB, disks: {c: "
                                  "{kind: fixed-vhd, on: data}}, nics: {n1: {on: lan}}}\n"
                                  "workloads:\n"
                                  "  shop:\n"
                                  "    arrivals: {rate: 43.1 /s}\n"
                                  "    steps:\n"
                                  "      - {on: web01, cpu: 17.3 ms}\n"
                                  "      - {read: {disk: c, size: 8 KiB}}\n"
                                  "      - {send: {nic: n1, size: 31.4 KiB}}\n"
                                  "  db:\n"
                                  "    arrivals: {rate: 71.9 /s}\n"
                                  "    steps:\n"
                                  "      - {on: sql01, cpu: 13.7 ms}\n"
                                  "      - {write: {disk: c, size: 8 KiB}}\n"
                                  "      - {send: {nic: n1, size: 4.2 KiB}}\n"
                                  "  app:\n"
                                  "    arrivals: {rate: 9.7 /s}\n"
                                  "    steps:\n"
                                  "      - {on: app01, cpu: 41.3 ms}\n"
                                  "      - {write: {disk: c, size: 24 KiB}}\n";

/* SLAT, two disks of which nothing but their movement tells whose files they hold, constant demands in one VM. */
static const char host_2012r2[] = "schema: hvplan.model/1\n"
                                  "hosts:\n"
                                  "  HV2:\n"
                                  "    cpu: {sockets: 2, cores: 8, slat: yes}\n"
                                  "    hypervisor: {version: 2012r2, root_load: 0.2 cores}\n"
                                  "    memory: 64 GiB\n"
                                  "    disks: {fast: {kind: ssd, channels: 1, read: 110 us, write: 63 us},\n"
                                  "            slow: {kind: hdd, spindles: 1, read: 6.1 ms, write: 5.3 ms}}\n"
                                  "    nics: {lan: {speed: 10 Gbps}}\n"
                                  "vms:\n"
                                  "  web01: {host: HV2, os: ws2012r2, vcpus: 4, memory: 8 GiB, disks: {c: "
                                  "{kind: fixed-vhdx, on: fast}}, nics: {n1: {on: lan}}}\n"
                                  "  file1: {host: HV2, os: ws2012r2, vcpus: 2, memory: 4 GiB, disks: {d: "
                                  "{kind: fixed-vhdx, on: slow}}, nics: {n1: {on: lan}}}\n"
                                  "workloads:\n"
                                  "  shop:\n"
                                  "    arrivals: {rate: 143.1 /s}\n"
                                  "    steps:\n"
                                  "      - {on: web01, cpu: {mean: 14.3 ms, scv: 0}}\n"
                                  "      - {read: {disk: c, size: 8 KiB, count: 3}}\n"
                                  "      - {send: {nic: n1, size: 51.4 KiB}}\n"
                                  "  log:\n"
                                  "    arrivals: {rate: 83.3 /s}\n"
                                  "    steps:\n"
                                  "      - {on: file1, cpu: 6.1 ms}\n"
                                  "      - {write: {disk: d, size: 16 KiB}}\n"
                                  "      - {send: {nic: n1, size: 64 KiB}}\n";

struct trip {
    struct arena *arena;
    struct errs *errs;
    struct counter_log *log;
    struct calibration *c;
};

static void log_write(const struct counter_log *log)
{
    FILE *f = fopen(LOG, "wb");
    assert_non_null(f);
    assert_true(report_perfmon(f, log, START_S));
    fclose(f);
}

static void trip_fit(struct trip *t)
{
    static const char *const paths[] = {LOG};
    t->c = calibrate_logs(t->arena, paths, 1, NULL, 1, 2, t->errs);
    if (t->c == NULL) {
        fail_msg("%s", errs_format(t->arena, errs_get(t->errs, 0)));
    }
}

static struct trip trip_to(const char *text, uint64_t seed)
{
    struct trip t = {.arena = arena_new()};
    t.errs = errs_new(t.arena);
    struct node *root = yamltree_parse(t.arena, "model", text, strlen(text), t.errs);
    const struct model *m = root != NULL ? model_load(t.arena, root, t.errs) : NULL;
    assert_non_null(m);
    t.log = study_log(t.arena, m, seed, INTERVAL_S, ROWS);
    log_write(t.log);
    return t;
}

static struct trip round_trip(const char *text, uint64_t seed)
{
    struct trip t = trip_to(text, seed);
    trip_fit(&t);
    return t;
}

/* The node at a path of keys and positions such as "workloads.web01.steps.0.cpu". */
static const struct node *at(const struct node *n, const char *path)
{
    char key[64];
    while (n != NULL && *path != '\0') {
        const size_t length = strcspn(path, ".");
        memcpy(key, path, length);
        key[length] = '\0';
        path += length + (path[length] == '.' ? 1 : 0);
        n = n->kind == NODE_LIST ? (key[0] - '0' < n->n ? n->child[key[0] - '0'] : NULL) : node_get(n, key);
    }
    if (n != NULL && n->kind == NODE_MAP && node_get(n, "mean") != NULL) {
        n = node_get(n, "mean");
    }
    return n;
}

static double value_at(const struct trip *t, const char *path, enum unit unit)
{
    const struct node *n = at(t->c->model, path);
    double v = (double)NAN;
    if (n == NULL || n->text == NULL || units_parse(n->text, unit, &v) != UNITS_OK) {
        fail_msg("the calibrated model has no %s", path);
    }
    return v;
}

static void check_ms(const struct trip *t, const char *path, double truth)
{
    assert_close(value_at(t, path, UNIT_TIME) * 1e-6, truth, 0.05);
}

static void test_physical_server(void **state)
{
    (void)state;
    const struct trip t = round_trip(physical, 7);
    check_ms(&t, "workloads.OLD1.steps.0.cpu", 37.4);
    check_ms(&t, "hosts.OLD1.disks.0_data.read", 6.3);
    check_ms(&t, "hosts.OLD1.disks.0_data.write", 4.7);
    assert_close(value_at(&t, "workloads.OLD1.arrivals.rate", UNIT_RATE), 31.7, 0.03);
    assert_close(value_at(&t, "workloads.OLD1.steps.1.read.count", UNIT_COUNT), 2.0, 0);
    assert_close(value_at(&t, "workloads.OLD1.steps.2.write.size", UNIT_BYTES), 16384.0, 0.01);
    assert_close(value_at(&t, "workloads.OLD1.steps.3.send.size", UNIT_BYTES), 23.9 * 1024.0, 0.03);
    assert_close(value_at(&t, "vms.OLD1.vcpus", UNIT_COUNT), 4.0, 0);
    assert_int_equal(t.c->card.grade, 'A');
    arena_free(t.arena);
}

static void test_host_without_slat(void **state)
{
    (void)state;
    const struct trip t = round_trip(host_2008r2, 7);
    check_ms(&t, "workloads.web01.steps.0.cpu", 17.3);
    check_ms(&t, "workloads.sql01.steps.0.cpu", 13.7);
    check_ms(&t, "workloads.app01.steps.0.cpu", 41.3);
    check_ms(&t, "hosts.HV01.disks.0_data.read", 5.1);
    check_ms(&t, "hosts.HV01.disks.0_data.write", 3.9);
    assert_close(value_at(&t, "overheads.slat.shadow", UNIT_FRACTION), 0.10, 0.05);
    assert_close(value_at(&t, "hosts.HV01.hypervisor.root_load", UNIT_CORES), 0.07, 0.05);
    assert_string_equal(at(t.c->model, "hosts.HV01.cpu.slat")->text, "no");
    assert_string_equal(at(t.c->model, "vms.app01.enlightened")->text, "no");
    assert_null(at(t.c->model, "vms.web01.enlightened"));
    assert_in_range(t.c->card.grade, 'A', 'B');
    arena_free(t.arena);
}

static void test_host_with_slat(void **state)
{
    (void)state;
    const struct trip t = round_trip(host_2012r2, 11);
    check_ms(&t, "workloads.web01.steps.0.cpu", 14.3);
    check_ms(&t, "workloads.file1.steps.0.cpu", 6.1);
    check_ms(&t, "hosts.HV2.disks.1_slow.write", 5.3);
    check_ms(&t, "hosts.HV2.disks.0_fast.read", 0.110);
    assert_string_equal(at(t.c->model, "vms.web01.disks.disk.on")->text, "0_fast");
    assert_string_equal(at(t.c->model, "vms.file1.disks.disk.on")->text, "1_slow");
    assert_close(value_at(&t, "overheads.slat.nested", UNIT_FRACTION), 0.02, 0.05);
    const struct node *cpu = node_get(at(t.c->model, "workloads.web01.steps.0"), "cpu");
    assert_true(cpu->kind == NODE_MAP); /* constant demands are seen as such */
    double scv;
    assert_int_equal(units_parse(node_get(cpu, "scv")->text, UNIT_NONE, &scv), UNITS_OK);
    assert_true(scv < 0.5);
    assert_in_range(t.c->card.grade, 'A', 'B');
    arena_free(t.arena);
}

/* The CPU of a job comes back from the counters of every version, whatever else the log holds: guests' own views, classes of
 * intercepts. What the wait counter was not there to tell is taken for 2008 R2. */
static void test_every_version(void **state)
{
    (void)state;
    static const struct {
        const char *version, *guessed;
    } cases[] = {
        {"2008", "2008r2"}, {"2012", "2012r2"}, {"2016", "2012r2"}, {"2019", "2012r2"}, {"2025", "2012r2"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[sizeof host_2012r2];
        const char *at_version = strstr(host_2012r2, "2012r2");
        snprintf(text, sizeof text, "%.*s%s%s", (int)(at_version - host_2012r2), host_2012r2,
                 cases[i].version, at_version + strlen("2012r2"));
        const struct trip t = round_trip(text, 11);
        check_ms(&t, "workloads.web01.steps.0.cpu", 14.3);
        check_ms(&t, "workloads.file1.steps.0.cpu", 6.1);
        assert_string_equal(at(t.c->model, "hosts.HV2.hypervisor.version")->text, cases[i].guessed);
        assert_int_equal(node_get(t.c->model, "hosts")->n, 1); /* guests are no hosts */
        assert_in_range(t.c->card.grade, 'A', 'B');
        arena_free(t.arena);
    }
}

/* Puts `to` where `from`, which is as long, stands first. */
static void overwrite(char *text, const char *from, const char *to)
{
    char *place = strstr(text, from);
    assert_non_null(place);
    assert_int_equal(strlen(from), strlen(to));
    for (; *to != '\0'; to++) {
        *place++ = *to;
    }
}

/* The check has teeth: the log of a system with 10 % more CPU a job does not give the old demand back. */
static void test_twin_fails(void **state)
{
    (void)state;
    char text[sizeof physical];
    memcpy(text, physical, sizeof text);
    overwrite(text, "37.4 ms", "41.1 ms");
    const struct trip t = round_trip(text, 7);
    assert_false(fabs(value_at(&t, "workloads.OLD1.steps.0.cpu", UNIT_TIME) * 1e-6 / 37.4 - 1.0) <= 0.05);
    arena_free(t.arena);
}

/* One seed gives one model, for any number of threads. */
static void test_deterministic(void **state)
{
    (void)state;
    static const char *const paths[] = {LOG};
    struct trip t = round_trip(host_2008r2, 3);
    const struct calibration *again = calibrate_logs(t.arena, paths, 1, NULL, 1, 1, t.errs);
    assert_string_equal(yamltree_to_text(t.arena, again->model), yamltree_to_text(t.arena, t.c->model));
    for (int i = 0; i < again->card.rows; i++) {
        assert_close(again->card.row[i].predicted, t.c->card.row[i].predicted, 0);
    }
    arena_free(t.arena);
}

static uint64_t next_random(uint64_t *x)
{
    *x ^= *x << 13;
    *x ^= *x >> 7;
    *x ^= *x << 17;
    return *x >> 11;
}

/* Every column in an order of its own; the first row stays, for it has no rates. */
static void permute(struct counter_log *log, uint64_t seed)
{
    uint64_t x = UINT64_C(0x9E3779B97F4A7C15) + seed;
    for (int c = 0; c < log->columns; c++) {
        for (int r = log->rows - 1; r > 1; r--) {
            const int other = 1 + (int)(next_random(&x) % (uint64_t)r);
            double *a = &log->value[r * log->columns + c], *b = &log->value[other * log->columns + c];
            const double v = *a;
            *a = *b;
            *b = v;
        }
    }
}

static void test_permuted_columns(void **state)
{
    (void)state;
    static const char *const models[] = {physical, host_2008r2, host_2012r2};
    for (int i = 0; i < 3; i++) {
        for (uint64_t seed = 1; seed <= 3; seed++) {
            struct trip t = trip_to(models[i], 7);
            permute(t.log, seed);
            log_write(t.log);
            trip_fit(&t);
            assert_int_equal(t.c->card.grade, 'F');
            assert_false(t.c->good_enough);
            arena_free(t.arena);
        }
    }
}

static char against(const struct trip *known, const char *text, const char *from, const char *to)
{
    char changed[4000];
    snprintf(changed, sizeof changed, "%s", text);
    if (from != NULL) {
        overwrite(changed, from, to);
    }
    FILE *f = fopen(MODEL, "wb");
    assert_non_null(f);
    yamltree_write(f, known->c->model);
    fclose(f);
    struct trip t = trip_to(changed, 23);
    static const char *const paths[] = {LOG};
    const struct calibration *c = calibrate_against(t.arena, paths, 1, MODEL, 1, 2, t.errs);
    if (c == NULL) {
        fail_msg("%s", errs_format(t.arena, errs_get(t.errs, 0)));
    }
    assert_int_equal(c->good_enough, c->card.grade != 'F');
    const char grade = c->card.grade;
    arena_free(t.arena);
    return grade;
}

/* Another day of the same system, even at another load, confirms the model; other work or another host does not. */
static void test_against(void **state)
{
    (void)state;
    struct trip t = round_trip(host_2008r2, 7);
    assert_in_range(against(&t, host_2008r2, NULL, NULL), 'A', 'B');
    assert_in_range(against(&t, host_2008r2, "43.1 /s", "57.9 /s"), 'A', 'B');
    assert_int_equal(against(&t, host_2008r2, "17.3 ms", "25.1 ms"), 'F');
    assert_int_equal(against(&t, host_2012r2, NULL, NULL), 'F');
    assert_int_equal(against(&t, physical, NULL, NULL), 'F');
    arena_free(t.arena);
}

static double response(struct arena *a, struct node *root, const char *change, const char *value,
                       const char *workload, struct errs *e)
{
    const char *from;
    if (!change_apply(a, root, change, node_scalar(a, value), (struct pos){"test", 1, 1}, &from, e)) {
        fail_msg("%s", errs_format(a, errs_get(e, 0)));
    }
    const struct model *m = model_load(a, root, e);
    assert_non_null(m);
    struct study_options o = study_defaults();
    o.prove_bottleneck = false;
    struct result r = {.scenarios = 0};
    study_run(a, &o, &(struct study_case){.name = "changed", .model = m}, 1, &r);
    return result_metric(&r.scenario[0], arena_printf(a, "workload.%s.response_s", workload))->mean;
}

/* What the calibrated model says about a change is what the known system does. */
static void test_changed_host(void **state)
{
    (void)state;
    struct trip t = round_trip(physical, 7);
    struct node *known = yamltree_parse(t.arena, "model", physical, strlen(physical), t.errs);
    const double truth = response(t.arena, known, "workloads.shop.arrivals.rate", "x1.4", "shop", t.errs);
    const double said = response(t.arena, t.c->model, "workloads.OLD1.arrivals.rate", "x1.4", "OLD1", t.errs);
    assert_true(fabs(said / truth - 1.0) < 0.10);
    arena_free(t.arena);
}

/* What the inventory says is believed: names, RAID, spindles, kinds, the unit of work; what it does not say is guessed. */
static void test_inventory(void **state)
{
    (void)state;
    static const char *const paths[] = {LOG},
                             inventory[] = HVPLAN_BINARY_DIR "/test_roundtrip_inventory.yaml";
    FILE *f = fopen(inventory, "wb");
    assert_non_null(f);
    fputs("schema: hvplan.inventory/1\n"
          "hosts:\n"
          "  big: {log: HV2, cpu: {sockets: 2, cores: 8, model: Xeon}, hypervisor: {version: 2016}, memory: "
          "128 GiB,\n"
          "        disks: {mirror: {log: '1 slow', kind: hdd, spindles: 2, raid: 1}}}\n"
          "vms:\n"
          "  files: {log: file1, os: ws2016, weight: 250, disks: {d: {log: 'file1-d', kind: dynamic-vhdx, "
          "on: mirror}}}\n"
          "units_of_work:\n"
          "  uploads: {counter: '\\\\HV2\\Application(file1)\\Requests/sec', vm: files}\n",
          f);
    fclose(f);
    struct trip t = trip_to(host_2012r2, 11);
    t.c = calibrate_logs(t.arena, paths, 1, inventory, 1, 2, t.errs);
    if (t.c == NULL) {
        fail_msg("%s", errs_format(t.arena, errs_get(t.errs, 0)));
    }
    const struct node *m = t.c->model;
    assert_string_equal(at(m, "hosts.big.cpu.model")->text, "Xeon");
    assert_string_equal(at(m, "hosts.big.hypervisor.version")->text, "2016");
    assert_string_equal(at(m, "hosts.big.disks.mirror.raid")->text, "1");
    assert_string_equal(at(m, "hosts.big.disks.mirror.spindles")->text, "2");
    assert_string_equal(at(m, "vms.files.weight")->text, "250");
    assert_string_equal(at(m, "vms.files.disks.d.kind")->text, "dynamic-vhdx");
    assert_string_equal(at(m, "vms.files.disks.d.on")->text, "mirror");
    check_ms(&t, "workloads.uploads.steps.0.cpu", 6.1);
    for (int i = 0; i < at(m, "calibration.guessed")->n; i++) {
        const char *path = at(m, "calibration.guessed")->child[i]->text;
        assert_null(strstr(path, "mirror"));
        assert_null(strstr(path, "hypervisor.version"));
        assert_string_not_equal(path, "vms.files.os");
    }
    arena_free(t.arena);
}

/* SLAT of the log, or of the inventory's generation if that says the same: then a change of the generation changes it. */
static void test_generation_of_the_inventory(void **state)
{
    (void)state;
    static const char *const generations[] = {"xeon5400", "xeon5500"}, *const paths[] = {LOG},
                             inventory[] = HVPLAN_BINARY_DIR "/test_roundtrip_generation.yaml";
    struct trip t = trip_to(host_2008r2, 19);
    for (int i = 0; i < 2; i++) {
        FILE *f = fopen(inventory, "wb");
        assert_non_null(f);
        fprintf(f,
                "schema: hvplan.inventory/1\nhosts: {HV01: {cpu: {sockets: 2, cores: 4, generation: %s}}}\n",
                generations[i]);
        fclose(f);
        t.c = calibrate_logs(t.arena, paths, 1, inventory, 1, 2, t.errs);
        assert_non_null(t.c);
        const struct node *slat = at(t.c->model, "hosts.HV01.cpu.slat");
        assert_string_equal(at(t.c->model, "hosts.HV01.cpu.generation")->text, generations[i]);
        if (i == 0)
            assert_null(slat);
        else
            assert_string_equal(slat->text, "no");
    }
    arena_free(t.arena);
}

int main(void)
{
    gsl_set_error_handler_off();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_physical_server),
        cmocka_unit_test(test_host_without_slat),
        cmocka_unit_test(test_host_with_slat),
        cmocka_unit_test(test_every_version),
        cmocka_unit_test(test_twin_fails),
        cmocka_unit_test(test_deterministic),
        cmocka_unit_test(test_permuted_columns),
        cmocka_unit_test(test_against),
        cmocka_unit_test(test_changed_host),
        cmocka_unit_test(test_inventory),
        cmocka_unit_test(test_generation_of_the_inventory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

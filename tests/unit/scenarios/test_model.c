/* test_model.c - what a model file becomes: values, defaults, references, sites. */
#include "tests/unit/scenarios/fixture.h"

#define HOST                                                                                                 \
    "schema: hvplan.model/1\n"                                                                               \
    "hosts: {H: {cpu: {cores: 4}, hypervisor: 2008r2, disks: {d: {read: 5 ms}}, nics: {n: {speed: 1 "        \
    "Gbps}}}}\n"
#define VM "vms: {v: {host: H, disks: {c: {}}, nics: {n: {}}}, u: {host: H, disks: {c: {}, e: {}}}}\n"
#define WORKLOAD(steps) "workloads: {w: {arrivals: {rate: 1 /s}, steps: [" steps "]}}\n"

static struct model *web_model(struct fixture *f)
{
    struct model *m = model_read(f->arena, DATA "models/web.yaml", f->errs);
    fixture_expect_clean(f);
    assert_non_null(m);
    return m;
}

static void hosts_are_as_the_file_says(void **state)
{
    (void)state;
    struct fixture f = fixture_new();
    const struct model *m = web_model(&f);
    const struct host_spec *h = &m->host[0];
    assert_int_equal(m->hosts, 1);
    assert_string_equal(h->name, "HV01");
    assert_int_equal(h->cpu.sockets * h->cpu.cores * h->cpu.threads, 8);
    assert_false(h->cpu.slat);
    assert_string_equal(h->cpu.label, "Xeon E5450");
    assert_int_equal(h->hv.version, HV_2008R2);
    assert_int_equal(h->hv.placement, version_rows[HV_2008R2].placement);
    assert_close(h->hv.root_load, 0.05, 1e-12);
    assert_close(h->hv.quantum_ns, 10e6, 1e-12);
    assert_true(h->hv.root_first);
    assert_close(h->memory_bytes, 32.0 * 1024 * 1024 * 1024, 1e-12);
    assert_int_equal(h->disk[0].raid, 10);
    assert_int_equal(h->disk[0].spindles, 4);
    assert_close(h->disk[0].read.mean_ns, 6e6, 1e-12);
    assert_close(h->disk[0].write.mean_ns, 4e6, 1e-12);
    assert_close(h->disk[0].read.scv, 1, 1e-12);
    assert_true(h->disk[0].write_cache);
    assert_close(h->nic[0].bytes_per_s, 125e6, 1e-12);
    fixture_free(&f);
}

static void vms_are_as_the_file_says(void **state)
{
    (void)state;
    struct fixture f = fixture_new();
    const struct model *m = web_model(&f);
    const struct vm_spec *web = &m->vm[0], *app = &m->vm[1];
    assert_int_equal(web->vcpus, 2);
    assert_true(web->enlightened);
    assert_false(web->memory.dynamic);
    assert_close(web->memory.maximum_bytes, 4.0 * 1024 * 1024 * 1024, 1e-12);
    assert_int_equal(web->disk[0].kind, VDISK_FIXED_VHD);
    assert_int_equal(web->disk[0].chain, 1);
    assert_string_equal(app->label, "APP 01");
    assert_string_equal(os_rows[app->os].name, "linux-lis");
    assert_int_equal(app->vcpus, 1);
    assert_close(app->weight, 100, 1e-12);
    assert_close(app->reserve, 0.10, 1e-12);
    assert_close(app->limit, 0.90, 1e-12);
    assert_int_equal(app->pool, 64);
    assert_int_equal(web->pool, 0);
    assert_true(app->memory.dynamic);
    assert_close(app->memory.minimum_bytes, app->memory.startup_bytes, 1e-12);
    assert_close(app->memory.buffer, 0.15, 1e-12);
    assert_close(app->memory.weight, 6000, 1e-12);
    assert_int_equal(app->disk[0].chain, 2);
    assert_int_equal(app->disk[0].controller, CTRL_IDE);
    assert_int_equal(app->nic[0].kind, VNIC_SYNTHETIC);
    fixture_free(&f);
}

static void workloads_are_as_the_file_says(void **state)
{
    (void)state;
    struct fixture f = fixture_new();
    const struct model *m = web_model(&f);
    const struct workload_spec *shop = &m->workload[0], *batch = &m->workload[1];
    assert_int_equal(shop->arrivals, ARRIVAL_OPEN);
    assert_close(shop->rate_per_s, 40, 1e-12);
    assert_close(shop->scv, 1.7, 1e-12);
    assert_close(shop->burst, 3, 1e-12);
    assert_close(shop->burst_period_ns, 30e9, 1e-12);
    assert_close(shop->memory_intensity, 1.3, 1e-12);
    assert_close(shop->compatibility_sensitivity, 1, 1e-12);
    assert_int_equal(batch->arrivals, ARRIVAL_CLOSED);
    assert_int_equal(batch->users, 75);
    assert_int_equal(batch->think.family, DIST_PARETO_BOUNDED);
    assert_close(batch->think.shape, 1.5, 1e-12);
    /* E[X] = shape/(shape-1) x (L^shape/(1-(L/U)^shape)) x (1/L^(shape-1) - 1/U^(shape-1)), L = 0.1 s, U = 100 s */
    assert_close(batch->think.mean_ns, 0.290522e9, 1e-5);
    assert_int_equal(m->objectives, 2);
    assert_close(m->objective[0].quantile, 0.95, 1e-12);
    assert_close(m->objective[0].limit_s, 1, 1e-12);
    assert_int_equal(m->objective[1].workload, 1);
    assert_close(m->objective[1].quantile, 0, 1e-12);
    assert_close(m->objective[1].limit_s, 0.25, 1e-12);
    assert_int_equal(m->grade, 'B');
    assert_int_equal(m->guesseds, 1);
    assert_string_equal(m->guessed[0], "vms.web01.weight");
    assert_true(m->fixed_cpu < 0);
    fixture_free(&f);
}

static void steps_are_as_the_file_says(void **state)
{
    (void)state;
    struct fixture f = fixture_new();
    const struct model *m = web_model(&f);
    const struct workload_spec *w = &m->workload[0];
    static const enum step_kind kinds[] = {STEP_CPU,  STEP_READ,     STEP_CONNECT, STEP_CALL, STEP_EXTERNAL,
                                           STEP_LOCK, STEP_PARALLEL, STEP_SPAWN,   STEP_SEND};
    assert_int_equal(w->steps, sizeof kinds / sizeof *kinds);
    for (int i = 0; i < w->steps; i++)
        assert_int_equal(w->step[i].kind, kinds[i]);
    assert_close(w->step[0].time.mean_ns, 12e6, 1e-12);
    assert_close(w->step[1].size_bytes, 16384, 1e-12);
    assert_int_equal(w->step[1].count, 2);
    assert_true(w->step[1].sequential);
    assert_int_equal(w->step[2].count, 3);
    assert_int_equal(w->step[3].children, 2);
    assert_close(w->step[3].child[0].time.scv, 0.25, 1e-12);
    assert_int_equal(w->site[w->step[3].child[1].site].vm[0], 1); /* inside the call, on app01 */
    assert_false(w->step[3].child[1].sequential);
    assert_int_equal(w->step[4].site, w->step[0].site);
    assert_int_equal(w->step[4].time.family, DIST_LOGNORMAL);
    assert_int_equal(w->step[4].external, 0);
    assert_int_equal(m->locks, 1);
    assert_string_equal(m->lock[w->step[5].lock], "session");
    assert_int_equal(w->step[6].branches, 2);
    assert_int_equal(w->step[6].branch_steps[0], 2);
    assert_close(w->step[6].branch[0][1].size_bytes, 1048576, 1e-12);
    assert_int_equal(w->step[6].branch[0][1].peer_site, -1);
    assert_int_equal(w->site[w->step[6].branch[1][0].site].vm[0], 1);
    assert_int_equal(w->step[7].count, 2);
    assert_int_equal(w->site[w->step[8].peer_site].vm[0], 1);
    assert_int_equal(w->sites, 2);
    fixture_free(&f);
}

static void steps_with_one_list_share_a_site(void **state)
{
    (void)state;
    struct fixture f = fixture_new();
    const struct model *m = fixture_model(
        &f, HOST VM WORKLOAD("{on: [v, u], cpu: 1 ms}, {on: [v, u], read: {disk: c}}, {cpu: 2 ms}, "
                             "{on: [u, v], cpu: 1 ms}, {on: v, read: {}}"));
    const struct workload_spec *w = &m->workload[0];
    assert_int_equal(w->sites, 3);
    assert_int_equal(w->step[0].site, 0);
    assert_int_equal(w->step[1].site, 0);
    assert_int_equal(w->step[2].site, 0);
    assert_int_equal(w->step[3].site, 1);
    assert_int_equal(w->step[1].device[0], 0);
    assert_int_equal(w->step[1].device[1], 0);
    assert_close(w->step[1].size_bytes, 8192, 1e-12);
    assert_int_equal(w->step[4].device[0], 0);
    fixture_free(&f);
}

static void defaults_follow_version_and_system(void **state)
{
    (void)state;
    struct fixture f = fixture_new();
    const struct model *m = fixture_model(
        &f, "schema: hvplan.model/1\n"
            "hosts:\n"
            "  A: {cpu: {cores: 4}, hypervisor: 2019, disks: {s: {kind: ssd, channels: 16, read: 100 us}}}\n"
            "  B: {cpu: {cores: 4}, hypervisor: {version: 2016, placement: any}}\n"
            "vms:\n"
            "  old: {host: A, os: ws2003}\n"
            "  lin: {host: A, os: linux}\n"
            "  lis: {host: A, os: linux-lis}\n"
            "  bare: {host: B, os: ws2008, integration: no}\n"
            "  forced: {host: B, os: ws2003, enlightened: yes}\n");
    assert_int_equal(m->host[0].hv.scheduler, version_rows[HV_2019].scheduler);
    assert_int_equal(m->host[0].hv.placement, version_rows[HV_2019].placement);
    assert_int_equal(m->host[1].hv.placement, PLACE_ANY);
    assert_int_equal(m->host[0].disk[0].spindles, 16);
    assert_close(m->host[0].disk[0].write.mean_ns, 1e5, 1e-12);
    assert_true(m->host[0].cpu.slat);
    static const bool integration[] = {true, false, true, false, true},
                      enlightened[] = {false, false, true, false, true};
    for (int i = 0; i < 5; i++) {
        assert_int_equal(m->vm[i].integration, integration[i]);
        assert_int_equal(m->vm[i].enlightened, enlightened[i]);
    }
    fixture_free(&f);
}

static void a_physical_machine_is_its_vm(void **state)
{
    (void)state;
    struct fixture f = fixture_new();
    const struct model *m = fixture_model(
        &f,
        "schema: hvplan.model/1\n"
        "hosts: {P: {cpu: {sockets: 2, cores: 3}, hypervisor: none, memory: 6 GiB, disks: {d: {read: 5 ms}}, "
        "nics: {n: {speed: 100 Mbps}}}}\n"
        "vms: {p: {host: P, disks: {c: {}}, nics: {n: {kind: physical}}}}\n");
    assert_int_equal(m->vm[0].vcpus, 6);
    assert_int_equal(m->vm[0].disk[0].kind, VDISK_PHYSICAL);
    assert_int_equal(m->vm[0].nic[0].kind, VNIC_PHYSICAL);
    assert_close(m->vm[0].memory.startup_bytes, 6.0 * 1024 * 1024 * 1024, 1e-12);
    fixture_free(&f);
}

static void times_take_every_form(void **state)
{
    static const struct {
        const char *text;
        double mean_ns, scv;
        enum dist_kind family;
    } rows[] = {
        {"12 ms", 12e6, 1, DIST_AUTO},
        {"{mean: 12 ms}", 12e6, 1, DIST_AUTO},
        {"{mean: 7 us, scv: 0}", 7e3, 0, DIST_AUTO},
        {"{mean: 3 ms, scv: 4.5}", 3e6, 4.5, DIST_AUTO},
        {"{dist: deterministic, mean: 3 ms}", 3e6, 0, DIST_DETERMINISTIC},
        {"{dist: gamma, mean: 3 ms, scv: 0.3}", 3e6, 0.3, DIST_GAMMA},
        {"{dist: lognormal, mean: 1 s}", 1e9, 1, DIST_LOGNORMAL},
        {"{dist: uniform, mean: 2 ms, scv: 0.2}", 2e6, 0.2, DIST_UNIFORM},
        {"0 s", 0, 1, DIST_AUTO},
        {"{quantiles: {p0: 2 ms, p100: 4 ms}}", 3e6, 1.0 / 27.0, DIST_QUANTILES},
        {"{quantiles: {p0: 20 us, p50: 80 us, p99_9: 80 us, p100: 200 ms}}", 164960.0, 489.3483641451,
         DIST_QUANTILES},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct fixture f = fixture_new();
        const struct model *m =
            fixture_model(&f, arena_printf(f.arena, HOST VM WORKLOAD("{on: v, cpu: %s}"), rows[i].text));
        const struct time_spec *t = &m->workload[0].step[0].time;
        assert_close(t->mean_ns, rows[i].mean_ns, 1e-12);
        assert_close(t->scv, rows[i].scv, 1e-12);
        assert_int_equal(t->family, rows[i].family);
        fixture_free(&f);
    }
}

static void overheads_replace_defaults(void **state)
{
    (void)state;
    struct fixture f = fixture_new();
    const struct mechanism *owner;
    const struct param *p = mechanism_param(1, &owner);
    const char *value = units_format(f.arena, 0.5 * (p->lo + p->hi), p->unit);
    double expected = 0;
    assert_int_equal(units_parse(value, p->unit, &expected), UNITS_OK);
    const struct model *m =
        fixture_model(&f, arena_printf(f.arena, HOST VM "overheads: {cpu: 15 %%, %s: {%s: %s}}\n",
                                       owner->name, p->name, value));
    assert_close(m->fixed_cpu, 0.15, 1e-12);
    assert_close(m->overhead[1], expected, 1e-12);
    assert_true(m->overhead_stated[1]);
    assert_false(m->overhead_stated[0]);
    p = mechanism_param(0, &owner);
    assert_close(m->overhead[0], p->def, 1e-12);
    fixture_free(&f);
}

static void all_errors_come_in_one_pass(void **state)
{
    (void)state;
    struct fixture f = fixture_new();
    struct node *root = fixture_parse(&f, "schema: hvplan.model/1\n"
                                          "hosts: {H: {cpu: {cores: 0, sped: 2}, hypervisor: 2008r3}}\n"
                                          "vms: {v: {host: K, weight: 0}}\n"
                                          "workloads: {w: {arrivals: {rate: 5}, steps: [{on: x, cpu: 3}]}}\n"
                                          "objectives: {o: {workload: q}}\n");
    assert_null(model_load(f.arena, root, f.errs));
    static const char *const parts[] = {
        "cores",         "sped",       "hypervisor",  "vms.v.host", "vms.v.weight",
        "arrivals.rate", "steps.0.on", "steps.0.cpu", "o.workload", "objectives.o: one of"};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        fixture_expect(&f, parts[i]);
    assert_int_equal(errs_count(f.errs), sizeof parts / sizeof *parts);
    assert_int_equal(errs_exit_code(f.errs), ERR_INVALID);
    fixture_free(&f);
}

/* A large model full of mistakes must not take forever to say so. */
static void sizes_are_limited(void **state)
{
    (void)state;
    struct fixture f = fixture_new();
    enum { VMS = 1200, ROOM = 1 << 18 };
    char *text = ARENA_ARRAY(f.arena, char, ROOM), *p = text;
    p += sprintf(p, "schema: hvplan.model/1\nhosts: {H: {cpu: {cores: 4}, hypervisor: 2022}}\nvms:\n");
    for (int i = 0; i < VMS; i++)
        p += sprintf(p, "  v%d: {host: H}\n", i);
    p += sprintf(p, "workloads:\n");
    for (int w = 0; w < 2; w++) {
        p += sprintf(p, "  w%d:\n    arrivals: {rate: 1 /s}\n    steps:\n", w);
        for (int i = 0; i < 520; i++)
            p += sprintf(p, "      - {on: v%d, lock: l%d, steps: [{on: v%d, cpu: 1 ms}]}\n", i, 600 * w + i,
                         600 + i);
    }
    assert_true(p - text < ROOM);
    assert_null(model_load(f.arena, fixture_parse(&f, text), f.errs));
    fixture_expect(&f, "workloads.w1.steps.480.lock: more than 1000 locks");
    fixture_expect(&f, "workloads.w0.steps.500.on: more than 1000 different places in one workload");
    fixture_free(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hosts_are_as_the_file_says),
        cmocka_unit_test(vms_are_as_the_file_says),
        cmocka_unit_test(workloads_are_as_the_file_says),
        cmocka_unit_test(steps_are_as_the_file_says),
        cmocka_unit_test(steps_with_one_list_share_a_site),
        cmocka_unit_test(defaults_follow_version_and_system),
        cmocka_unit_test(a_physical_machine_is_its_vm),
        cmocka_unit_test(times_take_every_form),
        cmocka_unit_test(overheads_replace_defaults),
        cmocka_unit_test(all_errors_come_in_one_pass),
        cmocka_unit_test(sizes_are_limited),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* test_scenarios.c - lists of scenarios, --set, and machines that move. */
#include "tests/unit/scenarios/fixture.h"

#define FOLDER HVPLAN_BINARY_DIR "/"

static const char physical[] =
    "schema: hvplan.model/1\n"
    "hosts:\n"
    "  HV: {cpu: {cores: 8}, hypervisor: 2008r2, disks: {data: {read: 5 ms}}, nics: {lan: {speed: 1 Gbps}}}\n"
    "  BIG: {cpu: {cores: 16}, hypervisor: 2022, disks: {d0: {read: 5 ms}, d1: {read: 4 ms}}, nics: {lan: "
    "{speed: 10 Gbps}}}\n"
    "  P: {cpu: {sockets: 2, cores: 3}, hypervisor: none, memory: 8 GiB, disks: {d0: {read: 6 ms}}, nics: "
    "{n0: {speed: 1 Gbps}}}\n"
    "  Q: {cpu: {cores: 4}, hypervisor: {version: none}, disks: {q: {read: 6 ms}}, nics: {n0: {speed: 1 "
    "Gbps}}}\n"
    "vms:\n"
    "  mail: {host: P, disks: {c: {kind: physical}}, nics: {n: {kind: physical, on: n0}}}\n"
    "  file: {host: Q, vcpus: 4, disks: {c: {}}, nics: {n: {}}}\n"
    "  web: {host: HV, vcpus: 2, disks: {c: {kind: dynamic-vhd, on: data}}, nics: {n: {kind: emulated}}}\n"
    "workloads: {w: {arrivals: {rate: 1 /s}, steps: [{on: mail, cpu: 1 ms}, {on: file, read: {}}, {on: web, "
    "write: {}}]}}\n";

static const char *file_write(struct fixture *f, const char *name, const char *text)
{
    const char *path = arena_printf(f->arena, "%s%s", FOLDER, name);
    FILE *out = fopen(path, "wb");
    assert_non_null(out);
    fputs(text, out);
    assert_int_equal(fclose(out), 0);
    return path;
}

/* The scenario `set` of some changes on `physical`; NULL after errors. */
static const struct scenario *set_apply(struct fixture *f, const char *const *sets, int n)
{
    const char *path = file_write(f, "test_scenarios_model.yaml", physical);
    struct scenario_list *l = scenarios_read(f->arena, path, NULL, sets, n, f->errs);
    remove(path);
    if (!l)
        return NULL;
    assert_int_equal(l->n, 2);
    assert_string_equal(l->item[0].name, "baseline");
    assert_string_equal(l->item[1].name, "set");
    return &l->item[1];
}

static const struct vm_spec *vm_of(const struct scenario *s, const char *name)
{
    for (int i = 0; i < s->model->vms; i++)
        if (strcmp(s->model->vm[i].name, name) == 0)
            return &s->model->vm[i];
    fail();
    return NULL;
}

static void a_file_of_scenarios_is_read(void **state)
{
    (void)state;
    struct fixture f = fixture_new();
    struct scenario_list *l = scenarios_read(f.arena, NULL, DATA "good/scenarios.yaml", NULL, 0, f.errs);
    fixture_expect_clean(&f);
    assert_int_equal(l->n, 5);
    assert_string_equal(l->item[2].name, "both");
    assert_int_equal(l->item[2].changes, 3);
    assert_string_equal(l->item[2].change[0].path, "vms.web01.vcpus"); /* inherited */
    assert_string_equal(l->item[2].change[2].path, "workloads.shop.arrivals.rate");
    assert_string_equal(l->item[2].change[2].from, "40 /s");
    assert_string_equal(l->item[2].change[2].to, "52 /s");
    assert_close(l->item[2].model->workload[0].rate_per_s, 52, 1e-12);
    assert_close(l->item[0].model->workload[0].rate_per_s, 40, 1e-12);
    assert_true(l->item[2].model->host[0].cpu.slat);
    assert_int_equal(l->item[3].model->vms, 3);
    assert_string_equal(l->item[3].change[0].from, "");
    assert_string_equal(l->item[3].change[0].to, "{like: web01}");
    assert_int_equal(l->item[4].model->workloads, 1);
    assert_string_equal(l->item[4].change[0].to, "~");
    fixture_free(&f);
}

static void a_scenario_may_start_from_a_later_one(void **state)
{
    static const char text[] = "schema: hvplan.scenarios/1\n"
                               "scenarios:\n"
                               "  - {name: x4, from: x2, change: {workloads.shop.arrivals.rate: x2}}\n"
                               "  - {name: x2, from: baseline, change: {workloads.shop.arrivals.rate: x2}}\n";
    (void)state;
    struct fixture f = fixture_new();
    const char *path = file_write(&f, "test_scenarios_later.yaml", text);
    struct scenario_list *l = scenarios_read(f.arena, DATA "models/web.yaml", path, NULL, 0, f.errs);
    remove(path);
    fixture_expect_clean(&f);
    assert_string_equal(l->item[1].name, "x4");
    assert_close(l->item[1].model->workload[0].rate_per_s, 160, 1e-12);
    assert_close(l->item[2].model->workload[0].rate_per_s, 80, 1e-12);
    assert_string_equal(l->model_path, DATA "models/web.yaml");
    fixture_free(&f);
}

static void both_models_must_agree(void **state)
{
    (void)state;
    struct fixture f = fixture_new();
    assert_non_null(
        scenarios_read(f.arena, DATA "good/../models/web.yaml", DATA "good/scenarios.yaml", NULL, 0, f.errs));
    const char *other = file_write(&f, "test_scenarios_other.yaml", physical);
    assert_null(scenarios_read(f.arena, other, DATA "good/scenarios.yaml", NULL, 0, f.errs));
    remove(other);
    fixture_expect(&f, "the file is about " DATA "good/../models/web.yaml, the command about ");
    fixture_free(&f);
    f = fixture_new();
    assert_null(scenarios_read(f.arena, NULL, NULL, NULL, 0, f.errs));
    fixture_expect(&f, "no model: name one");
    fixture_free(&f);
}

static void sets_form_one_scenario(void **state)
{
    static const char *const sets[] = {"vms.web01.vcpus=4", "workloads.shop.arrivals.rate=x1.5",
                                       "objectives.\"shop p95\".p95=2 s", "vms.web02={like: web01}"};
    (void)state;
    struct fixture f = fixture_new();
    struct scenario_list *l =
        scenarios_read(f.arena, DATA "models/web.yaml", DATA "good/scenarios.yaml", sets, 4, f.errs);
    fixture_expect_clean(&f);
    assert_int_equal(l->n, 6);
    const struct scenario *s = &l->item[5];
    assert_string_equal(s->name, "set");
    assert_int_equal(s->changes, 4);
    assert_close(s->model->workload[0].rate_per_s, 60, 1e-12);
    assert_close(s->model->objective[0].limit_s, 2, 1e-12);
    assert_int_equal(s->model->vm[2].vcpus, 4); /* the copy is made after the change */
    fixture_free(&f);
}

static void wrong_sets_say_why(void **state)
{
    static const struct {
        const char *set, *text;
    } rows[] = {
        {"vms.web.vcpus", "PATH=VALUE is due"},
        {"=4", "PATH=VALUE is due"},
        {"vms.web.vcpus={a: ", "value '{a: ': "},
        {"vms.web.vcpus=1\n2", "a value of one line"},
        {"vms.web.vcpus=two", "in scenario 'set': 'two' is no number"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct fixture f = fixture_new();
        assert_null(set_apply(&f, &rows[i].set, 1));
        fixture_expect(&f, "--set");
        fixture_expect(&f, rows[i].text);
        fixture_free(&f);
    }
}

static void a_server_becomes_a_vm(void **state)
{
    static const char *const sets[] = {"vms.mail.host=HV"};
    (void)state;
    struct fixture f = fixture_new();
    const struct scenario *s = set_apply(&f, sets, 1);
    assert_non_null(s);
    const struct vm_spec *mail = vm_of(s, "mail");
    assert_string_equal(s->model->host[mail->host].name, "HV");
    assert_int_equal(mail->disk[0].kind, VDISK_FIXED_VHD);
    assert_int_equal(mail->nic[0].kind, VNIC_SYNTHETIC);
    assert_int_equal(mail->vcpus, 4); /* it had 6; 2008 R2 allows 4 */
    fixture_expect(&f, "W101 vms.mail.vcpus: the server had 6 logical processors; the VM gets 4 vCPUs");
    assert_int_equal(s->model->hosts, 3); /* the empty server is retired */
    assert_int_equal(s->changes, 1);
    fixture_free(&f);
}

static void the_same_scenario_may_say_otherwise(void **state)
{
    static const char *const sets[] = {"vms.mail.host=HV", "vms.mail.vcpus=1",
                                       "vms.mail.disks.c.kind=pass-through", "vms.mail.nics.n.kind=emulated"};
    (void)state;
    struct fixture f = fixture_new();
    const struct scenario *s = set_apply(&f, sets, 4);
    fixture_expect_clean(&f);
    const struct vm_spec *mail = vm_of(s, "mail");
    assert_int_equal(mail->vcpus, 1);
    assert_int_equal(mail->disk[0].kind, VDISK_PASS_THROUGH);
    assert_int_equal(mail->nic[0].kind, VNIC_EMULATED);
    fixture_free(&f);
}

static void on_keeps_its_name_or_asks(void **state)
{
    static const char *const to_big[] = {"vms.mail.host=BIG"}, *const file_to_big[] = {"vms.file.host=BIG"},
                             *const helped[] = {"vms.file.host=BIG", "vms.file.disks.c.on=d1"};
    (void)state;
    struct fixture f = fixture_new();
    const struct scenario *s = set_apply(&f, to_big, 1);
    fixture_expect_clean(&f);
    assert_int_equal(vm_of(s, "mail")->disk[0].on, 0); /* d0 was its only disk, and BIG has a d0 */
    assert_int_equal(vm_of(s, "mail")->vcpus, 6);
    fixture_free(&f);
    f = fixture_new();
    assert_null(set_apply(&f, file_to_big, 1));
    fixture_expect(&f, "vms.file.disks.c.on: in scenario 'set': host BIG has no 'q'; add the change  "
                       "vms.file.disks.c.on: NAME  with NAME one of: d0, d1");
    fixture_free(&f);
    f = fixture_new();
    s = set_apply(&f, helped, 2);
    fixture_expect_clean(&f);
    assert_int_equal(vm_of(s, "file")->disk[0].on, 1);
    assert_int_equal(vm_of(s, "file")->vcpus, 4);
    fixture_free(&f);
}

static void a_vm_becomes_a_server(void **state)
{
    static const char *const sets[] = {"hosts.HV.hypervisor=none"}, *const moved[] = {
                                                                        "vms.mail.host=HV",
                                                                        "vms.mail.disks.c.on=data",
                                                                        "vms.web.host=P"};
    (void)state;
    struct fixture f = fixture_new();
    const struct scenario *s = set_apply(&f, sets, 1);
    fixture_expect_clean(&f);
    assert_int_equal(vm_of(s, "web")->vcpus, 8);
    assert_int_equal(vm_of(s, "web")->disk[0].kind, VDISK_PHYSICAL);
    assert_int_equal(vm_of(s, "web")->nic[0].kind, VNIC_PHYSICAL);
    fixture_free(&f);
    f = fixture_new();
    s = set_apply(&f, moved, 3);
    assert_non_null(s);
    assert_int_equal(vm_of(s, "web")->vcpus, 6);
    assert_int_equal(vm_of(s, "web")->disk[0].kind, VDISK_PHYSICAL);
    assert_int_equal(vm_of(s, "web")->disk[0].on, 0);
    fixture_free(&f);
}

static void a_warning_of_the_base_is_said_once(void **state)
{
    static const char *const sets[] = {"vms.web.weight=200"};
    (void)state;
    struct fixture f = fixture_new();
    char *text = arena_strdup(f.arena, physical);
    memcpy(strstr(text, "vcpus: 2"), "vcpus: 9", 8);
    const char *path = file_write(&f, "test_scenarios_warn.yaml", text);
    assert_non_null(scenarios_read(f.arena, path, NULL, sets, 1, f.errs));
    remove(path);
    assert_int_equal(errs_warning_count(f.errs), 2);
    fixture_expect(&f, "W401");
    fixture_expect(&f, "W403");
    fixture_free(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_of_scenarios_is_read),
        cmocka_unit_test(a_scenario_may_start_from_a_later_one),
        cmocka_unit_test(both_models_must_agree),
        cmocka_unit_test(sets_form_one_scenario),
        cmocka_unit_test(wrong_sets_say_why),
        cmocka_unit_test(a_server_becomes_a_vm),
        cmocka_unit_test(the_same_scenario_may_say_otherwise),
        cmocka_unit_test(on_keeps_its_name_or_asks),
        cmocka_unit_test(a_vm_becomes_a_server),
        cmocka_unit_test(a_warning_of_the_base_is_said_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

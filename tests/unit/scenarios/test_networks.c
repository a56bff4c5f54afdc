/* test_networks.c - virtual switches in model files: resolution, errors, warnings, change paths, moves. */
#include "tests/unit/scenarios/fixture.h"

#define NICS "nics: {l1: {speed: 1 Gbps}, l2: {speed: 1 Gbps}, l3: {speed: 1 Gbps}}"

/* One host with `switches`, VM a with `nics` of its own, VM b on l3, one step. */
static struct model *load(struct fixture *f, const char *version, const char *switches, const char *nics,
                          const char *step)
{
    const char *text =
        arena_printf(f->arena,
                     "schema: hvplan.model/1\n"
                     "hosts: {H: {cpu: {cores: 4}, hypervisor: %s, " NICS ", switches: {%s}}}\n"
                     "vms: {a: {host: H, nics: {%s}}, b: {host: H, nics: {n: {on: l3}}}}\n"
                     "workloads: {w: {arrivals: {rate: 1 /s}, steps: [{on: a, %s}]}}\n",
                     version, switches, nics, step);
    struct node *tree = fixture_parse(f, text);
    return tree ? model_load(f->arena, tree, f->errs) : NULL;
}

#define CPU "cpu: 1 ms"

static void switches_are_resolved(void **state)
{
    (void)state;
    struct fixture f = fixture_new();
    const struct model *m =
        load(&f, "2012", "t: {nics: [l2, l1], balance: hash}, p: {kind: private}, i: {kind: internal}",
             "n: {on: t}, o: {on: p, kind: emulated}, q: {on: i}, r: {on: l3}", CPU);
    fixture_expect_clean(&f);
    const struct host_spec *h = &m->host[0];
    assert_int_equal(h->vswitches, 3);
    assert_true(h->vswitch[0].kind == SWITCH_EXTERNAL && h->vswitch[0].balance == BALANCE_HASH);
    assert_int_equal(h->vswitch[0].nics, 2);
    assert_int_equal(h->vswitch[0].nic[0], 1);
    assert_int_equal(h->vswitch[0].nic[1], 0);
    assert_true(h->vswitch[1].kind == SWITCH_PRIVATE && h->vswitch[2].kind == SWITCH_INTERNAL);
    static const int expected[4][2] = {{-1, 0}, {-1, 1}, {-1, 2}, {2, -1}};
    for (int i = 0; i < 4; i++) {
        assert_int_equal(m->vm[0].nic[i].on, expected[i][0]);
        assert_int_equal(m->vm[0].nic[i].vswitch, expected[i][1]);
    }
    fixture_free(&f);
}

/* An adapter that alone makes up a switch stands for it; one adapter of the host needs no name. */
static void one_adapter_stands_for_its_switch(void **state)
{
    (void)state;
    struct fixture f = fixture_new();
    const struct model *m = load(&f, "2012", "s: {nics: l3}", "n: {on: l3}", CPU);
    fixture_expect_clean(&f);
    assert_int_equal(m->vm[0].nic[0].vswitch, 0);
    assert_int_equal(m->vm[1].nic[0].vswitch, 0);
    const char *only =
        "schema: hvplan.model/1\n"
        "hosts: {H: {cpu: {cores: 4}, hypervisor: 2012, nics: {l: {speed: 1 Gbps}}, switches: {s: {}}}}\n"
        "vms: {a: {host: H, nics: {n: {}}}}\n"
        "workloads: {w: {arrivals: {rate: 1 /s}, steps: [{on: a, " CPU "}]}}\n";
    const struct model *one = model_load(f.arena, fixture_parse(&f, only), f.errs);
    fixture_expect_clean(&f);
    assert_int_equal(one->host[0].vswitch[0].nics, 1);
    assert_int_equal(one->vm[0].nic[0].vswitch, 0);
    fixture_free(&f);
}

static const struct row {
    const char *version, *switches, *nics, *step, *text;
} bad[] = {
    {"2012", "l1: {nics: l2}", "n: {on: l3}", CPU,
     "hosts.H.switches.l1: an adapter of the host has the same name"},
    {"2012", "s: {}", "n: {on: l3}", CPU,
     "hosts.H.switches.s: 'nics' is missing: an external switch needs an adapter; the host has: l1, l2, l3"},
    {"2012", "s: {nics: [l1, l9]}", "n: {on: l3}", CPU, "there is no adapter of the host 'l9'"},
    {"2012", "s: {nics: [l1, l1]}", "n: {on: l3}", CPU, "adapter 'l1' is bound to a switch already"},
    {"2012", "s: {nics: [l1, l2]}, u: {nics: l2}", "n: {on: l3}", CPU,
     "hosts.H.switches.u.nics: adapter 'l2' is bound to a switch already"},
    {"2012", "s: {kind: private, nics: l1}", "n: {on: l3}", CPU,
     "hosts.H.switches.s.nics: only an external switch is bound to an adapter"},
    {"2012", "s: {kind: public}", "n: {on: l3}", CPU, "external, internal, private"},
    {"2012", "s: {nics: l1, balance: even}", "n: {on: l3}", CPU, "port, hash"},
    {"none", "s: {nics: l1}", "n: {on: l3}", CPU,
     "a physical machine (hypervisor: none) has no virtual switches"},
    {"2012", "s: {nics: [l1, l2]}", "n: {on: l2}", CPU,
     "vms.a.nics.n.on: adapter 'l2' is a member of the team of switch s; say on: s"},
    {"2012", "s: {nics: [l1, l2]}", "n: {on: t}", CPU,
     "there is no switch or adapter of the host 't'; there are: l3, s"},
    {"2012", "s: {nics: [l1, l2]}", "n: {}", CPU, "vms.a.nics.n: 'on' is missing; the host has: l3, s"},
    {"2012", "s: {kind: private}", "n: {on: s, kind: sr-iov}", CPU,
     "an sr-iov adapter is a part of a physical one, which switch s has not"},
    {"2012", "s: {kind: private}", "n: {on: s}", "send: {size: 1 KiB}",
     "adapter n of VM a is on the private switch s, which does not reach the outside"},
    {"2012", "s: {kind: internal}", "n: {on: s}", "receive: {size: 1 KiB}",
     "adapter n of VM a is on the internal switch s, which does not reach the outside"},
    {"2012", "s: {kind: private}", "n: {on: s}", "connect: {}",
     "adapter n of VM a is on the private switch s, which does not reach the outside"},
    {"2012", "s: {kind: private}", "n: {on: s}", "send: {size: 1 KiB, to: b}",
     "VM b has no adapter that n of VM a reaches through s"},
    {"2012", "s: {kind: private}", "n: {on: s}", "connect: {to: b}",
     "VM b has no adapter that n of VM a reaches through s"},
    {"2012", "s: {kind: private}", "n: {on: l1}", "connect: {to: x}", "there is no VM 'x'"},
};

static void mistakes_are_told(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct fixture f = fixture_new();
        load(&f, bad[i].version, bad[i].switches, bad[i].nics, bad[i].step);
        fixture_expect(&f, bad[i].text);
        assert_true(errs_count(f.errs) > 0);
        fixture_free(&f);
    }
}

static void iscsi_needs_the_outside(void **state)
{
    (void)state;
    struct fixture f = fixture_new();
    const char *text =
        "schema: hvplan.model/1\n"
        "hosts: {H: {cpu: {cores: 4}, hypervisor: 2012, disks: {d: {kind: san, read: 5 ms}}, switches: {s: "
        "{kind: private}}}}\n"
        "vms: {a: {host: H, nics: {n: {}}, disks: {c: {kind: iscsi}}}}\n"
        "workloads: {w: {arrivals: {rate: 1 /s}, steps: [{on: a, " CPU "}]}}\n";
    assert_null(model_load(f.arena, fixture_parse(&f, text), f.errs));
    fixture_expect(&f, "vms.a.disks.c: adapter n of VM a is on the private switch s, which does not reach");
    fixture_free(&f);
}

/* A VM without any adapter cannot be a peer. */
static void a_peer_needs_an_adapter(void **state)
{
    (void)state;
    struct fixture f = fixture_new();
    const char *text =
        "schema: hvplan.model/1\n"
        "hosts: {H: {cpu: {cores: 4}, hypervisor: 2012, nics: {l: {speed: 1 Gbps}}}}\n"
        "vms: {a: {host: H, nics: {n: {}}}, b: {host: H}}\n"
        "workloads: {w: {arrivals: {rate: 1 /s}, steps: [{on: a, send: {size: 1 KiB, to: b}}]}}\n";
    assert_null(model_load(f.arena, fixture_parse(&f, text), f.errs));
    fixture_expect(&f, "VM b has no adapter that n of VM a reaches through l");
    fixture_free(&f);
}

static const struct {
    const char *version, *nic, *switches, *vnic, *text;
} warned[] = {
    {"2008", "vmq: yes", "", "",
     "W405 test.yaml:2 (hosts.H): adapter l: VMQ does not exist before Hyper-V 2008r2"},
    {"2008", "chimney: yes", "", "", "TCP chimney does not exist before Hyper-V 2008r2"},
    {"2008", "jumbo: yes", "", "", "a virtual switch with jumbo frames does not exist before Hyper-V 2008r2"},
    {"2012r2", "vmq: yes, vmmq: yes", "", "", "VMMQ does not exist before Hyper-V 2016"},
    {"2016", "rsc: yes", "", "", "RSC in the virtual switch does not exist before Hyper-V 2019"},
    {"2012", "vmq: yes", "", "vrss: yes",
     "W405 test.yaml:3 (vms.a): adapter n: virtual RSS does not exist before Hyper-V 2012r2"},
    {"2012r2", "vmq: no", "", "vrss: yes",
     "W411 test.yaml:3 (vms.a): adapter n: vrss needs a synthetic adapter"},
    {"2012r2", "vmq: yes", "", "vrss: yes, kind: emulated", "W411"},
    {"2019", "vmmq: yes", "", "", "W411 test.yaml:2 (hosts.H): adapter l: vmmq needs vmq: yes"},
    {"2019", "queues: 8", "", "", "queues are those of VMQ"},
    {"2008r2", "jumbo: no", "t: {nics: [l, m]}", "",
     "switch t: a team of adapters is the adapter vendor's before Hyper-V 2012"},
    {"2012r2", "jumbo: no", "t: {nics: [l, m]}", "kind: sr-iov", "a team with SR-IOV does not exist before"},
};

static void what_a_version_lacks_is_warned_of(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof warned / sizeof *warned; i++) {
        struct fixture f = fixture_new();
        const char *text = arena_printf(
            f.arena,
            "schema: hvplan.model/1\n"
            "hosts: {H: {cpu: {cores: 4}, hypervisor: %s, nics: {l: {speed: 1 Gbps, %s}, m: {speed: 1 "
            "Gbps}}, switches: {%s}}}\n"
            "vms: {a: {host: H, nics: {n: {on: %s, %s}}}}\n"
            "workloads: {w: {arrivals: {rate: 1 /s}, steps: [{on: a, " CPU "}]}}\n",
            warned[i].version, warned[i].nic, warned[i].switches, *warned[i].switches ? "t" : "l",
            *warned[i].vnic ? warned[i].vnic : "kind: synthetic");
        assert_non_null(model_load(f.arena, fixture_parse(&f, text), f.errs));
        fixture_expect(&f, warned[i].text);
        assert_int_equal(errs_warning_count(f.errs), 1);
        fixture_free(&f);
    }
}

/* ---- changes and moves ---- */

static const char farm[] =
    "schema: hvplan.model/1\n"
    "hosts:\n"
    "  A: {cpu: {cores: 4}, hypervisor: 2012r2, nics: {lan: {speed: 1 Gbps}}}\n"
    "  B: {cpu: {cores: 4}, hypervisor: 2012r2, nics: {l1: {speed: 1 Gbps}, l2: {speed: 1 Gbps}, l3: {speed: "
    "1 Gbps}}, "
    "switches: {lan: {nics: [l1, l2]}}}\n"
    "  C: {cpu: {cores: 4}, hypervisor: 2012r2, nics: {l1: {speed: 1 Gbps}, l2: {speed: 1 Gbps}}, switches: "
    "{t: "
    "{nics: [l1, l2]}}}\n"
    "  D: {cpu: {cores: 4}, hypervisor: 2012r2, nics: {lan: {speed: 1 Gbps}, l2: {speed: 1 Gbps}}, switches: "
    "{s: "
    "{nics: lan}, p: {kind: private}}}\n"
    "  E: {cpu: {cores: 4}, hypervisor: 2012r2, nics: {l1: {speed: 1 Gbps}, l2: {speed: 1 Gbps}}, switches: "
    "{p: "
    "{kind: private}}}\n"
    "vms:\n"
    "  a: {host: A, nics: {n: {on: lan}}}\n"
    "  b: {host: A, nics: {n: {}}}\n"
    "workloads: {w: {arrivals: {rate: 1 /s}, steps: [{on: a, send: {size: 1 KiB}}]}}\n";

static const struct model *changed(struct fixture *f, const char *const *sets, int n)
{
    const char *path = arena_printf(f->arena, "%s/test_networks_model.yaml", HVPLAN_BINARY_DIR);
    FILE *out = fopen(path, "wb");
    assert_non_null(out);
    fputs(farm, out);
    assert_int_equal(fclose(out), 0);
    struct scenario_list *l = scenarios_read(f->arena, path, NULL, sets, n, f->errs);
    remove(path);
    return l ? l->item[1].model : NULL;
}

static void a_move_keeps_the_name_or_takes_the_only_one(void **state)
{
    (void)state;
    static const struct {
        const char *set;
        int vm, on, vswitch;
    } rows[] = {{"vms.a.host=B", 0, -1, 0}, {"vms.b.host=B", 1, -1, 0}, {"vms.a.host=C", 0, -1, 0},
                {"vms.b.host=C", 1, -1, 0}, {"vms.a.host=D", 0, -1, 0}, {"vms.b.host=D", 1, -1, 0}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct fixture f = fixture_new();
        const struct model *m = changed(&f, &rows[i].set, 1);
        fixture_expect_clean(&f);
        assert_int_equal(m->vm[rows[i].vm].nic[0].on, rows[i].on);
        assert_int_equal(m->vm[rows[i].vm].nic[0].vswitch, rows[i].vswitch);
        fixture_free(&f);
    }
    struct fixture f = fixture_new();
    const char *none = "vms.a.host=E", *said[] = {"vms.a.host=E", "vms.a.nics.n.on=l2"};
    assert_null(changed(&f, &none, 1));
    fixture_expect(&f,
                   "host E has no 'lan'; add the change  vms.a.nics.n.on: NAME  with NAME one of: l1, l2, p");
    fixture_free(&f);
    f = fixture_new();
    const struct model *m = changed(&f, said, 2);
    fixture_expect_clean(&f);
    assert_int_equal(m->vm[0].nic[0].on, 1);
    fixture_free(&f);
}

/* Copies of a host and of a VM bring their switches along. */
static void copies_keep_their_switches(void **state)
{
    (void)state;
    struct fixture f = fixture_new();
    const char *sets[] = {"hosts.F={like: B}", "vms.c={like: a, host: F}", "vms.c.nics.n.on=lan"};
    const struct model *m = changed(&f, sets, 3);
    fixture_expect_clean(&f);
    assert_int_equal(m->host[5].vswitches, 1);
    assert_int_equal(m->host[5].vswitch[0].nics, 2);
    assert_int_equal(m->vm[2].host, 5);
    assert_int_equal(m->vm[2].nic[0].vswitch, 0);
    fixture_free(&f);
}

static void every_key_is_reached_by_a_change_path(void **state)
{
    (void)state;
    struct fixture f = fixture_new();
    const char *sets[] = {"hosts.B.switches.lan.balance=hash", "hosts.B.switches.lan.nics=[l1, l3]",
                          "hosts.D.switches.p.kind=internal",  "hosts.C.switches.u={kind: private}",
                          "hosts.A.nics.lan.vmq=yes",          "hosts.A.nics.lan.queues=7",
                          "hosts.A.nics.lan.checksum=no",      "hosts.A.nics.lan.large_send=no",
                          "hosts.A.nics.lan.round_trip=3 ms",  "vms.b.nics.n.vrss=yes"};
    const struct model *m = changed(&f, sets, sizeof sets / sizeof *sets);
    fixture_expect_clean(&f);
    assert_true(m->host[1].vswitch[0].balance == BALANCE_HASH);
    assert_int_equal(m->host[1].vswitch[0].nic[1], 2);
    assert_true(m->host[3].vswitch[1].kind == SWITCH_INTERNAL);
    assert_int_equal(m->host[2].vswitches, 2);
    const struct pnic_spec *n = &m->host[0].nic[0];
    assert_true(n->vmq && n->queues == 7 && !n->checksum && !n->large_send);
    assert_close(n->round_trip_ns, 3e6, 1e-12);
    assert_true(m->vm[1].nic[0].vrss && !m->vm[0].nic[0].vrss);
    assert_true(m->host[1].nic[0].checksum && m->host[1].nic[0].large_send && !m->host[1].nic[0].rsc);
    assert_close(m->host[1].nic[0].round_trip_ns, 200e3, 1e-12);
    fixture_free(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(switches_are_resolved),
        cmocka_unit_test(one_adapter_stands_for_its_switch),
        cmocka_unit_test(mistakes_are_told),
        cmocka_unit_test(a_peer_needs_an_adapter),
        cmocka_unit_test(iscsi_needs_the_outside),
        cmocka_unit_test(what_a_version_lacks_is_warned_of),
        cmocka_unit_test(a_move_keeps_the_name_or_takes_the_only_one),
        cmocka_unit_test(copies_keep_their_switches),
        cmocka_unit_test(every_key_is_reached_by_a_change_path),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

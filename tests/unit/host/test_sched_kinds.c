/* test_sched_kinds.c - core and root schedulers, queues per LP, CPU groups, NUMA nodes, spinning for locks. */
#include "model/host/seat.h"
#include "tests/support/hosttest.h"

static struct run *saturated(const char *cpu, const char *hypervisor, const char *vms, const char *loads,
                             double seconds)
{
    return hosttest_run(
        hosttest_neutral(hostsim_modelf(arena,
                                        "schema: hvplan.model/1\n"
                                        "hosts: {HV: {cpu: {%s}, hypervisor: {version: 2019, %s}}}\n"
                                        "vms: {%s}\nworkloads: {%s}\n",
                                        cpu, hypervisor, vms, loads)),
        seconds);
}

static double used(const struct run *run, int vm)
{
    return hosttest_used(&run->vm[vm]) / (double)run->sim.now;
}

static double rate(const struct run *run, int workload)
{
    return (double)run->workload[workload].finished / ((double)run->sim.now * 1e-9);
}

/* ---- core scheduler ---- */

static const struct vm *on_lp(const struct lp *lp)
{
    return lp->running ? lp->running->vm : NULL;
}

/* No two VMs (the root counts as one) on the threads of a core; no core idle while a guest VP waits. */
static bool cores_are_well_used(const struct host *h)
{
    bool idle = false;
    for (int i = 0; i < h->lps; i += 2) {
        const struct lp *a = &h->lp[i], *b = &h->lp[i + 1];
        if (a->running && b->running && on_lp(a) != on_lp(b))
            return false;
        if ((a->running || b->running) == seat_free(h, i))
            return false;
        idle = idle || (!a->running && !b->running);
    }
    return !(idle && h->waiting > 0);
}

static void check_cores(const char *more)
{
    const struct model *m =
        hostsim_modelf(arena,
                       "schema: hvplan.model/1\n"
                       "hosts: {HV: {cpu: {sockets: 1, cores: 3, threads: 2}, hypervisor: {version: 2019, "
                       "root_load: 0.4 cores%s},\n"
                       "  disks: {d: {kind: ssd, channels: 8, read: 300 us, write: 300 us}}}}\n"
                       "vms:\n"
                       "  a: {host: HV, os: ws2019, vcpus: 4, weight: 37, disks: {c: {on: d}}}\n"
                       "  b: {host: HV, os: ws2019, vcpus: 3, weight: 911, limit: 61 %%}\n"
                       "  c: {host: HV, os: ws2019, vcpus: 1, weight: 5, reserve: 30 %%}\n"
                       "  d: {host: HV, os: ws2019, vcpus: 2, smt: no}\n"
                       "workloads:\n"
                       "  wa: {closed: {users: 7, think: 3 ms}, steps: [{on: a, cpu: 2 ms}, {read: {disk: c, "
                       "size: 8 KiB}}]}\n"
                       "  wb: {arrivals: {rate: 130 /s}, steps: [{on: b, cpu: 7 ms}]}\n"
                       "  wc: {closed: {users: 1, think: 11 ms}, steps: [{on: c, cpu: 6 ms}]}\n"
                       "  wd: {closed: {users: 3, think: 9 ms}, steps: [{on: d, cpu: 4 ms}]}\n",
                       more);
    struct run *run = run_new(arena, m, "test", 7, 0);
    int full = 0;
    for (int i = 1; i <= 20000; i++) {
        sim_run(&run->sim, (sim_ns)i * 137911);
        if (!cores_are_well_used(&run->host[0]))
            fail_msg("%s: at %lld", more, (long long)run->sim.now);
        full += run->host[0].busy == 6;
    }
    assert_in_range(full, 100, 19900);
    run_until(run, 4 * SIM_SECOND); /* checks the laws */
}

static void test_a_core_is_never_shared_by_two_vms(void **state)
{
    (void)state;
    check_cores("");
    check_cores(", root_first: no");
    check_cores(", placement: any, root_vps: 3");
}

#define CORE2 "sockets: 1, cores: 1, threads: 2"
#define LOAD(name) #name ": {closed: {users: 4}, steps: [{on: " #name ", cpu: {mean: 10 ms, scv: 0}}]}"

static void test_a_vm_with_threads_uses_both_of_a_core(void **state)
{
    (void)state;
    const char *one = "a: {host: HV, vcpus: 2}", *old = "a: {host: HV, vcpus: 2, smt: no}";
    const struct run *smt = saturated(CORE2, "scheduler: core", one, LOAD(a), 20.0);
    const struct run *plain = saturated(CORE2, "scheduler: core", old, LOAD(a), 20.0);
    assert_close(used(smt, 0), 2.0, 1e-6);
    assert_close(rate(smt, 0), 100.0, 1e-3); /* neutral: two threads do the work of one */
    /* without threads of its own each VP takes the whole core in turn: half the LP time for the same work */
    assert_close(used(plain, 0), 1.0, 1e-6);
    assert_close(rate(plain, 0), 100.0, 1e-3);
}

/* Classic runs two one-VP VMs side by side on the threads of a core, the core scheduler one after the other. */
static void test_one_vp_vms_take_turns_on_a_core(void **state)
{
    (void)state;
    const char *vms = "a: {host: HV, weight: 100}, b: {host: HV, weight: 300}";
    const char *loads = LOAD(a) ", " LOAD(b);
    const struct run *classic = saturated(CORE2, "scheduler: classic", vms, loads, 50.0);
    const struct run *core = saturated(CORE2, "scheduler: core", vms, loads, 50.0);
    assert_close(used(classic, 0), 1.0, 1e-6);
    assert_close(used(classic, 1), 1.0, 1e-6);
    assert_close(used(core, 0), 0.25, 0.01);
    assert_close(used(core, 1), 0.75, 0.01);
}

static void test_core_scheduler_without_hyper_threads_is_classic(void **state)
{
    (void)state;
    const char *vms = "a: {host: HV, vcpus: 2}, b: {host: HV, vcpus: 2}", *loads = LOAD(a) ", " LOAD(b);
    const struct run *core = saturated("sockets: 1, cores: 3", "scheduler: core", vms, loads, 5.0);
    const struct run *classic = saturated("sockets: 1, cores: 3", "scheduler: classic", vms, loads, 5.0);
    assert_int_equal(core->workload[0].finished, classic->workload[0].finished);
    assert_int_equal(core->workload[1].response_ns, classic->workload[1].response_ns);
}

/* ---- root scheduler ---- */

static void test_root_scheduler_heeds_no_controls(void **state)
{
    (void)state;
    const char *vms = "a: {host: HV, weight: 100}, b: {host: HV, weight: 300}, c: {host: HV, limit: 10 %}";
    const char *loads = LOAD(a) ", " LOAD(b) ", " LOAD(c);
    const struct run *run =
        saturated("sockets: 1, cores: 1", "scheduler: root, root_load: 0.4 cores", vms, loads, 50.0);
    double waited = 0.0;
    for (int k = 0; k < 3; k++)
        assert_close(used(run, k), used(run, 0), 0.02);
    for (int k = 0; k < run->host[0].roots; k++)
        waited += run->host[0].root[k].wait_ns;
    assert_true(waited > 1e9); /* the root's work takes its turn */
}

static void test_root_scheduler_pays_more_a_dispatch(void **state)
{
    (void)state;
    const char *yaml =
        "schema: hvplan.model/1\n"
        "hosts: {HV: {cpu: {sockets: 1, cores: 1}, hypervisor: {version: 2019, scheduler: %s}}}\n"
        "vms: {a: {host: HV}, b: {host: HV}}\nworkloads: {" LOAD(a) ", " LOAD(b) "}\n";
    const struct run *root = hosttest_run(hostsim_modelf(arena, yaml, "root"), 20.0);
    const struct run *classic = hosttest_run(hostsim_modelf(arena, yaml, "classic"), 20.0);
    const double *p = root->model->overhead;
    const double ratio = p[mechanism_param_index("virtualization", "root_dispatch")] /
                         p[mechanism_param_index("virtualization", "dispatch")];
    assert_close(root->host[0].account[ACCOUNT_DISPATCH] / classic->host[0].account[ACCOUNT_DISPATCH], ratio,
                 0.02);
}

/* ---- queues per LP ---- */

/* Two VPs on one LP and one on the other: without balance the lone one keeps a whole LP. */
static void test_queues_of_lps_are_evened_out_only_if_they_differ_by_two(void **state)
{
    (void)state;
    const char *vms = "a: {host: HV}, b: {host: HV}, c: {host: HV}, d: {host: HV}";
    const char *three =
        "a: {closed: {users: 1}, steps: [{on: a, cpu: 9 s}]}, b: {closed: {users: 1}, steps: [{on: b, "
        "cpu: 9 s}]}, c: {closed: {users: 1}, steps: [{on: c, cpu: 9 s}]}";
    const struct run *run =
        saturated("sockets: 1, cores: 2", "queues: per-lp, balance: 10 ms", vms, three, 9.0);
    double most = 0.0, sum = 0.0;
    for (int i = 0; i < 3; i++) {
        most = fmax(most, used(run, i));
        sum += used(run, i);
    }
    assert_close(sum, 2.0, 1e-3);
    assert_true(most > 0.8); /* a shared queue would give two thirds to each */
}

static void test_a_vp_that_stays_waits_beside_an_idle_lp(void **state)
{
    (void)state;
    const char *vms = "a: {host: HV}, b: {host: HV}";
    const char *loads = "a: {arrivals: {rate: 30 /s}, steps: [{on: a, cpu: 10 ms}]},"
                        "b: {arrivals: {rate: 30 /s}, steps: [{on: b, cpu: 10 ms}]}";
    const struct run *stay = saturated(
        "sockets: 1, cores: 2", "queues: per-lp, placement: stay, steal: no, balance: 0 s", vms, loads, 60.0);
    const struct run *last =
        saturated("sockets: 1, cores: 2", "queues: per-lp, placement: last", vms, loads, 60.0);
    for (int i = 0; i < 2; i++)
        assert_int_equal(stay->vm[i].vp[0].migrations, 0);
    assert_true(last->vm[0].vp[0].wait_ns < 1.0); /* two VPs, two LPs */
    assert_true(stay->vm[0].vp[0].wait_ns < 1.0 || stay->vm[0].vp[0].last_lp == stay->vm[1].vp[0].last_lp);
}

static void test_shares_hold_on_each_lp_with_its_own_queue(void **state)
{
    (void)state;
    const char *vms = "a: {host: HV, vcpus: 2, weight: 100}, b: {host: HV, vcpus: 2, weight: 300}";
    const struct run *run =
        saturated("sockets: 1, cores: 2", "queues: per-lp", vms, LOAD(a) ", " LOAD(b), 50.0);
    assert_close(used(run, 0), 0.5, 0.02);
    assert_close(used(run, 1), 1.5, 0.02);
}

/* ---- CPU groups ---- */

static void test_a_group_never_exceeds_its_budget_in_a_window(void **state)
{
    (void)state;
    struct run *run =
        saturated("sockets: 1, cores: 4", "window: 50 ms, cpu_groups: {g: {cap: 35 %}}",
                  "a: {host: HV, vcpus: 2, cpu_group: g}, b: {host: HV, vcpus: 2, cpu_group: g},"
                  "c: {host: HV, vcpus: 1}",
                  LOAD(a) ", " LOAD(b) ", " LOAD(c), 0.5);
    double before = hosttest_used(&run->vm[0]) + hosttest_used(&run->vm[1]),
           other = hosttest_used(&run->vm[2]);
    for (int i = 11; i < 200; i++) {
        run_until(run, (sim_ns)i * 50000000);
        const double now = hosttest_used(&run->vm[0]) + hosttest_used(&run->vm[1]);
        assert_close((now - before) / 50e6, 0.35 * 4.0, 1e-6);
        before = now;
    }
    /* c gives way when a window opens, because it has had more than they */
    assert_in_range((int)(100.0 * (hosttest_used(&run->vm[2]) - other) / (189 * 50e6)), 75, 95);
    assert_true(run->vm[0].vp[0].capped_ns > 1e9);
}

static void test_a_groups_own_lps_hold_its_vms(void **state)
{
    (void)state;
    const struct run *run =
        saturated("sockets: 1, cores: 4", "cpu_groups: {g: {lps: 1}, k: {lps: 2, cap: 50 %}}",
                  "a: {host: HV, vcpus: 2, cpu_group: g}, b: {host: HV, vcpus: 2, cpu_group: k}, c: {host: "
                  "HV, vcpus: 1}",
                  LOAD(a) ", " LOAD(b) ", " LOAD(c), 20.0);
    assert_close(used(run, 0), 1.0, 0.02);
    assert_close(used(run, 1), 1.0, 1e-3);
    assert_close(used(run, 2), 1.0, 0.02);
    for (int k = 0; k < 2; k++) {
        assert_int_equal(run->vm[0].vp[k].last_lp->index, 0);
        assert_in_range(run->vm[1].vp[k].last_lp->index, 1, 2);
    }
}

/* A group of four VPs on its one LP; the host's other LPs have more time for each VP, or less. */
static void test_a_sleeper_of_a_crowded_group_gets_its_turn(void **state)
{
    (void)state;
    const char *vms = "s: {host: HV, cpu_group: g}, b: {host: HV, vcpus: 3, cpu_group: g},"
                      "c: {host: HV, vcpus: %d}";
    for (int others = 2; others <= 6; others += 4) {
        const struct run *run = saturated(
            "sockets: 1, cores: 4", "cpu_groups: {g: {lps: 1}}", arena_printf(arena, vms, others),
            "s: {closed: {users: 1, think: 100 ms}, steps: [{on: s, cpu: 5 ms}]}," LOAD(b) ", " LOAD(c),
            100.0);
        assert_true(used(run, 0) > 0.04); /* 5 ms of 110 */
        assert_close(used(run, 1), 1.0 - used(run, 0), 0.02);
    }
}

/* ---- NUMA ---- */

static void test_vms_stay_near_their_memory_while_they_can(void **state)
{
    (void)state;
    const char *cpu = "sockets: 2, cores: 2, numa_nodes: 2";
    const struct run *fits =
        saturated(cpu, "placement: any", "a: {host: HV, vcpus: 2}, b: {host: HV, vcpus: 2}",
                  LOAD(a) ", " LOAD(b), 10.0);
    assert_int_equal(fits->vm[0].vp[0].home, 0);
    assert_int_equal(fits->vm[1].vp[0].home, 1);
    assert_true(fits->vm[0].vp[0].remote_ns + fits->vm[1].vp[1].remote_ns < 1.0);
    /* the third VM's home is taken: it and its host's others must run elsewhere at times */
    const char *three = "a: {host: HV, vcpus: 2}, b: {host: HV, vcpus: 2}, c: {host: HV, vcpus: 1}";
    const struct run *full = saturated(cpu, "placement: any", three, LOAD(a) ", " LOAD(b) ", " LOAD(c), 10.0);
    double remote = 0.0;
    for (int i = 0; i < 3; i++)
        for (int k = 0; k < full->vm[i].vps; k++)
            remote += full->vm[i].vp[k].remote_ns;
    assert_true(remote > 1e9);
    const struct run *wide = saturated(cpu, "placement: last", "a: {host: HV, vcpus: 4}", LOAD(a), 5.0);
    assert_int_equal(wide->vm[0].vp[1].home, 0);
    assert_int_equal(wide->vm[0].vp[2].home, 1);
}

static void test_remote_memory_slows_a_vp(void **state)
{
    (void)state;
    struct model *m = hosttest_neutral(hostsim_model(
        arena, "schema: hvplan.model/1\n"
               "hosts: {HV: {cpu: {sockets: 2, cores: 1, numa_nodes: 2},\n"
               "  hypervisor: {version: 2019, cpu_groups: {g: {lps: 1}}}}}\n"
               "vms: {x: {host: HV}, a: {host: HV, cpu_group: g}}\n"
               "workloads: {a: {closed: {users: 1}, steps: [{on: a, cpu: {mean: 10 ms, scv: 0}}]}}\n"));
    m->overhead[mechanism_param_index("numa", "penalty")] = 0.3;
    const struct run *run = hosttest_run(m, 10.0);
    assert_int_equal(run->vm[1].vp[0].home, 1); /* x took node 0, but the group holds a on LP 0 */
    assert_close(rate(run, 0), 70.0, 1e-3);
    assert_close(run->vm[1].vp[0].remote_ns, 10e9, 1e-3);
}

/* ---- locks whose holder is off its LP ---- */

static void test_siblings_of_a_preempted_vp_spin(void **state)
{
    (void)state;
    const char *yaml = "schema: hvplan.model/1\n"
                       "hosts: {HV: {cpu: {sockets: 1, cores: 2}, hypervisor: 2008r2}}\n"
                       "vms: {a: {host: HV, os: ws2008, vcpus: 2, enlightened: no, lock_share: %s},\n"
                       "  b: {host: HV, os: ws2008, vcpus: 1}}\n"
                       "workloads: {" LOAD(a) ", " LOAD(b) "}\n";
    const struct run *none = hosttest_run(hosttest_neutral(hostsim_modelf(arena, yaml, "0 %")), 20.0);
    const struct run *some = hosttest_run(hosttest_neutral(hostsim_modelf(arena, yaml, "20 %")), 20.0);
    const struct vm *a = &some->vm[0];
    assert_close(none->vm[0].spin_ns, 0.0, 1e-9);
    assert_true(a->spin_ns > 0.05 * hosttest_used(a));
    /* what spins is lost to the work */
    const double work = (hosttest_used(a) - a->spin_ns) / 1e7;
    assert_close((double)some->workload[0].finished, work, 0.01);
    assert_close(rate(some, 1), rate(none, 1), 0.02); /* the neighbour loses nothing */
}

/* A VP that has used up its limit may hold locks as well. */
static void test_siblings_of_a_capped_vp_spin(void **state)
{
    (void)state;
    const char *yaml =
        "schema: hvplan.model/1\n"
        "hosts: {HV: {cpu: {sockets: 1, cores: 2}, hypervisor: 2008r2}}\n"
        "vms: {a: {host: HV, os: ws2008, vcpus: 2, enlightened: no, lock_share: 20 %%, limit: %s}}\n"
        "workloads: {x: {closed: {users: 1}, steps: [{on: a, cpu: 10 ms}]},\n"
        "  y: {closed: {users: 1, think: 30 ms}, steps: [{on: a, cpu: 10 ms}]}}\n";
    const struct run *free = hosttest_run(hosttest_neutral(hostsim_modelf(arena, yaml, "100 %")), 20.0);
    const struct run *held = hosttest_run(hosttest_neutral(hostsim_modelf(arena, yaml, "30 %")), 20.0);
    assert_close(free->vm[0].spin_ns, 0.0, 1e-9);
    assert_true(held->vm[0].spin_ns > 0.01 * hosttest_used(&held->vm[0]));
    assert_true(held->vm[0].spin_ns < 0.2 * hosttest_used(&held->vm[0]));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        HOSTTEST(test_a_core_is_never_shared_by_two_vms),
        HOSTTEST(test_a_vm_with_threads_uses_both_of_a_core),
        HOSTTEST(test_one_vp_vms_take_turns_on_a_core),
        HOSTTEST(test_core_scheduler_without_hyper_threads_is_classic),
        HOSTTEST(test_root_scheduler_heeds_no_controls),
        HOSTTEST(test_root_scheduler_pays_more_a_dispatch),
        HOSTTEST(test_queues_of_lps_are_evened_out_only_if_they_differ_by_two),
        HOSTTEST(test_a_vp_that_stays_waits_beside_an_idle_lp),
        HOSTTEST(test_shares_hold_on_each_lp_with_its_own_queue),
        HOSTTEST(test_a_group_never_exceeds_its_budget_in_a_window),
        HOSTTEST(test_a_groups_own_lps_hold_its_vms),
        HOSTTEST(test_a_sleeper_of_a_crowded_group_gets_its_turn),
        HOSTTEST(test_vms_stay_near_their_memory_while_they_can),
        HOSTTEST(test_remote_memory_slows_a_vp),
        HOSTTEST(test_siblings_of_a_preempted_vp_spin),
        HOSTTEST(test_siblings_of_a_capped_vp_spin),
    };
    return cmocka_run_group_tests_name("sched_kinds", tests, NULL, NULL);
}

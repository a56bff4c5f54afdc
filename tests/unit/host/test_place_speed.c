/* test_place_speed.c - speed factors of VPs and LPs, asked for at build and seen in a run. */
#include "model/host/place.h"
#include "tests/support/hosttest.h"

static const struct vm *built(const char *cpu, const char *hypervisor, const char *vm)
{
    const struct model *m =
        hostsim_modelf(arena,
                       "schema: hvplan.model/1\n"
                       "hosts: {HV: {cpu: {%s}, hypervisor: %s}}\n"
                       "vms: {a: {host: HV%s}}\n"
                       "workloads: {w: {arrivals: {rate: 1 /s}, steps: [{on: a, cpu: 1 ms}]}}\n"
                       "overheads: {numa: {penalty: 23 %%}, lock_holder: {hint: 31 %%}}\n",
                       cpu, hypervisor, vm);
    return &run_new(arena, m, "test", 1, 0)->vm[0];
}

static void test_memory_is_remote_by_node(void **state)
{
    (void)state;
    static const struct {
        const char *cpu, *hypervisor, *vm;
        double home, away; /* share of remote memory */
    } rows[] = {
        {"sockets: 2, cores: 4, numa_nodes: 2", "2012", "", 0.0, 1.0},
        {"sockets: 2, cores: 4, generation: xeon5500", "2012", ", remote_memory: 40 %", 0.4, 0.6},
        {"sockets: 4, cores: 2, numa_nodes: 4", "2012", ", remote_memory: 30 %", 0.3,
         0.9}, /* a third of the 30 % is here */
        {"sockets: 2, cores: 4", "2012", ", remote_memory: 40 %", 0.0, 0.0},
        {"sockets: 2, cores: 4, generation: xeon5500, numa_nodes: 1", "2012", ", remote_memory: 40 %", 0.0,
         0.0},
        {"sockets: 2, cores: 4, generation: xeon5400", "2012", ", remote_memory: 40 %", 0.0, 0.0},
        {"sockets: 2, cores: 4, numa_nodes: 2", "none", ", remote_memory: 40 %", 0.0, 0.0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct vm *vm = built(rows[i].cpu, rows[i].hypervisor, rows[i].vm);
        assert_close(place_home_speed(vm), 1.0 - 0.23 * rows[i].home, 1e-14);
        assert_close(place_remote_speed(vm), 1.0 - 0.23 * rows[i].away, 1e-14);
    }
}

static void test_spinning_is_lost_by_guests_with_siblings(void **state)
{
    (void)state;
    static const struct {
        const char *vm;
        double loss;
    } rows[] = {
        {", vcpus: 4", 0.0},
        {", vcpus: 4, lock_share: 17 %", 0.17 * 0.31},
        {", vcpus: 4, lock_share: 17 %, os: ws2003", 0.17},
        {", vcpus: 4, lock_share: 17 %, enlightened: no", 0.17},
        {", vcpus: 1, lock_share: 17 %, os: ws2003", 0.0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_close(place_preempted_loss(built("cores: 4", "2008r2", rows[i].vm)), rows[i].loss, 1e-13);
}

/* One, two, ... all of 4 processors busy with a load of one thread each: work done a second and thread. */
static double work_per_thread(const char *hypervisor, int busy, double boost)
{
    struct model *m = hosttest_neutral(hostsim_modelf(
        arena,
        "schema: hvplan.model/1\n"
        "hosts: {HV: {cpu: {cores: 4, speed: 1.5, boost: %g %%}, hypervisor: %s}}\n"
        "vms: {a: {host: HV, vcpus: 4}}\n"
        "workloads: {w: {closed: {users: %d, think: 0 s}, steps: [{on: a, cpu: {mean: 7 ms, scv: 0}}]}}\n",
        100.0 * boost, hypervisor, busy));
    const double seconds = 20.0;
    return (double)hosttest_run(m, seconds)->workload[0].finished * 7e-3 / (busy * seconds);
}

static void test_few_busy_processors_clock_higher(void **state)
{
    (void)state;
    for (int busy = 1; busy <= 4; busy++) {
        const double expected = 1.5 * (1.0 + 0.24 * (4 - busy) / 3.0);
        assert_close(work_per_thread("2012", busy, 0.24), expected, 0.002);
        assert_close(work_per_thread("none", busy, 0.24), expected, 0.002);
        assert_close(work_per_thread("2012", busy, 0.0), 1.5, 0.002);
    }
}

/* Twin: a boost of 5 % more is seen. */
static void test_a_boost_five_per_cent_off_shows(void **state)
{
    (void)state;
    assert_true(work_per_thread("2012", 1, 0.24 * 1.05) > 1.5 * 1.24 * 1.005);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        HOSTTEST(test_memory_is_remote_by_node),
        HOSTTEST(test_spinning_is_lost_by_guests_with_siblings),
        HOSTTEST(test_few_busy_processors_clock_higher),
        HOSTTEST(test_a_boost_five_per_cent_off_shows),
    };
    return cmocka_run_group_tests_name("place_speed", tests, NULL, NULL);
}

/* Service times and servers from rate, latency, queue and idle time. */
#include "calibrate/fit.h"
#include "model/analytic/mg1.h"
#include "model/analytic/mmc.h"
#include "tests/support/support.h"
#include <math.h>

#define N 24

/* A disk whose log is what theory says, at loads that differ by interval. */
struct made {
    struct arena *arena;
    struct log_series series[CTR_DISK_IDLE + 1];
    struct instance log;
    struct grid *grid;
    struct fit_disk disk;
};

static void put(struct made *m, enum counter_id id, int k, double value)
{
    struct log_series *s = &m->series[id];
    if (s->point == NULL) {
        s->point = ARENA_ARRAY(m->arena, struct log_point, N);
        s->n = N;
        s->step_s = 15.0;
        m->log.by[id] = s;
    }
    s->point[k] = (struct log_point){(int64_t)(15e9 * (k + 1)), 15.0, value};
}

static struct made *made_new(void)
{
    struct arena *a = arena_new();
    struct made *m = ARENA_NEW(a, struct made);
    m->arena = a;
    m->log.name = "0 C:";
    m->disk = (struct fit_disk){.log = &m->log, .label = "0 C:", .servers = 1, .servers_guessed = true};
    return m;
}

static void measure(struct made *m)
{
    struct machine machine = {.name = "x"};
    machine.cls[CLASS_DISK] = (struct instance_list){&m->log, 1, 1, NULL};
    m->grid = grid_new(m->arena, &machine);
    fit_disk_measure(m->arena, &m->disk, m->grid);
}

/* Two thirds reads of read_s, the rest writes of write_s, one server: both wait alike. */
static void fill_one_server(struct made *m, double rate, double read_s, double write_s, bool idle)
{
    for (int k = 0; k < N; k++) {
        const double x = rate * (0.7 + 0.6 * k / (N - 1)), mean = (2.0 * read_s + write_s) / 3.0;
        const double second = 2.0 * (2.0 * read_s * read_s + write_s * write_s) / 3.0;
        struct mg1 q;
        assert_true(mg1_solve(x, mean, second / (mean * mean) - 1.0, &q));
        put(m, CTR_DISK_READS, k, x * 2.0 / 3.0);
        put(m, CTR_DISK_WRITES, k, x / 3.0);
        put(m, CTR_DISK_READ_BYTES, k, x * 2.0 / 3.0 * 8192.0);
        put(m, CTR_DISK_WRITE_BYTES, k, x / 3.0 * 16384.0);
        put(m, CTR_DISK_SEC_READ, k, q.wait + read_s);
        put(m, CTR_DISK_SEC_WRITE, k, q.wait + write_s);
        put(m, CTR_DISK_QUEUE, k, q.present);
        if (idle) {
            put(m, CTR_DISK_IDLE, k, 100.0 * (1.0 - x * mean));
        }
    }
}

static void test_reads_and_writes_of_one_server(void **state)
{
    (void)state;
    struct made *m = made_new();
    fill_one_server(m, 97.3, 6.1e-3, 3.7e-3, true);
    measure(m);
    assert_int_equal(m->disk.servers, 1);
    assert_int_equal(m->disk.rejected, 0);
    assert_int_equal(m->disk.intervals, N);
    assert_close(m->disk.read_s.value, 6.1e-3, 0.01);
    assert_close(m->disk.write_s.value, 3.7e-3, 0.01);
    assert_close(m->disk.write_bytes, 16384.0, 1e-9);
    assert_close(m->disk.scv, 1.0, 0);
    arena_free(m->arena);
}

/* The idle counter passes 100 % on a disk that does nothing: clipped as PDH clips, and latency is service. */
static void test_nearly_idle(void **state)
{
    (void)state;
    struct made *m = made_new();
    fill_one_server(m, 0.37, 8.3e-3, 5.9e-3, false);
    for (int k = 0; k < N; k++) {
        put(m, CTR_DISK_IDLE, k, 100.17);
    }
    measure(m);
    assert_close(m->disk.utilization, 0.0, 0);
    assert_close(m->disk.read_s.value, 8.3e-3, 0.01);
    assert_close(m->disk.write_s.value, 5.9e-3, 0.01);
    arena_free(m->arena);
}

/* Without idle time the number inside tells how busy the disk was. */
static void test_no_idle_counter(void **state)
{
    (void)state;
    struct made *m = made_new();
    fill_one_server(m, 2.0, 8.3e-3, 5.9e-3, false);
    measure(m);
    assert_true(isnan(m->disk.utilization));
    assert_close(m->disk.read_s.value, 8.3e-3, 0.02); /* latency, with its small wait */
    arena_free(m->arena);
    m = made_new();
    fill_one_server(m, 91.0, 6.1e-3, 6.1e-3, false);
    measure(m);
    assert_close(m->disk.read_s.value, 6.1e-3, 0.03);
    arena_free(m->arena);
}

static void fill_servers(struct made *m, int servers, double rate, double service_s)
{
    for (int k = 0; k < N; k++) {
        const double x = rate * (0.8 + 0.4 * k / (N - 1)), offered = x * service_s;
        struct mmc q;
        assert_true(mmc_solve(x, service_s, servers, &q));
        /* chance that nobody is there: Erlang B with c servers and the waiting part put together */
        double term = 1.0, sum = 1.0;
        for (int i = 1; i < servers; i++) {
            term *= offered / i;
            sum += term;
        }
        sum += term * offered / servers * servers / (servers - offered);
        put(m, CTR_DISK_READS, k, x);
        put(m, CTR_DISK_WRITES, k, 0.0);
        put(m, CTR_DISK_SEC_READ, k, q.response);
        put(m, CTR_DISK_SEC_WRITE, k, 0.0);
        put(m, CTR_DISK_QUEUE, k, q.present);
        put(m, CTR_DISK_IDLE, k, 100.0 / sum);
    }
}

/* Busy time alone would give a fifth of the service time. */
static void test_servers(void **state)
{
    (void)state;
    for (int servers = 3; servers <= 5; servers++) {
        struct made *m = made_new();
        fill_servers(m, servers, 0.62 * servers / 5.3e-3, 5.3e-3);
        measure(m);
        assert_in_range(m->disk.servers, servers - 1, servers + 1);
        if (m->disk.servers == servers) {
            assert_close(m->disk.read_s.value, 5.3e-3, 0.01);
        }
        arena_free(m->arena);
        m = made_new();
        m->disk.servers = servers; /* told by the inventory */
        m->disk.servers_guessed = false;
        fill_servers(m, servers, 0.62 * servers / 5.3e-3, 5.3e-3);
        measure(m);
        assert_close(m->disk.read_s.value, 5.3e-3, 0.01);
        arena_free(m->arena);
    }
}

static void test_long_waits_are_variance(void **state)
{
    (void)state;
    struct made *m = made_new();
    for (int k = 0; k < N; k++) {
        struct mg1 q;
        assert_true(mg1_solve(90.0, 6e-3, 4.2, &q));
        put(m, CTR_DISK_READS, k, 90.0);
        put(m, CTR_DISK_WRITES, k, 0.0);
        put(m, CTR_DISK_SEC_READ, k, q.response);
        put(m, CTR_DISK_SEC_WRITE, k, 0.0);
        put(m, CTR_DISK_QUEUE, k, q.present);
        put(m, CTR_DISK_IDLE, k, 46.0);
    }
    measure(m);
    assert_close(m->disk.read_s.value, 6e-3, 1e-6);
    assert_close(m->disk.scv, 4.2, 1e-6);
    arena_free(m->arena);
}

/* Every fourth interval has a queue that rate and latency do not make: they are left out. */
static void test_little_rejects(void **state)
{
    (void)state;
    struct made *m = made_new();
    fill_one_server(m, 97.3, 6.1e-3, 6.1e-3, true);
    for (int k = 0; k < N; k += 4) {
        put(m, CTR_DISK_SEC_READ, k, 0.9);
    }
    measure(m);
    assert_int_equal(m->disk.rejected, N / 4);
    assert_true(m->disk.read_latency_s < 0.05);
    arena_free(m->arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_reads_and_writes_of_one_server),
        cmocka_unit_test(test_nearly_idle),
        cmocka_unit_test(test_no_idle_counter),
        cmocka_unit_test(test_servers),
        cmocka_unit_test(test_long_waits_are_variance),
        cmocka_unit_test(test_little_rejects),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

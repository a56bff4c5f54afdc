/* test_series.c - the course of queues agrees with their means, and is kept only where somebody waits. */
#include "model/host/series.h"
#include "tests/support/hosttest.h"

static const struct scenario_result *streams(double rate, int disk_rate)
{
    return &hostsim_run(
                arena,
                hostsim_modelf(
                    arena,
                    "schema: hvplan.model/1\n"
                    "hosts: {HV: {cpu: {sockets: 1, cores: 4}, hypervisor: 2008r2, nics: {n: {speed: 100 "
                    "Mbps}},\n"
                    "  disks: {d: {kind: hdd, read: 5 ms}}}}\n"
                    "vms: {v: {host: HV, os: ws2008, nics: {e: {kind: synthetic, on: n}}, disks: {c: {kind: "
                    "fixed-vhd, on: d}}}}\n"
                    "workloads:\n"
                    "  w: {arrivals: {rate: %g /s}, steps: [{on: v, send: {nic: e, size: 60 KiB}}]}\n"
                    "  r: {arrivals: {rate: %d /s}, steps: [{on: v, read: {disk: c, size: 8 KiB}}]}\n",
                    rate, disk_rate),
                0.02)
                ->scenario[0];
}

static const struct series_result *series_of(const struct scenario_result *s, const char *metric)
{
    for (int i = 0; i < s->series_count; i++)
        if (strcmp(s->series[i].metric, metric) == 0)
            return &s->series[i];
    return NULL;
}

static double mean_of(const struct series_result *q)
{
    double sum = 0.0;
    for (int i = 0; i < q->points; i++)
        sum += q->point[i].mean;
    return sum / q->points;
}

/* One replication against the mean of eight: as far as 1.5 of their intervals, which are a third of one's own spread. */
static void check_mean(const struct scenario_result *s, const char *metric)
{
    const struct series_result *q = series_of(s, metric);
    const struct metric *m = result_metric(s, metric);
    assert_non_null(q);
    assert_true(q->points > SERIES_POINTS / 3 && q->points <= SERIES_POINTS);
    assert_true(fabs(mean_of(q) - m->mean) < 4.0 * m->half_width);
    assert_true(mean_of(q) > 0.2);
    assert_true(q->from_s >= 0.0 && q->step_s > 0.0);
    assert_true(q->step_s * q->points <= s->simulated_s * 1.05);
}

static void test_the_course_has_the_queues_mean(void **state)
{
    (void)state;
    const struct scenario_result *s = streams(150.0, 160);
    check_mean(s, "nic.HV.n.output_queue_packets");
    check_mean(s, "disk.HV.d.queue");
    assert_true(mean_of(&s->series[0]) >= mean_of(&s->series[1])); /* the longest first */
}

static void test_short_queues_are_left_out(void **state)
{
    (void)state;
    const struct scenario_result *s = streams(3.0, 160);
    assert_null(series_of(s, "nic.HV.n.output_queue_packets"));
    assert_non_null(series_of(s, "disk.HV.d.queue"));
    assert_int_equal(s->series_count, 1);
}

/* A queue without end is seen to grow from the start. */
static void test_a_queue_without_end_grows(void **state)
{
    (void)state;
    const struct scenario_result *s = streams(300.0, 3);
    const struct series_result *q = series_of(s, "nic.HV.n.output_queue_packets");
    assert_true(s->saturated);
    assert_non_null(q);
    assert_close(q->from_s, 0.0, 0.0);
    assert_true(q->point[q->points - 1].mean > 5.0 * q->point[q->points / 8].mean);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        HOSTTEST(test_the_course_has_the_queues_mean),
        HOSTTEST(test_short_queues_are_left_out),
        HOSTTEST(test_a_queue_without_end_grows),
    };
    return cmocka_run_group_tests_name("series", tests, NULL, NULL);
}

/* test_opinion_links.c - messages of fixed length at links: the second opinion is M/G/1. */
#include "tests/support/hosttest.h"

/* Two senders on one adapter, or one; each message is one chunk. */
static const struct scenario_result *simulated(const char *big, const char *small)
{
    const struct model *m = hostsim_modelf(
        arena,
        "schema: hvplan.model/1\n"
        "hosts: {PC: {cpu: {cores: 4}, hypervisor: none, nics: {n: {speed: 1 Gbps}}}}\n"
        "vms: {a: {host: PC, nics: {n: {}}}}\n"
        "workloads:\n"
        "  big: {%s, steps: [{on: a, send: {nic: n, size: 60 KiB}}]}\n"
        "  small: {%s, steps: [{on: a, send: {nic: n, size: 2 KiB}}]}\n"
        "  back: {arrivals: {rate: 600 /s}, steps: [{on: a, receive: {nic: n, size: 60 KiB}}]}\n",
        big, small);
    return &hostsim_run(arena, m, 0.02)->scenario[0];
}

static double second(const struct scenario_result *s, int w)
{
    return s->bound[w].second_opinion;
}

/* Pollaczek and Khinchine by hand; what comes in does not queue with what goes out. */
static void test_messages_of_two_sizes(void **state)
{
    (void)state;
    const struct scenario_result *s = simulated("arrivals: {rate: 1100 /s}", "arrivals: {rate: 500 /s}");
    const double big = s->bound[0].low, little = s->bound[1].low; /* transfer times */
    const double wait =
        (1100.0 * big * big + 500.0 * little * little) / 2.0 / (1.0 - 1100.0 * big - 500.0 * little);
    assert_close(second(s, 0), big + wait, 1e-9);
    assert_close(second(s, 1), little + wait, 1e-9);
    assert_close(second(s, 2), big + 600.0 * big * big / 2.0 / (1.0 - 600.0 * big), 1e-9);
    for (int w = 0; w < 3; w++)
        assert_close(s->workload[w].response_s, second(s, w), 0.04);
}

/* A closed load, or bursts, do not come at random: the product form stays, which lets links be exponential and both
 * directions one queue. */
static void test_other_arrivals_keep_the_product_form(void **state)
{
    (void)state;
    const struct scenario_result *s =
        simulated("arrivals: {rate: 500 /s, burst: 3, burst_period: 1 s}", "arrivals: {rate: 500 /s}");
    const double big = s->bound[0].low, little = s->bound[1].low;
    assert_close(second(s, 0), big / (1.0 - 500.0 * big - 500.0 * little - 600.0 * big), 1e-6);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        HOSTTEST(test_messages_of_two_sizes),
        HOSTTEST(test_other_arrivals_keep_the_product_form),
    };
    return cmocka_run_group_tests_name("opinion of links", tests, NULL, NULL);
}

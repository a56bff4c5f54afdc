/* test_intercepts.c - hypervisor time by account told as intercept classes. */
#include "model/host/collect.h"
#include "model/host/intercepts.h"
#include "tests/support/hosttest.h"

static struct run *two_guests(const char *version, const char *slat)
{
    const struct model *m =
        hostsim_modelf(arena,
                       "schema: hvplan.model/1\n"
                       "hosts: {HV: {cpu: {sockets: 1, cores: 2, slat: %s, speed: 0.7}, hypervisor: %s}}\n"
                       "vms: {new: {host: HV, os: ws2008}, old: {host: HV, os: ws2003, integration: no}}\n"
                       "workloads: {w: {arrivals: {rate: 1 /s}, steps: [{on: new, cpu: 1 ms}]}}\n",
                       slat, version);
    return run_new(arena, m, "test", 1, 0);
}

static const double accounts[ACCOUNTS] = {
    [ACCOUNT_TIMER] = 71e6,     [ACCOUNT_PAGE_TABLE] = 233e6, [ACCOUNT_HYPERCALL] = 19e6,
    [ACCOUNT_INTERCEPT] = 97e6, [ACCOUNT_SPIN] = 41e6,        [ACCOUNT_DISPATCH] = 13e6};

static struct intercept_view view_of(const struct vm *vm)
{
    struct intercept_view v = {
        .host = vm->host, .vm = vm, .messages = 5000.0, .dispatches = 6000.0, .preemptions = 1500.0};
    memcpy(v.account_ns, accounts, sizeof accounts);
    return v;
}

static double sum(const double *v, int n)
{
    double all = 0.0;
    for (int i = 0; i < n; i++)
        all += v[i];
    return all;
}

static void check_whole(const struct intercept_view *v)
{
    struct intercepts x;
    intercepts_split(v, &x);
    assert_close(sum(x.ns, INTERCEPT_CLASSES), sum(v->account_ns, ACCOUNTS), 1e-12);
    assert_close(intercepts_ns(&x), sum(x.ns, INTERCEPT_CLASSES), 1e-12);
    assert_close(intercepts_events(&x), sum(x.events, INTERCEPT_CLASSES), 1e-12);
    for (int c = 0; c < INTERCEPT_CLASSES; c++) {
        if (x.ns[c] > 0.0)
            assert_true(intercepts_caused(v->host, v->vm, (enum intercept_class)c));
        assert_true((x.ns[c] > 0.0) == (x.events[c] > 0.0));
    }
}

static void test_no_time_is_lost(void **state)
{
    (void)state;
    static const char *const cases[][2] = {{"2008", "yes"}, {"2008r2", "no"},  {"2008r2", "yes"},
                                           {"2012", "no"},  {"2012r2", "yes"}, {"2025", "yes"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct run *run = two_guests(cases[i][0], cases[i][1]);
        for (int k = 0; k < 2; k++) {
            const struct intercept_view v = view_of(&run->vm[k]);
            check_whole(&v);
        }
    }
}

/* Parameters of 0 leave the time of their account a class; messages beyond the account, and a switch without its dispatch,
 * do not make time. */
static void test_no_time_is_lost_at_the_corners(void **state)
{
    (void)state;
    struct run *run = two_guests("2008r2", "no");
    hosttest_neutral((struct model *)run->model);
    struct intercept_view v = view_of(&run->vm[1]);
    check_whole(&v);
    v.messages = 1e9;
    check_whole(&v);
    v.dispatches = v.preemptions = 0.0;
    check_whole(&v);
    v = view_of(&run->vm[0]);
    memset(v.account_ns, 0, sizeof v.account_ns);
    v.messages = v.dispatches = v.preemptions = 0.0;
    struct intercepts x;
    intercepts_split(&v, &x);
    assert_close(intercepts_events(&x), 0.0, 1e-12);
}

static void test_known_numbers_are_kept(void **state)
{
    (void)state;
    struct run *run = two_guests("2012r2", "yes");
    const struct intercept_view v = view_of(&run->vm[1]);
    struct intercepts x;
    intercepts_split(&v, &x);
    const double speed = 0.7;
    assert_close(x.events[INTERCEPT_HALT], 4500.0, 1e-12);
    assert_close(x.ns[INTERCEPT_HALT] / x.events[INTERCEPT_HALT], 13e6 / 6000.0, 1e-12);
    /* clocks of a guest that is not enlightened: 3 of 3.5 per cent; and 5000 accesses to emulated devices */
    assert_close(x.ns[INTERCEPT_IO], 71e6 * 0.03 / 0.035 + 5000.0 * 2e3 / speed, 1e-6);
    assert_close(x.events[INTERCEPT_NESTED_FAULT], 233e6 / (2e3 / speed), 1e-12);
    assert_close(x.ns[INTERCEPT_NESTED_FAULT] / x.events[INTERCEPT_NESTED_FAULT], 2e3 / speed, 1e-12);
    assert_close(x.ns[INTERCEPT_OTHER], 41e6, 1e-12);
}

/* The root only switches: nothing else in the model costs it hypervisor time. */
static void test_root_vps(void **state)
{
    (void)state;
    struct run *run = two_guests("2012r2", "yes");
    struct intercept_view v = {.host = &run->host[0], .dispatches = 900.0};
    v.account_ns[ACCOUNT_DISPATCH] = 2e6;
    check_whole(&v);
    assert_true(intercepts_caused(v.host, NULL, INTERCEPT_HALT));
    assert_false(intercepts_caused(v.host, NULL, INTERCEPT_MSR));
}

static void test_classes_come_with_their_versions(void **state)
{
    (void)state;
    const struct run *old = two_guests("2008r2", "yes"), *new = two_guests("2012", "yes");
    assert_false(intercepts_caused(&old->host[0], &old->vm[0], INTERCEPT_NESTED_FAULT));
    assert_true(intercepts_caused(&old->host[0], &old->vm[0], INTERCEPT_OTHER));
    assert_true(intercepts_caused(&new->host[0], &new->vm[0], INTERCEPT_NESTED_FAULT));
    assert_false(intercepts_caused(&new->host[0], &new->vm[0], INTERCEPT_PAGE_FAULT));
    assert_false(intercepts_caused(&new->host[0], &new->vm[0], INTERCEPT_EMULATED));
    assert_true(intercepts_caused(&new->host[0], &new->vm[1], INTERCEPT_EMULATED));
}

/* Dispatches are booked at once and stay; the other accounts take what is left of the time. */
static void test_accounts_are_settled(void **state)
{
    (void)state;
    double out[ACCOUNTS];
    collect_settle(accounts, 500e6, out);
    assert_close(sum(out, ACCOUNTS), 500e6, 1e-12);
    assert_close(out[ACCOUNT_DISPATCH], 13e6, 1e-12);
    assert_close(out[ACCOUNT_SPIN] / out[ACCOUNT_TIMER], 41.0 / 71.0, 1e-12);
    const double only[ACCOUNTS] = {[ACCOUNT_DISPATCH] = 7e6};
    collect_settle(only, 9e6, out); /* one burst through the whole interval */
    assert_close(out[ACCOUNT_TIMER], 2e6, 1e-9);
    collect_settle(only, 5e6, out); /* rounding */
    assert_close(sum(out, ACCOUNTS), 5e6, 1e-12);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        HOSTTEST(test_no_time_is_lost),
        HOSTTEST(test_no_time_is_lost_at_the_corners),
        HOSTTEST(test_known_numbers_are_kept),
        HOSTTEST(test_root_vps),
        HOSTTEST(test_classes_come_with_their_versions),
        HOSTTEST(test_accounts_are_settled),
    };
    return cmocka_run_group_tests_name("intercepts", tests, NULL, NULL);
}

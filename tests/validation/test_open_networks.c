/* test_open_networks.c - open networks of the engine's stations against published examples.
 *
 * Source    Lazowska et al., Quantitative System Performance (1984), p. 113 and p. 138; Bolch et al., Queueing Networks and
 *           Markov Chains (2006), p. 572. The books print 3 digits, fewer than a simulation can tell apart; the longer
 *           values are U = rate D and Q = U / (1 - U)
 */
#include "tests/support/queuesim.h"
#include "tests/support/support.h"

enum { REPLICATIONS = 32 };

static struct queuesim_result simulate(struct arena *a, const struct queuesim_station *station, int stations,
                                       const struct queuesim_class *class_, int classes, double window)
{
    const struct queuesim q = {.stations = stations,
                               .classes = classes,
                               .station = station,
                               .class_ = class_,
                               .warmup = window / 20,
                               .window = window,
                               .replications = REPLICATIONS,
                               .seed = 6001};
    return queuesim_run(a, &q);
}

static const struct queuesim_station fifo[] = {
    {1, STATION_FIFO, 0}, {1, STATION_FIFO, 0}, {1, STATION_FIFO, 0}};
static const struct queuesim_station ps[] = {{1, STATION_PS, 0}, {1, STATION_PS, 0}};

/* One class, three stations, visits and services; what the first `checked` stations must show. */
struct example {
    double rate, visits[3], service[3], throughput[3], utilization[3], present[3], response[3];
    int checked;
    double window;
};

/* The book's p. 113: station 1 has X 36.3, U 0.182, Q 0.222; it says nothing of the others. */
static const struct example lazowska_p113 = {
    0.3, {121, 70, 50}, {0.005, 0.030, 0.027}, {36.3}, {0.1815}, {0.2217471}, {0.006108736}, 1, 1.8e4};
/* The book's p. 572: U 0.48, 0.42, 0.72; R 0.0192, 0.0345, 0.107. */
static const struct example bolch_p572 = {3,
                                          {16, 7, 8},
                                          {0.01, 0.02, 0.03},
                                          {48, 21, 24},
                                          {0.48, 0.42, 0.72},
                                          {0.9230769, 0.7241379, 2.5714286},
                                          {0.01923077, 0.03448276, 0.1071429},
                                          3,
                                          2.2e4};

static struct queuesim_result simulate_example(struct arena *a, const struct example *e, double factor)
{
    double service[3];
    for (int i = 0; i < 3; i++)
        service[i] = factor * e->service[i];
    const struct queuesim_class class_ = {
        .rate = e->rate, .visits = e->visits, .service = service, .dist = DIST_EXPONENTIAL, .scv = 1};
    return simulate(a, fifo, 3, &class_, 1, e->window);
}

static void check_example(const struct example *e)
{
    struct arena *a = arena_new();
    const struct queuesim_result r = simulate_example(a, e, 1.0);
    for (int i = 0; i < e->checked; i++) {
        queuesim_accept(&r.throughput[i], e->throughput[i]);
        queuesim_accept(&r.utilization[i], e->utilization[i]);
        queuesim_accept(&r.present[i], e->present[i]);
        queuesim_accept(&r.response[i], e->response[i]);
    }
    arena_free(a);
}

/* Services 5 % shorter: all but the throughputs. Arrivals 5 % rarer: those. */
static void check_twin(const struct example *e)
{
    struct arena *a = arena_new();
    struct example rarer = *e;
    rarer.rate *= 0.95;
    rarer.window /= 2;
    const struct queuesim_result shorter = simulate_example(a, e, 0.95),
                                 fewer = simulate_example(a, &rarer, 1.0);
    for (int i = 0; i < e->checked; i++) {
        assert_true(queuesim_rejects(&shorter.utilization[i], e->utilization[i]));
        assert_true(queuesim_rejects(&shorter.present[i], e->present[i]));
        assert_true(queuesim_rejects(&shorter.response[i], e->response[i]));
        assert_true(queuesim_rejects(&fewer.throughput[i], e->throughput[i]));
    }
    arena_free(a);
}

static void one_class_agrees_with_lazowska(void **state)
{
    (void)state;
    check_example(&lazowska_p113);
}

static void one_class_agrees_with_bolch(void **state)
{
    (void)state;
    check_example(&bolch_p572);
}

static void one_class_twins_are_rejected(void **state)
{
    (void)state;
    check_twin(&lazowska_p113);
    check_twin(&bolch_p572);
}

/* Lazowska p. 138: the services of the classes differ, so the stations share. U of the processor 7/19, of the disk 17/19;
 * residence = D / (1 - U). The book prints for class A: X 1.58, U 0.158, residence 1.58, Q 0.25, response 30.08. */
static struct queuesim_result simulate_p138(struct arena *a, double factor, double window)
{
    static const double visits[2][2] = {{10, 9}, {5, 4}};
    const double service[2][2] = {{0.1 * factor, factor / 3}, {0.4 * factor, 1.0 * factor}};
    const struct queuesim_class classes[2] = {
        {.rate = 3.0 / 19, .visits = visits[0], .service = service[0], .dist = DIST_EXPONENTIAL, .scv = 1},
        {.rate = 2.0 / 19, .visits = visits[1], .service = service[1], .dist = DIST_EXPONENTIAL, .scv = 1}};
    return simulate(a, ps, 2, classes, 2, window);
}

static const double p138_visit_time[4] = {1.583333 / 10, 3.166667 / 5, 28.5 / 9, 38.0 / 4};
static const double p138_present[4] = {0.25, 0.3333333, 4.5, 4};
static const double p138_visit_rate[4] = {1.578947, 0.5263158, 1.421053, 0.4210526};
static const double p138_response[2] = {30.08333, 41.16667};

static void two_classes_agree_with_lazowska(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    const struct queuesim_result r = simulate_p138(a, 1.0, 1.6e6);
    for (int i = 0; i < 4; i++) {
        queuesim_accept(&r.visit_rate[i], p138_visit_rate[i]);
        queuesim_accept(&r.visit_time[i], p138_visit_time[i]);
        queuesim_accept(&r.visiting[i], p138_present[i]);
    }
    queuesim_accept(&r.round_time[0], p138_response[0]);
    queuesim_accept(&r.round_time[1], p138_response[1]);
    queuesim_accept(&r.utilization[0], 7.0 / 19);
    queuesim_accept(&r.utilization[1], 17.0 / 19);
    arena_free(a);
}

static void two_class_twin_is_rejected(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    const struct queuesim_result r = simulate_p138(a, 0.95, 4e5);
    for (int i = 0; i < 4; i++) {
        assert_true(queuesim_rejects(&r.visit_time[i], p138_visit_time[i]));
        assert_true(queuesim_rejects(&r.visiting[i], p138_present[i]));
    }
    assert_true(queuesim_rejects(&r.round_time[0], p138_response[0]));
    assert_true(queuesim_rejects(&r.round_time[1], p138_response[1]));
    assert_true(queuesim_rejects(&r.utilization[0], 7.0 / 19));
    assert_true(queuesim_rejects(&r.utilization[1], 17.0 / 19));
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_class_agrees_with_lazowska), cmocka_unit_test(one_class_agrees_with_bolch),
        cmocka_unit_test(one_class_twins_are_rejected),   cmocka_unit_test(two_classes_agree_with_lazowska),
        cmocka_unit_test(two_class_twin_is_rejected),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* test_closed_networks.c - closed networks of the engine's stations against published examples.
 *
 * Source    Lazowska et al., Quantitative System Performance (1984), p. 117 and p. 142; Bolch et al., Queueing Networks and
 *           Markov Chains (2006), p. 331; longer values by GNU Octave queueing 1.2.7 (qncsmva, qncmmva)
 */
#include "tests/support/queuesim.h"
#include "tests/support/support.h"

enum { REPLICATIONS = 32 };

static const struct queuesim_station fifo[] = {
    {1, STATION_FIFO, 0}, {1, STATION_FIFO, 0}, {1, STATION_FIFO, 0}, {1, STATION_FIFO, 0}};

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
                               .seed = 7001};
    return queuesim_run(a, &q);
}

/* Lazowska p. 117: demands 0.605, 2.1, 1.35 (visits 121, 70, 50), think 15. */
static const struct {
    int n;
    double x, r, q[3];
    double window;
} p117[] = {
    {1, 0.052480, 4.055000, {0.031750, 0.110207, 0.070848}, 4e4},
    {2, 0.103086, 4.401288, {0.064347, 0.240338, 0.149026}, 2.6e4},
    {3, 0.151516, 4.799825, {0.097566, 0.394657, 0.235030}, 2.2e4},
    {5, 0.240466, 5.793000, {0.164554, 0.796974, 0.431489}, 1.9e4},
    {10, 0.400205, 9.987218, {0.311573, 2.656170, 1.029188}, 1.8e4},
    {20, 0.474516, 27.148181, {0.402140, 10.738438, 1.741677}, 1.2e4},
    {50, 0.476190, 90.000001, {0.404682, 40.652461, 1.800000}, 6e3},
};

/* `factor` of the services at station `which`, -1 = at all. */
static double factor_at(int station, int which, double factor)
{
    return which < 0 || which == station ? factor : 1.0;
}

static struct queuesim_result simulate_p117(struct arena *a, int n, int which, double factor, double think,
                                            double window)
{
    static const double visits[3] = {121, 70, 50};
    const double service[3] = {0.005 * factor_at(0, which, factor), 0.030 * factor_at(1, which, factor),
                               0.027 * factor_at(2, which, factor)};
    const struct queuesim_class class_ = {.population = n,
                                          .think = think,
                                          .visits = visits,
                                          .service = service,
                                          .dist = DIST_EXPONENTIAL,
                                          .scv = 1};
    return simulate(a, fifo, 3, &class_, 1, window);
}

static void interactive_system_agrees_with_lazowska(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof p117 / sizeof *p117; i++) {
        struct arena *a = arena_new();
        const struct queuesim_result r = simulate_p117(a, p117[i].n, -1, 1.0, 15, p117[i].window);
        queuesim_accept(r.round_rate, p117[i].x);
        queuesim_accept(r.round_time, p117[i].r);
        for (int k = 0; k < 3; k++)
            queuesim_accept(&r.present[k], p117[i].q[k]);
        arena_free(a);
    }
}

/* Few customers: numbers and response hang on the services, the throughput on the think time. */
static void check_light_twins(size_t i)
{
    struct arena *a = arena_new();
    const struct queuesim_result shorter = simulate_p117(a, p117[i].n, -1, 0.95, 15, p117[i].window);
    const struct queuesim_result sooner = simulate_p117(a, p117[i].n, -1, 1.0, 0.95 * 15, p117[i].window);
    assert_true(queuesim_rejects(shorter.round_time, p117[i].r));
    assert_true(queuesim_rejects(sooner.round_rate, p117[i].x));
    for (int k = 0; k < 3; k++)
        assert_true(queuesim_rejects(&shorter.present[k], p117[i].q[k]));
    arena_free(a);
}

/* Many customers: each station hangs on its own service, throughput and response on that of the bottleneck, 1. */
static void check_heavy_twins(size_t i)
{
    struct arena *a = arena_new();
    for (int k = 0; k < 3; k++) {
        const double window = k == 1 ? p117[i].window : p117[i].window / 2;
        const struct queuesim_result r = simulate_p117(a, p117[i].n, k, 0.95, 15, window);
        assert_true(queuesim_rejects(&r.present[k], p117[i].q[k]));
        assert_true(k != 1 || queuesim_rejects(r.round_time, p117[i].r));
        assert_true(k != 1 || queuesim_rejects(r.round_rate, p117[i].x));
    }
    arena_free(a);
}

static void interactive_twins_are_rejected(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof p117 / sizeof *p117; i++) {
        if (p117[i].n < 10)
            check_light_twins(i);
        else
            check_heavy_twins(i);
    }
}

/* Three customers: Schweitzer's approximation (the book: Q2 0.4021, R 4.87) is not what the stations do. */
static void the_approximation_is_told_from_the_exact_answer(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    const struct queuesim_result r = simulate_p117(a, 3, -1, 1.0, 15, 2.2e4);
    assert_true(queuesim_rejects(&r.present[1], 0.4021));
    assert_true(queuesim_rejects(r.round_time, 4.87));
    arena_free(a);
}

/* Bolch 8.3: S 0.02, 0.2, 0.4, 0.6; V 1, 0.4, 0.2, 0.1; N 6; a round ends with chance 0.3 and begins again at once. */
static struct queuesim_result simulate_bolch(struct arena *a, int which, double factor)
{
    static const double visits[4] = {1, 0.4, 0.2, 0.1}, services[4] = {0.02, 0.2, 0.4, 0.6};
    double service[4];
    for (int i = 0; i < 4; i++)
        service[i] = services[i] * factor_at(i, which, factor);
    const struct queuesim_class class_ = {
        .population = 6, .visits = visits, .service = service, .dist = DIST_EXPONENTIAL, .scv = 1};
    return simulate(a, fifo, 4, &class_, 1, 1.3e4);
}

static const double bolch_x[4] = {9.919836, 3.967935, 1.983967, 0.991984};
static const double bolch_u[4] = {0.198397, 0.793587, 0.793587, 0.595190};
static const double bolch_r[4] = {0.024558, 0.569827, 1.139655, 1.244284};
static const double bolch_q[4] = {0.243615, 2.261038, 2.261038, 1.234309};

static void central_server_agrees_with_bolch(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    const struct queuesim_result r = simulate_bolch(a, -1, 1.0);
    for (int i = 0; i < 4; i++) {
        queuesim_accept(&r.throughput[i], bolch_x[i]);
        queuesim_accept(&r.utilization[i], bolch_u[i]);
        queuesim_accept(&r.response[i], bolch_r[i]);
        queuesim_accept(&r.present[i], bolch_q[i]);
    }
    arena_free(a);
}

/* All services 5 % shorter: throughputs and times. Those of one station: its utilization and number. */
static void central_server_twins_are_rejected(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    const struct queuesim_result all = simulate_bolch(a, -1, 0.95);
    for (int i = 0; i < 4; i++) {
        const struct queuesim_result one = simulate_bolch(a, i, 0.95);
        assert_true(queuesim_rejects(&all.throughput[i], bolch_x[i]));
        assert_true(queuesim_rejects(&all.response[i], bolch_r[i]));
        assert_true(queuesim_rejects(&one.utilization[i], bolch_u[i]));
        assert_true(queuesim_rejects(&one.present[i], bolch_q[i]));
    }
    arena_free(a);
}

/* Two classes at two sharing stations: visits, service, think, population by class. */
struct pair {
    const struct queuesim_station *station;
    double visits[2][2], service[2][2], think[2];
    int population[2];
    double rate[2], residence[4], present[4]; /* [station * 2 + class] */
    double window;
};

static const struct queuesim_station sharing[] = {{1, STATION_PS, 0}, {1, STATION_PS, 0}};
static const struct queuesim_station sharing_3[] = {{1, STATION_PS, 0}, {3, STATION_PS, 0}};

/* Lazowska p. 142: one customer of each class. */
static const struct pair p142 = {sharing,
                                 {{10, 9}, {5, 4}},
                                 {{1.0 / 10, 1.0 / 3}, {2.0 / 5, 1.0}},
                                 {0, 0},
                                 {1, 1},
                                 {3.0 / 19, 2.0 / 19},
                                 {4.0 / 3, 5.0 / 2, 5, 7},
                                 {4.0 / 19, 5.0 / 19, 15.0 / 19, 14.0 / 19},
                                 1.6e4};
/* Demands 0.7, 2.9 and 1.3, 0.4, the second station with three servers; think 2.01 and 1.7; 4 and 3 customers. The product
 * form summed over all states by a program of its own; residence = number / throughput. */
static const struct pair three_servers = {sharing_3,
                                          {{2, 1}, {2, 1}},
                                          {{0.35, 2.9}, {0.65, 0.4}},
                                          {2.01, 1.7},
                                          {4, 3},
                                          {0.5120406903, 0.4630914193},
                                          {2.729104322, 4.323589171, 3.072774768, 0.4546132662},
                                          {1.397412422, 2.002217075, 1.573385791, 0.2105275117},
                                          1e4};

static struct queuesim_result simulate_pair(struct arena *a, const struct pair *p, int which, double factor)
{
    double service[2][2];
    struct queuesim_class classes[2];
    for (int r = 0; r < 2; r++) {
        for (int i = 0; i < 2; i++)
            service[r][i] = p->service[r][i] * factor_at(i, which, factor);
        classes[r] = (struct queuesim_class){.population = p->population[r],
                                             .think = p->think[r],
                                             .visits = p->visits[r],
                                             .service = service[r],
                                             .dist = DIST_EXPONENTIAL,
                                             .scv = 1};
    }
    return simulate(a, p->station, 2, classes, 2, p->window);
}

static void check_pair(const struct pair *p)
{
    struct arena *a = arena_new();
    const struct queuesim_result r = simulate_pair(a, p, -1, 1.0);
    for (int c = 0; c < 2; c++) {
        queuesim_accept(&r.round_rate[c], p->rate[c]);
        queuesim_accept(&r.round_time[c], p->residence[c] + p->residence[2 + c]);
        for (int i = 0; i < 2; i++) {
            queuesim_accept(&r.visit_time[2 * i + c], p->residence[2 * i + c] / p->visits[c][i]);
            queuesim_accept(&r.visiting[2 * i + c], p->present[2 * i + c]);
        }
    }
    assert_close(r.law_breach, 0.0, 1e-9);
    arena_free(a);
}

static void check_pair_twins(const struct pair *p)
{
    struct arena *a = arena_new();
    const struct queuesim_result all = simulate_pair(a, p, -1, 0.95);
    for (int c = 0; c < 2; c++) {
        assert_true(queuesim_rejects(&all.round_rate[c], p->rate[c]));
        assert_true(queuesim_rejects(&all.round_time[c], p->residence[c] + p->residence[2 + c]));
    }
    for (int i = 0; i < 2; i++) {
        const struct queuesim_result one = simulate_pair(a, p, i, 0.95);
        for (int c = 0; c < 2; c++) {
            assert_true(
                queuesim_rejects(&one.visit_time[2 * i + c], p->residence[2 * i + c] / p->visits[c][i]));
            assert_true(queuesim_rejects(&one.visiting[2 * i + c], p->present[2 * i + c]));
        }
    }
    arena_free(a);
}

static void two_classes_agree_with_lazowska(void **state)
{
    (void)state;
    check_pair(&p142);
    check_pair_twins(&p142);
}

static void several_servers_agree_with_the_product_form(void **state)
{
    (void)state;
    check_pair(&three_servers);
    check_pair_twins(&three_servers);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(interactive_system_agrees_with_lazowska),
        cmocka_unit_test(interactive_twins_are_rejected),
        cmocka_unit_test(the_approximation_is_told_from_the_exact_answer),
        cmocka_unit_test(central_server_agrees_with_bolch),
        cmocka_unit_test(central_server_twins_are_rejected),
        cmocka_unit_test(two_classes_agree_with_lazowska),
        cmocka_unit_test(several_servers_agree_with_the_product_form),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

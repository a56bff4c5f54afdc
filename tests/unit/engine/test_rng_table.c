/* The tables of the ziggurats, computed here a second time in long double.
 * `unit_engine_test_rng_table FILE` writes model/engine/rng_table.c instead of testing it. */
#include "model/engine/rng_table.h"
#include "tests/support/support.h"
#include <math.h>
#include <stdio.h>

struct curve {
    const char *name, *comment;
    long double (*height)(long double x);  /* decreasing, 1 at 0 */
    long double (*inverse)(long double y); /* of height */
    long double (*tail)(long double x);    /* area beyond x */
};

static long double exponential_height(long double x)
{
    return expl(-x);
}
static long double exponential_inverse(long double y)
{
    return -logl(y);
}
static long double normal_height(long double x)
{
    return expl(-0.5L * x * x);
}
static long double normal_inverse(long double y)
{
    return sqrtl(-2.0L * logl(y));
}
static long double normal_tail(long double x)
{
    return sqrtl(2.0L * atanl(1.0L)) * erfcl(x / sqrtl(2.0L));
}

static const struct curve exponential = {"rng_table_exponential", "e^-x", exponential_height,
                                         exponential_inverse, exponential_height};
static const struct curve normal = {"rng_table_normal", "e^(-x^2/2), x >= 0", normal_height, normal_inverse,
                                    normal_tail};

/* Stacks the layers of equal area over a base that starts its tail at r. Returns how far the top one
 * overshoots the height 1 (negative: falls short). */
static long double stack_layers(const struct curve *c, long double r, long double x[RNG_TABLE_LAYERS + 1])
{
    const long double area = r * c->height(r) + c->tail(r);
    x[0] = area / c->height(r);
    x[1] = r;
    for (int i = 1; i < RNG_TABLE_LAYERS; i++) {
        const long double y = c->height(x[i]) + area / x[i];
        if (y >= 1.0L && i + 1 < RNG_TABLE_LAYERS)
            return y;
        x[i + 1] = y >= 1.0L ? 0.0L : c->inverse(y);
        if (i + 1 == RNG_TABLE_LAYERS)
            return y - 1.0L;
    }
    return 0.0L;
}

/* The one r for which the layers end exactly at the peak. */
static void solve_layers(const struct curve *c, long double x[RNG_TABLE_LAYERS + 1])
{
    long double low = 2.0L, high = 10.0L;
    for (int i = 0; i < 200; i++) {
        const long double middle = 0.5L * (low + high);
        if (stack_layers(c, middle, x) > 0.0L)
            low = middle;
        else
            high = middle;
    }
    stack_layers(c, high, x);
    x[RNG_TABLE_LAYERS] = 0.0L;
}

static uint64_t layer_threshold(const long double x[RNG_TABLE_LAYERS + 1], int i)
{
    return i < RNG_TABLE_LAYERS ? (uint64_t)floorl(x[i + 1] / x[i] * 0x1.0p53L) : 0;
}

static void assert_table(const struct curve *c, const struct rng_table_layer *table, const double *height,
                         long double r)
{
    long double x[RNG_TABLE_LAYERS + 1];
    solve_layers(c, x);
    assert_close((double)x[1], (double)r, 1e-15);
    for (int i = 0; i <= RNG_TABLE_LAYERS; i++) {
        assert_close(table[i].w, (double)(x[i] * 0x1.0p-53L), 4e-16);
        assert_close(height[i], (double)c->height(x[i]), 1e-15);
        assert_true(fabsl((long double)table[i].k - (long double)layer_threshold(x, i)) <= 8.0L);
    }
}

/* The starts of the tails as Marsaglia and Tsang print them. */
static void test_rng_table_exponential(void **state)
{
    (void)state;
    assert_table(&exponential, rng_table_exponential, rng_table_exponential_height, 7.69711747013104972L);
}

static void test_rng_table_normal(void **state)
{
    (void)state;
    assert_table(&normal, rng_table_normal, rng_table_normal_height, 3.6541528853610088L);
}

static void write_table(FILE *f, const struct curve *c)
{
    long double x[RNG_TABLE_LAYERS + 1];
    solve_layers(c, x);
    fprintf(f, "\n/* %s */\nconst struct rng_table_layer %s[RNG_TABLE_LAYERS + 1] = {", c->comment, c->name);
    for (int i = 0; i <= RNG_TABLE_LAYERS; i++)
        fprintf(f, "%s{UINT64_C(0x%014llx), %a},", i % 2 ? " " : "\n    ",
                (unsigned long long)layer_threshold(x, i), (double)(x[i] * 0x1.0p-53L));
    fprintf(f, "\n};\nconst double %s_height[RNG_TABLE_LAYERS + 1] = {", c->name);
    for (int i = 0; i <= RNG_TABLE_LAYERS; i++)
        fprintf(f, "%s%a,", i % 4 ? " " : "\n    ", (double)c->height(x[i]));
    fprintf(f, "\n};\n");
}

static int write_tables(const char *path)
{
    FILE *f = fopen(path, "w");
    if (!f)
        return 1;
    fprintf(f, "/* rng_table.c - written by tests/unit/engine/test_rng_table.c; do not edit. */\n"
               "/* clang-format off */\n#include \"model/engine/rng_table.h\"\n");
    write_table(f, &exponential);
    write_table(f, &normal);
    return fclose(f) == 0 ? 0 : 1;
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rng_table_exponential),
        cmocka_unit_test(test_rng_table_normal),
    };
    if (argc == 2)
        return write_tables(argv[1]);
    return cmocka_run_group_tests(tests, NULL, NULL);
}

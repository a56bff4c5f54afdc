/* test_units.c - model/base/units.h */
#include "model/base/units.h"
#include "tests/support/support.h"
#include <math.h>
#include <regex.h>
#include <stdio.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

static int setup(void **state)
{
    *state = arena_new();
    return 0;
}

static int teardown(void **state)
{
    arena_free(*state);
    return 0;
}

struct good {
    enum unit unit;
    const char *text;
    double value;
};

static const struct good goods[] = {
    {UNIT_TIME, "12ms", 12e6},
    {UNIT_TIME, "12 ms", 12e6},
    {UNIT_TIME, " \t 12 \t ms \t", 12e6},
    {UNIT_TIME, "1e-3 s", 1e6},
    {UNIT_TIME, "1E+3us", 1e6},
    {UNIT_TIME, "7.25 \xC2\xB5s", 7250},
    {UNIT_TIME, "7.25\xCE\xBCs", 7250},
    {UNIT_TIME, "937 ns", 937},
    {UNIT_TIME, "1.5 min", 90e9},
    {UNIT_TIME, "2.5 h", 9000e9},
    {UNIT_TIME, "3 d", 259200e9},
    {UNIT_TIME, "-4 s", -4e9},
    {UNIT_TIME, "0 s", 0},
    {UNIT_TIME, ".5 s", 5e8},
    {UNIT_TIME, "5. s", 5e9},
    {UNIT_BYTES, "4 GiB", 4294967296.0},
    {UNIT_BYTES, "24KiB", 24576},
    {UNIT_BYTES, "3 MiB", 3145728},
    {UNIT_BYTES, "1.5 TiB", 1649267441664.0},
    {UNIT_BYTES, "37 B", 37},
    {UNIT_BYTES, "2 kB", 2000},
    {UNIT_BYTES, "2 KB", 2000},
    {UNIT_BYTES, "2.3 MB", 2300000},
    {UNIT_BYTES, "2.3 GB", 2300000000.0},
    {UNIT_BYTES, "2.3 TB", 2300000000000.0},
    {UNIT_BANDWIDTH, "1 Gbps", 125000000},
    {UNIT_BANDWIDTH, "100 Mbps", 12500000},
    {UNIT_BANDWIDTH, "56 kbps", 7000},
    {UNIT_BANDWIDTH, "56 Kbps", 7000},
    {UNIT_BANDWIDTH, "8 bps", 1},
    {UNIT_BANDWIDTH, "17 B/s", 17},
    {UNIT_BANDWIDTH, "3 KiB/s", 3072},
    {UNIT_BANDWIDTH, "3 MiB/s", 3145728},
    {UNIT_BANDWIDTH, "3 GiB/s", 3221225472.0},
    {UNIT_BANDWIDTH, "3 kB/s", 3000},
    {UNIT_BANDWIDTH, "3 KB/s", 3000},
    {UNIT_BANDWIDTH, "3.7 MB/s", 3700000},
    {UNIT_BANDWIDTH, "3.7 GB/s", 3700000000.0},
    {UNIT_RATE, "40 /s", 40},
    {UNIT_RATE, "40/s", 40},
    {UNIT_RATE, "90 /min", 1.5},
    {UNIT_RATE, "1800 /h", 0.5},
    {UNIT_FRACTION, "15 %", 0.15},
    {UNIT_FRACTION, "15%", 0.15},
    {UNIT_FRACTION, "0.7 %", 0.007},
    {UNIT_CORES, "0.2 cores", 0.2},
    {UNIT_CORES, "1 core", 1},
    {UNIT_NONE, "1.5", 1.5},
    {UNIT_NONE, " -3e-2 ", -0.03},
    {UNIT_COUNT, "8", 8},
    {UNIT_COUNT, "-2", -2},
    {UNIT_COUNT, "1e3", 1000},
    {UNIT_COUNT, "9007199254740992", 9007199254740992.0},
};

static void good_texts_are_read_exactly(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(goods); i++) {
        double v = (double)NAN;
        if (units_parse(goods[i].text, goods[i].unit, &v) != UNITS_OK || v != goods[i].value)
            fail_msg("%s gave %.17g", goods[i].text, v);
    }
}

/* The nearest double of the decimal meant, where a multiplication of doubles would be off by one step. */
static void decimal_factors_do_not_round(void **state)
{
    (void)state;
    double v = (double)NAN;
    assert_int_equal(units_parse("4.35 us", UNIT_TIME, &v), UNITS_OK);
    assert_true(v == 4350.0);
    assert_int_equal(units_parse("2.3 s", UNIT_TIME, &v), UNITS_OK);
    assert_true(v == 2300000000.0);
    assert_int_equal(units_parse("0.57 %", UNIT_FRACTION, &v), UNITS_OK);
    assert_true(v == 0.0057);
    assert_int_equal(units_parse("1.001 ms", UNIT_TIME, &v), UNITS_OK);
    assert_true(v == 1001000.0);
}

struct bad {
    enum unit unit;
    enum units_status status;
    const char *text;
};

static const struct bad bads[] = {
    {UNIT_TIME, UNITS_NOT_A_NUMBER, ""},        {UNIT_TIME, UNITS_NOT_A_NUMBER, "  "},
    {UNIT_TIME, UNITS_NOT_A_NUMBER, "ms"},      {UNIT_TIME, UNITS_NOT_A_NUMBER, "nan s"},
    {UNIT_TIME, UNITS_NOT_A_NUMBER, "inf s"},   {UNIT_TIME, UNITS_NOT_A_NUMBER, "-inf s"},
    {UNIT_TIME, UNITS_NOT_A_NUMBER, "1,5 s"},   {UNIT_TIME, UNITS_NOT_A_NUMBER, "1.2.3 s"},
    {UNIT_TIME, UNITS_NOT_A_NUMBER, "- 5 s"},   {UNIT_TIME, UNITS_NOT_A_NUMBER, "1 2 s"},
    {UNIT_TIME, UNITS_NOT_A_NUMBER, "1_000 s"}, {UNIT_TIME, UNITS_NOT_A_NUMBER, "5\ns"},
    {UNIT_TIME, UNITS_UNKNOWN, "0x10 s"},       {UNIT_TIME, UNITS_UNKNOWN, "12 parsec"},
    {UNIT_TIME, UNITS_UNKNOWN, "12 MS"},        {UNIT_TIME, UNITS_UNKNOWN, "12 ms x"},
    {UNIT_TIME, UNITS_UNKNOWN, "12 ms 3"},      {UNIT_TIME, UNITS_UNKNOWN, "12 ms\n"},
    {UNIT_TIME, UNITS_UNKNOWN, "12 m"},         {UNIT_TIME, UNITS_UNKNOWN, "12 GiB"},
    {UNIT_TIME, UNITS_UNKNOWN, "1e s"},         {UNIT_TIME, UNITS_MISSING, "12"},
    {UNIT_TIME, UNITS_MISSING, " 12 "},         {UNIT_TIME, UNITS_MISSING, "0"},
    {UNIT_TIME, UNITS_RANGE, "1e999 s"},        {UNIT_TIME, UNITS_RANGE, "1e303 h"},
    {UNIT_FRACTION, UNITS_RANGE, "1e310%"},     {UNIT_TIME, UNITS_RANGE, "1e-999 s"},
    {UNIT_TIME, UNITS_RANGE, "-0 s"},           {UNIT_BYTES, UNITS_UNKNOWN, "4 gib"},
    {UNIT_BYTES, UNITS_UNKNOWN, "4 GB/s"},      {UNIT_BYTES, UNITS_MISSING, "4096"},
    {UNIT_BANDWIDTH, UNITS_UNKNOWN, "1 GiB"},   {UNIT_BANDWIDTH, UNITS_UNKNOWN, "1 gbps"},
    {UNIT_RATE, UNITS_UNKNOWN, "40 s"},         {UNIT_RATE, UNITS_UNKNOWN, "40 / s"},
    {UNIT_RATE, UNITS_MISSING, "40"},           {UNIT_FRACTION, UNITS_MISSING, "0.15"},
    {UNIT_FRACTION, UNITS_UNKNOWN, "15 %%"},    {UNIT_CORES, UNITS_MISSING, "2"},
    {UNIT_NONE, UNITS_UNKNOWN, "5 ms"},         {UNIT_NONE, UNITS_NOT_A_NUMBER, "five"},
    {UNIT_NONE, UNITS_RANGE, "1e400"},          {UNIT_COUNT, UNITS_RANGE, "2.5"},
    {UNIT_COUNT, UNITS_RANGE, "1e-1"},          {UNIT_COUNT, UNITS_RANGE, "9007199254740994"},
    {UNIT_COUNT, UNITS_UNKNOWN, "8 %"},         {UNIT_COUNT, UNITS_NOT_A_NUMBER, ""},
};

static void bad_texts_are_refused(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(bads); i++) {
        double v = 8128;
        const enum units_status status = units_parse(bads[i].text, bads[i].unit, &v);
        if (status != bads[i].status || v != 8128)
            fail_msg("'%s': status %d, value %g", bads[i].text, (int)status, v);
    }
}

static bool matches(const char *pattern, const char *text)
{
    regex_t compiled;
    assert_int_equal(regcomp(&compiled, pattern, REG_EXTENDED | REG_NOSUB), 0);
    const bool found = regexec(&compiled, text, 0, NULL, 0) == 0;
    regfree(&compiled);
    return found;
}

/* What the editor accepts by the pattern is what the parser accepts, but for the range. */
static void patterns_agree_with_the_parser(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(goods); i++)
        if (units_pattern(goods[i].unit) && !matches(units_pattern(goods[i].unit), goods[i].text))
            fail_msg("pattern refuses '%s'", goods[i].text);
    for (size_t i = 0; i < COUNT(bads); i++)
        if (units_pattern(bads[i].unit) && bads[i].status != UNITS_RANGE &&
            matches(units_pattern(bads[i].unit), bads[i].text))
            fail_msg("pattern accepts '%s'", bads[i].text);
    assert_null(units_pattern(UNIT_NONE));
    assert_null(units_pattern(UNIT_COUNT));
}

static void formats_are_short(void **state)
{
    static const struct good rows[] = {
        {UNIT_TIME, "12 ms", 12000000},
        {UNIT_TIME, "0 s", 0},
        {UNIT_TIME, "90 s", 90e9},
        {UNIT_TIME, "2 min", 120e9},
        {UNIT_TIME, "1 h", 3600e9},
        {UNIT_TIME, "36 h", 129600e9},
        {UNIT_TIME, "3 d", 259200e9},
        {UNIT_TIME, "0.25 ns", 0.25},
        {UNIT_TIME, "-7.5 us", -7500},
        {UNIT_BYTES, "4 GiB", 4294967296.0},
        {UNIT_BYTES, "1.5 GiB", 1610612736.0},
        {UNIT_BYTES, "1 GB", 1e9},
        {UNIT_BYTES, "8 KiB", 8192},
        {UNIT_BYTES, "0 B", 0},
        {UNIT_BANDWIDTH, "1 Gbps", 125e6},
        {UNIT_BANDWIDTH, "100 MB/s", 100e6},
        {UNIT_BANDWIDTH, "0 bps", 0},
        {UNIT_RATE, "40 /s", 40},
        {UNIT_RATE, "60 /h", 1.0 / 60},
        {UNIT_RATE, "0 /s", 0},
        {UNIT_FRACTION, "15 %", 0.15},
        {UNIT_FRACTION, "0.7 %", 0.007},
        {UNIT_FRACTION, "0 %", 0},
        {UNIT_CORES, "0.2 cores", 0.2},
        {UNIT_NONE, "0.1", 0.1},
        {UNIT_COUNT, "8", 8},
        {UNIT_TIME, "inf", (double)INFINITY},
        {UNIT_BYTES, "nan", (double)NAN},
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        assert_string_equal(units_format(*state, rows[i].value, rows[i].unit), rows[i].text);
}

static uint64_t next(uint64_t *x)
{
    *x ^= *x << 13;
    *x ^= *x >> 7;
    *x ^= *x << 17;
    return *x;
}

/* Any size and sign; half of the values whole, because people write such. Largest breach allowed: 1e-9. */
static void formats_parse_back(void **state)
{
    uint64_t x = UINT64_C(0xD1B54A32D192ED03);
    for (int i = 0; i < 80000; i++) {
        const enum unit unit = (enum unit)(i % (UNIT_COUNT + 1));
        const double mantissa = (double)(next(&x) >> 11) * 0x1p-53;
        double v = copysign(pow(10.0, (double)(next(&x) % 40) - 20.0) * mantissa, next(&x) & 1 ? 1.0 : -1.0);
        if (i % 2 || unit == UNIT_COUNT)
            v = floor(fmod(v * 1e9, 0x1p53));
        if (v == 0.0)
            continue;
        const char *text = units_format(*state, v, unit);
        double back = (double)NAN;
        if (units_parse(text, unit, &back) != UNITS_OK || !(fabs(back - v) <= 1e-9 * fabs(v)))
            fail_msg("%.17g -> %s -> %.17g", v, text, back);
        arena_reset(*state);
    }
    assert_string_equal(units_format(*state, 1e299, UNIT_RATE), "1e+299 /s");
    assert_string_equal(units_format(*state, 1e305, UNIT_RATE), "1e+305"); /* no quantity can be that large */
}

static void each_unit_names_itself(void **state)
{
    (void)state;
    for (int u = UNIT_NONE; u <= UNIT_COUNT; u++) {
        const char *sample = strstr(units_example((enum unit)u), "such as ");
        assert_non_null(sample);
        double v;
        char text[64];
        snprintf(text, sizeof text, "%s", sample + strlen("such as "));
        char *alternative = strstr(text, " or ");
        if (alternative)
            *alternative = '\0';
        assert_int_equal(units_parse(text, (enum unit)u, &v), UNITS_OK);
        for (int other = UNIT_NONE; other < u; other++)
            assert_string_not_equal(units_name((enum unit)u), units_name((enum unit)other));
    }
}

static void format_no_unit(void *arena)
{
    volatile int beyond = UNIT_COUNT + 1;
    units_format(arena, 1.0, (enum unit)beyond);
}

static void misuse_ends_the_program(void **state)
{
    assert_dies(format_no_unit, *state, "check failed");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(good_texts_are_read_exactly),
        cmocka_unit_test(decimal_factors_do_not_round),
        cmocka_unit_test(bad_texts_are_refused),
        cmocka_unit_test(patterns_agree_with_the_parser),
        cmocka_unit_test_setup_teardown(formats_are_short, setup, teardown),
        cmocka_unit_test_setup_teardown(formats_parse_back, setup, teardown),
        cmocka_unit_test(each_unit_names_itself),
        cmocka_unit_test_setup_teardown(misuse_ends_the_program, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

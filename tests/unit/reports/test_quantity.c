/* Numbers as people read them: scales, digits, signs. */
#include "tests/support/support.h"

#include "reports/quantity.h"

#include <math.h>

static const double none = (double)NAN;

struct value_case {
    double v;
    const char *unit, *unicode, *ascii;
};

static void test_quantity_value_scales(void **state)
{
    static const struct value_case cases[] = {
        {0.21436, "s", "214 ms", "214 ms"},
        {41.7382, "s", "41.7 s", "41.7 s"},
        {0.0009996, "s", "1.00 ms", "1.00 ms"},
        {0.99938, "s", "999 ms", "999 ms"},
        {0.99971, "s", "1.00 s", "1.00 s"},
        {7.3184e-5, "s", "73.2 \xC2\xB5s", "73.2 us"},
        {3.19e-8, "s", "31.9 ns", "31.9 ns"},
        {1843.7, "s", "1844 s", "1844 s"},
        {0.0, "s", "0 s", "0 s"},
        {41250.0, "ns", "41.2 \xC2\xB5s", "41.2 us"},
        {2.75e9, "ns", "2.75 s", "2.75 s"},
        {0.41372, "1", "41.4 %", "41.4 %"},
        {1.0, "1", "100.0 %", "100.0 %"},
        {0.00713, "1", "0.71 %", "0.71 %"},
        {0.0000087, "1", "0.001 %", "0.001 %"},
        {29.943, "/s", "29.9 /s", "29.9 /s"},
        {9663676416.0, "bytes", "9.00 GiB", "9.00 GiB"},
        {1536.0, "bytes", "1.50 KiB", "1.50 KiB"},
        {0.02187, "packets", "0.0219 packets", "0.0219 packets"},
        {0.92841, "LPs", "0.928 LPs", "0.928 LPs"},
        {6.1273, "", "6.13", "6.13"},
        {-0.0741, "s",
         "\xE2\x88\x92"
         "74.1 ms",
         "-74.1 ms"},
        {12.34, "furlongs", "12.3 furlongs", "12.3 furlongs"},
        {(double)NAN, "s", "n/a", "n/a"},
        {(double)INFINITY, "s", "n/a", "n/a"},
    };
    struct arena *a = *state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_string_equal(quantity_value(a, cases[i].v, cases[i].unit, true), cases[i].unicode);
        assert_string_equal(quantity_value(a, cases[i].v, cases[i].unit, false), cases[i].ascii);
    }
}

struct interval_case {
    double v, half_width;
    const char *unit, *text;
};

static void test_quantity_interval_digits_follow_the_half_width(void **state)
{
    static const struct interval_case cases[] = {
        {0.21436, 0.00387, "s", "214 +/- 4 ms"},        {0.21436, 0.00137, "s", "214.4 +/- 1.4 ms"},
        {0.0961, 0.00167, "s", "96.1 +/- 1.7 ms"},      {0.41372, 0.00199, "1", "41.4 +/- 0.2 %"},
        {0.21436, 0.0000004, "s", "214.4 +/- <0.1 ms"}, {0.21436, 0.0, "s", "214 +/- 0 ms"},
        {0.0001, 0.00164, "s", "0.1 +/- 1.6 ms"},       {1843.2, 91.3, "/s", "1843 +/- 91 /s"},
        {0.21436, (double)NAN, "s", "214 ms"},          {(double)NAN, 0.1, "s", "n/a"},
    };
    struct arena *a = *state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_string_equal(quantity_interval(a, cases[i].v, cases[i].half_width, cases[i].unit, false),
                            cases[i].text);
    assert_string_equal(quantity_interval(a, 0.21436, 0.00387, "s", true), "214 \xC2\xB1 4 ms");
}

static void test_quantity_delta_has_its_sign(void **state)
{
    struct arena *a = *state;
    assert_string_equal(quantity_delta(a, -0.11734, 0.0049, "s", false), "-117 +/- 5 ms");
    assert_string_equal(quantity_delta(a, 0.00312, 0.0007, "s", false), "+3.1 +/- 0.7 ms");
    assert_string_equal(quantity_delta(a, 0.0, 0.0, "", false), "0 +/- 0");
    assert_string_equal(quantity_delta(a, -0.0212, 0.0016, "1", false), "-2.12 +/- 0.16 points");
    assert_string_equal(quantity_delta(a, 16.76, none, "%", false), "+16.8 %");
}

static void test_quantity_relative(void **state)
{
    struct arena *a = *state;
    assert_string_equal(quantity_relative(a, -0.1179, 0.2143, false), "-55 %");
    assert_string_equal(quantity_relative(a, 0.0137, 0.2143, false), "+6.4 %");
    assert_string_equal(quantity_relative(a, 41.62, 0.2143, false), "195 times");
    assert_string_equal(quantity_relative(a, 0.3, 0.0, false), "n/a");
    assert_string_equal(quantity_relative(a, none, 1.0, false), "n/a");
    assert_string_equal(quantity_relative(a, 0.3, none, false), "n/a");
}

static void test_quantity_factor(void **state)
{
    struct arena *a = *state;
    assert_string_equal(quantity_factor(a, 1.314, 0.047, false), "1.31 +/- 0.05x");
    assert_string_equal(quantity_factor(a, 1.314, none, true), "1.31\xC3\x97");
}

static void test_quantity_unit_of_queues(void **state)
{
    (void)state;
    assert_string_equal(quantity_unit("disk.HV01.data.queue", "1"), "");
    assert_string_equal(quantity_unit("vm.sql01.jobs_inside", "1"), "");
    assert_string_equal(quantity_unit("vdisk.sql01.d.outstanding", "1"), "");
    assert_string_equal(quantity_unit("disk.HV01.data.utilization", "1"), "1");
    assert_string_equal(quantity_unit("disk.HV01.data.queue", "packets"), "packets");
    assert_string_equal(quantity_unit("queue", "1"), "1");
}

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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_quantity_value_scales, setup, teardown),
        cmocka_unit_test_setup_teardown(test_quantity_interval_digits_follow_the_half_width, setup, teardown),
        cmocka_unit_test_setup_teardown(test_quantity_delta_has_its_sign, setup, teardown),
        cmocka_unit_test_setup_teardown(test_quantity_relative, setup, teardown),
        cmocka_unit_test_setup_teardown(test_quantity_factor, setup, teardown),
        cmocka_unit_test(test_quantity_unit_of_queues),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

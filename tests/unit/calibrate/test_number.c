/* Numbers of logs: bit for bit what strtod gives. */
#include "calibrate/number.h"
#include "tests/support/support.h"
#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void same_as_strtod(const char *text)
{
    double v;
    assert_true(number_parse(text, strlen(text), &v));
    const double expected = strtod(text, NULL);
    if (v != expected || signbit(v) != signbit(expected)) {
        fail_msg("'%s': %.17g, strtod gives %.17g", text, v, expected);
    }
}

static void test_numbers_of_real_logs(void **state)
{
    (void)state;
    static const char *const texts[] = {"0",
                                        "-0",
                                        "5.1663603683128496",
                                        "9.0381772607494055e-005",
                                        "2.20E+12",
                                        "1628.7731384015599012",
                                        "2199974223872",
                                        "0.00054032372377853298",
                                        "18446744073709551615",
                                        "18446744073709551616",
                                        "184467440737095516151",
                                        "+7.25",
                                        ".5",
                                        "5.",
                                        "123456789012345678901234567890e-25",
                                        "9007199254740993",
                                        "2.2250738585072011e-308",
                                        "4.9406564584124654e-324",
                                        "1.7976931348623157e308",
                                        "0.0000000000000000000000000000000000001234567"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        same_as_strtod(texts[i]);
    }
}

/* Random doubles as printf writes them with 1 to 20 digits, fixed and with exponent. */
static void test_random_numbers(void **state)
{
    (void)state;
    uint64_t x = UINT64_C(0x9E3779B97F4A7C15);
    for (int i = 0; i < 20000; i++) {
        x ^= x << 13;
        x ^= x >> 7;
        x ^= x << 17;
        double v;
        memcpy(&v, &x, sizeof v);
        char text[512];
        if (!isfinite(v)) {
            continue;
        }
        snprintf(text, sizeof text, "%.*e", i % 20, v);
        same_as_strtod(isfinite(strtod(text, NULL)) ? text : "1");
        snprintf(text, sizeof text, "%.*f", i % 20, fmod(v, 1e15));
        same_as_strtod(text);
    }
}

static void test_what_is_no_number(void **state)
{
    (void)state;
    static const char *const texts[] = {"",    " ",   "-",   ".",   "e5",    "1e",    "1e+", "0x10",
                                        "inf", "nan", "1,5", "1 2", "1.2.3", "12abc", "--1", "1e999"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        double v;
        assert_false(number_parse(texts[i], strlen(texts[i]), &v));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_numbers_of_real_logs),
        cmocka_unit_test(test_random_numbers),
        cmocka_unit_test(test_what_is_no_number),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

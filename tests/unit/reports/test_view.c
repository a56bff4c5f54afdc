/* test_view.c - which changes a report colours. */
#include "reports/view.h"
#include "tests/support/support.h"

static void test_a_notable_change_has_the_colour_of_its_verdict(void **state)
{
    (void)state;
    assert_int_equal(view_change_tone(VERDICT_BETTER, -0.0371, 0.371), TONE_GOOD);
    assert_int_equal(view_change_tone(VERDICT_WORSE, 0.00372, 0.371), TONE_BAD);
    assert_int_equal(view_change_tone(VERDICT_WORSE, -0.472, -47.1), TONE_BAD);
}

static void test_a_certain_change_under_one_percent_is_plain(void **state)
{
    (void)state;
    assert_int_equal(view_change_tone(VERDICT_BETTER, -0.0037, 0.371), TONE_PLAIN);
    assert_int_equal(view_change_tone(VERDICT_WORSE, 82e-6, 51.1e-3), TONE_PLAIN);
}

static void test_what_is_the_same_is_dim_and_what_is_not_judged_plain(void **state)
{
    (void)state;
    assert_int_equal(view_change_tone(VERDICT_SAME, 0.0001, 0.371), TONE_DIM);
    assert_int_equal(view_change_tone(VERDICT_SAME, 0.1, 0.371), TONE_DIM);
    assert_int_equal(view_change_tone(VERDICT_NONE, 0.1, 0.371), TONE_PLAIN);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_notable_change_has_the_colour_of_its_verdict),
        cmocka_unit_test(test_a_certain_change_under_one_percent_is_plain),
        cmocka_unit_test(test_what_is_the_same_is_dim_and_what_is_not_judged_plain),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

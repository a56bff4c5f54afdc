/* test_param.c - model/base/param.h */
#include "model/base/param.h"
#include "tests/support/support.h"

static void each_confidence_has_its_name(void **state)
{
    (void)state;
    assert_string_equal(confidence_name(CONF_MEASURED), "measured");
    assert_string_equal(confidence_name(CONF_DOCUMENTED), "documented");
    assert_string_equal(confidence_name(CONF_ASSUMED), "assumed");
}

static void name_nothing(void *unused)
{
    (void)unused;
    volatile int beyond = 3;
    confidence_name((enum confidence)beyond);
}

static void no_other_has_one(void **state)
{
    (void)state;
    assert_dies(name_nothing, NULL, "check failed");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_confidence_has_its_name),
        cmocka_unit_test(no_other_has_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

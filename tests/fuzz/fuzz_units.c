/* fuzz_units.c - any text as a quantity of every unit; what is accepted must print and read back. */
#include "model/base/check.h"
#include "model/base/units.h"
#include "tests/fuzz/fuzz.h"

#include <math.h>

static void unit_try(struct arena *a, const char *text, enum unit unit)
{
    double value = 0, back = 0;
    if (units_parse(text, unit, &value) != UNITS_OK)
        return;
    CHECK(isfinite(value));
    CHECK(units_parse(units_format(a, value, unit), unit, &back) == UNITS_OK);
    CHECK(fabs(back - value) <= 1e-9 * fabs(value));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = arena_new();
    const char *text = arena_strndup(a, (const char *)data, size);
    for (int unit = UNIT_NONE; unit <= UNIT_COUNT; unit++)
        unit_try(a, text, (enum unit)unit);
    arena_free(a);
    return 0;
}

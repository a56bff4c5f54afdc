/* golden.c - see golden.h. */
#include "tests/support/golden.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static int compare(struct arena *a, const char *path, json_t *actual, json_t *expected, double rel);

static int differ(const char *path, const char *what)
{
    fprintf(stderr, "golden: %s: %s\n", path, what);
    return 1;
}

static int compare_objects(struct arena *a, const char *path, json_t *actual, json_t *expected, double rel)
{
    int n = 0;
    const char *key;
    json_t *value;
    json_object_foreach(expected, key, value)
    {
        const char *child = arena_printf(a, "%s.%s", path, key);
        json_t *found = json_object_get(actual, key);
        n += found ? compare(a, child, found, value, rel) : differ(child, "missing");
    }
    json_object_foreach(actual, key, value)
    {
        if (!json_object_get(expected, key))
            n += differ(arena_printf(a, "%s.%s", path, key), "extra");
    }
    return n;
}

static int compare_arrays(struct arena *a, const char *path, json_t *actual, json_t *expected, double rel)
{
    if (json_array_size(actual) != json_array_size(expected))
        return differ(path, "another number of items");
    int n = 0;
    for (size_t i = 0; i < json_array_size(expected); i++)
        n += compare(a, arena_printf(a, "%s[%zu]", path, i), json_array_get(actual, i),
                     json_array_get(expected, i), rel);
    return n;
}

static int compare_numbers(struct arena *a, const char *path, double actual, double expected, double rel)
{
    if (fabs(actual - expected) <= rel * fmax(fabs(expected), 1e-300))
        return 0;
    return differ(path, arena_printf(a, "%.17g, expected %.17g", actual, expected));
}

static int compare(struct arena *a, const char *path, json_t *actual, json_t *expected, double rel)
{
    if (json_is_number(actual) && json_is_number(expected))
        return compare_numbers(a, path, json_number_value(actual), json_number_value(expected), rel);
    if (json_typeof(actual) != json_typeof(expected))
        return differ(path, "another type");
    if (json_is_object(expected))
        return compare_objects(a, path, actual, expected, rel);
    if (json_is_array(expected))
        return compare_arrays(a, path, actual, expected, rel);
    if (json_is_string(expected) && strcmp(json_string_value(actual), json_string_value(expected)) != 0)
        return differ(path, arena_printf(a, "\"%s\", expected \"%s\"", json_string_value(actual),
                                         json_string_value(expected)));
    return 0;
}

int golden_compare(struct arena *a, json_t *actual, json_t *expected, double rel)
{
    return compare(a, "$", actual, expected, rel);
}

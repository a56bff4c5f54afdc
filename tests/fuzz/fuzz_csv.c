/* fuzz_csv.c - any bytes as a counter log: reader, machines, fit, findings. */
#include "calibrate/calibrate.h"
#include "model/base/check.h"
#include "tests/fuzz/fuzz.h"

#include <gsl/gsl_errno.h>
#include <math.h>
#include <stdio.h>

/* The reader opens paths, so the bytes go through a file without a name. */
static struct inspection *inspect_bytes(struct arena *a, FILE *f, struct errs *e)
{
    const char *paths[] = {arena_printf(a, "/dev/fd/%d", fileno(f))};
    return inspect_logs(a, paths, 1, e);
}

static void columns_check(const struct inspection *v)
{
    for (int i = 0; i < v->columns; i++) {
        const struct inspect_column *c = &v->column[i];
        CHECK(c->values + c->missing + c->bad <= v->rows);
        CHECK(c->values == 0 ? isnan(c->mean) : c->min <= c->max && isfinite(c->min) && isfinite(c->max));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = arena_new();
    struct errs *e = errs_new(a);
    FILE *f = tmpfile();
    gsl_set_error_handler_off();
    CHECK(f && fwrite(data, 1, size, f) == size && fflush(f) == 0);
    const struct inspection *v = inspect_bytes(a, f, e);
    if (v)
        columns_check(v);
    else
        CHECK(errs_any(e)); /* nothing is refused without a word */
    for (size_t i = 0; i < errs_count(e); i++)
        (void)errs_format(a, errs_get(e, i));
    fclose(f);
    arena_free(a);
    return 0;
}

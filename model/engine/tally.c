/* tally.c - running moments. */
#include "model/engine/tally.h"
#include "model/base/check.h"
#include <math.h>

void tally_init(struct tally *t)
{
    *t = (struct tally){.min = HUGE_VAL, .max = -HUGE_VAL};
}

void tally_add(struct tally *t, double x)
{
    const double delta = x - t->mean;
    t->n++;
    t->mean += delta / (double)t->n;
    t->m2 += delta * (x - t->mean);
    if (x < t->min)
        t->min = x;
    if (x > t->max)
        t->max = x;
}

void tally_merge(struct tally *into, const struct tally *from)
{
    if (from->n == 0)
        return;
    if (into->n == 0) {
        *into = *from;
        return;
    }
    const double a = (double)into->n, b = (double)from->n;
    const double delta = from->mean - into->mean;
    into->mean += delta * (b / (a + b));
    into->m2 += from->m2 + delta * delta * (a * b / (a + b));
    into->n += from->n;
    if (from->min < into->min)
        into->min = from->min;
    if (from->max > into->max)
        into->max = from->max;
}

double tally_variance(const struct tally *t)
{
    return t->n < 2 ? 0.0 : t->m2 / (double)(t->n - 1);
}

double tally_std_error(const struct tally *t)
{
    return t->n < 2 ? 0.0 : sqrt(tally_variance(t) / (double)t->n);
}

double tally_half_width(const struct tally *t, double level)
{
    CHECK(level > 0.0 && level < 1.0);
    if (t->n < 2)
        return HUGE_VAL;
    return student_quantile(0.5 + 0.5 * level, (double)(t->n - 1)) * tally_std_error(t);
}

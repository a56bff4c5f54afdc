/* published.c - rows of published measurements, and what the tables share. */
#include "tests/support/published.h"
#include "tests/support/support.h"
#include <math.h>
#include <string.h>

void published_init(struct published *p, struct arena *a, const char *title)
{
    *p = (struct published){.arena = a, .title = title};
}

void published_add(struct published *p, struct published_row row)
{
    *ARENA_PUSH(p->arena, p->row, p->rows, p->capacity) = row;
}

const struct published_row *published_find(const struct published *p, const char *name, const char *quantity)
{
    for (int i = 0; i < p->rows; i++)
        if (strcmp(p->row[i].name, name) == 0 && strcmp(p->row[i].quantity, quantity) == 0)
            return &p->row[i];
    fail_msg("%s: no row %s, %s", p->title, name, quantity);
    return NULL;
}

double published_off(const struct published_row *r)
{
    if (r->high > 0.0 && r->predicted >= r->measured)
        return fmax(0.0, r->predicted / r->high - 1.0);
    return r->predicted / r->measured - 1.0;
}

double published_error(const struct published *p, const char *name, const char *quantity)
{
    return published_off(published_find(p, name, quantity));
}

const struct scenario_result *published_run(struct arena *a, const struct model *m, double precision)
{
    struct study_options o = study_defaults();
    o.precision = precision;
    o.replications = 4;
    o.prove_bottleneck = false;
    const struct study_case c = {.name = "baseline", .model = m};
    struct result *r = ARENA_NEW(a, struct result);
    study_run(a, &o, &c, 1, r);
    return &r->scenario[0];
}

double published_vm_mean(struct arena *a, const struct scenario_result *s, const char *prefix, int n,
                         const char *metric)
{
    double sum = 0.0;
    for (int i = 1; i <= n; i++)
        sum += hostsim_mean(s, arena_printf(a, "vm.%s%d.%s", prefix, i, metric));
    return sum / n;
}

/* validation_report.c - the tables of docs/validation.md: validation_report [TABLE...], all by default.
 *
 * Each table stands between "<!-- table NAME -->" and "<!-- end -->", as in the page.
 */
#include "model/base/text.h"
#include "tests/support/published.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const struct {
    const char *name;
    void (*fill)(struct published *p);
} tables[] = {
    {"B1", published_b1},           {"A1", published_a1},
    {"K1", published_k1},           {"C1", published_c1},
    {"A3", published_disk},         {"guests", published_guests},
    {"A6", published_a6},           {"formats", published_formats},
    {"network", published_network}, {"disktrace", published_disktrace},
};

static const char *const role_names[] = {
    [PUBLISHED_INPUT] = "input",
    [PUBLISHED_FITTED] = "fitted",
    [PUBLISHED_PREDICTED] = "**predicted**",
    [PUBLISHED_REPORTED] = "not asserted",
};

static const char *number(struct arena *a, double x)
{
    return arena_printf(a, fabs(x) < 1e4 ? "%.4g" : "%.0f", x);
}

static const char *measured_text(struct arena *a, const struct published_row *r)
{
    if (isnan(r->measured))
        return "not published";
    if (isinf(r->high))
        return arena_printf(a, "at least %s %s", number(a, r->measured), r->unit);
    if (r->high > 0.0)
        return arena_printf(a, "%s to %s %s", number(a, r->measured), number(a, r->high), r->unit);
    return arena_printf(a, "%s %s", number(a, r->measured), r->unit);
}

static const char *off_text(struct arena *a, const struct published_row *r)
{
    if (isnan(r->measured))
        return "";
    const double off = published_off(r);
    if (r->high > 0.0 && off == 0.0)
        return "inside";
    if (strcmp(r->unit, "%") == 0 && r->high == 0.0)
        return arena_printf(a, "%+.1f points", r->predicted - r->measured);
    return arena_printf(a, "%+.1f %%", 100.0 * off);
}

static void print_row(struct arena *a, const struct published_row *r)
{
    printf("| %s | %s | %s | %s %s | %s | %s |\n", r->name, r->quantity, measured_text(a, r),
           number(a, r->predicted), r->unit, off_text(a, r), role_names[r->role]);
}

static void print_rows(const char *name, const struct published *p)
{
    printf(
        "<!-- table %s -->\n| case | quantity | measured | hvplan | off by | |\n|---|---|---|---|---|---|\n",
        name);
    for (int i = 0; i < p->rows; i++)
        print_row(p->arena, &p->row[i]);
    puts("<!-- end -->");
}

static void print_table(const char *name, void (*fill)(struct published *p))
{
    struct arena *a = arena_new();
    struct published p;
    published_init(&p, a, name);
    fill(&p);
    if (p.rows > 0) /* none where a recording is not at hand */
        print_rows(name, &p);
    arena_free(a);
}

static bool wanted(const char *name, int argc, char **argv)
{
    for (int i = 1; i < argc; i++)
        if (strcmp(argv[i], name) == 0)
            return true;
    return argc < 2;
}

int main(int argc, char **argv)
{
    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++)
        if (wanted(tables[i].name, argc, argv))
            print_table(tables[i].name, tables[i].fill);
    return 0;
}

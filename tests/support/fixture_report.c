/* fixture_report.c - the fixture result in any format: fixture_report json|text|md|csv|html [all|one|curve|blame|card|FILE.json] [width] */
#include "reports/report.h"
#include "tests/support/fixture_result.h"

#include <stdlib.h>
#include <string.h>

static bool write_as(const char *format, const struct result *r, int width)
{
    struct text_style style = {width, getenv("COLOR") != NULL, getenv("ASCII") == NULL,
                               getenv("VERBOSE") != NULL};
    if (strcmp(format, "json") == 0)
        return report_json(stdout, r);
    if (strcmp(format, "html") == 0)
        return report_html(stdout, r);
    if (strcmp(format, "md") == 0)
        return report_markdown(stdout, r);
    if (strcmp(format, "csv") == 0)
        return report_csv(stdout, r);
    return report_text(stdout, r, &style);
}

static const struct result *choose(struct arena *a, const char *which)
{
    if (strcmp(which, "one") == 0)
        return fixture_result_single(a);
    if (strcmp(which, "card") == 0)
        return fixture_result_card(a);
    if (strcmp(which, "curve") == 0)
        return fixture_result_curve(a);
    if (strcmp(which, "blame") == 0)
        return fixture_result_blame(a);
    return strcmp(which, "all") == 0 ? fixture_result(a) : report_read(a, which, errs_new(a));
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        fputs("usage: fixture_report json|text|md|csv|html [all|one|curve|blame|card|FILE.json] [width]\n",
              stderr);
        return 2;
    }
    struct arena *a = arena_new();
    const struct result *r = choose(a, argc > 2 ? argv[2] : "all");
    if (!r)
        return 3;
    bool written = write_as(argv[1], r, argc > 3 ? atoi(argv[3]) : 100);
    arena_free(a);
    return written ? 0 : 1;
}

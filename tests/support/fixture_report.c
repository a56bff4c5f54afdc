/* fixture_report.c - the fixture result in any format: fixture_report json|text|md|csv|html [all|one|card] [width] */
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

int main(int argc, char **argv)
{
    if (argc < 2) {
        fputs("usage: fixture_report json|text|md|csv|html [all|one|card] [width]\n", stderr);
        return 2;
    }
    struct arena *a = arena_new();
    const char *which = argc > 2 ? argv[2] : "all";
    const struct result *r = strcmp(which, "one") == 0    ? fixture_result_single(a)
                             : strcmp(which, "card") == 0 ? fixture_result_card(a)
                                                          : fixture_result(a);
    bool written = write_as(argv[1], r, argc > 3 ? atoi(argv[3]) : 100);
    arena_free(a);
    return written ? 0 : 1;
}

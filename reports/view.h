/* view.h - what a report says, before any format: findings, then sections of tables.
 *
 * Does      chooses, orders and words what is shown; text, Markdown and HTML only draw it, so they cannot disagree
 * Units     tables carry the unrounded figure beside the printed text
 * Shape     at most VIEW_MATRIX_MOST scenarios side by side; longer lists go down the page
 * Owns      everything in the arena given; names point into the result
 * Order     answers, evidence, method; within each as the table in view.c
 */
#ifndef HVPLAN_REPORTS_VIEW_H
#define HVPLAN_REPORTS_VIEW_H

#include "model/host/result.h"
#include "reports/table.h"

enum { VIEW_MATRIX_MOST = 12 };

enum view_part { VIEW_ANSWER, VIEW_EVIDENCE, VIEW_METHOD, VIEW_PARTS };

/* A paragraph of the first page. Findings of one scenario follow each other. */
struct finding {
    const char *about; /* scenario name, or "Summary" */
    const char *text;
    enum tone tone;
};

struct view_section {
    const char *id, *title;
    enum view_part part;
    const char *chart;          /* which chart the HTML draws above the tables; NULL = none */
    const char *note;           /* how to read it; "" = nothing to say */
    struct table *table, *last; /* a list through `next` */
    const char *list_title[2];  /* plain lists below the tables */
    const char **list[2];
    int list_items[2];
    bool detail; /* folded in HTML, left out on a terminal unless asked for */
    bool aside;  /* in full in HTML, left out elsewhere unless asked for */
};

/* What the builders of sections work with. */
struct view_context {
    struct arena *arena;
    const struct result *result;
    bool unicode; /* "−", "±", "µs"; ASCII otherwise */
    bool all;     /* every row, not only those that matter */
};

struct view {
    const char *title, *command;
    struct finding *finding;
    int findings, finding_capacity;
    struct view_section *section;
    int sections;
};

/* The result answers --vcpu-curve or --blame: its scenarios are not what-ifs of the user's. */
bool view_is_question(const struct result *r);
struct view *view_new(const struct view_context *c);
const char *view_part_title(enum view_part part);

/* Helpers of the builders. */
struct table *view_table(const struct view_context *c, struct view_section *s, const char *caption,
                         int heads);
int view_matrix_scenarios(const struct result *r);
/* NULL if the scenario has no such metric. */
const struct metric *view_metric(const struct scenario_result *s, const char *name);
const struct metric *view_workload_metric(const struct view_context *c, const struct scenario_result *s,
                                          const char *workload, const char *what);
const struct comparison_row *view_comparison(const struct result *r, const char *scenario,
                                             const char *metric);
/* The unit of a metric, from any scenario that has it; "" if none has. */
const char *view_unit(const struct result *r, const char *metric);
/* "hvplan compare 'my host.yaml'", quoted as a POSIX shell needs it. */
const char *view_command_line(const struct view_context *c);
enum tone view_verdict_tone(enum verdict v);
/* Is a change large enough (1 %) that anybody would notice it? */
bool view_is_notable(double delta, double base);
/* That of the verdict for a notable change, plain for one that is certain but smaller. */
enum tone view_change_tone(enum verdict v, double delta, double base);
/* Names the scenario of a row; says nothing where there is only one, so that the column disappears. */
void view_scenario_cell(const struct view_context *c, struct table *t, const struct scenario_result *s);

#endif

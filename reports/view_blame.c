/* view_blame.c - see view_blame.h. */
#include "reports/view_blame.h"
#include "reports/findings.h"
#include "reports/quantity.h"

#include <math.h>
#include <string.h>

/* Of each victim; the table has the rest. */
enum { SAID_MOST = 3 };

static bool is_itself(const struct blame_row *row)
{
    return strcmp(row->victim, row->culprit) == 0;
}

static const char *culprit_name(const struct blame_row *row)
{
    return is_itself(row) ? "itself" : row->culprit;
}

/* ---- findings ---- */

static void say_unbounded(const struct view_context *c, struct view *v, const struct blame_row *row)
{
    findings_say(
        c, v, row->victim, TONE_BAD,
        is_itself(row)
            ? arena_printf(c->arena, "It cannot keep up even with nobody else there, at %s.", row->resource)
            : arena_printf(c->arena, "It cannot keep up at %s because of %s; without %s it does.",
                           row->resource, row->culprit, row->culprit));
}

/* "waits 12.3 ± 0.4 ms on host.HV01.lp because of batch (14 % of its response)" */
static void say_row(const struct view_context *c, struct view *v, const struct blame_row *row)
{
    if (row->unbounded) {
        say_unbounded(c, v, row);
        return;
    }
    const bool helps = row->seconds < 0.0;
    const char *time = quantity_interval(c->arena, fabs(row->seconds), row->half_width, "s", c->unicode);
    const char *share = isfinite(row->share)
                            ? arena_printf(c->arena, " (%s of its response)",
                                           quantity_value(c->arena, fabs(row->share), "1", c->unicode))
                            : "";
    findings_say(c, v, row->victim, is_itself(row) || helps ? TONE_PLAIN : TONE_WARN,
                 arena_printf(c->arena, "It %s %s on %s because of %s%s.", helps ? "saves" : "waits", time,
                              row->resource, culprit_name(row), share));
}

static void say_victim(const struct view_context *c, struct view *v, const char *victim)
{
    const struct blame_result *b = &c->result->blame;
    int said = 0, others = 0, more = 0;
    bool keeps_up = true;
    for (int i = 0; i < b->rows; i++) {
        if (strcmp(b->row[i].victim, victim) != 0)
            continue;
        others += !is_itself(&b->row[i]);
        keeps_up = keeps_up && !b->row[i].unbounded;
        if (said < SAID_MOST)
            say_row(c, v, &b->row[i]);
        else
            more++;
        said++;
    }
    if (more)
        findings_say(
            c, v, victim, TONE_DIM,
            arena_printf(c->arena, "%d smaller part%s more: see the table.", more, more == 1 ? "" : "s"));
    if (others == 0 && keeps_up)
        findings_say(c, v, victim, TONE_DIM, "Nobody else makes it wait to speak of.");
}

void view_blame_findings(const struct view_context *c, struct view *v)
{
    for (int i = 0; i < c->result->blame.victims; i++)
        say_victim(c, v, c->result->blame.victim[i].workload);
}

/* ---- tables ---- */

/* Sum over resources of what `victim` loses to `culprit`. */
struct loss {
    double seconds, share;
    bool any, unbounded;
};

static struct loss loss_of(const struct blame_result *b, const char *victim, const char *culprit)
{
    struct loss l = {0.0, 0.0, false, false};
    for (int i = 0; i < b->rows; i++) {
        const struct blame_row *row = &b->row[i];
        if (strcmp(row->victim, victim) != 0 || strcmp(row->culprit, culprit) != 0)
            continue;
        l.any = true;
        l.unbounded = l.unbounded || row->unbounded;
        l.seconds += row->seconds;
        l.share += row->share;
    }
    return l;
}

static void loss_cell(const struct view_context *c, struct table *t, const struct loss *l)
{
    if (!l->any) {
        table_text(t, "");
        return;
    }
    if (l->unbounded) {
        struct cell *cell = table_text(t, "cannot keep up");
        cell->tone = TONE_BAD;
        cell->share = 1.0;
        return;
    }
    struct cell *cell = table_number(t, quantity_value(c->arena, l->seconds, "s", c->unicode), l->seconds);
    if (l->share > 0.0)
        cell->share = l->share < 1.0 ? l->share : 1.0;
}

/* Makes somebody else wait. */
static bool is_guilty(const struct blame_result *b, const char *culprit)
{
    for (int i = 0; i < b->rows; i++) {
        if (!is_itself(&b->row[i]) && strcmp(b->row[i].culprit, culprit) == 0)
            return true;
    }
    return false;
}

static void response_cell(const struct view_context *c, struct table *t, double response, double half_width)
{
    if (isfinite(response))
        table_number(t, quantity_interval(c->arena, response, half_width, "s", c->unicode), response);
    else
        table_text(t, "cannot keep up")->tone = TONE_BAD;
}

void view_blame_matrix(const struct view_context *c, struct view_section *s)
{
    const struct blame_result *b = &c->result->blame;
    if (b->victims == 0)
        return;
    struct table *t = view_table(c, s, "", 1);
    const char *guilty[VIEW_MATRIX_MOST];
    int n = 0;
    table_column(t, "Workload", false);
    table_column(t, "Response", true);
    table_column(t, "Alone", true);
    table_column(t, "itself", true);
    for (int i = 0; i < b->culprits && n < VIEW_MATRIX_MOST; i++)
        if (is_guilty(b, b->culprit[i].name)) {
            guilty[n++] = b->culprit[i].name;
            table_column(t, b->culprit[i].name, true);
        }
    for (int i = 0; i < b->victims; i++) {
        const struct blame_victim *v = &b->victim[i];
        table_text(t, v->workload);
        response_cell(c, t, v->response_s, v->half_width);
        response_cell(c, t, v->alone_s, v->alone_half_width);
        const struct loss own = loss_of(b, v->workload, v->workload);
        loss_cell(c, t, &own);
        for (int k = 0; k < n; k++) {
            struct loss l = {0.0, 0.0, false, false};
            if (strcmp(guilty[k], v->workload) != 0)
                l = loss_of(b, v->workload, guilty[k]);
            loss_cell(c, t, &l);
        }
    }
}

void view_blame_rows(const struct view_context *c, struct view_section *s)
{
    const struct blame_result *b = &c->result->blame;
    if (b->rows == 0)
        return;
    struct table *t = view_table(c, s, "", 1);
    table_column(t, "Workload", false);
    table_column(t, "Waits", true);
    table_column(t, "On", false);
    table_column(t, "Because of", false);
    table_bar_column(t, "Of its response", 8);
    for (int i = 0; i < b->rows; i++) {
        const struct blame_row *row = &b->row[i];
        table_text(t, row->victim);
        response_cell(c, t, row->seconds, row->half_width);
        table_text(t, row->resource);
        table_text(t, culprit_name(row));
        const char *share = isfinite(row->share) ? quantity_value(c->arena, row->share, "1", c->unicode) : "";
        table_number(t, share, row->share)->share = row->share;
    }
}

/* card.c - the grade of a calibration and what limits it. */
#include "calibrate/card.h"
#include <math.h>
#include <string.h>

enum { GRADE_A, GRADE_B, GRADE_C, GRADE_D, GRADE_E, GRADE_F };

/* Largest error of each grade: our own choice. Utilizations within 5 points make a B; times vary more than utilizations,
 * so they get more room. */
static const struct {
    const char *measure;
    double most[GRADE_F];
} tolerances[] = {
    {"points", {3.0, 5.0, 8.0, 12.0, 20.0}},
    {"%", {10.0, 20.0, 35.0, 50.0, 80.0}},
};

struct grading {
    struct arena *arena;
    struct report_card *card;
    int worst, room;
};

/* Between two grades the error counts in proportion: 0 = no error, 1 = the most that A allows, 6 = F. */
static double points_of(const struct card_row *r)
{
    for (size_t i = 0; i < sizeof tolerances / sizeof *tolerances; i++) {
        if (strcmp(tolerances[i].measure, r->measure) != 0) {
            continue;
        }
        const double error = fabs(r->error);
        double low = 0.0;
        for (int g = 0; g < GRADE_F; g++) {
            const double high = tolerances[i].most[g];
            if (error <= high) {
                return g + (error - low) / (high - low);
            }
            low = high;
        }
    }
    return 6.0;
}

static void limit(struct grading *g, int at_best, const char *text)
{
    struct report_card *c = g->card;
    if ((c->limit_count & (c->limit_count - 1)) == 0) {
        const size_t n = (size_t)c->limit_count;
        c->limits = arena_grow(g->arena, c->limits, n, n == 0 ? 1 : 2 * n, sizeof *c->limits);
    }
    c->limits[c->limit_count++] = text;
    g->worst = at_best > g->worst ? at_best : g->worst;
}

static int letter(double points)
{
    return points > 0.0 ? (int)fmin(GRADE_F, ceil(points) - 1.0) : GRADE_A;
}

/* No better than so much above the worst of the rows that matter. */
static void grade_worst(struct grading *g, double least_weight, int above)
{
    double worst = 0.0;
    const char *which = NULL;
    for (int i = 0; i < g->card->rows; i++) {
        const struct card_row *r = &g->card->row[i];
        if (r->weight >= least_weight && points_of(r) > worst) {
            worst = points_of(r);
            which = r->counter;
        }
    }
    const int grade = letter(worst), at_best = grade == GRADE_F && above == 1 ? GRADE_F : grade - above;
    if (at_best > g->worst) {
        limit(g, at_best, arena_printf(g->arena, "%s is predicted badly, and a plan rests on it", which));
    }
}

/* Weighted mean of the rows; a processor may be one grade worse than that and none may fail, other counters two. */
static void grade_rows(struct grading *g)
{
    double sum = 0.0, weight = 0.0;
    for (int i = 0; i < g->card->rows; i++) {
        sum += points_of(&g->card->row[i]) * g->card->row[i].weight;
        weight += g->card->row[i].weight;
    }
    if (!(weight > 0.0)) {
        limit(g, GRADE_F, "nothing in the log could be compared with the model");
        return;
    }
    g->worst = letter(sum / weight);
    grade_worst(g, 2.0, 1);
    grade_worst(g, 1.0, 2);
}

static void grade_checks(struct grading *g, const struct identities *checks)
{
    for (int i = 0; i < checks->n; i++) {
        if (checks->item[i].broken) {
            limit(g, GRADE_A,
                  arena_printf(g->arena, "%s: correlation over intervals is %.2f", checks->item[i].text,
                               checks->item[i].correlation));
        }
    }
    if (checks->fails) {
        limit(g, GRADE_F, "columns that must move together do not: are they of one machine and one time?");
    }
}

static void grade_length(struct grading *g, const struct fit_host *h)
{
    const int n = h->grid->n;
    if (n < 12) {
        limit(g, GRADE_F,
              arena_printf(g->arena,
                           "%s: %d intervals are too few to test a fit on half of them (30 or more)",
                           h->label, n));
    } else if (n < 30) {
        limit(
            g, GRADE_C,
            arena_printf(g->arena, "%s: %d intervals are few (30 or more for a better grade)", h->label, n));
    }
}

/* A system that does next to nothing does not show how it behaves when it works. */
static bool nearly_idle(const struct fit_host *h)
{
    double busiest = isnan(h->busy) ? 0.0 : h->busy;
    for (int i = 0; i < h->disks; i++) {
        busiest = fmax(busiest, isnan(h->disk[i].utilization) ? 0.0 : h->disk[i].utilization);
    }
    for (int i = 0; i < h->vms; i++) {
        busiest = fmax(busiest, h->vm[i].cpu_lps / h->vm[i].vcpus);
    }
    return busiest < 0.05;
}

static void grade_counters(struct grading *g, const struct fit_host *h)
{
    if (nearly_idle(h)) {
        limit(g, GRADE_F,
              arena_printf(g->arena, "%s is nearly idle (%.1f %% CPU): record while it works", h->label,
                           100.0 * h->busy));
    }
    if (h->lps_guessed) {
        limit(g, GRADE_D,
              arena_printf(g->arena,
                           "%s: the log has only processor totals and the number of logical processors "
                           "is not known",
                           h->label));
    }
    const double used = h->busy * h->lps;
    if (h->hyperv && used > 0.0 && fabs(h->residual) > 0.1 * used) {
        limit(g, fabs(h->residual) > 0.25 * used ? GRADE_D : GRADE_C,
              arena_printf(g->arena, "%s: %.0f %% of the LPs' run time is in no virtual processor's counter",
                           h->label, 100.0 * h->residual / used));
    }
    for (int i = 0; i < h->vms; i++) {
        const struct fit_vm *v = &h->vm[i];
        if (v->unit != UNIT_OF_COUNTER && v->cpu_lps > 0.01) {
            limit(g, v->unit == UNIT_OF_IO ? GRADE_B : GRADE_C,
                  arena_printf(g->arena, "%s: no throughput counter (%s)", v->label,
                               v->unit == UNIT_OF_IO ? "disk operations stand for work"
                                                     : "nothing counts work"));
        }
    }
    for (int i = 0; i < h->disks; i++) {
        if (2 * h->disk[i].rejected > h->disk[i].intervals) {
            limit(g, GRADE_C,
                  arena_printf(g->arena,
                               "%s: disk %s breaches Little's law (rate x latency = queue) in most intervals",
                               h->label, h->disk[i].label));
        }
        if (h->disk[i].time_guessed) {
            limit(g, GRADE_D,
                  arena_printf(g->arena, "%s: disk %s has neither latency nor idle time", h->label,
                               h->disk[i].label));
        }
    }
}

/* Rates were set to those of the log: a processor that is off by a fifth does other work per job than the model says. */
static void grade_against(struct grading *g)
{
    for (int i = 0; i < g->card->rows; i++) {
        const struct card_row *r = &g->card->row[i];
        const double relative = fabs(r->predicted / r->measured - 1.0);
        if (r->weight >= 2.0 && !(relative <= 0.2) && fabs(r->error) > 3.0) {
            limit(g, GRADE_F,
                  arena_printf(g->arena,
                               "%s: %.3g measured and %.3g predicted at the log's own load: the log is not "
                               "of the system that the model describes",
                               r->counter, r->measured, r->predicted));
            return;
        }
    }
}

static void unknowns(struct grading *g, const struct fit *f, const struct tree *t)
{
    const int n = f->notes + (t != NULL ? t->guesses : 0);
    g->card->unknown = ARENA_ARRAY(g->arena, const char *, (size_t)n);
    for (int i = 0; i < f->notes; i++) {
        g->card->unknown[g->card->unknown_count++] = f->note[i];
    }
    for (int i = 0; t != NULL && i < t->guesses; i++) {
        g->card->unknown[g->card->unknown_count++] = t->guessed[i];
    }
}

void card_grade(struct arena *a, struct report_card *card, const struct fit *whole,
                const struct identities *checks, const struct tree *t, bool against)
{
    struct grading g = {.arena = a, .card = card};
    grade_rows(&g);
    grade_checks(&g, checks);
    if (against) {
        grade_against(&g);
    }
    for (int i = 0; i < whole->hosts; i++) {
        if (!against) {
            grade_length(&g, &whole->host[i]);
        }
        grade_counters(&g, &whole->host[i]);
    }
    unknowns(&g, whole, t);
    card->grade = "ABCDEF"[g.worst];
}

/* report_csv.c - a result as RFC 4180: one row a scenario and metric, then what a curve or blame found, unrounded, empty where a value does not apply. */
#include "model/base/text.h"
#include "reports/report.h"
#include "reports/view.h"
#include "reports/words.h"

#include <math.h>
#include <string.h>

static void print_text(FILE *out, const char *s)
{
    if (!s[strcspn(s, ",\"\r\n")]) {
        fputs(s, out);
        return;
    }
    fputc('"', out);
    for (; *s; s++) {
        if (*s == '"')
            fputc('"', out);
        fputc(*s, out);
    }
    fputc('"', out);
}

static void print_number(FILE *out, struct arena *a, double v)
{
    fprintf(out, ",%s", isfinite(v) ? text_double(a, v) : "");
}

static void print_comparison(FILE *out, struct arena *a, const struct comparison_row *row)
{
    if (!row) {
        fputs(",,,,", out);
        return;
    }
    const char *verdict = words_verdict(row->verdict);
    print_number(out, a, row->base);
    print_number(out, a, row->delta);
    print_number(out, a, row->half_width);
    fprintf(out, ",%s", verdict ? verdict : "");
}

static void print_metric(FILE *out, struct arena *a, const struct result *r, const struct scenario_result *s,
                         const struct metric *m)
{
    print_text(out, s->name);
    fputc(',', out);
    print_text(out, m->name);
    fputc(',', out);
    print_text(out, m->unit);
    const double values[] = {m->mean, m->half_width, m->p50, m->p95, m->p99};
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++)
        print_number(out, a, values[i]);
    fprintf(out, ",%d,%s", m->n, m->precision_reached ? "true" : "false");
    print_number(out, a, m->calibration_half_width);
    print_comparison(out, a, view_comparison(r, s->name, m->name));
    fputs("\r\n", out);
}

/* What is no metric of a scenario, in the same columns. */
static void print_extra(FILE *out, struct arena *a, const char *scenario, const char *metric,
                        const char *unit, const double values[2])
{
    print_text(out, scenario);
    fputc(',', out);
    print_text(out, metric);
    fprintf(out, ",%s", unit);
    print_number(out, a, values[0]);
    print_number(out, a, values[1]);
    fputs(",,,,,,,,,,\r\n", out);
}

static void print_curve(FILE *out, struct arena *a, const struct vcpu_curve *k)
{
    const double none = (double)NAN;
    for (int i = 0; i < k->points; i++) {
        const struct curve_point *p = &k->point[i];
        const char *metric = arena_printf(a, "curve.%s.vcpus", k->vm);
        print_extra(out, a, p->scenario, metric, "", (double[]){p->vcpus, none});
        for (int w = 0; w < p->workloads; w++)
            print_extra(out, a, p->scenario, arena_printf(a, "curve.%s.p95_s", p->workload[w].workload), "s",
                        (double[]){p->workload[w].p95_s, p->workload[w].p95_half_width});
        if (p->vcpus == k->knee)
            print_extra(out, a, p->scenario, arena_printf(a, "curve.%s.knee", k->vm), "",
                        (double[]){k->knee, none});
    }
}

static void print_blame(FILE *out, struct arena *a, const struct blame_result *b)
{
    for (int i = 0; i < b->rows; i++) {
        const struct blame_row *row = &b->row[i];
        print_extra(out, a, row->scenario, arena_printf(a, "blame.%s.%s", row->victim, row->resource), "s",
                    (double[]){row->seconds, row->half_width});
    }
}

bool report_csv(FILE *out, const struct result *r)
{
    struct arena *a = arena_new();
    fputs("scenario,metric,unit,mean,half_width,p50,p95,p99,n,precision_reached,calibration_half_width,"
          "baseline,delta,delta_half_width,verdict\r\n",
          out);
    for (int i = 0; i < r->scenarios; i++) {
        for (int m = 0; m < r->scenario[i].metrics; m++)
            print_metric(out, a, r, &r->scenario[i], &r->scenario[i].metric[m]);
    }
    print_curve(out, a, &r->vcpu_curve);
    print_blame(out, a, &r->blame);
    arena_free(a);
    return fflush(out) == 0 && !ferror(out);
}

/* stats.c - estimates from intervals. */
#include "calibrate/stats.h"
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_linalg.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define COLLINEAR 30.0
#define NOTHING ((double)NAN)

static double t95(int degrees)
{
    return degrees > 0 ? gsl_cdf_tdist_Pinv(0.975, degrees) : NOTHING;
}

struct estimate stats_ratio(const double *y, const double *x, int n)
{
    double sx = 0.0, sy = 0.0, square = 0.0;
    int used = 0;
    for (int k = 0; k < n; k++) {
        if (!isnan(x[k]) && !isnan(y[k])) {
            sx += x[k];
            sy += y[k];
            used++;
        }
    }
    if (used == 0 || !(sx > 0.0)) {
        return (struct estimate){NOTHING, NOTHING};
    }
    const double ratio = sy / sx;
    for (int k = 0; k < n; k++) {
        if (!isnan(x[k]) && !isnan(y[k])) {
            square += (y[k] - ratio * x[k]) * (y[k] - ratio * x[k]);
        }
    }
    const double error = used > 1 ? sqrt(square / (used - 1) / used) / (sx / used) : NOTHING;
    return (struct estimate){ratio, t95(used - 1) * error};
}

double stats_mean(const double *x, int n)
{
    double sum = 0.0;
    int used = 0;
    for (int k = 0; k < n; k++) {
        if (!isnan(x[k])) {
            sum += x[k];
            used++;
        }
    }
    return used > 0 ? sum / used : NOTHING;
}

double stats_correlation(const double *x, const double *y, int n)
{
    double mx = 0.0, my = 0.0, xx = 0.0, yy = 0.0, xy = 0.0;
    int used = 0;
    for (int k = 0; k < n; k++) {
        if (isnan(x[k]) || isnan(y[k])) {
            continue;
        }
        used++;
        const double dx = x[k] - mx, dy = y[k] - my;
        mx += dx / used;
        my += dy / used;
        xx += dx * (x[k] - mx);
        yy += dy * (y[k] - my);
        xy += dx * (y[k] - my);
    }
    /* Rounding of constant columns is no variance. */
    const bool flat = !(xx > 1e-18 * used * mx * mx) || !(yy > 1e-18 * used * my * my);
    return used < 3 || flat ? NOTHING : xy / sqrt(xx * yy);
}

double stats_variation(const double *x, int n)
{
    const double mean = stats_mean(x, n);
    double square = 0.0;
    int used = 0;
    for (int k = 0; k < n; k++) {
        if (!isnan(x[k])) {
            square += (x[k] - mean) * (x[k] - mean);
            used++;
        }
    }
    return used > 1 && mean != 0.0 ? sqrt(square / (used - 1)) / fabs(mean) : NOTHING;
}

struct estimate stats_dispersion(const double *count, int n)
{
    const double mean = stats_mean(count, n);
    double square = 0.0;
    int pairs = 0;
    for (int k = 0; k + 1 < n; k++) {
        const double d = count[k + 1] - count[k];
        if (!isnan(d)) {
            square += d * d;
            pairs++;
        }
    }
    if (pairs < 3 || !(mean > 0.0)) {
        return (struct estimate){NOTHING, NOTHING};
    }
    const double index = 0.5 * square / pairs / mean;
    /* Var of the estimator for independent normal counts is 3/n of its square (von Neumann, Kent, Bellinson,
     * Hart 1941). */
    return (struct estimate){index, 1.96 * index * sqrt(3.0 / pairs)};
}

static int order(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

double stats_quantile(struct arena *a, const double *x, int n, double q)
{
    double *sorted = ARENA_ARRAY(a, double, (size_t)n);
    int used = 0;
    for (int k = 0; k < n; k++) {
        if (!isnan(x[k])) {
            sorted[used++] = x[k];
        }
    }
    if (used == 0) {
        return NOTHING;
    }
    qsort(sorted, (size_t)used, sizeof *sorted, order);
    const double at = q * (used - 1);
    const int i = (int)at;
    return i + 1 < used ? sorted[i] + (at - i) * (sorted[i + 1] - sorted[i]) : sorted[used - 1];
}

/* One least-squares problem on the columns of the passive set. */
struct passive {
    const double *matrix, *y;
    int rows, columns, used;
    int column[16]; /* in the set */
    double x[16], variance[16];
};

static gsl_matrix *passive_matrix(const struct passive *p, double scale[16])
{
    gsl_matrix *m = gsl_matrix_alloc((size_t)p->rows, (size_t)p->used);
    for (int j = 0; j < p->used; j++) {
        double norm = 0.0;
        for (int i = 0; i < p->rows; i++) {
            const double v = p->matrix[i * p->columns + p->column[j]];
            norm += v * v;
        }
        scale[j] = norm > 0.0 ? 1.0 / sqrt(norm) : 1.0;
        for (int i = 0; i < p->rows; i++) {
            gsl_matrix_set(m, (size_t)i, (size_t)j, scale[j] * p->matrix[i * p->columns + p->column[j]]);
        }
    }
    return m;
}

/* Solves by singular values; returns the condition number of the scaled columns. */
static double passive_solve(struct passive *p)
{
    double scale[16];
    const size_t k = (size_t)p->used;
    gsl_matrix *u = passive_matrix(p, scale), *v = gsl_matrix_alloc(k, k);
    gsl_vector *s = gsl_vector_alloc(k), *work = gsl_vector_alloc(k), *x = gsl_vector_alloc(k);
    gsl_vector_const_view y = gsl_vector_const_view_array(p->y, (size_t)p->rows);
    gsl_linalg_SV_decomp(u, v, s, work);
    gsl_linalg_SV_solve(u, v, s, &y.vector, x);
    const double condition = gsl_vector_get(s, 0) / gsl_vector_get(s, k - 1);
    for (size_t j = 0; j < k; j++) {
        p->x[j] = scale[j] * gsl_vector_get(x, j);
        p->variance[j] = 0.0;
        for (size_t i = 0; i < k; i++) {
            const double w = gsl_matrix_get(v, j, i) / gsl_vector_get(s, i);
            p->variance[j] += scale[j] * scale[j] * w * w;
        }
    }
    gsl_matrix_free(u);
    gsl_matrix_free(v);
    gsl_vector_free(s);
    gsl_vector_free(work);
    gsl_vector_free(x);
    return condition;
}

static double residual_square(const struct passive *p, const double *x)
{
    double sum = 0.0;
    for (int i = 0; i < p->rows; i++) {
        double r = p->y[i];
        for (int j = 0; j < p->columns; j++) {
            r -= p->matrix[i * p->columns + j] * x[j];
        }
        sum += r * r;
    }
    return sum;
}

/* The column outside the set that would lower the error most, by its share of its own norm; -1 if none would.
 */
static int column_to_free(const struct passive *p, const double *x, const bool *in)
{
    double best = 1e-9;
    int which = -1;
    for (int j = 0; j < p->columns; j++) {
        double gradient = 0.0, norm = 0.0, size = 0.0;
        for (int i = 0; i < p->rows && !in[j]; i++) {
            const double *row = p->matrix + i * p->columns;
            double r = p->y[i];
            for (int c = 0; c < p->columns; c++) {
                r -= row[c] * x[c];
            }
            gradient += row[j] * r;
            norm += row[j] * row[j];
            size += p->y[i] * p->y[i];
        }
        const double gain = norm > 0.0 && size > 0.0 ? gradient / sqrt(norm * size) : 0.0;
        which = gain > best ? j : which;
        best = gain > best ? gain : best;
    }
    return which;
}

static void passive_collect(struct passive *p, const bool *in)
{
    p->used = 0;
    for (int j = 0; j < p->columns; j++) {
        if (in[j]) {
            p->column[p->used++] = j;
        }
    }
}

/* Moves x towards the solution on the set until the first coefficient meets 0, and takes that one out. false
 * when none does: x is then the solution. */
static bool step_back(struct passive *p, double *x, bool *in)
{
    double alpha = 1.0;
    int worst = -1;
    for (int j = 0; j < p->used; j++) {
        const double old = x[p->column[j]];
        if (p->x[j] <= 0.0 && old / (old - p->x[j]) < alpha) {
            alpha = old / (old - p->x[j]);
            worst = p->column[j];
        }
    }
    for (int j = 0; j < p->used; j++) {
        x[p->column[j]] += alpha * (p->x[j] - x[p->column[j]]);
    }
    if (worst < 0) {
        return false;
    }
    x[worst] = 0.0;
    in[worst] = false;
    return true;
}

static double condition_of_all(struct passive p, bool *in)
{
    for (int j = 0; j < p.columns; j++) {
        in[j] = true;
    }
    passive_collect(&p, in);
    const double condition = passive_solve(&p);
    memset(in, 0, (size_t)p.columns * sizeof *in);
    return condition;
}

bool stats_nnls(struct arena *a, const double *matrix, const double *y, int rows, int columns, double *x,
                double *half)
{
    struct passive p = {.matrix = matrix, .y = y, .rows = rows, .columns = columns};
    bool *in = ARENA_ARRAY(a, bool, (size_t)columns);
    for (int j = 0; j < columns; j++) {
        x[j] = 0.0;
        half[j] = NOTHING;
    }
    if (columns > 16 || rows <= columns) {
        return false;
    }
    /* Of two columns that are alike the set may hold one only, so all of them are looked at. */
    const double condition = condition_of_all(p, in);
    for (int tries = 0; tries < 3 * columns; tries++) {
        const int next = column_to_free(&p, x, in);
        if (next < 0) {
            break;
        }
        in[next] = true;
        do {
            passive_collect(&p, in);
            if (p.used > 0) {
                passive_solve(&p);
            }
        } while (p.used > 0 && step_back(&p, x, in));
    }
    const int degrees = rows - p.used;
    const double variance = residual_square(&p, x) / degrees;
    for (int j = 0; j < p.used; j++) {
        half[p.column[j]] = t95(degrees) * sqrt(variance * p.variance[j]);
    }
    return condition <= COLLINEAR;
}

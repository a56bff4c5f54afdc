/* paired.c - differences of two scenarios that met the same random numbers. */
#include "model/host/paired.h"
#include <math.h>
#include <string.h>

struct paired paired_values(const double *before, const double *after, int stride, int n, double level)
{
    struct tally t;
    tally_init(&t);
    for (int r = 0; r < n; r++)
        tally_add(&t, after[r * stride] - before[r * stride]);
    return (struct paired){t.mean, n > 1 ? tally_half_width(&t, level) : (double)NAN};
}

int paired_index(const struct scenario_result *s, const char *metric, int guess)
{
    if (guess < s->metrics && strcmp(s->metric[guess].name, metric) == 0)
        return guess;
    for (int i = 0; i < s->metrics; i++)
        if (strcmp(s->metric[i].name, metric) == 0)
            return i;
    return -1;
}

struct paired paired_metric(const struct scenario_result *before, const struct scenario_result *after,
                            const char *metric, double level)
{
    const int b = paired_index(before, metric, 0), k = paired_index(after, metric, b < 0 ? 0 : b);
    if (b < 0 || k < 0)
        return (struct paired){(double)NAN, (double)NAN};
    const int n = before->replications < after->replications ? before->replications : after->replications;
    return paired_values(before->replicate_mean + b * before->replications,
                         after->replicate_mean + k * after->replications, 1, n, level);
}

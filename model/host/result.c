/* result.c - look-ups in a result. */
#include "model/host/result.h"
#include <string.h>

const struct metric *result_metric(const struct scenario_result *s, const char *name)
{
    for (int i = 0; i < s->metrics; i++)
        if (strcmp(s->metric[i].name, name) == 0)
            return &s->metric[i];
    return NULL;
}

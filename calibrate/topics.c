/* topics.c - what `hvplan explain` can say about reading and judging logs. */
#include "calibrate/topics.h"
#include "calibrate/threshold.h"
#include <math.h>

#define PDH "Microsoft's PDH text format, as found in logs of many hosts"

static const struct topic fixed[] = {
    {.name = "I101",
     .kind = "finding",
     .source = "Microsoft, Detecting bottlenecks in a virtualized environment",
     .text = "The host's processors are far busier than Task Manager in the root shows, because the root "
             "sees only its own "
             "virtual processors. Use the counters of logical processors."},
    {.name = "I102",
     .kind = "finding",
     .source = "utilization law and Little's law",
     .text = "Two views of one quantity do not move together over the intervals: the columns are not of one "
             "machine and one "
             "time, or a counter is broken."},
    {.name = "I103",
     .kind = "finding",
     .source = "Little 1961",
     .text = "More than a tenth of the intervals breach Little's law at a disk: rate x latency is not the "
             "mean queue. Their "
             "latencies are not used."},
    {.name = "I104",
     .kind = "finding",
     .source = PDH,
     .text = "The name of a counter is not known but near a known one: a slip, another version, or another "
             "language."},
};
#define FIXED (sizeof fixed / sizeof *fixed)

static struct topic threshold_topic(struct arena *a, const struct threshold_row *r)
{
    const char *side = r->below ? "below" : "over";
    const char *warning = isnan(r->warning) ? "" : arena_printf(a, "warning %s %g", side, r->warning);
    const char *critical = isnan(r->critical) ? "" : arena_printf(a, "critical %s %g", side, r->critical);
    const char *both = warning[0] != '\0' && critical[0] != '\0' ? ", " : "";
    return (struct topic){
        .name = r->code,
        .kind = "finding",
        .value = arena_printf(a, "%s%s%s", warning, both, critical),
        .source = r->source,
        .text = arena_printf(a,
                             "%s\\%s: %s. Judged on the mean of each interval, when more than 5 %% of the "
                             "time is beyond.",
                             known_object(r->name), known_counter(r->name), r->means)};
}

const struct topic *topics_calibrate(struct arena *a, size_t *n)
{
    struct topic *all = ARENA_ARRAY(a, struct topic, FIXED + threshold_count);
    for (size_t i = 0; i < FIXED; i++) {
        all[i] = fixed[i];
    }
    for (size_t i = 0; i < threshold_count; i++) {
        all[FIXED + i] = threshold_topic(a, &threshold_rows[i]);
    }
    *n = FIXED + threshold_count;
    return all;
}

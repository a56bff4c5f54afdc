/* threshold.c - rules of practitioners on counters, as a table. */
#include "calibrate/threshold.h"
#include "calibrate/stats.h"
#include <math.h>

#define NONE ((double)NAN)
#define PAL_R2 "PAL, HyperV.xml (2008 R2 SP1)"
#define PAL_QUICK "PAL, QuickSystemOverview.xml"
#define BIZTALK "BizTalk Server guide, Measuring Performance on Hyper-V"
#define EALES "Eales 2016, Hyper-V performance (nickeales.github.io)"

const struct threshold_row threshold_rows[] = {
    {"T101", CTR_LP_TOTAL, false, 75.0, 90.0, SCOPE_HYPERV, "a logical processor is busy", PAL_R2},
    {"T102", CTR_LP_TOTAL, false, 60.0, 90.0, SCOPE_TOTAL, "the logical processors together are busy",
     BIZTALK},
    {"T103", CTR_LP_SWITCHES, false, NONE, 20000.0, SCOPE_HYPERV, "a logical processor switches very often",
     PAL_R2},
    {"T104", CTR_VP_GUEST, false, 75.0, 90.0, SCOPE_HYPERV, "a virtual processor is busy", PAL_R2},
    {"T105", CTR_ROOT_GUEST, false, 5.0, NONE, SCOPE_TOTAL,
     "the root partition works: device I/O of VMs, or programs that "
     "do not belong there",
     EALES},
    {"T106", CTR_VP_WAIT, false, 60e3, 100e3, SCOPE_HYPERV, "virtual processors wait for logical ones",
     "Quest Spotlight, alarm on CPU wait time per dispatch"},
    {"T107", CTR_ADDRESS_SPACES, false, NONE, 0.0, SCOPE_HYPERV,
     "the host has no second-level address translation: page "
     "tables are shadowed",
     PAL_R2},
    {"T108", CTR_DM_PRESSURE, false, NONE, 80.0, SCOPE_HYPERV, "dynamic memory cannot keep its buffer",
     PAL_R2},
    {"T201", CTR_PROCESSOR_TIME, false, 50.0, 80.0, SCOPE_PHYSICAL, "a processor is busy", PAL_QUICK},
    {"T202", CTR_PROCESSOR_PRIVILEGED, false, 20.0, 30.0, SCOPE_PHYSICAL, "much time in the kernel",
     PAL_QUICK},
    {"T203", CTR_PROCESSOR_INTERRUPT, false, 10.0, 20.0, SCOPE_ANY, "much time in interrupts", PAL_QUICK},
    {"T204", CTR_MEMORY_PAGES, false, 1000.0, NONE, SCOPE_ANY, "much paging", PAL_QUICK},
    {"T205", CTR_MEMORY_PAGES_INPUT, false, 1000.0, NONE, SCOPE_ANY, "much reading of pages from disk",
     PAL_QUICK},
    {"T301", CTR_DISK_SEC_READ, false, 0.015, 0.025, SCOPE_ANY, "reads are slow", PAL_QUICK},
    {"T302", CTR_DISK_SEC_WRITE, false, 0.015, 0.025, SCOPE_ANY, "writes are slow", PAL_QUICK},
    {"T303", CTR_DISK_QUEUE, false, 2.0, NONE, SCOPE_ANY, "operations queue at a disk (of one spindle)",
     PAL_QUICK},
    {"T304", CTR_DISK_IDLE, true, 50.0, 10.0, SCOPE_ANY, "a disk is hardly idle", EALES "; 10 %: " PAL_QUICK},
    {"T401", CTR_NIC_OUTPUT_QUEUE, false, 1.0, 2.0, SCOPE_ANY, "packets queue at an adapter", PAL_QUICK},
    {"T402", CTR_NIC_BANDWIDTH, true, 1e9, NONE, SCOPE_ANY, "an adapter is slower than 1 Gbps", PAL_QUICK},
    {"T403", CTR_VNIC_SENT_BYTES, false, 250e6, NONE, SCOPE_HYPERV,
     "a virtual adapter carries more than one should", "Microsoft tuning guide, Detecting bottlenecks"},
};
const size_t threshold_count = sizeof threshold_rows / sizeof *threshold_rows;

static bool in_scope(const struct threshold_row *r, const struct machine *m)
{
    /* a guest's clock misleads; its host's counters, in the same logs, do not */
    const bool skewed = r->scope == SCOPE_PHYSICAL && m->host != NULL;
    return !skewed && (r->scope == SCOPE_ANY || (r->scope == SCOPE_PHYSICAL) == !m->hyperv);
}

static bool beyond(const struct threshold_row *r, double v, double threshold)
{
    return r->below ? v < threshold : v > threshold;
}

/* Share of time beyond a threshold. */
static double share_beyond(const struct threshold_row *r, const struct log_series *s, double threshold)
{
    double time = 0.0, all = 0.0;
    for (size_t i = 0; i < s->n; i++) {
        all += s->point[i].span_s;
        time += beyond(r, s->point[i].value, threshold) ? s->point[i].span_s : 0.0;
    }
    return all > 0.0 ? time / all : 0.0;
}

static double percentile(struct arena *a, const struct threshold_row *r, const struct log_series *s)
{
    double *v = ARENA_ARRAY(a, double, s->n);
    for (size_t i = 0; i < s->n; i++) {
        v[i] = s->point[i].value;
    }
    return stats_quantile(a, v, (int)s->n, r->below ? 0.05 : 0.95);
}

/* A single interval is no finding: 5 % of the time must be. */
static void evaluate(struct arena *a, const struct threshold_row *r, const struct log_series *s,
                     struct threshold_findings *out)
{
    const double critical = isnan(r->critical) ? 0.0 : share_beyond(r, s, r->critical);
    const double warning = isnan(r->warning) ? 0.0 : share_beyond(r, s, r->warning);
    const bool is_critical = critical > 0.05, is_warning = warning > 0.05;
    if (!is_critical && !is_warning) {
        return;
    }
    const double threshold = is_critical ? r->critical : r->warning, share = is_critical ? critical : warning;
    const bool any = !r->below && threshold == 0.0; /* the mere presence is the finding */
    const char *limit = any ? "" : arena_printf(a, " (%s %.4g)", r->below ? "below" : "over", threshold);
    const char *text =
        arena_printf(a, "%s: %s%s during %.0f %% of the log (interval means; %s percentile %.4g); source: %s",
                     is_critical ? "critical" : "warning", r->means, limit, 100.0 * share,
                     r->below ? "5th" : "95th", percentile(a, r, s), r->source);
    *ARENA_PUSH(a, out->item, out->n, out->room) = (struct inspect_finding){r->code, s->path->text, text};
}

void threshold_evaluate(struct arena *a, const struct machine *m, struct threshold_findings *out)
{
    for (size_t k = 0; k < threshold_count; k++) {
        const struct threshold_row *r = &threshold_rows[k];
        const struct instance_list *list = &m->cls[known_class_of(r->name)];
        if (!in_scope(r, m)) {
            continue;
        }
        const bool total = r->scope == SCOPE_TOTAL || (list->n == 0 && r->scope != SCOPE_TOTAL);
        for (int i = 0; i < list->n && !total; i++) {
            if (list->item[i].by[r->name] != NULL) {
                evaluate(a, r, list->item[i].by[r->name], out);
            }
        }
        if (total && list->total != NULL && list->total->by[r->name] != NULL) {
            evaluate(a, r, list->total->by[r->name], out);
        }
    }
}

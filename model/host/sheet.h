/* sheet.h - one row of a counter log in the making.
 *
 * Does      names the columns in a first walk, takes their values in the same order in each later one; leaves out what the
 *           Hyper-V version of the machine does not have
 * Units     as counter_rows says
 * Order     columns as they are put
 */
#ifndef HVPLAN_HOST_SHEET_H
#define HVPLAN_HOST_SHEET_H

#include "model/host/collect.h"
#include "model/host/counters.h"
#include "model/host/result.h"

struct memory_watch;

struct sheet {
    struct arena *arena;
    struct counter_log *log;
    int capacity;
    const struct run *run;
    const struct layout *layout;
    const double *d; /* counters of the interval */
    double ns;
    struct memory_watch *memory; /* by VM (emit_memory.h) */
    double *row;                 /* NULL while the columns are named */
    bool first;                  /* PDH has no value yet for rates and means in its first row */
    int at;
    const char *machine; /* that the next cells belong to */
    enum hv_version version;
};

/* The machine of the next cells; HV_NONE = without Hyper-V, or a guest. */
void sheet_machine(struct sheet *s, const char *name, enum hv_version version);
/* printf for an instance; NULL, and no work, once the columns are named. */
const char *sheet_name(const struct sheet *s, const char *fmt, ...) HVPLAN_PRINTF(2, 3);
/* One cell; `instance` is used while the columns are named, NULL or "" = none. */
void sheet_put(struct sheet *s, enum counter_id id, const char *instance, double value);
/* Amounts of the interval a second; times of the interval as % of it. */
void sheet_rate(struct sheet *s, enum counter_id id, const char *instance, double amount);
void sheet_share(struct sheet *s, enum counter_id id, const char *instance, double ns);
/* Mean over events; 0 when there were none, as PDH shows it. */
void sheet_mean(struct sheet *s, enum counter_id id, const char *instance, double sum, double events);

#endif

/* published.h - published measurements of Hyper-V hosts beside what the model predicts of them.
 *
 * Does      each published_TABLE() runs the model on the inputs of one table and appends its rows; the validation tests and
 *           the validation page share them, so that a figure of the page is one that a test has seen
 * Units     those named in each row
 * Owns      rows live in the arena given to published_init
 * Errors    a model that does not load, or a row that is not there, fails the test
 * Source    each table names its own
 */
#ifndef HVPLAN_TESTS_PUBLISHED_H
#define HVPLAN_TESTS_PUBLISHED_H

#include "tests/support/hostsim.h"

enum published_role {
    PUBLISHED_INPUT,     /* the model was calibrated on it */
    PUBLISHED_FITTED,    /* free quantities were chosen so that it comes out */
    PUBLISHED_PREDICTED, /* neither, and a test holds it to a bound */
    PUBLISHED_REPORTED   /* neither, and no test asks for it */
};

struct published_row {
    const char *name, *quantity, *unit;
    double measured; /* NaN: not published */
    double predicted;
    enum published_role role;
    double high; /* upper end when a range was measured (INFINITY: at least `measured`); 0: one figure */
};

struct published {
    struct arena *arena;
    const char *title;
    struct published_row *row;
    int rows, capacity;
};

void published_init(struct published *p, struct arena *a, const char *title);
void published_add(struct published *p, struct published_row row);
const struct published_row *published_find(const struct published *p, const char *name, const char *quantity);
/* predicted / measured - 1; of a range, from its nearer end, 0 inside. */
double published_off(const struct published_row *r);
double published_error(const struct published *p, const char *name, const char *quantity);
/* Four replications to `precision`, without proof of the bottleneck. */
const struct scenario_result *published_run(struct arena *a, const struct model *m, double precision);
/* Mean over VMs `prefix`1 ... `prefix`n of a metric of VMs. */
double published_vm_mean(struct arena *a, const struct scenario_result *s, const char *prefix, int n,
                         const char *metric);

void published_b1(struct published *p); /* directory server on one processor */
/* Twin: L1 predicted by a tax in per cent alone that fits L3; predicted / measured - 1. */
double published_b1_by_share(struct arena *a);
void published_a1(struct published *p);      /* BizTalk tier moved into VMs, with two other assumptions */
void published_a1_main(struct published *p); /* the main assumption alone */
/* Twin, after published_a1_main: change of documents/s in % when the hypervisor costs nothing at all. */
double published_a1_no_hypervisor(const struct published *p);
void published_k1(struct published *p);        /* SharePoint farm, one to three web VMs */
void published_k1_green(struct published *p);  /* without the rows of highest load */
void published_c1(struct published *p);        /* ThreadContentionGenerator, with weights and reserves */
void published_c1_fitted(struct published *p); /* without */
void published_disk(struct published *p);      /* A3: one operation outstanding on a LUN */
void published_a6(struct published *p);        /* A6: SQLIO on 64 disks */
void published_network(struct published *p);   /* G, B1: what one root processor carries */
void published_formats(struct published *p);   /* F: kinds of virtual disks */
void published_disktrace(struct published *p); /* a recorded disk; no rows where the recording is absent */
void published_guests(struct published *p);    /* A2, A4, E, H: page tables and enlightenment */

#endif

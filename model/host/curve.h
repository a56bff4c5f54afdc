/* curve.h - response against the number of vCPUs of one VM: which points, where the knee is, what neighbours lose.
 *
 * Does      chooses 1..n vCPUs (n: what the host, the Hyper-V version and the guest system allow), and after the study of these
 *           points reads from its result what each brings, and to whom
 * Units     as struct vcpu_curve
 * Shape     CURVE_POINTS_MOST points at most: all up to 8, further apart beyond, the last one always
 * Order     scenario 0 of the study is the present number of vCPUs
 */
#ifndef HVPLAN_HOST_CURVE_H
#define HVPLAN_HOST_CURVE_H

#include "model/host/model.h"
#include "model/host/result.h"

enum { CURVE_POINTS_MOST = 18 };

/* From this gain of each further vCPU on it is worth having; from this loss on it does harm. */
#define CURVE_GAIN 0.05
#define CURVE_LOSS 0.01

struct curve_limit {
    int most;         /* vCPUs */
    const char *text; /* "the 4 logical processors of HV01" */
};

struct curve_limit curve_limit_of(struct arena *a, const struct model *m, int vm);
/* Fills vcpus (room for CURVE_POINTS_MOST), ascending, with 1, `now` and `most` among them; returns how many. */
int curve_counts(int most, int now, int *vcpus);
/* Some step of some workload of the model runs on the VM. */
bool curve_visits(const struct workload_spec *w, int vm);

/* Does a step of `added` vCPUs pay? The response falls by `fall` +- half_width from `before`: more than the interval, and
 * CURVE_GAIN or more for each vCPU added. */
bool curve_step_gains(double before, double fall, double half_width, int added);
/* gains[i]: the step from point i to i + 1 pays. The first point behind which none does; -1 if the last one still does. */
int curve_knee(const bool *gains, int points);

/* Scenario i of `r` has vcpus[i] vCPUs, scenario 0 the present number; fills r->vcpu_curve. */
void curve_fill(struct arena *a, const struct model *m, int vm, const int *vcpus, double level,
                struct result *r);

#endif

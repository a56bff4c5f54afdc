/* exits.c - synchronous round trips of emulated devices. */
#include "model/host/exits.h"
#include "model/host/guest.h"
#include "model/host/place.h"
#include "model/host/steps.h"
#include <math.h>

enum { TRIP_WORKER, TRIP_ROOT, TRIP_ANSWER, TRIP_PARTS };

static int whole(double exits)
{
    return exits > 0.0 ? (int)fmax(1.0, floor(exits + 0.5)) : 0;
}

/* A trip takes at least a nanosecond of both sides, so that the VP is Suspended and resumed at different instants. */
struct trips exits_trips(const struct cost *c)
{
    const double before = fmax(0.0, c->exits - c->exits_completion);
    struct trips t = {.submit = whole(before), .complete = whole(c->exits_completion)};
    const int n = t.submit + t.complete;
    if (n > 0) {
        t.root_ns = fmax(1.0, c->exit_root_ns * c->exits / n);
        t.hypervisor_ns = fmax(1.0, c->exit_hypervisor_ns * c->exits / n);
    }
    return t;
}

struct overhead exits_overhead(const struct cost *c, const struct trips *t, double share, int trips)
{
    struct cost rest = *c;
    const double all = (t->submit + t->complete) * t->hypervisor_ns;
    rest.hypervisor_ns[ACCOUNT_INTERCEPT] = fmax(0.0, rest.hypervisor_ns[ACCOUNT_INTERCEPT] - all);
    struct overhead o = place_overhead(&rest, share);
    if (trips == 0)
        return o;
    for (int i = 0; i < ACCOUNTS; i++)
        o.account[i] *= o.hypervisor_ns;
    o.account[ACCOUNT_INTERCEPT] += t->hypervisor_ns;
    o.hypervisor_ns += t->hypervisor_ns;
    for (int i = 0; i < ACCOUNTS; i++)
        o.account[i] /= o.hypervisor_ns;
    return o;
}

/* The answer is there: the VP goes on, with the next trip if there is one. */
static bool trip_answered(struct job *j, int trips, const struct trips *t)
{
    struct vp *vp = j->suspended;
    const bool last = j->exit / TRIP_PARTS + 1 >= trips;
    steps_release(j);
    j->suspended = NULL;
    if (!last)
        steps_exit(j, vp, t->hypervisor_ns);
    if (vp)
        guest_resume(vp);
    j->exit = last ? 0 : j->exit + 1;
    return last;
}

bool exits_walk(struct job *j, struct vm *vm, int trips, const struct trips *t, int row_root)
{
    if (trips == 0)
        return true;
    for (;;) {
        bool on = true; /* without waiting */
        switch (j->exit % TRIP_PARTS) {
        case TRIP_WORKER:
            j->exit++;
            on = steps_hold(j, vm->worker, row_root);
            break;
        case TRIP_ROOT:
            j->exit++;
            on = steps_root(j, vm->host, -1, t->root_ns, row_root);
            break;
        default:
            if (trip_answered(j, trips, t))
                return true;
            on = false;
        }
        if (!on) {
            j->stage--; /* the callback comes back here */
            return false;
        }
    }
}

/* diskview.c - operations of a virtual disk as the guest and as the root see them. */
#include "model/host/diskview.h"
#include "model/host/device.h"
#include <math.h>

#define NORMAL_BYTES 8192.0 /* one operation of storage QoS */

double diskview_area(const struct disk_view *v, sim_ns now)
{
    return v->area + v->outstanding * (double)(now - v->since);
}

double diskview_idle(const struct disk_view *v, sim_ns now)
{
    return v->idle_ns + (v->outstanding == 0 ? (double)(now - v->since) : 0.0);
}

static void change(struct disk_view *v, sim_ns now, int by)
{
    v->area = diskview_area(v, now);
    v->idle_ns = diskview_idle(v, now);
    v->outstanding += by;
    v->since = now;
}

static void ended(struct disk_view *v, const struct job *j, const struct instruction *in,
                  const struct plan *p, sim_ns since)
{
    const sim_ns now = job_run(j)->sim.now;
    change(v, now, -1);
    device_account(&v->done, in->step->kind == STEP_WRITE, p->bytes, (double)(now - since));
}

bool diskview_issue(struct job *j, const struct instruction *in, const struct plan *p)
{
    (void)in;
    j->issued = job_run(j)->sim.now;
    change(&p->disk->guest, j->issued, 1);
    return true;
}

bool diskview_reach(struct job *j, const struct instruction *in, const struct plan *p)
{
    (void)in;
    j->reached = job_run(j)->sim.now;
    change(&p->disk->root, j->reached, 1);
    return true;
}

bool diskview_answer(struct job *j, const struct instruction *in, const struct plan *p)
{
    ended(&p->disk->root, j, in, p, j->reached);
    p->disk->normal_ops += ceil(p->bytes / NORMAL_BYTES);
    return true;
}

bool diskview_end(struct job *j, const struct instruction *in, const struct plan *p)
{
    ended(&p->disk->guest, j, in, p, j->issued);
    return true;
}

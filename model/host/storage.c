/* storage.c - virtual disks through the root to physical disks. */
#include "model/host/storage.h"
#include "model/host/device.h"
#include "model/host/guest.h"
#include "model/host/steps.h"

int storage_operations(struct job *j, const struct instruction *in)
{
    const struct plan *p = job_plan(j, in);
    if (p->read_factor <= 1.0)
        return in->count;
    return device_count(in->count * p->read_factor, &j->rng);
}

/* ---- guest and root side ---- */

static struct station *channel_of(const struct plan *p)
{
    return p->vm->channel[p->disk->spec->controller];
}

bool storage_channel(struct job *j, const struct instruction *in, const struct plan *p)
{
    (void)in;
    return channel_of(p) ? steps_hold(j, channel_of(p), p->row_device) : true;
}

bool storage_submit(struct job *j, const struct instruction *in, const struct plan *p)
{
    (void)in;
    const bool done = steps_burst(j, p->vm, 0.0, 0.0, &p->submit, false);
    if (!done)
        j->burst.suspends = p->exits > 0.0;
    return done;
}

bool storage_worker(struct job *j, const struct instruction *in, const struct plan *p)
{
    (void)in;
    return p->exits > 0.0 ? steps_hold(j, p->vm->worker, p->row_root) : true;
}

bool storage_exits(struct job *j, const struct instruction *in, const struct plan *p)
{
    (void)in;
    return steps_root(j, p->vm->host, -1, p->exits * p->exit_root_ns, p->row_root);
}

/* The round trips are over: the worker is free and the VP goes on. */
static void exits_end(struct job *j, const struct plan *p)
{
    if (p->exits <= 0.0)
        return;
    steps_release(j);
    if (j->suspended)
        guest_resume(j->suspended);
    j->suspended = NULL;
}

bool storage_root(struct job *j, const struct instruction *in, const struct plan *p)
{
    (void)in;
    exits_end(j, p);
    return steps_root(j, p->vm->host, -1, p->root_ns, p->row_root);
}

bool storage_delay(struct job *j, const struct instruction *in, const struct plan *p)
{
    (void)in;
    job_phase(j, 0.0, p->latency_ns);
    return steps_delay(j, p->latency_ns, p->row_device);
}

bool storage_complete(struct job *j, const struct instruction *in, const struct plan *p)
{
    const bool write = in->step->kind == STEP_WRITE;
    const double ns = (double)(job_run(j)->sim.now - j->device_since);
    device_view(p->device, -1);
    device_account(&p->disk->done, write, p->bytes, ns);
    device_account(&p->device->done, write, p->bytes, ns);
    return steps_burst(j, p->vm, 0.0, 0.0, &p->complete, true);
}

bool storage_leave(struct job *j, const struct instruction *in, const struct plan *p)
{
    (void)in;
    if (channel_of(p))
        steps_release(j);
    return true;
}

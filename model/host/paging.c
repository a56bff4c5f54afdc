/* paging.c - hard faults as part of the jobs that fault. */
#include "model/host/paging.h"
#include "model/host/device.h"
#include "model/host/steps.h"

int paging_disk(const struct vm_spec *vm)
{
    for (int i = 0; i < vm->disks; i++)
        if (vm->disk[i].kind != VDISK_ISCSI)
            return i;
    return -1;
}

/* The faults are spread evenly over the burst. */
double paging_cut(struct job *j, const struct instruction *in, const struct plan *p, double native)
{
    const double expected = p->vm->pages_per_s * native * 1e-9;
    j->faults = 0;
    if (expected <= 0.0)
        return native;
    RUN_CHECK(job_run(j), in[1].op == OP_FAULT);
    j->faults = device_count(expected, &j->rng);
    j->fault_ns = native / (j->faults + 1);
    return j->fault_ns;
}

int paging_operations(struct job *j, const struct instruction *in)
{
    const struct plan *p = job_plan(j, in);
    if (j->faults == 0 || in->op == OP_FAULT)
        return j->faults;
    return p->disk ? device_count(j->faults * p->vm->page_writes, &j->rng) : 0;
}

double paging_expected(const struct instruction *in, const struct plan *p, double native)
{
    const double faults = p->vm->pages_per_s * native * 1e-9;
    return in->op == OP_FAULT ? faults : p->disk ? faults * p->vm->page_writes : 0.0;
}

bool paging_trap(struct job *j, const struct instruction *in, const struct plan *p)
{
    const struct overhead trap = {.guest_ns = p->vm->fault_cpu_ns};
    (void)in;
    j->paging = true;
    p->vm->faults += 1.0;
    while (!p->disk && job_stages[OP_FAULT][j->stage] != paging_go_on)
        j->stage++;
    return steps_burst(j, p->vm, 0.0, 0.0, &trap, false);
}

bool paging_go_on(struct job *j, const struct instruction *in, const struct plan *p)
{
    (void)in;
    j->paging = false;
    return steps_burst(j, p->vm, j->fault_ns, p->tax, NULL, false);
}

bool paging_out(struct job *j, const struct instruction *in, const struct plan *p)
{
    (void)in;
    (void)p;
    j->paging = true;
    return true;
}

bool paging_out_done(struct job *j, const struct instruction *in, const struct plan *p)
{
    (void)in;
    (void)p;
    j->paging = false;
    return true;
}

/* laws.c - conservation laws, checked inside every run. */
#include "model/host/laws.h"
#include "model/host/program.h"
#include "model/host/spindle.h"
#include <math.h>

static bool close_to(double a, double b, double scale)
{
    return fabs(a - b) <= LAWS_TOLERANCE * fmax(1.0, fabs(scale));
}

static void check_station(struct run *run, const struct station *s)
{
    if (s)
        RUN_CHECK(run, station_law_breach(s) <= LAWS_TOLERANCE);
}

static double in_progress(const struct burst *b)
{
    return b && b->account ? b->hypervisor_ns : 0.0;
}

/* Hypervisor time that the accounts will get when the bursts in progress end. */
static double unbooked(const struct run *run, const struct host *h)
{
    double ns = 0.0;
    for (int i = 0; i < h->vps; i++) {
        ns += in_progress(h->vp[i]->burst);
        for (const struct burst *b = h->vp[i]->interrupt; b; b = b->next)
            ns += in_progress(b);
    }
    for (int i = 0; i < run->model->vms; i++)
        for (const struct burst *b = run->vm[i].host == h ? run->vm[i].queue : NULL; b; b = b->next)
            ns += in_progress(b);
    return ns;
}

/* Hypervisor time of LPs = that of VPs = that of the accounts, the host's and the VPs'. */
static void check_accounts(const struct run *run, const struct host *h)
{
    double lps = 0.0, vps = 0.0, booked = 0.0;
    for (int i = 0; i < h->lps; i++)
        lps += h->lp[i].hypervisor_ns;
    for (int i = 0; i < h->vps; i++)
        vps += h->vp[i]->hypervisor_ns;
    for (int k = 0; k < ACCOUNTS; k++) {
        double sum = 0.0;
        for (int i = 0; i < h->vps; i++)
            sum += h->vp[i]->account[k];
        RUN_CHECK(run, close_to(sum, h->account[k], lps));
        booked += h->account[k];
    }
    RUN_CHECK(run, close_to(lps, vps, lps));
    RUN_CHECK(run, close_to(lps, booked + unbooked(run, h), lps));
}

/* Sum over LPs = sum over VPs, and no LP was busy longer than the clock ran. */
static void check_host(struct run *run, const struct host *h)
{
    const double now = (double)run->sim.now;
    double lps = 0.0, vps = 0.0;
    for (int i = 0; i < h->lps; i++) {
        const double busy = h->lp[i].guest_ns + h->lp[i].hypervisor_ns;
        RUN_CHECK(run, busy <= now * (1.0 + LAWS_TOLERANCE) + 1.0);
        lps += busy;
    }
    for (int i = 0; i < h->vps; i++)
        vps += h->vp[i]->guest_ns + h->vp[i]->hypervisor_ns;
    RUN_CHECK(run, close_to(lps, vps, lps));
    RUN_CHECK(run, close_to(lps, h->busy_area, now * h->lps));
    check_accounts(run, h);
    for (int i = 0; i < h->spec->disks; i++)
        for (int q = 0; q < h->disk[i].queues; q++)
            check_station(run, h->disk[i].spindle[q].station);
    for (int i = 0; i < h->spec->nics; i++) {
        check_station(run, h->nic[i].transmit);
        check_station(run, h->nic[i].receive);
    }
}

/* Jobs in = jobs out + jobs refused + jobs inside; area of jobs inside = responses + time of the refused + ages; breakdown =
 * response. */
static void check_workload(struct run *run, const struct workload *w)
{
    const double now = (double)run->sim.now;
    const double area = w->inside_area + (double)w->inside * (now - (double)w->inside_since);
    const double ages = (double)w->inside * now - w->born_sum;
    double booked = 0.0;
    RUN_CHECK(run, w->started == w->finished + w->refused + (uint64_t)w->inside);
    RUN_CHECK(run, close_to(area, w->response_ns + w->refused_ns + ages, now * (1.0 + (double)w->inside)));
    for (int i = 0; i < 3 * w->program->rows; i++)
        booked += w->breakdown[i];
    RUN_CHECK(run, close_to(booked, w->response_ns, w->response_ns));
}

void laws_check(struct run *run)
{
    const struct model *m = run->model;
    for (int i = 0; i < m->hosts; i++)
        check_host(run, &run->host[i]);
    for (int i = 0; i < m->vms; i++) {
        check_station(run, run->vm[i].pool);
        check_station(run, run->vm[i].worker);
        for (int c = 0; c < CTRL_KINDS; c++)
            for (int k = 0; k < CONTROLLERS; k++)
                check_station(run, run->vm[i].channel[c][k]);
    }
    for (int i = 0; i < m->externals; i++)
        check_station(run, run->external[i].station);
    for (int i = 0; i < m->locks; i++)
        check_station(run, run->lock[i]);
    for (int i = 0; i < run->workloads; i++)
        check_workload(run, &run->workload[i]);
}

/* backtest.c - a model against a log. */
#include "calibrate/backtest.h"
#include "model/base/text.h"
#include "model/host/study.h"
#include "scenarios/load.h"
#include <math.h>
#include <string.h>

#define MAX_EVENTS UINT64_C(40000000)

struct comparison {
    struct arena *arena;
    const struct scenario_result *run;
    struct report_card *card;
    int room;
};

static struct fit_vm *vm_of(const struct fit *f, const char *name)
{
    for (int i = 0; i < f->hosts; i++) {
        for (int k = 0; k < f->host[i].vms; k++) {
            if (text_same(f->host[i].vm[k].name, name)) {
                return &f->host[i].vm[k];
            }
        }
    }
    return NULL;
}

void backtest_load(struct fit *f, const struct fit *measured)
{
    for (int i = 0; i < f->hosts; i++) {
        for (int k = 0; k < f->host[i].vms; k++) {
            struct fit_vm *v = &f->host[i].vm[k];
            const struct fit_vm *m = vm_of(measured, v->name);
            if (m == NULL || v->unit == UNIT_OF_TIME || m->unit != v->unit || !(m->rate_per_s > 0.0)) {
                continue;
            }
            const double ratio = m->rate_per_s / v->rate_per_s;
            v->rate_per_s = m->rate_per_s;
            for (int w = 0; w < v->flows; w++) {
                v->flow[w].per_s *= ratio;
            }
        }
    }
}

static double predicted(const struct comparison *c, const char *name)
{
    const struct metric *m = result_metric(c->run, name);
    return m != NULL ? m->mean : (double)NAN;
}

/* Rows without a measured value are left out; a metric that the model lacks is an error of 100. */
static void row(struct comparison *c, const char *metric, const char *measure, double scale, double measured,
                double weight)
{
    if (isnan(measured)) {
        return;
    }
    const double value = predicted(c, metric);
    const bool points = strcmp(measure, "points") == 0;
    double error = points           ? (value - measured) * scale * 100.0
                   : measured > 0.0 ? (value / measured - 1.0) * 100.0
                                    : 0.0;
    error = isnan(error) ? 100.0 : error;
    const size_t n = (size_t)c->card->rows;
    if (c->card->rows == c->room) {
        c->room = c->room == 0 ? 32 : 2 * c->room;
        c->card->row = arena_grow(c->arena, c->card->row, n, (size_t)c->room, sizeof *c->card->row);
    }
    c->card->row[c->card->rows++] = (struct card_row){metric, measured, value, error, measure, weight};
}

static char *name_of(const struct comparison *c, const char *kind, const char *a, const char *b,
                     const char *what)
{
    return arena_printf(c->arena, "%s.%s%s%s.%s", kind, a, b[0] != '\0' ? "." : "", b, what);
}

static void compare_disk(struct comparison *c, const struct fit_host *h, const struct fit_disk *d)
{
    const double x = d->reads + d->writes;
    const double latency = ((d->reads > 0.0 ? d->reads * d->read_latency_s : 0.0) +
                            (d->writes > 0.0 ? d->writes * d->write_latency_s : 0.0)) /
                           x;
    /* With several servers, time with some operation inside is not the mean share of busy servers. */
    if (d->servers == 1) {
        row(c, name_of(c, "disk", h->name, d->name, "utilization"), "points", 1.0, d->utilization, 1.0);
    }
    row(c, name_of(c, "disk", h->name, d->name, "iops"), "%", 1.0, x > 0.0 ? x : (double)NAN, 0.5);
    row(c, name_of(c, "disk", h->name, d->name, "latency_s"), "%", 1.0, latency, x > 1.0 ? 1.0 : 0.2);
}

static double nic_busiest(const struct fit_host *h, const struct fit_nic *n)
{
    const double sent = grid_mean(h->grid, grid_values(h->grid, n->log->by[CTR_NIC_SENT_BYTES]));
    const double received = grid_mean(h->grid, grid_values(h->grid, n->log->by[CTR_NIC_RECEIVED_BYTES]));
    return fmax(sent, received) / n->bytes_per_s;
}

static void compare_vm(struct comparison *c, const struct fit_vm *v)
{
    const double hypervisor = isnan(v->hypervisor_lps) ? 0.0 : v->hypervisor_lps;
    row(c, name_of(c, "vm", v->name, "", "cpu"), "points", 1.0 / v->vcpus, v->cpu_lps + hypervisor, 2.0);
    /* Below 20 us there is no contention to predict (an idle host measures 7 to 10 us). */
    if (v->wait_ns > 20e3) {
        row(c, name_of(c, "vm", v->name, "", "wait_per_dispatch_ns"), "%", 1.0, v->wait_ns, 0.25);
    }
    if (v->unit == UNIT_OF_COUNTER) {
        row(c, name_of(c, "workload", v->workload, "", "throughput_per_s"), "%", 1.0, v->rate_per_s, 1.0);
        row(c, name_of(c, "workload", v->workload, "", "response_s"), "%", 1.0, v->response_s, 1.0);
    }
}

static void compare_host(struct comparison *c, const struct fit_host *h)
{
    row(c, name_of(c, "host", h->name, "", "lp.utilization"), "points", 1.0, h->busy, 3.0);
    if (h->hyperv) {
        const double hypervisor = h->split ? h->hypervisor / h->lps : (double)NAN;
        row(c, name_of(c, "host", h->name, "", "lp.hypervisor"), "points", 1.0, hypervisor, 1.0);
        row(c, name_of(c, "host", h->name, "", "root.cpu"), "points", 1.0 / h->lps, h->root_lps, 1.0);
    }
    for (int i = 0; i < h->vms; i++) {
        compare_vm(c, &h->vm[i]);
    }
    for (int i = 0; i < h->disks; i++) {
        compare_disk(c, h, &h->disk[i]);
    }
    for (int i = 0; i < h->nics; i++) {
        row(c, name_of(c, "nic", h->name, h->nic[i].name, "utilization"), "points", 1.0,
            nic_busiest(h, &h->nic[i]), 0.5);
    }
}

bool backtest_run(struct arena *a, const struct node *root, const struct fit *measured,
                  const struct backtest_options *o, struct report_card *card, struct errs *e)
{
    struct errs *quiet = errs_new(a); /* warnings are those of the finished model, once */
    const struct model *m = model_load(a, root, quiet);
    if (m == NULL) {
        model_load(a, root, e);
        return false;
    }
    struct study_options options = study_defaults();
    options.seed = o->seed;
    options.threads = o->threads;
    options.precision = 0.03;
    options.max_events = MAX_EVENTS;
    options.prove_bottleneck = false;
    struct result r = {.scenarios = 0};
    study_run(a, &options, &(struct study_case){.name = "back-test", .model = m}, 1, &r);
    struct comparison c = {.arena = a, .run = &r.scenario[0], .card = card};
    for (int i = 0; i < measured->hosts; i++) {
        compare_host(&c, &measured->host[i]);
    }
    return true;
}

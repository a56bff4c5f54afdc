/* opinion_links.c - M/G/1 for links. */
#include "model/host/opinion_links.h"
#include "model/host/program.h"

/* One direction of a link. */
struct direction {
    const struct pnic *nic;
    bool out;
    double busy, second; /* per second: transfer time, and its square, in s */
};

struct directions {
    struct arena *arena;
    struct direction *row;
    int n, capacity;
};

struct visitor {
    struct directions *all;
    double rate; /* > 0: adds the load; 0: sums up the time of one job */
    double time_s;
};

static struct direction *find(struct directions *all, const struct pnic *nic, bool out)
{
    for (int i = 0; i < all->n; i++)
        if (all->row[i].nic == nic && all->row[i].out == out)
            return &all->row[i];
    struct direction *d = ARENA_PUSH(all->arena, all->row, all->n, all->capacity);
    *d = (struct direction){.nic = nic, .out = out};
    return d;
}

/* A connection keeps one lane, each as often as the others. */
static void visit(struct visitor *v, const struct lanes *l, bool out, double times)
{
    for (int i = 0; i < l->n; i++) {
        struct direction *d = find(v->all, l->lane[i].nic, out);
        const double s = 1e-9 * l->lane[i].ns, n = times / l->n;
        if (v->rate > 0.0) {
            d->busy += v->rate * n * s;
            d->second += v->rate * n * s * s;
        } else {
            v->time_s += n * (s + d->second / (2.0 * (1.0 - d->busy)));
        }
    }
}

static bool is_message(const struct instruction *in)
{
    return in->op == OP_SEND || in->op == OP_RECEIVE;
}

static int plans_of(const struct program *p, const struct instruction *in)
{
    return p->members[in->site] * (in->peer_site >= 0 ? p->members[in->peer_site] : 1);
}

static void walk(struct visitor *v, const struct workload *w)
{
    const struct program *p = w->program;
    for (int i = 0; i < p->length; i++) {
        const struct instruction *in = &p->code[i];
        const int plans = is_message(in) ? plans_of(p, in) : 0;
        for (int k = 0; k < plans; k++) {
            visit(v, &in->plan[k].out, true, (double)in->count / plans);
            visit(v, &in->plan[k].in, false, (double)in->count / plans);
        }
    }
}

static bool holds(const struct workload *w)
{
    const struct program *p = w->program;
    bool messages = false;
    for (int i = 0; i < p->length; i++) {
        const struct instruction *in = &p->code[i];
        messages = messages || is_message(in);
        if (in->op == OP_CONNECT ||
            in->op == OP_LOOP) /* tear-downs come in batches; iSCSI depends on the file cache */
            return false;
        for (int k = 0; is_message(in) && k < plans_of(p, in); k++)
            if (in->plan[k].chunks > 1)
                return false;
    }
    return !messages || (w->spec->arrivals == ARRIVAL_OPEN && w->spec->scv == 1.0 && w->spec->burst <= 1.0);
}

double *opinion_links_times(struct arena *a, const struct run *run, const double *rate)
{
    const int n = run->model->workloads;
    struct directions all = {.arena = a};
    double *time_s = ARENA_ARRAY(a, double, (size_t)n);
    for (int w = 0; w < n; w++) {
        struct visitor v = {.all = &all, .rate = rate[w]};
        if (!holds(&run->workload[w]))
            return NULL;
        if (rate[w] > 0.0)
            walk(&v, &run->workload[w]);
    }
    for (int i = 0; i < all.n; i++)
        if (all.row[i].busy >= 1.0)
            return NULL;
    for (int w = 0; w < n; w++) {
        struct visitor v = {.all = &all};
        walk(&v, &run->workload[w]);
        time_s[w] = v.time_s;
    }
    return time_s;
}

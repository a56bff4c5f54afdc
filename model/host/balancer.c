/* balancer.c - the root's I/O balancer in front of a physical disk. */
#include "model/host/balancer.h"

/* Operations of one VM that wait. */
struct flow {
    const struct vm *vm;
    struct disk_op *first, *last;
};

struct balancer {
    struct pdisk *disk;
    struct flow *flow;
    int flows, capacity;
    double target_ns, turn_ns;
    double given_ns; /* work that the disk has */
    int given, held;
    int turn; /* whose turn it is */
    double left_ns;
    double held_area;
    sim_ns held_since;
};

static double parameter(const struct pdisk *d, const char *name)
{
    return d->host->run->model->overhead[mechanism_param_index("disk_path", name)];
}

static bool applies(const struct pdisk *d, const struct vdisk_spec *s)
{
    const struct vdisk_trait *trait = &vdisk_traits[s->kind];
    if (d->host->native || !trait->root)
        return false;
    return d->spec->balancer_stated ? d->spec->balancer : trait->file && d->spec->kind != PDISK_SAN;
}

static struct balancer *balancer_new(struct pdisk *d)
{
    struct balancer *b = ARENA_NEW(d->host->run->arena, struct balancer);
    b->disk = d;
    b->target_ns = parameter(d, "balance_target") * d->spec->spindles;
    b->turn_ns = d->visit[false].position_ns / parameter(d, "balance_overhead");
    return b;
}

int balancer_join(struct pdisk *d, const struct vm *vm, const struct vdisk_spec *s)
{
    if (!applies(d, s))
        return -1;
    if (!d->balancer)
        d->balancer = balancer_new(d);
    struct balancer *b = d->balancer;
    for (int i = 0; i < b->flows; i++)
        if (b->flow[i].vm == vm)
            return i;
    *ARENA_PUSH(d->host->run->arena, b->flow, b->flows, b->capacity) = (struct flow){.vm = vm};
    return b->flows - 1;
}

/* Each server has something to do, and all of them together as much as they may have. */
static bool disk_full(const struct balancer *b)
{
    return b->given >= b->disk->spec->spindles && b->given_ns >= b->target_ns;
}

static void held_change(struct balancer *b, int change)
{
    const sim_ns now = b->disk->host->run->sim.now;
    b->held_area += (double)b->held * (double)(now - b->held_since);
    b->held_since = now;
    b->held += change;
}

double balancer_held_area(const struct pdisk *d)
{
    const struct balancer *b = d->balancer;
    return b ? b->held_area + (double)b->held * (double)(d->host->run->sim.now - b->held_since) : 0.0;
}

#define RULES 0.05 /* share of the waiting that it held */

bool balancer_rules(const struct pdisk *d)
{
    return d->balancer && balancer_held_area(d) > RULES * spindle_read(d).waiting_area;
}

static void give(struct balancer *b, struct disk_op *op)
{
    op->given_ns = op->customer.demand_ns;
    b->given_ns += op->given_ns;
    b->given++;
    station_submit(op->to, &op->customer);
}

static void hold(struct balancer *b, struct disk_op *op)
{
    struct flow *f = &b->flow[op->flow];
    op->next = NULL;
    *(f->first ? &f->last->next : &f->first) = op;
    f->last = op;
    held_change(b, 1);
}

void balancer_submit(struct disk_op *op, struct station *to)
{
    struct balancer *b = op->disk->balancer;
    op->to = to;
    if (op->flow < 0 || b->flows < 2) {
        op->flow = -1;
        station_submit(to, &op->customer);
    } else if (b->held == 0 && !disk_full(b)) {
        give(b, op);
    } else {
        hold(b, op);
    }
}

/* The run of the VM in turn goes on while there is time left for it; else it is the next one's turn. */
static struct disk_op *take_next(struct balancer *b)
{
    struct flow *f = &b->flow[b->turn];
    if (!f->first || b->left_ns <= 0.0 || !f->first->stream) {
        do
            b->turn = b->turn + 1 < b->flows ? b->turn + 1 : 0;
        while (!b->flow[b->turn].first);
        f = &b->flow[b->turn];
        b->left_ns = b->turn_ns;
    }
    struct disk_op *op = f->first;
    f->first = op->next;
    b->left_ns -= op->stream ? op->customer.demand_ns : b->left_ns;
    held_change(b, -1);
    return op;
}

void balancer_finish(struct disk_op *op)
{
    struct balancer *b = op->disk->balancer;
    if (op->flow < 0)
        return;
    b->given_ns -= op->given_ns;
    b->given--;
    while (b->held > 0 && !disk_full(b))
        give(b, take_next(b));
}

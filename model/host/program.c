/* program.c - a workload compiled for one run. */
#include "model/host/program.h"
#include "model/host/place.h"
#include <string.h>

struct compiler {
    struct run *run;
    struct workload *workload;
    const struct workload_spec *spec;
    struct program *p;
};

static void compile_block(struct compiler *c, const struct step *steps, int n, int outer);

int program_row(struct run *run, struct program *p, const char *resource)
{
    for (int i = 0; i < p->rows; i++)
        if (strcmp(p->row[i], resource) == 0)
            return i;
    *ARENA_PUSH(run->arena, p->row, p->rows, p->row_capacity) = arena_strdup(run->arena, resource);
    return p->rows - 1;
}

static int row_format(struct compiler *c, const char *kind, const char *a, const char *b)
{
    struct arena *arena = c->run->arena;
    return program_row(c->run, c->p,
                       b ? arena_printf(arena, "%s.%s.%s", kind, a, b)
                         : arena_printf(arena, "%s.%s", kind, a));
}

static int emit(struct compiler *c, enum op op, const struct step *s, int site)
{
    struct program *p = c->p;
    struct instruction *in = ARENA_PUSH(c->run->arena, p->code, p->length, p->capacity);
    *in = (struct instruction){.op = op, .step = s, .site = site, .peer_site = -1, .count = 1, .join = -1};
    return p->length - 1;
}

/* ---- plans ---- */

static int row_vcpu(struct compiler *c, const struct vm *vm)
{
    return row_format(c, "vm", vm->spec->name, "vcpu");
}
static int row_lp(struct compiler *c, const struct vm *vm)
{
    return row_format(c, "host", vm->host->spec->name, "lp");
}
static int row_root(struct compiler *c, const struct vm *vm)
{
    return vm->host->native ? 0 : row_format(c, "host", vm->host->spec->name, "root");
}
static int row_nic(struct compiler *c, const struct vm *vm, const struct vnic *nic)
{
    return row_format(c, "nic", vm->host->spec->name, nic->on->spec->name);
}

static void plan_common(struct compiler *c, struct plan *p)
{
    place_plan_cpu(p, c->run, c->spec);
    p->read_factor = 1.0;
    p->row_vcpu = row_vcpu(c, p->vm);
    p->row_lp = row_lp(c, p->vm);
    p->row_root = row_root(c, p->vm);
    if (p->peer) {
        p->row_peer_vcpu = row_vcpu(c, p->peer);
        p->row_peer_lp = row_lp(c, p->peer);
        p->row_peer_root = row_root(c, p->peer);
    }
}

static void plan_message(struct compiler *c, struct plan *p, const struct instruction *in, int nic)
{
    const bool sending = in->op == OP_SEND;
    place_net_message(p, c->run, c->spec, in->step, nic, sending);
    const int here = row_nic(c, p->vm, p->nic);
    const int there = p->peer ? row_nic(c, p->peer, p->peer_nic) : here;
    p->row_transmit = sending ? here : there;
    p->row_receive = sending ? there : here;
}

static void plan_operation(struct compiler *c, struct plan *p, const struct instruction *in, int member)
{
    const struct step *s = in->step;
    switch (in->op) {
    case OP_DISK:
        place_disk_plan(p, c->run, c->spec, s, s->device[member]);
        p->row_device = row_format(c, "disk", p->vm->host->spec->name, p->device->spec->name);
        break;
    case OP_SEND:
    case OP_RECEIVE:
        plan_message(c, p, in, s->device[member]);
        break;
    case OP_CONNECT:
        place_net_connect(p, c->run, c->spec, s->device[member]);
        break;
    case OP_SPAWN:
        place_plan_spawn(p, c->run, c->spec);
        break;
    case OP_EXTERNAL:
        p->external = &c->run->external[s->external];
        p->row_device = row_format(c, "external", p->external->spec->name, NULL);
        break;
    case OP_POOL:
        p->row_device = row_format(c, "pool", p->vm->spec->name, NULL);
        break;
    default:
        break;
    }
}

/* Costs of instruction `at` for each member of its site (and of the peer's site). */
static void make_plans(struct compiler *c, int at)
{
    struct instruction *in = &c->p->code[at];
    const struct site *site = &c->spec->site[in->site];
    const struct site *peer = in->peer_site >= 0 ? &c->spec->site[in->peer_site] : NULL;
    const int peers = peer ? peer->n : 1;
    in->plan = ARENA_ARRAY(c->run->arena, struct plan, (size_t)(site->n * peers));
    for (int m = 0; m < site->n; m++) {
        for (int k = 0; k < peers; k++) {
            struct plan *p = &in->plan[m * peers + k];
            p->vm = &c->run->vm[site->vm[m]];
            p->peer = peer ? &c->run->vm[peer->vm[k]] : NULL;
            plan_common(c, p);
            plan_operation(c, p, in, m);
        }
    }
}

/* A trace with a CPU column says each job's demand itself: the means only share it out. */
static struct dist demand_of(const struct compiler *c, const struct time_spec *t)
{
    if (c->spec->arrivals != ARRIVAL_TRACE || !c->spec->trace.cpu_ns)
        return place_dist(t);
    const struct time_spec constant = {.mean_ns = t->mean_ns, .scv = 0.0, .family = DIST_DETERMINISTIC};
    return place_dist(&constant);
}

/* ---- steps ---- */

static void emit_cpu(struct compiler *c, const struct step *s)
{
    const int at = emit(c, s->threads > 1 ? OP_CPU_PARTS : OP_CPU, s, s->site);
    c->p->code[at].demand = demand_of(c, &s->time);
    c->workload->cpu_mean_ns += s->time.mean_ns;
    make_plans(c, at);
    if (s->threads <= 1)
        return;
    make_plans(c, emit(c, OP_CPU_PART, s, s->site));
    emit(c, OP_JOIN, NULL, s->site);
    c->p->code[at].join = c->p->length;
}

static void emit_operation(struct compiler *c, const struct step *s, enum op op)
{
    const int at = emit(c, op, s, s->site);
    struct instruction *in = &c->p->code[at];
    in->count = s->count > 0 ? s->count : 1;
    if (op == OP_SEND || op == OP_RECEIVE)
        in->peer_site = s->peer_site;
    if (op == OP_EXTERNAL)
        in->demand = place_dist(&s->time);
    make_plans(c, at);
}

static void emit_lock(struct compiler *c, const struct step *s)
{
    const int at = emit(c, OP_LOCK, s, s->site);
    c->p->code[at].lock = s->lock;
    c->p->code[at].row = row_format(c, "lock", c->run->model->lock[s->lock], NULL);
    compile_block(c, s->child, s->children, s->site);
    emit(c, OP_RELEASE, NULL, s->site);
}

static void emit_parallel(struct compiler *c, const struct step *s)
{
    const int at = emit(c, OP_FORK, s, s->site);
    int *start = ARENA_ARRAY(c->run->arena, int, (size_t)s->branches);
    for (int b = 0; b < s->branches; b++) {
        start[b] = c->p->length;
        compile_block(c, s->branch[b], s->branch_steps[b], s->site);
        emit(c, OP_JOIN, NULL, s->site);
    }
    c->p->code[at].branch = start;
    c->p->code[at].branches = s->branches;
    c->p->code[at].join = c->p->length;
}

static void emit_step(struct compiler *c, const struct step *s)
{
    switch (s->kind) {
    case STEP_CPU:
        emit_cpu(c, s);
        break;
    case STEP_READ:
    case STEP_WRITE:
        emit_operation(c, s, OP_DISK);
        break;
    case STEP_SEND:
        emit_operation(c, s, OP_SEND);
        break;
    case STEP_RECEIVE:
        emit_operation(c, s, OP_RECEIVE);
        break;
    case STEP_CONNECT:
        emit_operation(c, s, OP_CONNECT);
        break;
    case STEP_SPAWN:
        emit_operation(c, s, OP_SPAWN);
        break;
    case STEP_EXTERNAL:
        emit_operation(c, s, OP_EXTERNAL);
        break;
    case STEP_CALL:
        compile_block(c, s->child, s->children, -1);
        break;
    case STEP_LOCK:
        emit_lock(c, s);
        break;
    case STEP_PARALLEL:
        emit_parallel(c, s);
        break;
    }
}

static bool pooled(const struct compiler *c, int site)
{
    for (int m = 0; m < c->spec->site[site].n; m++)
        if (c->run->vm[c->spec->site[site].vm[m]].pool)
            return true;
    return false;
}

/* A block holds a thread of the VM that it is on, from its first step there to its last in a row. `outer`: the site whose
 * thread is held around the block, -1 = none. */
static void compile_block(struct compiler *c, const struct step *steps, int n, int outer)
{
    int held = outer;
    for (int i = 0; i < n; i++) {
        const int site = steps[i].site;
        if (site != held) {
            if (held != outer && pooled(c, held))
                emit(c, OP_RELEASE, NULL, held);
            if (site != outer && pooled(c, site))
                make_plans(c, emit(c, OP_POOL, NULL, site));
            held = site;
        }
        emit_step(c, &steps[i]);
    }
    if (held != outer && held >= 0 && pooled(c, held))
        emit(c, OP_RELEASE, NULL, held);
}

struct program *program_compile(struct run *run, struct workload *w)
{
    struct arena *a = run->arena;
    struct program *p = ARENA_NEW(a, struct program);
    struct compiler c = {.run = run, .workload = w, .spec = w->spec, .p = p};
    p->sites = w->spec->sites;
    p->members = ARENA_ARRAY(a, int, (size_t)p->sites);
    for (int s = 0; s < p->sites; s++)
        p->members[s] = w->spec->site[s].n;
    compile_block(&c, w->spec->step, w->spec->steps, -1);
    emit(&c, OP_FINISH, NULL, 0);
    return p;
}

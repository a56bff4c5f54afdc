/* program.c - a workload compiled for one run. */
#include "model/host/program.h"
#include "model/host/memory.h"
#include "model/host/paging.h"
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
static void rows_of_lanes(struct compiler *c, const struct vm *vm, struct lanes *lanes)
{
    for (int i = 0; i < lanes->n; i++)
        lanes->lane[i].row = row_format(c, "nic", vm->host->spec->name, lanes->lane[i].nic->spec->name);
}

static void plan_common(struct compiler *c, struct plan *p)
{
    place_plan_cpu(p, c->run, c->spec);
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
    rows_of_lanes(c, sending ? p->vm : p->peer, &p->out);
    rows_of_lanes(c, sending ? p->peer : p->vm, &p->in);
}

static void plan_connect(struct compiler *c, struct plan *p, int nic)
{
    place_net_connect(p, c->run, c->spec, nic);
    rows_of_lanes(c, p->vm, &p->out);
    rows_of_lanes(c, p->peer, &p->in);
    rows_of_lanes(c, p->peer, &p->answer_out);
    rows_of_lanes(c, p->vm, &p->answer_in);
}

static void plan_operation(struct compiler *c, struct plan *p, const struct instruction *in, int member)
{
    const struct step *s = in->step;
    switch (in->op) {
    case OP_DISK:
    case OP_INITIATE:
    case OP_LUN:
    case OP_AGAIN:
        place_disk_plan(p, c->run, c->spec, s, s->device[member]);
        p->row_device = row_format(c, "disk", p->vm->host->spec->name, p->device->spec->name);
        break;
    case OP_FAULT:
    case OP_PAGE_OUT:
        if (paging_disk(p->vm->spec) < 0)
            break;
        place_disk_plan(p, c->run, c->spec, s, paging_disk(p->vm->spec));
        p->row_device = row_format(c, "disk", p->vm->host->spec->name, p->device->spec->name);
        break;
    case OP_SEND:
    case OP_RECEIVE:
        plan_message(c, p, in, s->device[member]);
        break;
    case OP_CONNECT:
        plan_connect(c, p, s->device[member]);
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

static const struct vdisk_spec *vdisk_of(const struct compiler *c, const struct step *s, int member)
{
    const struct vm *vm = &c->run->vm[c->spec->site[s->site].vm[member]];
    return &vm->spec->disk[s->device[member]];
}

/* A member whose disk is reached by its own initiator goes through the loop, the others through OP_DISK. */
static bool skips(const struct compiler *c, const struct instruction *in, int member)
{
    if (in->loop)
        return vdisk_of(c, in->loop, member)->kind != VDISK_ISCSI;
    return in->op == OP_DISK && vdisk_of(c, in->step, member)->kind == VDISK_ISCSI;
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
            p->pieces = 1;
            p->skipped = skips(c, in, m);
            plan_common(c, p);
            if (!p->skipped)
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

/* ---- memory ---- */

static bool site_lacks(const struct compiler *c, int site)
{
    for (int m = 0; m < c->spec->site[site].n; m++)
        if (memory_may_lack(&c->run->vm[c->spec->site[site].vm[m]]))
            return true;
    return false;
}

static void emit_paging(struct compiler *c, enum op op, enum step_kind kind, double bytes,
                        const struct instruction *cpu)
{
    struct step *s = ARENA_NEW(c->run->arena, struct step);
    const struct dist demand = cpu->demand;
    *s = (struct step){.kind = kind, .site = cpu->site, .size_bytes = bytes, .count = 1, .peer_site = -1};
    const int at = emit(c, op, s, cpu->site);
    c->p->code[at].demand = demand;
    make_plans(c, at);
}

/* After a burst: the faults that cut it, and the pages that give way. */
static void emit_faults(struct compiler *c, int cpu)
{
    const struct instruction burst = c->p->code[cpu];
    if (!site_lacks(c, burst.site))
        return;
    emit_paging(c, OP_FAULT, STEP_READ, PAGING_PAGE_BYTES, &burst);
    emit_paging(c, OP_PAGE_OUT, STEP_WRITE, PAGING_RUN * PAGING_PAGE_BYTES, &burst);
}

static bool site_counts(const struct compiler *c, int site)
{
    for (int m = 0; m < c->spec->site[site].n; m++)
        if (c->run->vm[c->spec->site[site].vm[m]].spec->memory.per_job_bytes > 0.0)
            return true;
    return false;
}

/* ---- steps ---- */

static void emit_cpu(struct compiler *c, const struct step *s)
{
    const int at = emit(c, s->threads > 1 ? OP_CPU_PARTS : OP_CPU, s, s->site);
    c->p->code[at].demand = demand_of(c, &s->time);
    c->workload->cpu_mean_ns += s->time.mean_ns;
    make_plans(c, at);
    if (s->threads <= 1) {
        emit_faults(c, at);
        return;
    }
    const int part = emit(c, OP_CPU_PART, s, s->site);
    make_plans(c, part);
    c->p->code[part].demand = c->p->code[at].demand;
    emit_faults(c, part);
    emit(c, OP_JOIN, NULL, s->site);
    c->p->code[at].join = c->p->length;
}

static void emit_operation(struct compiler *c, const struct step *s, enum op op)
{
    const int at = emit(c, op, s, s->site);
    struct instruction *in = &c->p->code[at];
    in->count = s->count > 0 ? s->count : 1;
    if (op == OP_SEND || op == OP_RECEIVE || op == OP_CONNECT)
        in->peer_site = s->peer_site;
    if (op == OP_EXTERNAL)
        in->demand = place_dist(&s->time);
    make_plans(c, at);
}

/* Header of an iSCSI message (RFC 7143, section 11). */
#define ISCSI_HEADER_BYTES 48.0

/* The request of an operation, or its answer: data go with the request of a write and the answer of a read. */
static const struct step *iscsi_message(const struct compiler *c, const struct step *s, bool request)
{
    struct arena *a = c->run->arena;
    const int members = c->spec->site[s->site].n;
    struct step *message = ARENA_NEW(a, struct step);
    const bool data = request == (s->kind == STEP_WRITE);
    *message = (struct step){.kind = request ? STEP_SEND : STEP_RECEIVE,
                             .site = s->site,
                             .device = ARENA_ARRAY(a, int, (size_t)members),
                             .size_bytes = ISCSI_HEADER_BYTES + (data ? s->size_bytes : 0.0),
                             .count = 1,
                             .peer_site = -1};
    for (int m = 0; m < members; m++)
        message->device[m] = vdisk_of(c, s, m)->kind == VDISK_ISCSI ? vdisk_of(c, s, m)->nic : 0;
    return message;
}

static int emit_looped(struct compiler *c, enum op op, const struct step *s, const struct step *loop)
{
    const int at = emit(c, op, s, s->site);
    c->p->code[at].loop = loop;
    make_plans(c, at);
    return at;
}

static void emit_initiator(struct compiler *c, const struct step *s)
{
    const int begin = emit_looped(c, OP_LOOP, s, s);
    emit_looped(c, OP_INITIATE, s, s);
    emit_looped(c, OP_SEND, iscsi_message(c, s, true), s);
    emit_looped(c, OP_LUN, s, s);
    emit_looped(c, OP_RECEIVE, iscsi_message(c, s, false), s);
    const int again = emit_looped(c, OP_AGAIN, s, s);
    c->p->code[again].join = begin + 1;
    c->p->code[begin].join = c->p->length;
}

static void emit_disk(struct compiler *c, const struct step *s)
{
    const int members = c->spec->site[s->site].n;
    int initiators = 0;
    for (int m = 0; m < members; m++)
        initiators += vdisk_of(c, s, m)->kind == VDISK_ISCSI;
    if (initiators < members)
        emit_operation(c, s, OP_DISK);
    if (initiators > 0)
        emit_initiator(c, s);
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
        emit_disk(c, s);
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

/* A job is inside the VM, with its memory, from before it has a thread. */
static void emit_arrive(struct compiler *c, int site)
{
    if (site_counts(c, site))
        make_plans(c, emit(c, OP_ENTER, NULL, site));
    if (pooled(c, site))
        make_plans(c, emit(c, OP_POOL, NULL, site));
}

static void emit_leave(struct compiler *c, int site)
{
    if (pooled(c, site))
        emit(c, OP_RELEASE, NULL, site);
    if (site_counts(c, site))
        emit(c, OP_RELEASE, NULL, site);
}

/* A block holds a thread of the VM that it is on, from its first step there to its last in a row. `outer`: the site whose
 * thread is held around the block, -1 = none. */
static void compile_block(struct compiler *c, const struct step *steps, int n, int outer)
{
    int held = outer;
    for (int i = 0; i < n; i++) {
        const int site = steps[i].site;
        if (site != held) {
            if (held != outer)
                emit_leave(c, held);
            if (site != outer)
                emit_arrive(c, site);
            held = site;
        }
        emit_step(c, &steps[i]);
    }
    if (held != outer && held >= 0)
        emit_leave(c, held);
}

bool program_refuses(const struct program *p)
{
    for (int i = 0; i < p->length; i++)
        for (int m = 0; p->code[i].op == OP_POOL && m < p->members[p->code[i].site]; m++)
            if (p->code[i].plan[m].vm->pool && p->code[i].plan[m].vm->spec->pool_queue >= 0)
                return true;
    return false;
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

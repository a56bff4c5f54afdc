/* job.c - one job on its way through the program. */
#include "model/host/job.h"
#include "model/host/arrivals.h"
#include "model/host/connect.h"
#include "model/host/device.h"
#include "model/host/diskview.h"
#include "model/host/network.h"
#include "model/host/paging.h"
#include "model/host/steps.h"
#include "model/host/storage.h"
#include <math.h>
#include <string.h>

const struct instruction *job_instruction(const struct job *j)
{
    return &j->workload->program->code[j->pc];
}

const struct plan *job_plan(const struct job *j, const struct instruction *in)
{
    if (!in->plan)
        return NULL;
    const int member = j->member[in->site];
    if (in->peer_site < 0)
        return &in->plan[member];
    const int peers = j->workload->program->members[in->peer_site];
    return &in->plan[member * peers + j->member[in->peer_site]];
}

/* ---- accounts of the job's life ---- */

void job_phase(struct job *j, double service_ns, double overhead_ns)
{
    j->phase = job_run(j)->sim.now;
    j->service_ns = service_ns;
    j->overhead_ns = overhead_ns;
}

static double *row_of(struct job *j, int row)
{
    if (!j->is_touched[row]) {
        j->is_touched[row] = true;
        j->touched[j->touches++] = row;
    }
    return j->breakdown + row * SHARES;
}

/* Hands what the job has booked to `to`, and leaves it clean for its next life. */
static void rows_hand_over(struct job *j, double *to)
{
    for (int i = 0; i < j->touches; i++) {
        double *from = j->breakdown + j->touched[i] * SHARES;
        for (int k = 0; k < SHARES; k++) {
            if (to)
                to[j->touched[i] * SHARES + k] += from[k];
            from[k] = 0.0;
        }
        j->is_touched[j->touched[i]] = false;
    }
    j->touches = 0;
}

void job_charge(struct job *j, int row, int elsewhere, double elsewhere_ns)
{
    const double elapsed = (double)(job_run(j)->sim.now - j->phase);
    const double own = j->paging ? 0.0 : j->service_ns; /* enough memory would save all of it */
    double service = fmin(elapsed, own);
    double overhead = fmin(elapsed - service, j->overhead_ns + j->service_ns - own);
    double wait = elapsed - service - overhead;
    if (wait < 1.0) { /* the clock's rounding is no waiting */
        *(overhead > service ? &overhead : &service) += wait;
        wait = 0.0;
    }
    double *mine = row_of(j, row);
    mine[SHARE_SERVICE] += service;
    mine[SHARE_OVERHEAD] += overhead;
    const double away = elsewhere_ns > 0.0 ? fmin(wait, elsewhere_ns) : 0.0;
    mine[SHARE_WAIT] += wait - away;
    if (away > 0.0)
        row_of(j, elsewhere)[SHARE_WAIT] += away;
    j->phase = job_run(j)->sim.now;
}

/* ---- birth and death ---- */

static struct job *job_alloc(struct workload *w)
{
    struct job *j = w->free_job;
    struct arena *a = w->run->arena;
    const struct program *p = w->program;
    if (j) {
        w->free_job = j->next_free;
    } else {
        j = ARENA_NEW(a, struct job);
        j->member = ARENA_ARRAY(a, uint16_t, (size_t)p->sites);
        j->breakdown = ARENA_ARRAY(a, double, (size_t)(p->rows * SHARES));
        j->touched = ARENA_ARRAY(a, int, (size_t)p->rows);
        j->is_touched = ARENA_ARRAY(a, bool, (size_t)p->rows);
        j->workload = w;
    }
    j->holds = NULL;
    j->parent = NULL;
    j->pending = 0;
    j->suspended = NULL;
    j->exit = 0;
    j->flow = j->flows = 0;
    j->open = NULL;
    j->link_busy = j->link_wanted = j->entering = j->refused = j->paging = false;
    j->arrival_busy = j->arrival_wanted = false;
    j->at_door = j->arrived = 0;
    j->burst.vp = NULL;
    j->born = j->phase = w->run->sim.now;
    return j;
}

static void job_free(struct job *j)
{
    connect_close(j);
    j->next_free = j->workload->free_job;
    j->workload->free_job = j;
}

static void count_inside(struct workload *w, int change)
{
    const sim_ns now = w->run->sim.now;
    w->inside_area += (double)w->inside * (double)(now - w->inside_since);
    w->inside_since = now;
    w->inside += change;
    w->born_sum += change * (double)now;
}

static void choose_members(struct job *j)
{
    struct workload *w = j->workload;
    for (int s = 0; s < w->program->sites; s++) {
        j->member[s] = (uint16_t)w->next_member[s];
        w->next_member[s] = (w->next_member[s] + 1) % w->program->members[s];
    }
}

static void instruction_begin(struct job *j)
{
    const struct instruction *in = job_instruction(j);
    j->stage = 0;
    j->chunk = 0;
    if (in->op == OP_DISK)
        j->remaining = storage_operations(j, in);
    else if (in->op == OP_FAULT || in->op == OP_PAGE_OUT)
        j->remaining = paging_operations(j, in);
    else
        j->remaining = in->count;
}

struct job *job_start(struct workload *w, uint64_t number, int user, double cpu_scale)
{
    struct job *j = job_alloc(w);
    struct run *run = w->run;
    rng_seed(&j->rng, run->seed, (uint64_t)run->sim.replication, w->name, number);
    choose_members(j);
    j->user = user;
    j->cpu_scale = cpu_scale;
    j->pc = 0;
    w->started++;
    count_inside(w, 1);
    if (w->spec->arrivals != ARRIVAL_CLOSED && w->inside > run->population_limit) {
        run->saturated = true;
        sim_stop(&run->sim);
    }
    instruction_begin(j);
    job_resume(j);
    return j;
}

void job_fork(struct job *j, int pc, double part_ns)
{
    struct job *child = job_alloc(j->workload);
    memcpy(child->member, j->member, sizeof *j->member * (size_t)j->workload->program->sites);
    rng_seed(&child->rng, rng_next(&j->rng), 0, 0, 0);
    child->parent = j;
    child->cpu_scale = j->cpu_scale;
    child->part_ns = part_ns;
    child->pc = pc;
    j->pending++;
    instruction_begin(child);
    job_resume(child);
}

/* The last branch to finish tells where the time went. */
static void job_join(struct job *j)
{
    struct job *parent = j->parent;
    const bool last = --parent->pending == 0;
    for (int i = 0; last && i < j->touches; i++)
        row_of(parent, j->touched[i]);
    rows_hand_over(j, last ? parent->breakdown : NULL);
    job_free(j);
    if (last && !parent->entering) {
        parent->phase = job_run(parent)->sim.now;
        job_resume(parent);
    }
}

/* Only jobs that were served to the end have a response and a breakdown. */
static void count_end(struct job *j)
{
    struct workload *w = j->workload;
    const sim_ns age = w->run->sim.now - j->born;
    if (j->refused) {
        w->refused++;
        w->refused_ns += (double)age;
        rows_hand_over(j, NULL);
        return;
    }
    w->finished++;
    w->response_ns += (double)age;
    rows_hand_over(j, w->breakdown);
    if (w->record)
        hist_add(&w->hist, age);
}

static void job_finish(struct job *j)
{
    struct workload *w = j->workload;
    const sim_ns now = w->run->sim.now;
    count_end(j);
    count_inside(w, -1);
    w->born_sum += (double)(now - j->born); /* its birth leaves the sum, not the present time */
    const int user = j->user;
    const bool instant = now == j->born, refused = j->refused;
    job_free(j);
    if (refused)
        arrivals_refused(w, user);
    else
        arrivals_finished(w, user, instant);
}

/* Gives back what it holds; a branch takes the whole job with it, once the other branches are through. */
static void job_refuse(struct job *j)
{
    while (j->holds)
        steps_release(j);
    if (!j->parent) {
        job_finish(j);
        return;
    }
    j->parent->refused = true;
    job_join(j);
}

/* ---- the interpreter ---- */

static const stage_fn stages_cpu[] = {steps_cpu, NULL};
static const stage_fn stages_cpu_parts[] = {steps_cpu_parts, NULL};
static const stage_fn stages_cpu_part[] = {steps_cpu_part, NULL};
/* The way of one disk operation, from the guest to its answer. */
#define DISK_STAGES                                                                                          \
    diskview_issue, storage_channel, storage_submit, storage_exits, diskview_reach, storage_root,            \
        storage_delay, storage_throttle, device_visits, device_operate, diskview_answer, storage_complete,   \
        storage_leave, diskview_end

static const stage_fn stages_loop[] = {storage_loop, NULL};
static const stage_fn stages_initiate[] = {diskview_issue, storage_submit, NULL};
static const stage_fn stages_lun[] = {device_operate, storage_served, NULL};
static const stage_fn stages_again[] = {storage_finish, diskview_end, NULL};
static const stage_fn stages_disk[] = {DISK_STAGES, NULL};
static const stage_fn stages_fault[] = {paging_trap, DISK_STAGES, paging_go_on, NULL};
static const stage_fn stages_page_out[] = {paging_out, DISK_STAGES, paging_out_done, NULL};
static const stage_fn stages_message[] = {network_send_guest,    network_send_exits,   network_send_signal,
                                          network_send_root,     network_delay,        network_transmit,
                                          network_receive,       network_receive_root, network_receive_guest,
                                          network_receive_exits, network_next_chunk,   NULL};
static const stage_fn stages_connect[] = {
    connect_begin,        network_send_guest,    network_send_exits,    network_send_signal,
    network_send_root,    network_delay,         network_transmit,      network_receive,
    network_receive_root, network_receive_guest, network_receive_exits, network_answer_signal,
    connect_answer,       connect_round_trip,    connect_established,   NULL};
static const stage_fn stages_spawn[] = {steps_spawn, NULL};
static const stage_fn stages_external[] = {steps_external, NULL};
static const stage_fn stages_pool[] = {steps_pool, NULL};
static const stage_fn stages_lock[] = {steps_lock, NULL};
static const stage_fn stages_enter[] = {steps_enter, NULL};
static const stage_fn stages_release[] = {steps_leave, NULL};
static const stage_fn stages_fork[] = {steps_fork, NULL};

const stage_fn *const job_stages[OP_COUNT] = {
    [OP_CPU] = stages_cpu,         [OP_CPU_PARTS] = stages_cpu_parts, [OP_CPU_PART] = stages_cpu_part,
    [OP_DISK] = stages_disk,       [OP_SEND] = stages_message,        [OP_RECEIVE] = stages_message,
    [OP_CONNECT] = stages_connect, [OP_SPAWN] = stages_spawn,         [OP_EXTERNAL] = stages_external,
    [OP_POOL] = stages_pool,       [OP_LOCK] = stages_lock,           [OP_RELEASE] = stages_release,
    [OP_FORK] = stages_fork,       [OP_FAULT] = stages_fault,         [OP_PAGE_OUT] = stages_page_out,
    [OP_ENTER] = stages_enter,     [OP_LOOP] = stages_loop,           [OP_INITIATE] = stages_initiate,
    [OP_LUN] = stages_lun,         [OP_AGAIN] = stages_again,
};

/* The stage table is over: again for the next of `count` operations, else on to the next instruction. */
static void instruction_end(struct job *j, const struct instruction *in)
{
    if (--j->remaining > 0) {
        j->stage = 0;
        j->chunk = 0;
        return;
    }
    const bool stays = (in->op == OP_LOOP && j->loop > 0) || (in->op == OP_AGAIN && --j->loop <= 0);
    j->pc = in->join >= 0 && !stays ? in->join : j->pc + 1;
    instruction_begin(j);
}

void job_resume(struct job *j)
{
    for (;;) {
        const struct instruction *in = job_instruction(j);
        if (HVPLAN_UNLIKELY(j->refused)) {
            job_refuse(j);
            return;
        }
        if (in->op == OP_JOIN) {
            job_join(j);
            return;
        }
        if (in->op == OP_FINISH) {
            job_finish(j);
            return;
        }
        const stage_fn stage = j->remaining > 0 ? job_stages[in->op][j->stage] : NULL;
        if (!stage) {
            instruction_end(j, in);
        } else {
            j->stage++;
            if (!stage(j, in, job_plan(j, in)))
                return;
        }
    }
}

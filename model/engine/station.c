/* station.c - servers, waiting lists, processor sharing. */
#include "model/engine/station.h"
#include "model/engine/sharing.h"
#include <math.h>
#include <stdlib.h>

#define PRIORITIES 16
#define NO_LIMIT UINT64_MAX
#define HELD (-1)

#if defined(__GNUC__)
#define ALWAYS_INLINE inline __attribute__((always_inline))
#else
#define ALWAYS_INLINE inline
#endif

/* Sums of times, exact and beyond overflow. The integral up to `now` of a level n is n x now - (sum of the times at which
 * it rose) + (sum of the times at which it fell): no clock of the last change is needed, and an area costs one integer
 * addition at each change. */
__extension__ typedef unsigned __int128 time_sum;
__extension__ typedef __int128 time_area;

struct server {
    struct station *at;
    struct customer *customer; /* NULL when idle */
    struct sim_source source;
    double left; /* work after the last change of speed, of a customer that started before it */
    struct server *next_idle;
    uint32_t index;
};

/* A customer in line. The work stands beside it, so that starting does not wait for the customer's own memory. */
struct entry {
    struct customer *customer;
    sim_ns work_ns; /* the demand as the clock counts it; HELD = until station_release */
};

/* Ring of customers; places count up and are taken modulo the capacity, a power of 2. */
struct queue {
    struct entry *ring;
    uint32_t head, tail, capacity;
};

/* What an arrival or a completion touches comes first. */
struct station {
    struct sim *sim;
    enum station_discipline discipline;
    int servers, busy;
    uint64_t limit, arrivals, completions;
    time_sum arrival_times, completion_times;      /* of all */
    time_sum completed_arrived, completed_started; /* what the completed said when they left */
    uint64_t waiting;
    double speed, ns_per_work; /* ns_per_work = 1 / speed */
    bool plain;                /* speed 1 and no `demand`: the work in the entry is the service time */
    struct queue fifo;
    struct queue *by_priority; /* instead of fifo */
    struct server first;
    struct server *idle;
    bool dispatching;
    time_sum taken_times, put_back_times; /* of servers */
    double waiting_size, waiting_size_moment;
    uint64_t refused;
    sim_ns speed_since;
    station_demand_fn demand;
    void *demand_owner;
    struct server **server;  /* those made so far: servers are made when first needed */
    struct server **scratch; /* of servers_rescale */
    uint32_t made, server_capacity, scratch_capacity;
    struct sharing sharing; /* PS only, as is its source */
    struct sim_source sharing_source;
};

static void server_finish(struct sim *sim, void *owner);
static void first_finish(struct sim *sim, void *owner);
static void shared_finish(struct sim *sim, void *owner);

struct station *station_new(struct sim *sim, int servers, enum station_discipline discipline)
{
    SIM_CHECK(sim, servers >= 1 && servers <= 65536);
    struct station *s = ARENA_NEW(sim->arena, struct station);
    s->sim = sim;
    s->servers = servers;
    s->discipline = discipline;
    s->limit = NO_LIMIT;
    s->speed = s->ns_per_work = 1.0;
    s->plain = true;
    if (discipline == STATION_PRIORITY)
        s->by_priority = ARENA_ARRAY(sim->arena, struct queue, PRIORITIES);
    if (discipline == STATION_PS) {
        sharing_init(&s->sharing, sim->arena);
        s->sharing_source = sim_source_new(sim, shared_finish, s);
    }
    return s;
}

void station_set_limit(struct station *s, int limit)
{
    SIM_CHECK(s->sim, limit >= 0);
    s->limit = limit > 0 ? (uint64_t)limit : NO_LIMIT;
}

void station_set_demand(struct station *s, station_demand_fn demand, void *owner)
{
    SIM_CHECK(s->sim, s->discipline != STATION_PS);
    s->demand = demand;
    s->demand_owner = owner;
    s->plain = s->speed == 1.0 && !demand;
}

static uint64_t present(const struct station *s)
{
    return s->arrivals - s->completions;
}

/* ---- waiting lists ---- */

static void queue_grow(struct station *s, struct queue *q)
{
    const uint32_t n = q->capacity, capacity = n > 0 ? 2 * n : 8;
    struct entry *ring = ARENA_ARRAY(s->sim->arena, struct entry, capacity);
    for (uint32_t i = 0; i < n; i++)
        ring[i] = q->ring[(q->head + i) & (n - 1)];
    *q = (struct queue){.ring = ring, .tail = n, .capacity = capacity};
}

/* Of whoever is next; somebody waits. */
static struct queue *queue_next(struct station *s)
{
    if (s->discipline != STATION_PRIORITY)
        return &s->fifo;
    struct queue *q = s->by_priority;
    while (q->head == q->tail)
        q++;
    return q;
}

static struct entry *queue_head(const struct queue *q)
{
    return &q->ring[q->head & (q->capacity - 1)];
}

static void waiting_push(struct station *s, struct customer *c, sim_ns work_ns)
{
    struct queue *q = s->discipline == STATION_PRIORITY ? &s->by_priority[c->priority] : &s->fifo;
    if (HVPLAN_UNLIKELY(q->tail - q->head == q->capacity))
        queue_grow(s, q);
    q->ring[q->tail++ & (q->capacity - 1)] = (struct entry){c, work_ns};
    s->waiting++;
    if (c->size != 0.0) {
        s->waiting_size += c->size;
        s->waiting_size_moment -= c->size * (double)s->sim->now;
    }
}

static struct entry waiting_pop(struct station *s, struct queue *q, sim_ns now)
{
    const struct entry e = *queue_head(q);
    const struct customer *c = e.customer;
    q->head++;
    s->waiting--;
    if (c->size != 0.0) {
        s->waiting_size -= c->size;
        s->waiting_size_moment += c->size * (double)now;
    }
    return e;
}

/* ---- servers ---- */

static struct server *server_make(struct station *s)
{
    const bool first = s->made == 0;
    struct server *v = first ? &s->first : ARENA_NEW(s->sim->arena, struct server);
    v->at = s;
    v->index = s->made;
    v->source = first ? sim_source_new(s->sim, first_finish, s) : sim_source_new(s->sim, server_finish, v);
    *ARENA_PUSH(s->sim->arena, s->server, s->made, s->server_capacity) = v;
    return v;
}

/* Call only while busy < servers. */
static struct server *server_take(struct station *s)
{
    struct server *v = s->idle;
    if (v)
        s->idle = v->next_idle;
    else
        v = server_make(s);
    s->busy++;
    s->taken_times += (uint64_t)s->sim->now;
    return v;
}

static void server_put_back(struct station *s, struct server *v)
{
    v->customer = NULL;
    v->next_idle = s->idle;
    s->idle = v;
    s->busy--;
    s->put_back_times += (uint64_t)s->sim->now;
}

static void server_give(struct server *v, struct customer *c, sim_ns now)
{
    c->started = now;
    c->slot = v->index;
    v->customer = c;
}

/* The demand is settled here: from now on the customer's own field holds it. */
static sim_ns service_time(struct station *s, struct customer *c)
{
    if (s->demand) {
        c->demand_ns = s->demand(s->demand_owner, c);
        SIM_CHECK(s->sim, c->demand_ns >= 0.0);
    }
    return sim_round(c->demand_ns * s->ns_per_work);
}

/* Speed 1 needs no arithmetic, which matters: this is where the time of the next event comes from. */
static ALWAYS_INLINE void server_start(struct sim *sim, struct station *s, struct server *v, struct entry e)
{
    const sim_ns ns = s->plain ? e.work_ns : service_time(s, e.customer);
    sim_schedule(sim, v->source, sim->now + ns, SIM_PRIORITY);
    server_give(v, e.customer, sim->now);
}

/* Gives idle servers to those who wait. A `done` that is called at the start of a held service may submit and release
 * here again: the loop that is already running then goes on with it, so nothing recurses. */
static void station_dispatch(struct station *s)
{
    if (s->dispatching)
        return;
    s->dispatching = true;
    while (s->busy < s->servers && s->waiting > 0) {
        const struct entry e = waiting_pop(s, queue_next(s), s->sim->now);
        struct server *v = server_take(s);
        if (e.work_ns == HELD) {
            server_give(v, e.customer, s->sim->now);
            e.customer->done(s->sim, e.customer);
        } else {
            server_start(s->sim, s, v, e);
        }
    }
    s->dispatching = false;
}

static void customer_leave(struct station *s, struct customer *c, sim_ns now)
{
    s->completions++;
    s->completion_times += (uint64_t)now;
    s->completed_arrived += (uint64_t)c->arrived;
    s->completed_started += (uint64_t)c->started;
    c->at = NULL;
}

/* The server goes to the next customer at once if that one has a demand; the general way is station_dispatch. */
static ALWAYS_INLINE void service_finish(struct sim *sim, struct station *s, struct server *v)
{
    struct customer *c = v->customer;
    struct queue *q = s->waiting > 0 ? queue_next(s) : NULL;
    customer_leave(s, c, sim->now);
    if (q && queue_head(q)->work_ns != HELD) {
        server_start(sim, s, v, waiting_pop(s, q, sim->now));
    } else {
        server_put_back(s, v);
        if (q)
            station_dispatch(s);
    }
    c->done(sim, c);
}

static void server_finish(struct sim *sim, void *owner)
{
    struct server *v = owner;
    service_finish(sim, v->at, v);
}

/* The first server lies in the station itself: for a single server that is one step less to what comes next. */
static void first_finish(struct sim *sim, void *owner)
{
    struct station *s = owner;
    service_finish(sim, s, &s->first);
}

void station_release(struct station *s, struct customer *c)
{
    SIM_CHECK(s->sim, c->at == s && s->discipline != STATION_PS && c->slot < s->made);
    struct server *v = s->server[c->slot];
    SIM_CHECK(s->sim, v->customer == c && c->demand_ns < 0.0);
    customer_leave(s, c, s->sim->now);
    server_put_back(s, v);
    station_dispatch(s);
}

/* ---- processor sharing ---- */

/* After any change of members or speed: busy servers and pace anew, and the event to whoever finishes next. */
static void shared_settle(struct station *s)
{
    const uint64_t n = present(s);
    const int busy = n < (uint64_t)s->servers ? (int)n : s->servers;
    if (busy > s->busy)
        s->taken_times += (uint64_t)s->sim->now;
    else if (busy < s->busy)
        s->put_back_times += (uint64_t)s->sim->now;
    s->busy = busy;
    sharing_set_pace(&s->sharing, n > 0 ? s->speed * busy / (double)n : 0.0);
    if (n > 0)
        sim_schedule(s->sim, s->sharing_source, s->sim->now + sim_round(sharing_time_left(&s->sharing)),
                     SIM_PRIORITY);
}

static void shared_submit(struct station *s, struct customer *c)
{
    SIM_CHECK(s->sim, c->demand_ns >= 0.0);
    c->started = c->arrived;
    sharing_advance(&s->sharing, s->sim->now);
    c->slot = sharing_add(&s->sharing, c, c->demand_ns);
    shared_settle(s);
}

static void shared_finish(struct sim *sim, void *owner)
{
    struct station *s = owner;
    sharing_advance(&s->sharing, sim->now);
    struct customer *c = sharing_take(&s->sharing);
    customer_leave(s, c, sim->now);
    shared_settle(s);
    c->done(sim, c);
}

/* ---- all disciplines ---- */

bool station_submit(struct station *s, struct customer *c)
{
    struct sim *sim = s->sim;
    SIM_CHECK(sim, c->done != NULL && c->priority < PRIORITIES);
    if (HVPLAN_UNLIKELY(present(s) >= s->limit)) {
        s->refused++;
        return false;
    }
    SIM_CHECK(sim, c->demand_ns == c->demand_ns);
    const sim_ns work_ns = c->demand_ns < 0.0 ? HELD : sim_round(c->demand_ns);
    c->arrived = sim->now;
    c->at = s;
    s->arrivals++;
    s->arrival_times += (uint64_t)sim->now;
    if (s->discipline == STATION_PS) {
        shared_submit(s, c);
    } else if (s->busy < s->servers && s->waiting == 0 && work_ns != HELD) {
        server_start(sim, s, server_take(s), (struct entry){c, work_ns});
    } else {
        waiting_push(s, c, work_ns);
        if (s->busy < s->servers)
            station_dispatch(s);
    }
    return true;
}

/* Orders servers by when their events were set. */
static int by_sequence(const void *a, const void *b)
{
    const struct server *x = *(struct server *const *)a, *y = *(struct server *const *)b;
    const struct heap4 *events = &x->at->sim->events;
    const uint64_t p = heap4_sequence(events, x->source.id), q = heap4_sequence(events, y->source.id);
    return (p > q) - (p < q);
}

/* Sets all events anew in the order in which they were set before. That is the order of the starts, so that equal
 * completion times still end in that order. */
static void servers_rescale(struct station *s, double speed_before)
{
    const sim_ns now = s->sim->now;
    if (s->scratch_capacity < s->server_capacity) {
        s->scratch = ARENA_ARRAY(s->sim->arena, struct server *, s->server_capacity);
        s->scratch_capacity = s->server_capacity;
    }
    struct server **at_work = s->scratch;
    uint32_t n = 0;
    for (uint32_t i = 0; i < s->made; i++)
        if (sim_pending(s->sim, s->server[i]->source))
            at_work[n++] = s->server[i];
    if (n > 1)
        qsort(at_work, n, sizeof *at_work, by_sequence);
    for (uint32_t i = 0; i < n; i++) {
        struct server *v = at_work[i];
        const bool before = v->customer->started < s->speed_since;
        const double work = before ? v->left : v->customer->demand_ns;
        const sim_ns since = before ? s->speed_since : v->customer->started;
        v->left = fmax(work - (double)(now - since) * speed_before, 0.0);
        sim_schedule(s->sim, v->source, now + sim_round(v->left * s->ns_per_work), SIM_PRIORITY);
    }
    s->speed_since = now;
}

void station_set_speed(struct station *s, double speed)
{
    SIM_CHECK(s->sim, speed > 0.0 && speed < HUGE_VAL);
    const double before = s->speed;
    s->speed = speed;
    s->ns_per_work = 1.0 / speed;
    s->plain = speed == 1.0 && !s->demand;
    if (s->discipline == STATION_PS) {
        sharing_advance(&s->sharing, s->sim->now);
        shared_settle(s);
    } else {
        servers_rescale(s, before);
    }
}

/* ---- reading ---- */

int station_servers(const struct station *s)
{
    return s->servers;
}

int station_present(const struct station *s)
{
    return (int)present(s);
}

int station_waiting(const struct station *s)
{
    return (int)s->waiting;
}

static time_area present_area(const struct station *s)
{
    return (time_area)(s->completion_times - s->arrival_times) + (time_area)present(s) * s->sim->now;
}

static time_area busy_area(const struct station *s)
{
    return (time_area)(s->put_back_times - s->taken_times) + (time_area)s->busy * s->sim->now;
}

struct station_counters station_read(const struct station *s)
{
    struct station_counters c = {
        .busy_area = (double)busy_area(s),
        .present_area = (double)present_area(s),
        .sojourn_ns = (double)(time_area)(s->completion_times - s->completed_arrived),
        .wait_ns = (double)(time_area)(s->completed_started - s->completed_arrived),
        .arrivals = s->arrivals,
        .completions = s->completions,
        .refused = s->refused,
    };
    if (s->discipline != STATION_PS) {
        c.waiting_area = (double)(present_area(s) - busy_area(s));
        c.waiting_size_area = s->waiting_size * (double)s->sim->now + s->waiting_size_moment;
    }
    return c;
}

struct census {
    uint64_t n;
    time_area ages;
};

static void census_count(struct census *k, const struct customer *c, sim_ns now)
{
    k->n++;
    k->ages += now - c->arrived;
}

static void census_queue(struct census *k, const struct queue *q, sim_ns now)
{
    for (uint32_t at = q->head; at != q->tail; at++)
        census_count(k, q->ring[at & (q->capacity - 1)].customer, now);
}

/* Counts who is really there, one by one. */
static struct census station_census(const struct station *s)
{
    struct census k = {0, 0};
    census_queue(&k, &s->fifo, s->sim->now);
    for (int i = 0; i < PRIORITIES && s->by_priority; i++)
        census_queue(&k, &s->by_priority[i], s->sim->now);
    for (uint32_t i = 0; i < s->made; i++)
        if (s->server[i]->customer)
            census_count(&k, s->server[i]->customer, s->sim->now);
    for (uint32_t i = 0; i < s->sharing.members; i++)
        if (s->sharing.member[i])
            census_count(&k, s->sharing.member[i], s->sim->now);
    return k;
}

double station_law_breach(const struct station *s)
{
    const struct census k = station_census(s);
    const time_area area = present_area(s),
                    sojourns = (time_area)(s->completion_times - s->completed_arrived);
    const double area_off = fabs((double)(area - sojourns - k.ages)) / fmax(fabs((double)area), 1.0);
    const double count_off = fabs((double)s->arrivals - (double)s->completions - (double)k.n);
    return fmax(area_off, count_off / fmax((double)s->arrivals, 1.0));
}

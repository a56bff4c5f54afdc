/* fit_disk.c - service times and servers of a physical disk from rate, latency, queue and idle time. */
#include "calibrate/fit.h"
#include "model/analytic/mmc.h"
#include <math.h>

#define MOST_SERVERS 64
/* Below this share of busy time nothing queues: latency is service. */
#define NEARLY_IDLE 0.05
/* Above this, waits tell how many servers there are. */
#define QUEUES 0.25

struct disk_series {
    double *reads, *writes, *read_latency, *write_latency, *queue, *busy;
};

static double *share_busy(const struct grid *g, const struct log_series *idle)
{
    double *v = grid_values(g, idle);
    for (int k = 0; k < g->n; k++) {
        v[k] = isnan(v[k]) ? v[k] : fmin(1.0, fmax(0.0, 1.0 - v[k] / 100.0)); /* PDH clips at 0 and 100 */
    }
    return v;
}

/* Logs with totals only: two thirds of the operations are taken for reads. */
static void totals_split(const struct grid *g, const struct fit_disk *d, struct disk_series *s)
{
    if (d->log->by[CTR_DISK_READS] != NULL || d->log->by[CTR_DISK_TRANSFERS] == NULL) {
        return;
    }
    const double *all = grid_values(g, d->log->by[CTR_DISK_TRANSFERS]);
    for (int k = 0; k < g->n; k++) {
        s->reads[k] = all[k] * 2.0 / 3.0;
        s->writes[k] = all[k] / 3.0;
    }
    if (d->log->by[CTR_DISK_SEC_READ] == NULL) {
        s->read_latency = s->write_latency = grid_values(g, d->log->by[CTR_DISK_SEC_TRANSFER]);
    }
}

static struct disk_series series_of(const struct grid *g, const struct fit_disk *d)
{
    const struct log_series *const *by = d->log->by;
    struct disk_series s = {.reads = grid_values(g, by[CTR_DISK_READS]),
                            .writes = grid_values(g, by[CTR_DISK_WRITES]),
                            .read_latency = grid_values(g, by[CTR_DISK_SEC_READ]),
                            .write_latency = grid_values(g, by[CTR_DISK_SEC_WRITE]),
                            .queue = grid_values(g, by[CTR_DISK_QUEUE]),
                            .busy = share_busy(g, by[CTR_DISK_IDLE])};
    totals_split(g, d, &s);
    const bool totals = by[CTR_DISK_TRANSFERS] != NULL;
    for (int k = 0; k < g->n; k++) { /* a kind of operation that has no counter at all does not happen */
        const bool no_reads = by[CTR_DISK_READS] == NULL && !totals,
                   no_writes = by[CTR_DISK_WRITES] == NULL && !totals;
        s.reads[k] = no_reads ? 0.0 : s.reads[k];
        s.read_latency[k] = no_reads ? 0.0 : s.read_latency[k];
        s.writes[k] = no_writes ? 0.0 : s.writes[k];
        s.write_latency[k] = no_writes ? 0.0 : s.write_latency[k];
    }
    return s;
}

/* Little's law: operations per second x latency = mean queue. An interval that breaches it by more than 25 %
 * (and by more than what single operations across the ends of an interval explain) is not used. */
static void little_check(const struct grid *g, struct fit_disk *d, struct disk_series *s)
{
    for (int k = 0; k < g->n; k++) {
        const double inside = s->reads[k] * s->read_latency[k] + s->writes[k] * s->write_latency[k];
        if (isnan(inside) || isnan(s->queue[k])) {
            continue;
        }
        d->intervals++;
        const double ends = 2.0 * (s->read_latency[k] + s->write_latency[k]) / g->span_s[k];
        if (fabs(inside - s->queue[k]) > 0.25 * fmax(inside, s->queue[k]) + ends + 1e-4) {
            d->rejected++;
        }
    }
    if (2 * d->rejected > d->intervals) {
        return; /* then no interval is better than another, and the report says so */
    }
    for (int k = 0; k < g->n; k++) {
        const double inside = s->reads[k] * s->read_latency[k] + s->writes[k] * s->write_latency[k];
        const double ends = 2.0 * (s->read_latency[k] + s->write_latency[k]) / g->span_s[k];
        if (fabs(inside - s->queue[k]) > 0.25 * fmax(inside, s->queue[k]) + ends + 1e-4) {
            s->read_latency[k] = s->write_latency[k] = s->queue[k] = (double)NAN;
        }
    }
}

/* Share of time with at least one operation in an M/M/c system. Kleinrock, Queueing Systems I (1975), 3.5. */
static double some_busy(double offered, int servers)
{
    double term = 1.0, sum = 1.0;
    for (int k = 1; k < servers; k++) {
        term *= offered / k;
        sum += term;
    }
    term *= offered / servers;
    return 1.0 - 1.0 / (sum + term * servers / (servers - offered));
}

/* The offered load (rate x service time) at which the disk shows that share of busy time. */
static double offered_for(double busy, int servers)
{
    double low = 0.0, high = servers * (1.0 - 1e-9);
    for (int i = 0; i < 100; i++) {
        const double middle = 0.5 * (low + high);
        *(some_busy(middle, servers) < busy ? &low : &high) = middle;
    }
    return 0.5 * (low + high);
}

/* One server unless operations wait less than even constant service times would make them (M/D/1): then the
 * number whose response, with the service time that explains the busy time, comes nearest. */
static int servers_guess(double busy, double rate, double latency)
{
    const double service = busy / rate, shortest = service * (1.0 + 0.5 * busy / (1.0 - busy));
    if (!(busy > QUEUES) || !(busy < 0.98) || !(latency < 0.93 * shortest)) {
        return 1;
    }
    int best = 1;
    double error = (double)INFINITY;
    for (int c = 1; c <= MOST_SERVERS; c++) {
        struct mmc q;
        const double s = offered_for(busy, c) / rate;
        const double off = mmc_solve(rate, s, c, &q) ? fabs(log(q.response / latency)) : (double)INFINITY;
        best = off < error - 1e-3 ? c : best;
        error = fmin(error, off);
    }
    return best;
}

/* Reads and writes share one queue and so one wait: their latencies differ by what their services differ
 * (S_r - S_w = R_r - R_w), and together they fill the busy time. */
static void services_split(struct fit_disk *d, double mean_s)
{
    const double x = d->reads + d->writes, share = d->writes / x;
    const double apart = d->read_latency_s - d->write_latency_s;
    double read = mean_s, write = mean_s;
    if (!isnan(apart)) {
        read = mean_s + share * apart;
        write = mean_s - (1.0 - share) * apart;
        const double least = 0.05 * mean_s;
        if (read < least) {
            read = least;
            write = (mean_s - (1.0 - share) * read) / share;
        } else if (write < least) {
            write = least;
            read = (mean_s - share * write) / (1.0 - share);
        }
    }
    d->read_s.value = d->reads > 0.0 ? read : write;
    d->write_s.value = d->writes > 0.0 ? write : read;
}

/* Pollaczek and Khinchine: wait = U S (1 + scv) / 2 / (1 - U), solved for the scv. */
static double scv_from_wait(double busy, double service, double latency)
{
    if (!(busy > QUEUES) || !(busy < 0.95)) {
        return 1.0;
    }
    const double scv = 2.0 * (latency - service) * (1.0 - busy) / (busy * service) - 1.0;
    return scv < 0.02 ? 0.0 : scv > 2.0 || scv < 0.5 ? fmin(10.0, scv) : 1.0;
}

/* Mean service of several servers: the load that explains the busy time of each interval, over the operations. */
static double service_of_servers(const struct grid *g, const struct fit_disk *d, const struct disk_series *s)
{
    double offered = 0.0, operations = 0.0;
    for (int k = 0; k < g->n; k++) {
        const double x = s->reads[k] + s->writes[k];
        if (!isnan(x) && !isnan(s->busy[k])) {
            offered += offered_for(fmin(s->busy[k], 0.995), d->servers) * g->span_s[k];
            operations += x * g->span_s[k];
        }
    }
    return offered / operations;
}

/* No idle time: in an M/M/1 system Q are inside, and Q / (1 + Q) of the time is busy. */
static double service_without_idle(const struct grid *g, const struct disk_series *s)
{
    double busy = 0.0, operations = 0.0;
    for (int k = 0; k < g->n; k++) {
        const double inside = s->reads[k] * s->read_latency[k] + s->writes[k] * s->write_latency[k];
        if (!isnan(inside)) {
            busy += inside / (1.0 + inside) * g->span_s[k];
            operations += (s->reads[k] + s->writes[k]) * g->span_s[k];
        }
    }
    return busy / operations;
}

static void services_fit(const struct grid *g, struct fit_disk *d, const struct disk_series *s)
{
    const double x = d->reads + d->writes;
    const double latency = ((d->reads > 0.0 ? d->reads * d->read_latency_s : 0.0) +
                            (d->writes > 0.0 ? d->writes * d->write_latency_s : 0.0)) /
                           x;
    d->scv = 1.0;
    if (isnan(d->utilization) && x * latency > NEARLY_IDLE) {
        services_split(d, service_without_idle(g, s));
        return;
    }
    if (isnan(d->utilization) || d->utilization < NEARLY_IDLE) {
        d->read_s.value = d->read_latency_s;
        d->write_s.value = d->write_latency_s;
        return;
    }
    const double busy = fmin(d->utilization, 0.995);
    if (d->servers_guessed) {
        d->servers = isnan(latency) ? 1 : servers_guess(busy, x, latency);
    }
    const double mean_s = d->servers == 1 ? busy / x : service_of_servers(g, d, s);
    services_split(d, mean_s);
    d->scv = d->servers == 1 && !isnan(latency) ? scv_from_wait(busy, mean_s, latency) : 1.0;
}

/* Error of the mean service: that of busy time over operations. */
static void services_error(struct arena *a, const struct grid *g, struct fit_disk *d,
                           const struct disk_series *s)
{
    double *ops = ARENA_ARRAY(a, double, (size_t)g->n), *time = ARENA_ARRAY(a, double, (size_t)g->n);
    for (int k = 0; k < g->n; k++) {
        ops[k] = s->reads[k] + s->writes[k];
        time[k] = isnan(s->busy[k]) ? s->reads[k] * s->read_latency[k] + s->writes[k] * s->write_latency[k]
                                    : s->busy[k];
    }
    const struct estimate mean = stats_ratio(time, ops, g->n);
    const double relative = mean.value > 0.0 ? mean.half / mean.value : (double)NAN;
    d->read_s.half = relative * d->read_s.value;
    d->write_s.half = relative * d->write_s.value;
}

static double bytes_each(const struct grid *g, const struct log_series *bytes, double ops)
{
    const double rate = grid_mean(g, grid_values(g, bytes));
    return ops > 0.0 && rate > 0.0 ? rate / ops : 8192.0;
}

static double zero_if_absent(double v)
{
    return isnan(v) ? 0.0 : v;
}

void fit_disk_measure(struct arena *a, struct fit_disk *d, const struct grid *g)
{
    struct disk_series s = series_of(g, d);
    d->reads = zero_if_absent(grid_mean(g, s.reads));
    d->writes = zero_if_absent(grid_mean(g, s.writes));
    d->utilization = grid_mean(g, s.busy);
    d->read_bytes = bytes_each(g, d->log->by[CTR_DISK_READ_BYTES], d->reads);
    d->write_bytes = bytes_each(g, d->log->by[CTR_DISK_WRITE_BYTES], d->writes);
    little_check(g, d, &s);
    d->queue = grid_mean(g, s.queue);
    d->read_latency_s = grid_weighted(g, s.read_latency, s.reads);
    d->write_latency_s = grid_weighted(g, s.write_latency, s.writes);
    d->read_s = d->write_s = (struct estimate){(double)NAN, (double)NAN};
    if (d->reads + d->writes > 0.0) {
        services_fit(g, d, &s);
        services_error(a, g, d, &s);
    }
    if (isnan(d->read_s.value)) {
        d->read_s = d->write_s;
    }
    if (isnan(d->write_s.value)) {
        d->write_s = d->read_s;
    }
}

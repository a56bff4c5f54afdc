/* published_k1.c - a SharePoint farm of one, two and three web VMs before one physical database server.
 *
 * Source    SharePoint Server 2013, enterprise intranet collaboration, lab results. The row of one web VM under normal load
 *           ("green") is the input: CPU of the web VM and of the database, latency. Everything else is predicted: the rate at
 *           which the web VMs show the row's CPU, and the database's CPU at that rate.
 *
 * Assumed   A request of 2 KiB, an answer of 30 KiB, eight round trips to the database of 1 KiB and 4 KiB. The latency beyond
 *           processors and network is waiting elsewhere. Processors of 2.49 GHz with four cores have no SLAT.
 */
#include "tests/support/published.h"
#include <math.h>
#include <string.h>

#define TRIPS 8
#define SQL_CORES 16
#define PRECISION 0.03
#define PRECISION_FULL 0.10 /* near saturation, where nothing is asserted */

struct load {
    double rate, latency_ms, web, sql; /* web and sql in % */
};

static const struct farm {
    int webs;
    struct load green, most;
} farms[] = {
    {1, {47.9, 240.0, 56.5, 5.0}, {100.0, 730.0, 93.4, 8.3}},
    {2, {91.4, 260.0, 57.7, 9.3}, {171.0, 630.0, 92.9, 14.5}},
    {3, {118.0, 250.0, 50.5, 15.2}, {233.0, 610.0, 89.8, 18.7}},
};

struct request {
    double web_ms, sql_ms, elsewhere_ms;
};

static const char *web_vms(struct arena *a, int webs)
{
    const char *text = "";
    for (int i = 1; i <= webs; i++) /* two to a host */
        text = arena_printf(a, "%s  web%d: {host: H%d, os: ws2008r2, vcpus: 4, nics: {n: {on: lan}}}\n", text,
                            i, (i + 1) / 2);
    return text;
}

static const char *trips(struct arena *a, const struct request *q)
{
    const char *text = "";
    for (int i = 0; i < TRIPS; i++)
        text = arena_printf(
            a,
            "%s      - {on: [%%s], cpu: %.9g ms}\n      - {send: {nic: n, size: 1 KiB, to: sql}}\n"
            "      - {on: sql, cpu: %.9g ms}\n      - {on: [%%s], receive: {nic: n, size: 4 KiB, to: sql}}\n",
            text, q->web_ms / TRIPS, q->sql_ms / TRIPS);
    return text;
}

/* Every %s of `text` becomes `word`. */
static const char *fill(struct arena *a, const char *text, const char *word)
{
    const char *out = "";
    for (const char *at; (at = strstr(text, "%s")) != NULL; text = at + 2)
        out = arena_printf(a, "%s%.*s%s", out, (int)(at - text), text, word);
    return arena_printf(a, "%s%s", out, text);
}

static struct load run(struct arena *a, int webs, const struct request *q, double rate, double precision)
{
    static const char *const names[] = {"web1", "web1, web2", "web1, web2, web3"};
    const char *on = names[webs - 1];
    const struct model *m = hostsim_modelf(
        a,
        "schema: hvplan.model/1\n"
        "hosts:\n"
        "  H1: {cpu: {sockets: 2, cores: 4, slat: no}, hypervisor: 2008r2, nics: {lan: {speed: 1 Gbps}}}\n"
        "  H2: {cpu: {sockets: 2, cores: 4, slat: no}, hypervisor: 2008r2, nics: {lan: {speed: 1 Gbps}}}\n"
        "  DB: {cpu: {sockets: 4, cores: 4}, hypervisor: none, nics: {lan: {speed: 1 Gbps}}}\n"
        "vms:\n%s"
        "  sql: {host: DB, os: ws2008r2, nics: {n: {on: lan}}}\n"
        "external: {elsewhere: {}}\n"
        "workloads:\n"
        "  portal:\n"
        "    arrivals: {rate: %.9g /s}\n"
        "    steps:\n"
        "      - {on: [%s], receive: {nic: n, size: 2 KiB}}\n"
        "      - {call: elsewhere, service: %.9g ms}\n"
        "%s"
        "      - {send: {nic: n, size: 30 KiB}}\n",
        web_vms(a, webs), rate, on, q->elsewhere_ms, fill(a, trips(a, q), on));
    const struct scenario_result *s = published_run(a, m, precision);
    return (struct load){rate, 1e3 * hostsim_mean(s, "workload.portal.response_s"),
                         100.0 * published_vm_mean(a, s, "web", webs, "guest_processor_time"),
                         100.0 * hostsim_mean(s, "vm.sql.cpu") / SQL_CORES};
}

/* Demands of one request, from the green row of one web VM. */
static struct request calibrate(struct arena *a, struct load *out)
{
    const struct load *seen = &farms[0].green;
    struct request q = {.sql_ms = 1e3 * SQL_CORES * seen->sql / 100.0 / seen->rate, .elsewhere_ms = 150.0};
    q.web_ms = 1e3 * 4.0 * seen->web / 100.0 / seen->rate;
    for (int step = 0; step < 4; step++) {
        *out = run(a, 1, &q, seen->rate, PRECISION);
        q.web_ms *= seen->web / out->web;
        q.elsewhere_ms = fmax(0.0, q.elsewhere_ms + seen->latency_ms - out->latency_ms);
    }
    return q;
}

/* The load at which the web VMs show `web` per cent: nearly proportional to the rate. */
static struct load at_web_cpu(struct arena *a, int webs, const struct request *q, double web,
                              double precision)
{
    double rate = 0.98 * farms[0].green.rate * webs * web / farms[0].green.web;
    struct load l = {0};
    for (int step = 0; step < 3; step++) {
        l = run(a, webs, q, rate, precision);
        if (fabs(l.web / web - 1.0) < 0.002)
            break;
        rate *= web / l.web;
    }
    return l;
}

static void add(struct published *p, const char *name, const struct load *seen, const struct load *l,
                enum published_role role)
{
    const char *at = arena_printf(p->arena, "%s, web CPU %.3g %%", name, seen->web);
    const enum published_role beside = role == PUBLISHED_PREDICTED ? PUBLISHED_REPORTED : role;
    published_add(p, (struct published_row){at, "requests", "/s", seen->rate, l->rate, role, 0.0});
    published_add(p, (struct published_row){at, "SQL CPU", "%", seen->sql, l->sql, role, 0.0});
    published_add(p,
                  (struct published_row){at, "latency", "ms", seen->latency_ms, l->latency_ms, beside, 0.0});
}

static void add_rows(struct published *p, bool all)
{
    static const char *const green[] = {"1 web VM", "2 web VMs", "3 web VMs"};
    static const char *const most[] = {"1 web VM at most", "2 web VMs at most", "3 web VMs at most"};
    struct load l;
    const struct request q = calibrate(p->arena, &l);
    add(p, green[0], &farms[0].green, &l, PUBLISHED_INPUT);
    for (int i = 1; i < 3; i++) {
        l = at_web_cpu(p->arena, farms[i].webs, &q, farms[i].green.web, PRECISION);
        add(p, green[i], &farms[i].green, &l, PUBLISHED_PREDICTED);
    }
    for (int i = 0; i < 3 && all; i++) {
        l = at_web_cpu(p->arena, farms[i].webs, &q, farms[i].most.web, PRECISION_FULL);
        add(p, most[i], &farms[i].most, &l, PUBLISHED_REPORTED);
    }
}

void published_k1_green(struct published *p)
{
    add_rows(p, false);
}

void published_k1(struct published *p)
{
    add_rows(p, true);
}

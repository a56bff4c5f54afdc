/* intercepts.c - hypervisor time by account told as the intercept classes that PerfMon has. */
#include "model/host/intercepts.h"
#include "model/host/place.h"

/* On which VPs a row holds. */
enum who {
    ANYBODY,
    ENLIGHTENED,
    UNENLIGHTENED,
    SHADOW_ENLIGHTENED, /* without SLAT */
    SHADOW_UNENLIGHTENED,
    NESTED_OLD, /* SLAT before Nested Page Fault Intercepts was counted (2008 R2) */
    NESTED,
    WHO_KINDS
};

/* Where the time of an account goes. Within an account, rows share it by weight; a row that names a parameter weighs as much
 * more as the parameter is large. Costs of one event are those that the parameters' own arithmetic states (virtualization.c,
 * enlightenment.c, slat.c); how often one class occurs beside another is assumed. Two accounts are not here: dispatches, whose
 * number is known, and the emulated devices' part of `intercept`, likewise. */
static const struct row {
    enum account account;
    enum who who;
    enum intercept_class class;
    double weight, event_ns; /* at speed 1.0 */
    const char *mechanism, *param;
} rows[] = {
    /* an interrupt of 5 us: 3 us for itself, 2 us for its end and the next timer */
    {ACCOUNT_TIMER, ANYBODY, INTERCEPT_EXTERNAL_INTERRUPT, 0.6, 3e3, "virtualization", "timer"},
    {ACCOUNT_TIMER, ENLIGHTENED, INTERCEPT_MSR, 0.4, 2e3, "virtualization", "timer"},
    {ACCOUNT_TIMER, UNENLIGHTENED, INTERCEPT_EMULATED, 0.4, 2e3, "virtualization", "timer"},
    /* clocks are read from ports: 3 us each */
    {ACCOUNT_TIMER, UNENLIGHTENED, INTERCEPT_IO, 1.0, 3e3, "enlightenment", "timer"},
    /* 2 us a page; enlightened guests ask for flushes by hypercall (TLFS 2.0a, 12.1) */
    {ACCOUNT_PAGE_TABLE, SHADOW_ENLIGHTENED, INTERCEPT_PAGE_FAULT, 0.7, 2e3, NULL, NULL},
    {ACCOUNT_PAGE_TABLE, SHADOW_ENLIGHTENED, INTERCEPT_CONTROL_REGISTER, 0.15, 2e3, NULL, NULL},
    {ACCOUNT_PAGE_TABLE, SHADOW_ENLIGHTENED, INTERCEPT_HYPERCALL, 0.15, 2e3, NULL, NULL},
    {ACCOUNT_PAGE_TABLE, SHADOW_UNENLIGHTENED, INTERCEPT_PAGE_FAULT, 0.6, 2e3, NULL, NULL},
    {ACCOUNT_PAGE_TABLE, SHADOW_UNENLIGHTENED, INTERCEPT_PAGE_INVALIDATION, 0.25, 2e3, NULL, NULL},
    {ACCOUNT_PAGE_TABLE, SHADOW_UNENLIGHTENED, INTERCEPT_CONTROL_REGISTER, 0.15, 2e3, NULL, NULL},
    {ACCOUNT_PAGE_TABLE, NESTED_OLD, INTERCEPT_OTHER, 1.0, 2e3, NULL, NULL},
    {ACCOUNT_PAGE_TABLE, NESTED, INTERCEPT_NESTED_FAULT, 1.0, 2e3, NULL, NULL},
    /* of three round trips of 1 us the signal is one, the interrupt back and its end are two */
    {ACCOUNT_HYPERCALL, ANYBODY, INTERCEPT_HYPERCALL, 1.0, 1e3, NULL, NULL},
    {ACCOUNT_HYPERCALL, ANYBODY, INTERCEPT_PENDING_INTERRUPT, 2.0, 1e3, NULL, NULL},
    /* registers of the APIC: 2 us each */
    {ACCOUNT_INTERCEPT, ENLIGHTENED, INTERCEPT_IO, 1.0, 2e3, NULL, NULL},
    {ACCOUNT_INTERCEPT, UNENLIGHTENED, INTERCEPT_EMULATED, 1.0, 2e3, NULL, NULL},
    {ACCOUNT_SPIN, ANYBODY, INTERCEPT_OTHER, 1.0, 2e3, NULL, NULL},
};
enum { ROWS = sizeof rows / sizeof *rows };

#define MESSAGE_NS 2e3 /* disk_path.exit_hypervisor, network_path.exit_hypervisor */

static bool holds(enum who who, const struct vm *vm)
{
    const struct place at = place_of(vm, NULL);
    const bool slat = mechanism_slat(&at);
    const bool counted = counters_in(CTR_VP_CLASSES + 2 * INTERCEPT_NESTED_FAULT, at.version);
    const bool is[WHO_KINDS] = {[ANYBODY] = true,
                                [ENLIGHTENED] = at.enlightened,
                                [UNENLIGHTENED] = !at.enlightened,
                                [SHADOW_ENLIGHTENED] = !slat && at.enlightened,
                                [SHADOW_UNENLIGHTENED] = !slat && !at.enlightened,
                                [NESTED_OLD] = slat && !counted,
                                [NESTED] = slat && counted};
    return is[who];
}

static double weight_of(const struct row *r, const struct vm *vm)
{
    if (!holds(r->who, vm))
        return 0.0;
    /* a parameter of 0 leaves its row a trace, so that time of the account is never without a class */
    const double *p = vm->run->model->overhead;
    return r->mechanism ? r->weight * (p[mechanism_param_index(r->mechanism, r->param)] + 1e-9) : r->weight;
}

static void add(struct intercepts *out, enum intercept_class c, double ns, double event_ns)
{
    out->ns[c] += ns;
    out->events[c] += ns / event_ns;
}

/* Accesses to emulated devices are known by number; what is left of the account is other intercepts. */
static double emulation(const struct intercept_view *v, double account_ns, double speed,
                        struct intercepts *out)
{
    const double all = v->messages * MESSAGE_NS / speed;
    const double ns = all < account_ns ? all : account_ns;
    add(out, INTERCEPT_IO, ns, MESSAGE_NS / speed);
    return account_ns - ns;
}

/* A dispatch follows the guest's HLT, or an interrupt that gave the LP to somebody else. */
static void dispatches(const struct intercept_view *v, struct intercepts *out)
{
    const double n = v->dispatches, ns = v->account_ns[ACCOUNT_DISPATCH];
    const double turns = v->preemptions < n ? v->preemptions : n;
    const double share = n > 0.0 ? turns / n : 0.0;
    out->ns[INTERCEPT_EXTERNAL_INTERRUPT] += share * ns;
    out->events[INTERCEPT_EXTERNAL_INTERRUPT] += turns;
    out->ns[INTERCEPT_HALT] += (1.0 - share) * ns;
    out->events[INTERCEPT_HALT] += n - turns;
    if (n <= 0.0 && ns > 0.0)
        out->events[INTERCEPT_HALT] += 1.0; /* the end of a switch that began before the interval */
}

void intercepts_split(const struct intercept_view *v, struct intercepts *out)
{
    const double speed = v->host->spec->cpu.speed;
    *out = (struct intercepts){.events = {0.0}};
    dispatches(v, out);
    for (int k = 0; v->vm && k < ACCOUNTS; k++) {
        double sum = 0.0, ns = v->account_ns[k];
        if (k == ACCOUNT_DISPATCH || ns <= 0.0)
            continue;
        if (k == ACCOUNT_INTERCEPT)
            ns = emulation(v, ns, speed, out);
        for (int i = 0; i < ROWS; i++)
            sum += rows[i].account == (enum account)k ? weight_of(&rows[i], v->vm) : 0.0;
        for (int i = 0; i < ROWS; i++)
            if (rows[i].account == (enum account)k)
                add(out, rows[i].class, ns * weight_of(&rows[i], v->vm) / sum, rows[i].event_ns / speed);
    }
}

bool intercepts_caused(const struct host *h, const struct vm *vm, enum intercept_class c)
{
    if (!counters_in(CTR_VP_CLASSES + 2 * c, h->spec->hv.version))
        return false;
    if (c == INTERCEPT_HALT || c == INTERCEPT_EXTERNAL_INTERRUPT)
        return true;
    for (int i = 0; vm && i < ROWS; i++)
        if (rows[i].class == c && holds(rows[i].who, vm))
            return true;
    return false;
}

double intercepts_events(const struct intercepts *x)
{
    double sum = 0.0;
    for (int c = 0; c < INTERCEPT_CLASSES; c++)
        sum += x->events[c];
    return sum;
}

double intercepts_ns(const struct intercepts *x)
{
    double sum = 0.0;
    for (int c = 0; c < INTERCEPT_CLASSES; c++)
        sum += x->ns[c];
    return sum;
}

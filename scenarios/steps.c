/* steps.c - completes steps; step i belongs to child i of its list in the tree. */
#include "scenarios/steps.h"

#include "model/base/text.h"
#include "scenarios/networks.h"

#include <string.h>

enum {
    SITE_NONE = -1,
    SITE_BAD = -2 /* an error has been reported */,
    MOST_MEMBERS = 1000,
    MOST_SITES = 1000,
    MOST_LOCKS = 1000
};

struct context {
    struct resolve *r;
    struct workload_spec *w;
    int site_capacity;
};

static void list_resolve(struct context *c, const struct node *list, struct step *steps, int n, int site,
                         const struct bind_at *at);

/* The site with these members, made if it is new. */
static int site_find(struct context *c, int *vm, int n)
{
    struct workload_spec *w = c->w;
    for (int i = 0; i < w->sites; i++)
        if (w->site[i].n == n && memcmp(w->site[i].vm, vm, (size_t)n * sizeof *vm) == 0)
            return i;
    if (w->sites == c->site_capacity) {
        c->site_capacity = c->site_capacity ? 2 * c->site_capacity : 4;
        w->site =
            arena_grow(c->r->arena, w->site, (size_t)w->sites, (size_t)c->site_capacity, sizeof *w->site);
    }
    w->site[w->sites] = (struct site){vm, n};
    return w->sites++;
}

static bool members_resolve(struct context *c, const struct node *on, int *vm, int n,
                            const struct bind_at *at)
{
    bool good = true;
    for (int i = 0; i < n; i++) {
        const struct node *name = on->kind == NODE_LIST ? on->child[i] : on;
        vm[i] = names_resolve(c->r->arena, c->r->vms, name, at, "VM", c->r->errs);
        good = good && vm[i] >= 0;
        for (int k = 0; k < i && vm[i] >= 0; k++)
            if (vm[k] == vm[i])
                resolve_fail(c->r, name, at, "'%s' stands in the list twice", name->text);
    }
    return good;
}

/* `on:` of a step, or the site of the step before. */
static int site_resolve(struct context *c, const struct node *step, int before, const struct bind_at *at)
{
    const struct node *on = node_get(step, "on");
    struct bind_at here = {at, "on", 0};
    if (!on && before == SITE_NONE) {
        resolve_fail(c->r, step, at, "'on' is missing: the first step must say where it happens");
        return SITE_BAD;
    }
    if (!on)
        return before;
    int n = on->kind == NODE_LIST ? on->n : 1;
    if (n > MOST_MEMBERS)
        resolve_fail(c->r, on, &here, "at most %d VMs can stand here", MOST_MEMBERS);
    if (n == 0 || n > MOST_MEMBERS)
        return SITE_BAD;
    int *vm = ARENA_ARRAY(c->r->arena, int, (size_t)n);
    if (!members_resolve(c, on, vm, n, &here))
        return SITE_BAD;
    if (c->w->sites >= MOST_SITES)
        resolve_fail(c->r, on, &here, "more than %d different places in one workload", MOST_SITES);
    return c->w->sites >= MOST_SITES ? SITE_BAD : site_find(c, vm, n);
}

/* Index of the device in one VM: the named one, or the only one; -1 after an error. */
static int device_find(struct context *c, const struct node *io, const struct node *vm, const char *vm_name,
                       const char *key, const char *kind, const struct bind_at *at)
{
    const struct node *devices = node_get(vm, kind), *name = node_get(io, key);
    int n = devices && devices->kind == NODE_MAP ? devices->n : 0;
    struct names names = {.map = n ? devices : NULL};
    if (!name && n == 1)
        return 0;
    if (!name)
        resolve_fail(c->r, io, at, "'%s' is missing; VM %s has: %s", key, vm_name,
                     names_list(c->r->arena, &names));
    if (!name || name->kind != NODE_SCALAR)
        return -1;
    int i = node_index(devices, name->text);
    if (i < 0)
        errs_add_near(c->r->errs, ERR_INVALID, name->pos,
                      bind_path(c->r->arena, &(struct bind_at){at, key, 0}),
                      names_nearest(&names, name->text), "VM %s has no %s '%.80s'; it has: %s", vm_name, key,
                      name->text, names_list(c->r->arena, &names));
    return i;
}

static void devices_resolve(struct context *c, struct step *st, const struct node *io, const char *key,
                            const char *kind, const struct bind_at *at)
{
    if (st->site < 0 || io->kind != NODE_MAP)
        return;
    const struct site *site = &c->w->site[st->site];
    const struct node *vms = node_get(c->r->root, "vms");
    st->device = ARENA_ARRAY(c->r->arena, int, (size_t)site->n);
    for (int i = 0; i < site->n; i++)
        st->device[i] = device_find(c, io, vms->child[site->vm[i]], vms->key[site->vm[i]], key, kind, at);
}

static void disk_resolve(struct context *c, struct step *st, const struct node *io, const struct bind_at *at)
{
    devices_resolve(c, st, io, "disk", "disks", at);
}

static void net_resolve(struct context *c, struct step *st, const struct node *io, const struct bind_at *at)
{
    devices_resolve(c, st, io, "nic", "nics", at);
    const struct node *to = node_get(io, "to");
    struct bind_at here = {at, "to", 0};
    int *vm = ARENA_ARRAY(c->r->arena, int, 1);
    const bool named = to && members_resolve(c, to, vm, 1, &here);
    if (st->site >= 0 && st->device && (named || !to))
        for (int i = 0; i < c->w->site[st->site].n; i++)
            networks_check(c->r, c->w->site[st->site].vm[i], st->device[i], named ? vm[0] : -1, io, at);
    if (named)
        st->peer_site = site_find(c, vm, 1);
}

static void plain_resolve(struct context *c, struct step *st, const struct node *value,
                          const struct bind_at *at)
{
    (void)c, (void)st, (void)value, (void)at;
}

static void lock_resolve(struct context *c, struct step *st, const struct node *value,
                         const struct bind_at *at)
{
    struct model *m = c->r->model;
    if (value->kind != NODE_SCALAR)
        return;
    if (!text_is_name(value->text))
        resolve_fail(c->r, value, at, "a name has 1 to 64 letters, digits, _ or -");
    for (st->lock = 0; st->lock < m->locks; st->lock++)
        if (strcmp(m->lock[st->lock], value->text) == 0)
            return;
    if (m->locks == MOST_LOCKS) {
        resolve_fail(c->r, value, at, "more than %d locks", MOST_LOCKS);
        st->lock = 0;
        return;
    }
    m->lock = arena_grow(c->r->arena, m->lock, (size_t)m->locks, (size_t)m->locks + 1, sizeof *m->lock);
    m->lock[m->locks++] = value->text;
}

/* Whether the key beside a call is there as it should be. */
static void beside_check(struct context *c, const struct node *step, const char *key, bool due,
                         const char *what, const struct bind_at *at)
{
    const struct node *n = node_get(step, key);
    if (due && !n)
        resolve_fail(c->r, step, at, "a call of %s needs '%s'", what, key);
    if (!due && n)
        resolve_fail(c->r, n, &(struct bind_at){at, key, 0}, "a call of %s has no '%s'", what, key);
}

/* An external service or a VM. Returns the site of the called VM, or SITE_BAD. */
static int call_resolve(struct context *c, struct step *st, const struct node *step, const struct bind_at *at)
{
    const struct node *to = node_get(step, "call");
    struct bind_at here = {at, "call", 0};
    if (to->kind != NODE_SCALAR)
        return SITE_BAD;
    int *vm = ARENA_ARRAY(c->r->arena, int, 1);
    st->external = names_find(c->r->externals, to->text);
    vm[0] = names_find(c->r->vms, to->text);
    if (st->external >= 0) {
        st->kind = STEP_EXTERNAL;
        beside_check(c, step, "service", true, "an external service", at);
        beside_check(c, step, "steps", false, "an external service", at);
        return SITE_BAD;
    }
    if (vm[0] >= 0) {
        beside_check(c, step, "steps", true, "a VM", at);
        beside_check(c, step, "service", false, "a VM", at);
        return site_find(c, vm, 1);
    }
    const char *near = errs_dropped(c->r->errs) ? NULL : names_nearest(c->r->vms, to->text);
    errs_add_near(c->r->errs, ERR_INVALID, to->pos, bind_path(c->r->arena, &here),
                  near ? near : names_nearest(c->r->externals, to->text),
                  "there is no VM and no external service '%.80s'", to->text);
    return SITE_BAD;
}

static void branches_resolve(struct context *c, struct step *st, const struct node *branches,
                             const struct bind_at *at)
{
    struct bind_at here = {at, "parallel", 0};
    for (int i = 0; i < st->branches; i++)
        list_resolve(c, branches->child[i], st->branch[i], st->branch_steps[i], st->site,
                     &(struct bind_at){&here, NULL, i});
}

static const struct verb {
    const char *key;
    enum step_kind kind;
    void (*resolve)(struct context *c, struct step *st, const struct node *value, const struct bind_at *at);
} verbs[] = {
    {"cpu", STEP_CPU, plain_resolve},       {"read", STEP_READ, disk_resolve},
    {"write", STEP_WRITE, disk_resolve},    {"send", STEP_SEND, net_resolve},
    {"receive", STEP_RECEIVE, net_resolve}, {"connect", STEP_CONNECT, net_resolve},
    {"spawn", STEP_SPAWN, plain_resolve},   {"lock", STEP_LOCK, lock_resolve},
    {"call", STEP_CALL, plain_resolve},     {"parallel", STEP_PARALLEL, plain_resolve},
};

static const struct verb *verb_of(const struct node *step)
{
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
        if (node_get(step, verbs[i].key))
            return &verbs[i];
    return NULL;
}

/* Returns the site, which the next step inherits. */
static int step_resolve(struct context *c, struct step *st, const struct node *n, int before,
                        const struct bind_at *at)
{
    st->site = site_resolve(c, n, before, at);
    st->peer_site = SITE_NONE;
    const struct verb *verb = verb_of(n);
    if (!verb)
        return st->site;
    st->kind = verb->kind;
    verb->resolve(c, st, node_get(n, verb->key), &(struct bind_at){at, verb->key, 0});
    int inner = st->site;
    if (st->kind == STEP_CALL)
        inner = call_resolve(c, st, n, at);
    if (st->kind == STEP_LOCK && !node_get(n, "steps"))
        resolve_fail(c->r, n, at, "a lock needs 'steps'");
    if (st->kind == STEP_PARALLEL)
        branches_resolve(c, st, node_get(n, "parallel"), at);
    list_resolve(c, node_get(n, "steps"), st->child, st->children, inner, &(struct bind_at){at, "steps", 0});
    return st->site;
}

static void list_resolve(struct context *c, const struct node *list, struct step *steps, int n, int site,
                         const struct bind_at *at)
{
    for (int i = 0; i < n; i++) {
        const struct node *step = list->child[i];
        if (step->kind == NODE_MAP)
            site = step_resolve(c, &steps[i], step, site, &(struct bind_at){at, NULL, i});
    }
}

void steps_resolve(struct resolve *r, int i, const struct node *workload, const struct bind_at *at)
{
    struct context c = {.r = r, .w = &r->model->workload[i]};
    struct bind_at here = {at, "steps", 0};
    list_resolve(&c, node_get(workload, "steps"), c.w->step, c.w->steps, SITE_NONE, &here);
}

/* machine.c - the machines of a set of logs, with what each of them has. */
#include "calibrate/machine.h"
#include "model/base/text.h"
#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static struct machine *machine_find(struct arena *a, struct machines *all, const char *name)
{
    for (int i = 0; i < all->n; i++) {
        if (text_same(all->item[i].name, name)) {
            return &all->item[i];
        }
    }
    struct machine *m = ARENA_PUSH(a, all->item, all->n, all->room);
    *m = (struct machine){.name = name};
    return m;
}

static struct instance *instance_find(struct arena *a, struct instance_list *list, const char *name)
{
    for (int i = 0; i < list->n; i++) {
        if (text_same(list->item[i].name, name)) {
            return &list->item[i];
        }
    }
    if (list->total != NULL && text_same(list->total->name, name)) {
        return list->total;
    }
    struct instance *item = known_is_total(name) ? ARENA_NEW(a, struct instance) : NULL;
    if (item != NULL && list->total == NULL) {
        list->total = item;
    } else if (item == NULL) {
        item = ARENA_PUSH(a, list->item, list->n, list->room);
    }
    *item = (struct instance){.name = name, .vm = -1};
    return item;
}

/* PerfMon replaces ( ) # \ / by [ ] _ _ _ in instance names. */
static int name_char(char c)
{
    static const char from[] = "()#\\/", to[] = "[]___";
    const char *at = c != '\0' ? strchr(from, c) : NULL;
    return tolower((unsigned char)(at != NULL ? to[at - from] : c));
}

static bool name_same(const char *a, const char *b)
{
    while (*a && name_char(*a) == name_char(*b)) {
        a++;
        b++;
    }
    return name_char(*a) == name_char(*b);
}

int machine_vm(const struct machine *m, const char *name)
{
    for (int i = 0; i < m->vms; i++) {
        if (name_same(m->vm[i].name, name)) {
            return i;
        }
    }
    return -1;
}

/* Start of the last ":Hv VP " without regard to case; VM names may hold colons. NULL if there is none. */
static const char *vp_mark(const char *instance)
{
    static const char mark[] = ":hv vp ";
    const size_t n = sizeof mark - 1, length = strlen(instance);
    for (size_t i = length >= n ? length - n + 1 : 0; i-- > 0;) {
        size_t k = 0;
        while (k < n && tolower((unsigned char)instance[i + k]) == mark[k]) {
            k++;
        }
        if (k == n) {
            return instance + i;
        }
    }
    return NULL;
}

static void vps_group(struct arena *a, struct machine *m)
{
    struct instance_list *list = &m->cls[CLASS_VP];
    for (int i = 0; i < list->n; i++) {
        const char *mark = vp_mark(list->item[i].name);
        if (mark == NULL) {
            continue;
        }
        const char *name = arena_strndup(a, list->item[i].name, (size_t)(mark - list->item[i].name));
        int vm = machine_vm(m, name);
        if (vm < 0) {
            vm = m->vms;
            *ARENA_PUSH(a, m->vm, m->vms, m->vm_room) = (struct vm_log){.name = name};
        }
        list->item[i].vm = vm;
        m->vm[vm].vps++;
    }
}

static void apps_assign(struct machine *m)
{
    for (int i = 0; i < m->cls[CLASS_APP].n; i++) {
        struct instance *app = &m->cls[CLASS_APP].item[i];
        app->vm = machine_vm(m, app->name);
        if (app->vm >= 0) {
            m->vm[app->vm].requests = app->by[CTR_APP_REQUESTS];
            m->vm[app->vm].response = app->by[CTR_APP_RESPONSE];
        }
    }
}

/* Value at a stamp; NaN if the series has none. */
static double value_at(const struct log_series *s, int64_t at_ns)
{
    size_t low = 0, high = s != NULL ? s->n : 0;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (s->point[middle].end_ns < at_ns) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return s != NULL && low < s->n && s->point[low].end_ns == at_ns ? s->point[low].value : (double)NAN;
}

static struct log_series *series_like(struct arena *a, const struct log_series *other)
{
    struct log_series *s = ARENA_NEW(a, struct log_series);
    *s = *other;
    s->point = ARENA_ARRAY(a, struct log_point, other->n);
    return s;
}

/* Several applications of one physical machine count as one unit of work: the sum of their jobs, the mean response over
 * all jobs. Which of them uses how much CPU no counter says. */
static void apps_sum(struct arena *a, struct machine *m)
{
    const struct instance_list *apps = &m->cls[CLASS_APP];
    const struct log_series *first = apps->n > 0 ? apps->item[0].by[CTR_APP_REQUESTS] : NULL;
    if (m->hyperv || first == NULL) {
        return;
    }
    m->requests = first;
    m->response = apps->item[0].by[CTR_APP_RESPONSE];
    if (apps->n == 1) {
        return;
    }
    struct log_series *requests = series_like(a, first), *response = series_like(a, first);
    for (size_t k = 0; k < first->n; k++) {
        double jobs = 0.0, time = 0.0;
        for (int i = 0; i < apps->n; i++) {
            const double n = value_at(apps->item[i].by[CTR_APP_REQUESTS], first->point[k].end_ns);
            const double r = value_at(apps->item[i].by[CTR_APP_RESPONSE], first->point[k].end_ns);
            jobs += isnan(n) ? 0.0 : n;
            time += n > 0.0 ? n * r : 0.0;
        }
        requests->point[k] = (struct log_point){first->point[k].end_ns, first->point[k].span_s, jobs};
        response->point[k] = (struct log_point){first->point[k].end_ns, first->point[k].span_s,
                                                jobs > 0.0 ? time / jobs : (double)NAN};
    }
    m->requests = requests;
    m->response = m->response != NULL ? response : NULL;
}

/* A guest whose own log is in the set: its clock shows more than its share, but its throughput counts. */
static void guests_join(struct machines *all, struct machine *host)
{
    for (int i = 0; i < all->n; i++) {
        const int vm = all->item[i].hyperv ? -1 : machine_vm(host, all->item[i].name);
        if (vm >= 0) {
            all->item[i].host = host;
        }
        const struct instance_list *work = &all->item[i].cls[CLASS_WORK];
        const struct instance *best = work->total != NULL ? work->total : work->n > 0 ? &work->item[0] : NULL;
        if (vm >= 0 && best != NULL && host->vm[vm].requests == NULL) {
            host->vm[vm].requests = best->by[NAME_WORK];
            host->vm[vm].guest_clock = true;
        }
    }
}

/* A path without a machine belongs to the only machine there is, or to one named "host". */
static const char *machine_name(const struct logset *s, const struct log_series *series)
{
    const char *only = NULL;
    if (series->path->host[0] != '\0') {
        return series->path->host;
    }
    for (int i = 0; i < s->n; i++) {
        const char *host = s->series[i].path->host;
        if (host[0] != '\0' && only != NULL && !text_same(only, host)) {
            return "host";
        }
        only = host[0] != '\0' ? host : only;
    }
    return only != NULL ? only : "host";
}

static const char *objects_found(const struct logset *s)
{
    const char *seen[8], *list = "";
    int n = 0;
    for (int i = 0; i < s->columns && n < 8; i++) {
        const char *object = s->column_path[i]->object;
        bool known = false;
        for (int k = 0; k < n && !known; k++) {
            known = text_same(seen[k], object);
        }
        if (!known) {
            list = arena_printf(s->arena, "%s%s'%s'", list, n > 0 ? ", " : "", object);
            seen[n++] = object;
        }
    }
    return list;
}

struct machines *machine_all(const struct logset *s)
{
    struct machines *all = ARENA_NEW(s->arena, struct machines);
    all->file = s->file[0];
    all->objects = objects_found(s);
    for (int i = 0; i < s->n; i++) {
        const struct log_series *series = &s->series[i];
        *ARENA_PUSH(s->arena, all->work, all->works, all->work_room) = series;
        if (series->name == NAME_UNKNOWN || series->n == 0) {
            continue;
        }
        struct machine *m = machine_find(s->arena, all, machine_name(s, series));
        const enum known_class c = known_class_of(series->name);
        struct instance *item = instance_find(s->arena, &m->cls[c], series->path->instance);
        item->by[series->name] = item->by[series->name] == NULL ? series : item->by[series->name];
        m->hyperv = m->hyperv || c == CLASS_LP || c == CLASS_ROOT || c == CLASS_VP;
    }
    for (int i = 0; i < all->n; i++) {
        vps_group(s->arena, &all->item[i]);
        apps_assign(&all->item[i]);
        apps_sum(s->arena, &all->item[i]);
    }
    for (int i = 0; i < all->n; i++) {
        guests_join(all, &all->item[i]);
    }
    return all;
}

int machine_lps(const struct machine *m)
{
    const int lps = m->cls[CLASS_LP].n, roots = m->cls[CLASS_ROOT].n, cpus = m->cls[CLASS_PROCESSOR].n;
    return lps > 0 ? lps : m->hyperv && roots > 0 ? roots : cpus;
}

double machine_mean(const struct machine *m, enum known_class c, int name, int64_t from_ns, int64_t to_ns)
{
    const struct instance_list *list = &m->cls[c];
    double sum = 0.0;
    int n = 0;
    for (int i = 0; i < list->n; i++) {
        if (list->item[i].by[name] != NULL) {
            sum += logset_mean(list->item[i].by[name], from_ns, to_ns);
            n++;
        }
    }
    if (n == 0 && list->total != NULL && list->total->by[name] != NULL) {
        sum = logset_mean(list->total->by[name], from_ns, to_ns);
        n = 1;
    }
    return n > 0 ? sum / n / known_scale(name) : (double)NAN;
}

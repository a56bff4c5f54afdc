/* inspect.c - what is in the logs, before anything is fitted. */
#include "calibrate/calibrate.h"
#include "calibrate/identity.h"
#include "calibrate/stamp.h"
#include "calibrate/threshold.h"
#include "model/base/text.h"
#include <math.h>
#include <string.h>

/* Names of instances; a NULL list has none. */
static const char **names_of(struct arena *a, const struct instance_list *list)
{
    const char **names = ARENA_ARRAY(a, const char *, (size_t)list->n);
    for (int i = 0; i < list->n; i++) {
        names[i] = list->item[i].name;
    }
    return names;
}

/* What the host's processors do: LPs on a Hyper-V host, where the root's own Processor counters hide the guests. */
static double true_cpu(const struct machine *m, int64_t from_ns, int64_t to_ns)
{
    if (m->hyperv) {
        return machine_mean(m, CLASS_LP, CTR_LP_TOTAL, from_ns, to_ns);
    }
    const double busy = machine_mean(m, CLASS_PROCESSOR, CTR_PROCESSOR_TIME, from_ns, to_ns);
    const double idle = machine_mean(m, CLASS_PROCESSOR, CTR_PROCESSOR_IDLE, from_ns, to_ns);
    const double parts = machine_mean(m, CLASS_PROCESSOR, CTR_PROCESSOR_USER, from_ns, to_ns) +
                         machine_mean(m, CLASS_PROCESSOR, CTR_PROCESSOR_PRIVILEGED, from_ns, to_ns);
    return !isnan(busy) ? busy : !isnan(idle) ? fmax(0.0, 1.0 - idle) : parts;
}

/* Task Manager in the root shows the root's virtual processors, averaged. */
static double task_manager(const struct machine *m, int64_t from_ns, int64_t to_ns)
{
    const double root = machine_mean(m, CLASS_ROOT, CTR_ROOT_TOTAL, from_ns, to_ns);
    return !m->hyperv    ? true_cpu(m, from_ns, to_ns)
           : isnan(root) ? machine_mean(m, CLASS_PROCESSOR, CTR_PROCESSOR_TIME, from_ns, to_ns)
                         : root;
}

/* What the host counts for the processors of a guest. */
static double host_count(const struct machine *guest, int64_t from_ns, int64_t to_ns)
{
    const int vm = machine_vm(guest->host, guest->name);
    const struct instance_list *vps = &guest->host->cls[CLASS_VP];
    double sum = 0.0;
    int n = 0;
    for (int i = 0; i < vps->n; i++) {
        if (vps->item[i].vm == vm && vps->item[i].by[CTR_VP_TOTAL] != NULL) {
            sum += logset_mean(vps->item[i].by[CTR_VP_TOTAL], from_ns, to_ns) / known_scale(CTR_VP_TOTAL);
            n++;
        }
    }
    return n > 0 ? sum / n : (double)NAN;
}

static struct inspect_machine machine_view(struct arena *a, const struct logset *s, const struct machine *m)
{
    struct inspect_machine v = {.name = m->name, .hyperv = m->hyperv, .lps = machine_lps(m), .vms = m->vms};
    v.vm = ARENA_ARRAY(a, const char *, (size_t)m->vms);
    v.vcpus = ARENA_ARRAY(a, int, (size_t)m->vms);
    for (int i = 0; i < m->vms; i++) {
        v.vm[i] = m->vm[i].name;
        v.vcpus[i] = m->vm[i].vps;
    }
    v.disk = names_of(a, &m->cls[CLASS_DISK]);
    v.disks = m->cls[CLASS_DISK].n;
    v.nic = names_of(a, &m->cls[CLASS_NIC]);
    v.nics = m->cls[CLASS_NIC].n;
    v.true_cpu = true_cpu(m, s->first_ns - 1, s->last_ns);
    v.task_manager = task_manager(m, s->first_ns - 1, s->last_ns);
    v.guest_clock = (double)NAN;
    if (m->host != NULL) {
        v.guest_of = m->host->name;
        v.guest_clock = v.true_cpu;
        v.true_cpu = host_count(m, s->first_ns - 1, s->last_ns);
    }
    return v;
}

static bool any_has(const struct machine *m, enum known_class c, int name)
{
    const struct instance_list *list = &m->cls[c];
    for (int i = -1; i < list->n; i++) {
        const struct instance *item = i < 0 ? list->total : &list->item[i];
        if (item != NULL && item->by[name] != NULL) {
            return true;
        }
    }
    return false;
}

/* One star each: processors one by one, the split or user and privileged time, disk rates with latency, disk idle time or
 * queue, throughput of applications. A machine without any of them has one. */
static int stars_of(const struct machine *m)
{
    const bool processors = machine_lps(m) > 0;
    const bool split = m->hyperv
                           ? any_has(m, CLASS_VP, CTR_VP_GUEST) && any_has(m, CLASS_ROOT, CTR_ROOT_TOTAL)
                           : any_has(m, CLASS_PROCESSOR, CTR_PROCESSOR_TIME) ||
                                 any_has(m, CLASS_PROCESSOR, CTR_PROCESSOR_IDLE);
    const bool disks = any_has(m, CLASS_DISK, CTR_DISK_READS) && any_has(m, CLASS_DISK, CTR_DISK_SEC_READ);
    const bool depth = any_has(m, CLASS_DISK, CTR_DISK_IDLE) || any_has(m, CLASS_DISK, CTR_DISK_QUEUE);
    bool work = m->cls[CLASS_APP].n > 0 || m->cls[CLASS_WORK].n > 0 || m->cls[CLASS_WORK].total != NULL;
    for (int i = 0; i < m->vms; i++) {
        work = work || m->vm[i].requests != NULL;
    }
    const int sum = processors + split + disks + depth + work;
    return sum > 0 ? sum : 1;
}

static void add_finding(struct arena *a, struct threshold_findings *f, const char *code, const char *counter,
                        const char *text)
{
    *ARENA_PUSH(a, f->item, f->n, f->room) = (struct inspect_finding){code, counter, text};
}

/* The gap that misleads planners. */
static void observer_finding(struct arena *a, const struct inspect_machine *m, struct threshold_findings *f)
{
    if (m->hyperv && m->true_cpu - m->task_manager > 0.1) {
        add_finding(
            a, f, "I101", m->name,
            arena_printf(
                a,
                "the logical processors are busy for %.0f %% of the time; Task Manager in the root shows "
                "%.0f %%, because it sees the root's virtual processors only",
                100.0 * m->true_cpu, 100.0 * m->task_manager));
    }
}

/* What must agree, where the log has it all. */
static void identity_findings(struct arena *a, const struct machines *all, struct threshold_findings *f)
{
    const struct inventory nothing = {NULL};
    struct errs *unused = errs_new(a); /* a log without processors can be inspected all the same */
    const struct fit *fit = fit_new(a, all, &nothing, 0.0, 1.0, unused);
    const struct identities *checks = fit != NULL ? identity_check(fit) : NULL;
    for (int i = 0; checks != NULL && i < checks->n; i++) {
        if (checks->item[i].broken) {
            add_finding(
                a, f, "I102", checks->item[i].text,
                arena_printf(
                    a,
                    "does not hold over the intervals (correlation %.2f): are all columns of one machine "
                    "and one time?",
                    checks->item[i].correlation));
        }
    }
    for (int i = 0; fit != NULL && i < fit->hosts; i++) {
        for (int k = 0; k < fit->host[i].disks; k++) {
            const struct fit_disk *d = &fit->host[i].disk[k];
            if (10 * d->rejected > d->intervals) {
                add_finding(a, f, "I103", d->label,
                            arena_printf(a, "%d of %d intervals breach Little's law (rate x latency = queue)",
                                         d->rejected, d->intervals));
            }
        }
    }
}

/* Names that are nearly those of known counters: another version or language, or a slip. */
static void name_findings(struct arena *a, const struct logset *s, struct threshold_findings *f)
{
    int named = 0;
    for (int i = 0; i < s->columns && named < 10; i++) {
        const char *nearest = s->column_series[i] < 0 ? known_nearest(a, s->column_path[i]) : NULL;
        if (nearest != NULL) {
            add_finding(a, f, "I104", s->column[i].path,
                        arena_printf(a, "is not known; nearest is %s", nearest));
            named++;
        }
    }
}

static void log_view(struct arena *a, const struct logset *s, struct inspection *v)
{
    v->file = ARENA_ARRAY(a, const char *, (size_t)s->files);
    for (int i = 0; i < s->files; i++) {
        v->file[i] = s->file[i];
    }
    v->files = s->files;
    v->first = stamp_text(a, s->first_ns);
    v->last = stamp_text(a, s->last_ns);
    v->interval_s = s->interval_s;
    v->rows = s->rows;
    v->gaps = s->gaps;
    v->longest_gap_s = s->longest_gap_s;
    v->column = s->column;
    v->columns = s->columns;
}

struct inspection *inspect_logs(struct arena *a, const char *const *paths, int n, struct errs *e)
{
    const struct logset *s = logset_read(a, paths, n, NULL, 0, e);
    if (s == NULL) {
        return NULL;
    }
    struct inspection *v = ARENA_NEW(a, struct inspection);
    struct threshold_findings f = {.n = 0};
    const struct machines *all = machine_all(s);
    log_view(a, s, v);
    v->machine = ARENA_ARRAY(a, struct inspect_machine, (size_t)all->n);
    v->machines = all->n;
    v->stars = all->n > 0 ? 5 : 1;
    for (int i = 0; i < all->n; i++) {
        v->machine[i] = machine_view(a, s, &all->item[i]);
        observer_finding(a, &v->machine[i], &f);
        threshold_evaluate(a, &all->item[i], &f);
        /* a guest beside its host adds to what is known and need not be whole */
        const int stars = all->item[i].host != NULL ? 5 : stars_of(&all->item[i]);
        v->stars = stars < v->stars ? stars : v->stars;
    }
    identity_findings(a, all, &f);
    name_findings(a, s, &f);
    v->finding = f.item;
    v->findings = f.n;
    return v;
}

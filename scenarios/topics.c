/* topics.c - everything that `hvplan explain` explains, gathered from the tables of all layers. */
#include "scenarios/metrics.h"
#include "scenarios/schema.h"

#include "model/base/codes.h"
#include "model/base/text.h"
#include "model/host/counters.h"
#include "model/mechanism/generations.h"
#include "model/mechanism/mechanism.h"
#include "model/mechanism/rotation.h"
#include "scenarios/choices.h"
#include "scenarios/expect.h"
#include "scenarios/overhead.h"
#include "scenarios/shape.h"

#include <string.h>

enum { MOST_SHAPES = 128 };

struct topics {
    struct arena *arena;
    struct topic *item;
    size_t n, capacity;
    const struct shape *seen[MOST_SHAPES];
    size_t shapes;
};

static void add(struct topics *t, struct topic topic)
{
    *ARENA_PUSH(t->arena, t->item, t->n, t->capacity) = topic;
}

static const char *unit_name(const struct key_row *row)
{
    if (row->type == KEY_TIME)
        return units_name(UNIT_TIME);
    if (row->type == KEY_COUNT)
        return units_name(UNIT_COUNT);
    return row->type == KEY_NUMBER ? units_name(row->unit) : NULL;
}

static const char *default_text(const struct key_row *row)
{
    if (row->def || row->absent)
        return row->def ? row->def : row->absent;
    if (row->flags & KEY_REQUIRED)
        return "required";
    return row->flags & KEY_ONE_OF ? "exactly one of these" : NULL;
}

/* What the key means, and each word that it can be where they are few. */
static const char *key_text(struct arena *a, const struct key_row *row)
{
    enum { FEW = 12 };
    const struct choice_set *c = row->choices;
    const char *text = row->doc;
    for (size_t i = 0; row->type == KEY_CHOICE && c && c->count() <= FEW && i < c->count(); i++)
        if (c->doc(i) && *c->doc(i))
            text = arena_printf(a, "%s\n%s: %s", text, c->word(i), c->doc(i));
    return text;
}

/* Under its full pattern (vms.V.vcpus) and under the bare key (vcpus). */
static void key_add(struct topics *t, const struct shape *s, const struct key_row *row)
{
    const char *path = *s->where ? arena_printf(t->arena, "%s.%s", s->where, row->key) : row->key;
    const char *range = expect_range(t->arena, row);
    struct topic topic = {.name = path,
                          .kind = "key",
                          .unit = unit_name(row),
                          .value = default_text(row),
                          .range = range ? range : expect_value(t->arena, row),
                          .confidence = row->source ? confidence_name(row->confidence) : NULL,
                          .source = row->source,
                          .text = key_text(t->arena, row)};
    add(t, topic);
    if (strcmp(path, row->key) == 0)
        return;
    topic.again = true;
    topic.name = row->key;
    topic.text = arena_printf(t->arena, "%s: %s", path, topic.text);
    add(t, topic);
}

static void shape_add(struct topics *t, const struct shape *s)
{
    const struct key_row *row;
    for (size_t i = 0; i < t->shapes; i++)
        if (t->seen[i] == s)
            return;
    if (t->shapes == MOST_SHAPES)
        return;
    t->seen[t->shapes++] = s;
    for (size_t i = 0; (row = shape_row(s, i)); i++)
        if (i < s->n) /* those of the base stand where it is used itself */
            key_add(t, s, row);
    for (size_t i = 0; (row = shape_row(s, i)); i++)
        if (row->shape)
            shape_add(t, row->shape);
}

static void files_add(struct topics *t)
{
    for (size_t i = 0; i < shape_file_count; i++) {
        add(t,
            (struct topic){.name = shape_files[i].name, .kind = "file", .text = shape_files[i].shape->doc});
        if (strcmp(shape_files[i].name, "result") != 0)
            shape_add(t, shape_files[i].shape);
    }
    shape_add(t, &shape_time);
}

static void param_add(struct topics *t, const struct mechanism *m, const struct param *p)
{
    struct key_row row = overhead_row(p);
    struct topic topic = {.name = arena_printf(t->arena, "overheads.%s.%s", m->name, p->name),
                          .kind = "parameter",
                          .unit = units_name(p->unit),
                          .value = units_format(t->arena, p->def, p->unit),
                          .range = expect_range(t->arena, &row),
                          .confidence = confidence_name(p->confidence),
                          .source = p->source,
                          .text = p->doc};
    add(t, topic);
    topic.again = true;
    topic.name = p->name;
    topic.text = arena_printf(t->arena, "overheads.%s.%s: %s", m->name, p->name, p->doc);
    add(t, topic);
}

static void mechanisms_add(struct topics *t)
{
    for (size_t i = 0; i < mechanism_count; i++) {
        const struct mechanism *m = mechanism_registry[i];
        add(t, (struct topic){.name = m->name,
                              .kind = "mechanism",
                              .text = arena_printf(t->arena, "%s. %s", m->title, m->doc)});
        for (size_t k = 0; k < m->n_params; k++)
            param_add(t, m, &m->params[k]);
    }
}

static void choices_add(struct topics *t, const struct choice_set *c)
{
    for (size_t i = 0; i < c->count(); i++)
        add(t, (struct topic){.name = c->word(i),
                              .kind = "kind",
                              .text = arena_printf(t->arena, "%s: %s", c->name, c->doc(i) ? c->doc(i) : "")});
}

static void kinds_add(struct topics *t)
{
    static const struct choice_set *const sets[] = {
        &choices_version, &choices_scheduler,  &choices_placement, &choices_queues, &choices_vendor,
        &choices_os,      &choices_controller, &choices_vdisk,     &choices_vnic,   &choices_switch,
        &choices_balance, &choices_pdisk,      &choices_sectors,   &choices_pqueue, &choices_defragment,
        &choices_dist,    &choices_raid,       &choices_pattern,   &choices_grade,  &choices_migration,
        &choices_goal};
    for (size_t i = 0; i < sizeof sets / sizeof *sets; i++)
        choices_add(t, sets[i]);
}

/* Each generation under its word, and all of them under "generations", a line each. */
static void generations_add(struct topics *t)
{
    char *list = arena_strdup(
        t->arena,
        "Words of hosts.H.cpu.generation; explain one for more. Entries into the hypervisor and page "
        "walks grow cheaper with each generation; by how much is not published in a form that could "
        "be checked, so none sets a cost: state it under overheads, or calibrate.");
    for (size_t i = 0; i < generations_count; i++) {
        const struct generations_row *g = &generations_rows[i];
        const char *facts = generations_facts(t->arena, (int)i);
        list = arena_printf(t->arena, "%s\n%s: %s; %s", list, g->name, g->title, facts);
        add(t, (struct topic){.name = g->name,
                              .kind = "generation",
                              .confidence = confidence_name(CONF_DOCUMENTED),
                              .source = g->source,
                              .text = arena_printf(t->arena, "%s; %s. %s", g->title, facts, g->doc)});
    }
    add(t, (struct topic){.name = "generations", .kind = "list", .text = list});
}

/* What a hard disk's rpm says where the model does not, a line each. */
static void rotation_add(struct topics *t)
{
    char *list = arena_strdup(
        t->arena,
        "A random read of 8 KiB takes the mean seek, half a turn and the transfer; its variance is that of "
        "an "
        "even wait for the turn (T^2 / 12) and of seeks between even places (11/64 of the squared mean; "
        "Ruemmler and Wilkes 1994). A write takes the settling of the head more. Where seek and transfer are "
        "not "
        "stated, a disk has those of the row that turns no faster:");
    for (size_t i = 0; i < rotation_count; i++) {
        const struct rotation_row *row = &rotation_rows[i];
        list = arena_printf(t->arena, "%s\n%d rpm: seek %s, settling %s, transfer %s (%s)", list, row->rpm,
                            units_format(t->arena, row->seek_ns, UNIT_TIME),
                            units_format(t->arena, row->settle_ns, UNIT_TIME),
                            units_format(t->arena, row->bytes_per_s, UNIT_BANDWIDTH), row->source);
    }
    add(t,
        (struct topic){
            .name = "rotation", .kind = "list", .confidence = confidence_name(CONF_ASSUMED), .text = list});
}

static void metrics_add(struct topics *t)
{
    for (size_t i = 0; i < metrics_count; i++)
        add(t, (struct topic){.name = metrics_rows[i].name,
                              .kind = "metric",
                              .unit = metrics_rows[i].unit,
                              .text = metrics_rows[i].text});
}

static const char *since_text(struct arena *a, const struct counter_row *c)
{
    if (c->since == HV_NONE)
        return "";
    return arena_printf(a, " Hyper-V hosts%s%s.", c->since > HV_2008 ? " from " : "",
                        c->since > HV_2008 ? version_rows[c->since].name : "");
}

/* "(Hv LP N)", "(NAME:Hv VP N)": what stands in an instance for what differs. */
static const char *instance_text(struct arena *a, const char *form)
{
    const char *text = "";
    for (; *form; form++) {
        const bool holder = *form == '%';
        form += holder;
        text = holder ? arena_printf(a, "%s%s", text, *form == 'd' ? "N" : "NAME")
                      : arena_printf(a, "%s%c", text, *form);
    }
    return *text ? arena_printf(a, "(%s)", text) : "";
}

/* " Metrics: a, b.": those whose meaning names the counter. */
static const char *metrics_text(struct arena *a, const char *counter)
{
    const char *list = "";
    for (size_t i = 0; i < metrics_count; i++)
        if (strstr(metrics_rows[i].text, arena_printf(a, ": %s", counter)))
            list = arena_printf(a, "%s%s%s", list, *list ? ", " : " Metrics: ", metrics_rows[i].name);
    return *list ? arena_printf(a, "%s.", list) : "";
}

static void counters_add(struct topics *t)
{
    for (size_t i = 0; i < CTR_COUNT; i++) {
        const struct counter_row *c = &counter_rows[i];
        const char *instance = instance_text(t->arena, c->instance);
        struct topic topic = {.name = arena_printf(t->arena, "\\%s%s\\%s", c->object, instance, c->counter),
                              .kind = "counter",
                              .unit = c->unit,
                              .source = c->source,
                              .text = arena_printf(t->arena, "%s%s%s", c->doc, since_text(t->arena, c),
                                                   metrics_text(t->arena, c->counter))};
        add(t, topic);
        topic.again = true;
        topic.text = arena_printf(t->arena, "\\%s%s: %s", c->object, instance, topic.text);
        topic.name = c->counter;
        add(t, topic);
    }
}

/* The counters of one object, a line each, under its name. */
static void objects_add(struct topics *t)
{
    for (size_t i = 0; i < CTR_COUNT; i++) {
        const struct counter_row *first = &counter_rows[i];
        const char *list = "Counters of this object that hvplan knows:";
        size_t seen = 0;
        while (strcmp(counter_rows[seen].object, first->object) != 0)
            seen++;
        for (size_t k = i; seen == i && k < CTR_COUNT; k++)
            if (strcmp(counter_rows[k].object, first->object) == 0)
                list = arena_printf(t->arena, "%s\n%s: %s%s", list, counter_rows[k].counter,
                                    counter_rows[k].doc, since_text(t->arena, &counter_rows[k]));
        if (seen == i)
            add(t, (struct topic){.name = first->object, .kind = "object", .text = list});
    }
}

static void codes_add(struct topics *t)
{
    for (size_t i = 0; i < codes_count; i++)
        add(t, (struct topic){.name = codes_rows[i].code,
                              .kind = "warning",
                              .text = arena_printf(t->arena, "%s. %s %s", codes_rows[i].title,
                                                   codes_rows[i].text, codes_rows[i].advice)});
}

/* Words of reports, docs and administrators that are no name of anything else. */
static const struct topic words_rows[] = {
    {.name = "knee",
     .text = "Of compare --vcpu-curve: the fewest vCPUs of the VM from which on more gain nothing. A "
             "step gains "
             "when the response of some workload on the VM falls by more than its interval and by 5 % or "
             "more "
             "for each vCPU added."},
    {.name = "blame",
     .text = "compare --blame leaves out each load once, on the same random numbers; what the mean response "
             "of "
             "another workload then falls is the wait that this load causes, resource by resource. The parts "
             "need not add up: near saturation several loads each cause most of the same queue."},
    {.name = "cascade",
     .text =
         "A slow disk holds jobs longer, so that more of them are inside; they need more memory "
         "(vms.V.memory.per_job), the file cache shrinks, the VM pages, more reads reach the disk, and each "
         "costs processor time. So a job takes more CPU; the CPU is busier only while as many jobs end "
         "as before. examples/15-cascade shows it."},
    {.name = "output queue",
     .text = "Packets that wait for a link: metric nic.H.N.output_queue_packets, counter Output Queue "
             "Length of "
             "Network Interface, and the section Queues over time of a report. examples/11-streaming "
             "draws one."},
    {.name = "team",
     .text = "Several adapters of a host behind one virtual switch: hosts.H.switches.S.nics with a list, "
             "shared by "
             "hosts.H.switches.S.balance."},
    {.name = "storage QoS",
     .text = "A limit of operations a second for one virtual disk, in units of 8 KiB: "
             "vms.V.disks.D.maximum_iops and minimum_iops; counters Normalized Throughput, Maximum IO Rate."},
    {.name = "snapshot",
     .text = "A differencing disk on top of the one before: vms.V.disks.D.kind differencing-vhd or "
             "differencing-vhdx, and chain, the number of files. examples/12-virtual-disks has two of them."},
    {.name = "dynamic memory",
     .text = "Memory given and taken while the VM runs: vms.V.memory with minimum and maximum, buffer "
             "and weight; "
             "metrics vm.V.memory.*, counters of Hyper-V Dynamic Memory VM and Balancer."},
    {.name = "paging",
     .text = "What a VM does that lacks memory: hard faults that read pages from its first disk. Metric "
             "vm.V.pages_input_per_s, counters Pages Input/sec and Pages/sec of Memory in the guest, "
             "parameters of "
             "mechanism memory."},
    {.name = "LP",
     .text = "Logical processor: a core of the host, or each hardware thread of it. Metrics host.H.lp.*, "
             "counters "
             "of Hyper-V Hypervisor Logical Processor."},
    {.name = "VP",
     .text = "Virtual processor: one of the vcpus of a VM, or of the root's own. It runs on an LP, waits "
             "for one "
             "(ready), or is idle."},
    {.name = "legacy NIC",
     .text = "Legacy Network Adapter: vms.V.nics.N.kind emulated. A what-if sets it to synthetic; "
             "examples/13-legacy-devices shows what that brings."},
    {.name = "NIC teaming", .text = "See team: a list in hosts.H.switches.S.nics, and VMs on that switch."},
    {.name = "QoS",
     .text = "Of disks: storage QoS, vms.V.disks.D.maximum_iops and minimum_iops. Of processors: "
             "vms.V.weight, reserve and limit. Bandwidth limits of virtual adapters are not modelled."},
    {.name = "VHDX",
     .text = "Virtual disk format of 2012 and later: vms.V.disks.D.kind fixed-vhdx, dynamic-vhdx, "
             "differencing-vhdx."},
    {.name = "ballooning",
     .text = "How dynamic memory takes memory back from a VM: vms.V.memory with minimum and maximum; "
             "overheads.memory.balloon_rate."},
    {.name = "defragmentation",
     .text = "What if files lay in one piece: vms.V.disks.D.defragment for one virtual disk, "
             "hosts.H.disks.D.defragment for all on a disk of the host; guest_run and host_run say how "
             "the files lie now. Refused on a SAN."}};

static void words_add(struct topics *t)
{
    for (size_t i = 0; i < sizeof words_rows / sizeof *words_rows; i++) {
        struct topic topic = words_rows[i];
        topic.kind = "word";
        add(t, topic);
    }
}

const struct topic *topics_all(struct arena *a, size_t *n)
{
    struct topics *t = ARENA_NEW(a, struct topics);
    t->arena = a;
    files_add(t);
    mechanisms_add(t);
    kinds_add(t);
    generations_add(t);
    rotation_add(t);
    metrics_add(t);
    counters_add(t);
    objects_add(t);
    codes_add(t);
    words_add(t);
    *n = t->n;
    return t->item;
}

/* inspection.c - what is in counter logs, for people and for programs. */
#include "cli/inspection.h"
#include "cli/json_out.h"
#include <inttypes.h>
#include <math.h>

static void print_span(FILE *out, const struct inspection *i)
{
    for (int f = 0; f < i->files; f++)
        fprintf(out, "log        %s\n", i->file[f]);
    fprintf(out, "from       %s\nto         %s\n", i->first, i->last);
    fprintf(out, "samples    %" PRIu64 ", one each %.3g s", i->rows, i->interval_s);
    if (i->gaps > 0)
        fprintf(out, "; %d gap%s, the longest %.0f s", i->gaps, i->gaps == 1 ? "" : "s", i->longest_gap_s);
    fprintf(out, "\ncomplete   %d of 5 stars\n", i->stars);
}

static void print_names(FILE *out, const char *label, const char **name, int n)
{
    if (n == 0)
        return;
    fprintf(out, "  %-9s", label);
    for (int i = 0; i < n; i++)
        fprintf(out, "%s%s", i ? ", " : "", name[i]);
    fputc('\n', out);
}

/* The root is a partition too: its Task Manager sees its own share only. */
static void print_cpu(FILE *out, const struct inspect_machine *m)
{
    if (m->guest_of && !isnan(m->guest_clock)) {
        fprintf(out, "  CPU      %.1f %% busy by its own clock", m->guest_clock * 100.0);
        if (!isnan(m->true_cpu))
            fprintf(out, "; its host counts %.1f %% (the rest it waited or was suspended)",
                    m->true_cpu * 100.0);
        fputc('\n', out);
        return;
    }
    if (!isnan(m->true_cpu))
        fprintf(out, "  CPU      %.1f %% busy%s", m->true_cpu * 100.0,
                m->hyperv ? " (hypervisor's count)" : "");
    if (!isnan(m->true_cpu) && !isnan(m->task_manager) && m->hyperv)
        fprintf(out, "; Task Manager in the root shows %.1f %%", m->task_manager * 100.0);
    if (!isnan(m->true_cpu))
        fputc('\n', out);
}

static void print_machine(FILE *out, const struct inspect_machine *m)
{
    fprintf(out, "\n%s: %s%s", m->name,
            m->hyperv     ? "Hyper-V host"
            : m->guest_of ? "a guest's own view, of "
                          : "physical server or guest",
            m->guest_of ? m->guest_of : "");
    if (m->lps > 0)
        fprintf(out, ", %d %s processor%s", m->lps, m->guest_of ? "virtual" : "logical",
                m->lps == 1 ? "" : "s");
    else
        fputs(", number of processors not in the log", out);
    fputc('\n', out);
    print_cpu(out, m);
    for (int i = 0; i < m->vms; i++)
        fprintf(out, "  %-9s%s, %d vCPU%s\n", i ? "" : "VMs", m->vm[i], m->vcpus[i],
                m->vcpus[i] == 1 ? "" : "s");
    print_names(out, "disks", m->disk, m->disks);
    print_names(out, "NICs", m->nic, m->nics);
}

static void print_columns(FILE *out, const struct inspection *i, bool verbose)
{
    int shown = 0;
    for (int c = 0; c < i->columns; c++) {
        const struct inspect_column *column = &i->column[c];
        if (!verbose && column->missing <= 1 && column->bad == 0)
            continue;
        if (shown++ == 0)
            fprintf(out, "\n%10s %8s %8s %12s %12s %12s  counter\n", "values", "missing", "bad", "least",
                    "mean", "most");
        fprintf(out, "%10" PRIu64 " %8" PRIu64 " %8" PRIu64 " %12.5g %12.5g %12.5g  %s\n", column->values,
                column->missing, column->bad, column->min, column->mean, column->max, column->path);
    }
    if (shown == 0)
        fprintf(out, "\n%d counters, all complete (-v lists them)\n", i->columns);
}

void inspection_text(FILE *out, const struct inspection *i, bool verbose)
{
    print_span(out, i);
    for (int m = 0; m < i->machines; m++)
        print_machine(out, &i->machine[m]);
    print_columns(out, i, verbose);
    for (int f = 0; f < i->findings; f++)
        fprintf(out, "%s%s  %s\n      %s\n", f ? "" : "\nfindings:\n", i->finding[f].code,
                i->finding[f].counter, i->finding[f].text);
}

static json_t *names_json(const char **name, int n)
{
    json_t *all = json_array();
    for (int i = 0; i < n; i++)
        json_array_append_new(all, json_string(name[i]));
    return all;
}

static json_t *machine_json(const struct inspect_machine *m)
{
    json_t *vms = json_array();
    for (int i = 0; i < m->vms; i++)
        json_array_append_new(vms, json_pack("{s:s, s:i}", "name", m->vm[i], "vcpus", m->vcpus[i]));
    return json_pack("{s:s, s:b, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "name", m->name, "hyperv",
                     m->hyperv, "lps", m->lps > 0 ? json_integer(m->lps) : json_null(), "true_cpu",
                     json_out_number(m->true_cpu), "task_manager", json_out_number(m->task_manager), "vms",
                     vms, "disks", names_json(m->disk, m->disks), "nics", names_json(m->nic, m->nics),
                     "guest_of", m->guest_of ? json_string(m->guest_of) : json_null(), "guest_clock",
                     json_out_number(m->guest_clock));
}

static json_t *column_json(const struct inspect_column *c)
{
    return json_pack("{s:s, s:I, s:I, s:I, s:o, s:o, s:o}", "path", c->path, "values", (json_int_t)c->values,
                     "missing", (json_int_t)c->missing, "bad", (json_int_t)c->bad, "min",
                     json_out_number(c->min), "mean", json_out_number(c->mean), "max",
                     json_out_number(c->max));
}

static json_t *finding_json(const struct inspect_finding *f)
{
    return json_pack("{s:s, s:s, s:s}", "code", f->code, "counter", f->counter, "text", f->text);
}

bool inspection_json(FILE *out, const struct inspection *i)
{
    json_t *machines = json_array(), *columns = json_array(), *findings = json_array();
    for (int m = 0; m < i->machines; m++)
        json_array_append_new(machines, machine_json(&i->machine[m]));
    for (int c = 0; c < i->columns; c++)
        json_array_append_new(columns, column_json(&i->column[c]));
    for (int f = 0; f < i->findings; f++)
        json_array_append_new(findings, finding_json(&i->finding[f]));
    json_t *root = json_pack("{s:o, s:s, s:s, s:o, s:I, s:i, s:o, s:i, s:o, s:o, s:o}", "files",
                             names_json(i->file, i->files), "first", i->first, "last", i->last, "interval_s",
                             json_out_number(i->interval_s), "rows", (json_int_t)i->rows, "gaps", i->gaps,
                             "longest_gap_s", json_out_number(i->longest_gap_s), "stars", i->stars,
                             "machines", machines, "findings", findings, "columns", columns);
    return json_out_write(out, root);
}

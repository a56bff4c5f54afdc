/* cmd_counters.c - hvplan counters [VERSION] */
#include "cli/command.h"
#include "cli/commands.h"
#include "cli/json_out.h"
#include "cli/output.h"
#include "model/host/counters.h"
#include "scenarios/choices.h"
#include <string.h>

/* As typeperf -cf and logman -cf read it: all instances. Counters of an application depend on the
 * application. */
static const char *counter_request(struct arena *a, const struct counter_row *row, enum hv_version version)
{
    if (strcmp(row->object, "Application") == 0 || row->since > version)
        return NULL;
    return arena_printf(a, "\\%s%s\\%s", row->object, *row->instance ? "(*)" : "", row->counter);
}

static void write_text(struct session *s, FILE *out, enum hv_version version)
{
    for (int i = 0; i < CTR_COUNT; i++) {
        const char *request = counter_request(s->arena, &counter_rows[i], version);
        if (request)
            fprintf(out, "%s\n", request);
    }
}

/* Which Hyper-V version has it first; null = every Windows has it. */
static json_t *since_json(const struct counter_row *row)
{
    return row->since == HV_NONE ? json_null() : json_string(version_rows[row->since].name);
}

static bool write_json(struct session *s, FILE *out, enum hv_version version)
{
    json_t *all = json_array();
    for (int i = 0; i < CTR_COUNT; i++) {
        const struct counter_row *row = &counter_rows[i];
        const char *request = counter_request(s->arena, row, version);
        if (request)
            json_array_append_new(all, json_pack("{s:s, s:s, s:s, s:s, s:o}", "counter", request, "unit",
                                                 row->unit, "doc", row->doc, "source", row->source, "since",
                                                 since_json(row)));
    }
    return json_out_write(out, all);
}

static int unknown_version(struct session *s, const char *word)
{
    const char *near = choices_nearest(&choices_version, word);
    if (near)
        return session_usage(s, "there is no Hyper-V version '%s' (did you mean '%s'?)", word, near);
    return session_usage(s, "there is no Hyper-V version '%s': %s", word,
                         choices_list(s->arena, &choices_version));
}

int cmd_counters(struct session *s, const struct options *o)
{
    const int version = o->operands ? choices_find(&choices_version, o->operand[0]) : HV_VERSIONS - 1;
    if (version < 0)
        return unknown_version(s, o->operand[0]);
    const char *path = options_text(o, "output");
    struct output out;
    if (!output_open(s, &out, path))
        return EXIT_INTERNAL;
    bool well = true;
    if (s->json)
        well = write_json(s, out.stream, (enum hv_version)version);
    else
        write_text(s, out.stream, (enum hv_version)version);
    if (!output_close(s, &out, well))
        return EXIT_INTERNAL;
    session_note(s, "log them with: logman create counter hvplan -cf counters.txt -si 15 -f csv -o hvplan");
    return EXIT_DONE;
}

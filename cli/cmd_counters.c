/* cmd_counters.c - hvplan counters */
#include "cli/command.h"
#include "cli/commands.h"
#include "cli/json_out.h"
#include "cli/output.h"
#include "model/host/counters.h"
#include <string.h>

/* As typeperf -cf and logman -cf read it: all instances. Counters of an application depend on the
 * application. */
static const char *counter_request(struct arena *a, const struct counter_row *row)
{
    if (strcmp(row->object, "Application") == 0)
        return NULL;
    return arena_printf(a, "\\%s%s\\%s", row->object, *row->instance ? "(*)" : "", row->counter);
}

static void write_text(struct session *s, FILE *out)
{
    for (int i = 0; i < CTR_COUNT; i++) {
        const char *request = counter_request(s->arena, &counter_rows[i]);
        if (request)
            fprintf(out, "%s\n", request);
    }
}

static bool write_json(struct session *s, FILE *out)
{
    json_t *all = json_array();
    for (int i = 0; i < CTR_COUNT; i++) {
        const struct counter_row *row = &counter_rows[i];
        const char *request = counter_request(s->arena, row);
        if (request)
            json_array_append_new(all, json_pack("{s:s, s:s, s:s, s:s}", "counter", request, "unit",
                                                 row->unit, "doc", row->doc, "source", row->source));
    }
    return json_out_write(out, all);
}

int cmd_counters(struct session *s, const struct options *o)
{
    const char *path = options_text(o, "output");
    struct output out;
    if (!output_open(s, &out, path))
        return EXIT_INTERNAL;
    bool well = true;
    if (s->json)
        well = write_json(s, out.stream);
    else
        write_text(s, out.stream);
    if (!output_close(s, &out, well))
        return EXIT_INTERNAL;
    session_note(s, "log them with: logman create counter hvplan -cf counters.txt -si 15 -f csv -o hvplan");
    return EXIT_DONE;
}

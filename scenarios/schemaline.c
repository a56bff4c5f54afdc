/* schemaline.c - which kind of file it is. */
#include "scenarios/schemaline.h"

#include "model/base/text.h"

#include <string.h>

static char *line_of(struct arena *a, const struct file_kind *kind)
{
    return arena_printf(a, "hvplan.%s/1", kind->name);
}

static const char *line_nearest(struct arena *a, const char *text)
{
    enum { MOST = 16 };
    const char *lines[MOST];
    size_t n = 0;
    for (; n < shape_file_count && n < MOST; n++)
        lines[n] = line_of(a, &shape_files[n]);
    return text_nearest(text, lines, n);
}

const struct file_kind *schemaline_kind(struct arena *a, const struct node *root, struct errs *e)
{
    const struct node *line = node_get(root, "schema");
    if (!line || line->kind != NODE_SCALAR) {
        errs_add(
            e, ERR_INVALID, root->pos, "schema",
            "the line 'schema: hvplan.KIND/1' is missing (KIND: model, scenarios, study, fleet, inventory)");
        return NULL;
    }
    for (size_t i = 0; i < shape_file_count; i++)
        if (strcmp(line->text, line_of(a, &shape_files[i])) == 0)
            return &shape_files[i];
    errs_add_near(e, ERR_INVALID, line->pos, "schema", line_nearest(a, line->text),
                  "unknown schema '%.80s'; this version reads hvplan.KIND/1", line->text);
    return NULL;
}

bool schemaline_check(struct arena *a, const struct node *root, const char *kind, struct errs *e)
{
    const struct file_kind *found = schemaline_kind(a, root, e);
    if (!found)
        return false;
    if (strcmp(found->name, kind) != 0)
        errs_add(e, ERR_INVALID, node_get(root, "schema")->pos, "schema",
                 "a file of kind %s is due here; this is a %s", kind, found->name);
    return strcmp(found->name, kind) == 0;
}

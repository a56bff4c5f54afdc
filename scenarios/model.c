/* model.c - a model tree becomes struct model: bind.c checks and fills, resolve.c completes. */
#include "scenarios/load.h"
#include "scenarios/overhead.h"
#include "scenarios/resolve.h"
#include "scenarios/schemaline.h"
#include "scenarios/shape_model.h"

struct model *model_load(struct arena *a, const struct node *root, struct errs *e)
{
    size_t before = errs_count(e) + errs_dropped(e);
    if (!schemaline_check(a, root, "model", e))
        return NULL;
    struct model *m = ARENA_NEW(a, struct model);
    m->arena = a;
    m->path = root->pos.file;
    overhead_defaults(a, m);
    bind_map(a, &shape_model, root, NULL, m, e);
    struct resolve r = {.arena = a,
                        .errs = e,
                        .model = m,
                        .root = root,
                        .hosts = names_new(a, node_get(root, "hosts")),
                        .vms = names_new(a, node_get(root, "vms")),
                        .externals = names_new(a, node_get(root, "external")),
                        .workloads = names_new(a, node_get(root, "workloads"))};
    resolve_model(&r);
    return errs_count(e) + errs_dropped(e) == before ? m : NULL;
}

struct model *model_read(struct arena *a, const char *path, struct errs *e)
{
    struct node *root = yamltree_read(a, path, e);
    return root ? model_load(a, root, e) : NULL;
}

/* fuzz_yaml.c - any bytes through the reader, the checks of every file kind, the writer and back. */
#include "model/base/check.h"
#include "scenarios/bind.h"
#include "scenarios/load.h"
#include "scenarios/schemaline.h"
#include "tests/fuzz/fuzz.h"

#include <string.h>

/* What was read must be written so that it reads back the same. */
static void round_trip(struct arena *a, const struct node *root)
{
    struct errs *e = errs_new(a);
    const char *text = yamltree_to_text(a, root);
    const struct node *back = yamltree_parse(a, "back", text, strlen(text), e);
    CHECK(back && node_same(root, back));
}

static void paths_apply(struct arena *a, const struct node *root)
{
    const struct node *change = node_get(root, "change");
    for (int i = 0; change && change->kind == NODE_MAP && i < change->n && i < 16; i++) {
        const char *from;
        (void)change_apply(a, node_copy(a, root), change->key[i], change->child[i], change->child[i]->pos,
                           &from, errs_new(a));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = arena_new();
    struct errs *e = errs_new(a);
    const struct node *root = yamltree_parse(a, "fuzz", (const char *)data, size, e);
    if (root) {
        const struct file_kind *kind = schemaline_kind(a, root, errs_new(a));
        round_trip(a, root);
        paths_apply(a, root);
        (void)model_load(a, root, e);
        if (kind)
            bind_map(a, kind->shape, root, NULL, NULL, e);
    } else {
        CHECK(errs_any(e)); /* nothing is refused without a word */
    }
    for (size_t i = 0; i < errs_count(e); i++)
        (void)errs_format(a, errs_get(e, i));
    arena_free(a);
    return 0;
}

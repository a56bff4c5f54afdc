/* troubles.c - joins collections of errors. */
#include "scenarios/troubles.h"

#include <string.h>

static bool is_known(const struct errs *e, const struct warning *w)
{
    for (size_t i = 0; i < errs_warning_count(e); i++) {
        const struct warning *k = errs_warning(e, i);
        if (strcmp(k->code, w->code) == 0 && strcmp(k->text, w->text) == 0 &&
            strcmp(k->where ? k->where : "", w->where ? w->where : "") == 0)
            return true;
    }
    return false;
}

void troubles_join(struct errs *to, const struct errs *from, const char *prefix)
{
    for (size_t i = 0; i < errs_count(from); i++) {
        const struct err *err = errs_get(from, i);
        errs_add_near(to, err->kind, err->pos, err->path, err->nearest, "%s%s", prefix, err->text);
    }
    for (size_t i = 0; i < errs_dropped(from); i++)
        errs_add(to, ERR_INVALID, (struct pos){0}, NULL, "%sand more", prefix);
    for (size_t i = 0; i < errs_warning_count(from); i++) {
        const struct warning *w = errs_warning(from, i);
        if (!is_known(to, w))
            errs_warn(to, w->code, w->where, "%s", w->text);
    }
}

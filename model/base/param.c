/* param.c - names of the confidence labels. */
#include "model/base/param.h"
#include "model/base/check.h"
#include <stddef.h>

const char *confidence_name(enum confidence c)
{
    static const char *const names[] = {
        [CONF_MEASURED] = "measured", [CONF_DOCUMENTED] = "documented", [CONF_ASSUMED] = "assumed"};
    CHECK((size_t)c < sizeof names / sizeof *names);
    return names[c];
}

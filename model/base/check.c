/* check.c - the end of a run that met a defect of the program. */
#include "model/base/check.h"
#include <stdio.h>
#include <stdlib.h>

_Noreturn void check_fail(const char *file, int line, const char *text)
{
    fprintf(stderr, "%s:%d: check failed: %s\n", file, line, text);
    abort();
}

_Noreturn void check_fail_run(const char *file, int line, const char *text, long long now_ns,
                              unsigned long long seed, int replication, const char *scenario)
{
    fprintf(stderr, "%s:%d: check failed: %s (at %lld ns, seed %llu, replication %d, scenario %s)\n", file,
            line, text, now_ns, seed, replication, scenario ? scenario : "unnamed");
    abort();
}

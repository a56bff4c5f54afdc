/* build_info.c - the only file that a new commit recompiles. */
#include "cli/build_info.h"
#include "version.h"

const char *build_info_version(void)
{
    return HVPLAN_VERSION;
}

const char *build_info_commit(void)
{
    return HVPLAN_COMMIT;
}

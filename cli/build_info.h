/* build_info.h - which hvplan this is. */
#ifndef HVPLAN_CLI_BUILD_INFO_H
#define HVPLAN_CLI_BUILD_INFO_H

const char *build_info_version(void);
/* Short hash of the commit it was built from; "unknown" outside a clone. */
const char *build_info_commit(void);

#endif

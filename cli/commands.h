/* commands.h - the functions behind the rows of command.c, one file each. */
#ifndef HVPLAN_CLI_COMMANDS_H
#define HVPLAN_CLI_COMMANDS_H

struct session;
struct options;

int cmd_inspect(struct session *s, const struct options *o);
int cmd_calibrate(struct session *s, const struct options *o);
int cmd_simulate(struct session *s, const struct options *o);
int cmd_compare(struct session *s, const struct options *o);
int cmd_report(struct session *s, const struct options *o);
int cmd_check(struct session *s, const struct options *o);
int cmd_schema(struct session *s, const struct options *o);
int cmd_explain(struct session *s, const struct options *o);
int cmd_counters(struct session *s, const struct options *o);

#endif

/* ask.h - the questions that compare answers without a scenarios file: --vcpu-curve VM and --blame.
 *
 * Does      makes the cases of the question from the model (with all --set applied), runs them as one study, fills the answer
 * Errors    usage errors exit 2, what does not fit the model exits 4
 */
#ifndef HVPLAN_CLI_ASK_H
#define HVPLAN_CLI_ASK_H

#include "cli/session.h"

/* One of the two questions is asked. */
bool ask_wanted(const struct options *o);
/* Returns the exit code. `scenarios`: the operand was or came with a scenarios file, which is a usage error. */
int ask_run(struct session *s, const struct options *o, bool scenarios);

#endif

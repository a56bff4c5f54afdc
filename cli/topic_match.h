/* topic_match.h - which topics a user's term means.
 *
 * Does      exact names and the last part of a metric's name; failing that, names with those of the user's own
 *           hosts and VMs in them, ends of names, paths of counters with any instance; failing that, texts that
 *           mention the term
 * Shape     no regard to case; H, V, W, ... in a topic's name stand for any name
 * Owns      nothing; results go to the caller's arena
 */
#ifndef HVPLAN_CLI_TOPIC_MATCH_H
#define HVPLAN_CLI_TOPIC_MATCH_H

#include "model/base/arena.h"
#include "scenarios/schema.h"
#include <stddef.h>

struct topic_list {
    const struct topic *item;
    size_t n;
};

/* One word may be several things: a key and a mechanism, say. Empty if there is none. */
struct topic_list topic_match(struct arena *a, struct topic_list all, const char *term);
/* Names of the first topics whose text mentions the term, separated by commas; NULL if none does. */
const char *topic_match_mentions(struct arena *a, struct topic_list all, const char *term);

#endif

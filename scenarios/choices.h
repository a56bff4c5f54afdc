/* choices.h - the words that a key may take, read from the tables of the kinds.
 *
 * Does      gives bind.c, jsonschema.c and topics.c one view of every table of words
 * Owns      nothing; static
 */
#ifndef HVPLAN_SCENARIOS_CHOICES_H
#define HVPLAN_SCENARIOS_CHOICES_H

#include "scenarios/shape.h"

extern const struct choice_set choices_version, choices_scheduler, choices_placement, choices_queues,
    choices_vendor, choices_generation, choices_os, choices_controller, choices_vdisk, choices_vnic,
    choices_switch, choices_balance, choices_pdisk, choices_pqueue, choices_defragment, choices_sectors,
    choices_dist, choices_raid, choices_pattern, choices_grade, choices_migration, choices_goal;

/* Number of the word, or -1. */
int choices_find(const struct choice_set *c, const char *word);
const char *choices_nearest(const struct choice_set *c, const char *word);
/* "hdd, ssd, san" */
char *choices_list(struct arena *a, const struct choice_set *c);

#endif

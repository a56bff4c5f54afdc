/* yamlout.h - a tree as YAML text; yamltree.h offers it to everybody else.
 *
 * Does      block style; short maps and lists of scalars in flow style
 * Shape     lines of about 110 columns; one long scalar may exceed it
 * Owns      the text lives in the arena given
 * Order     keys as in the tree
 */
#ifndef HVPLAN_SCENARIOS_YAMLOUT_H
#define HVPLAN_SCENARIOS_YAMLOUT_H

#include "scenarios/yamltree.h"

char *yamlout_block(struct arena *a, const struct node *n);
char *yamlout_flow(struct arena *a, const struct node *n);

#endif

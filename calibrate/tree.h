/* tree.h - a fit as a model file.
 *
 * Does      builds the tree of hvplan.model/1, with the paths of what was guessed and the intervals of what was fitted
 * Owns      the arena of the fit
 */
#ifndef HVPLAN_CALIBRATE_TREE_H
#define HVPLAN_CALIBRATE_TREE_H

#include "calibrate/fit.h"
#include "model/host/result.h"

struct tree {
    struct node *root;
    const char **guessed; /* change paths */
    int guesses, guess_room;
    struct node *intervals; /* path -> {low, high} */
};

struct tree *tree_new(const struct fit *f);
/* Adds `calibration:` to the model. */
void tree_seal(struct arena *a, struct tree *t, char grade, const char *const *logs, int n);

#endif

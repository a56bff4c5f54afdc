/* card.h - the grade of a calibration and what limits it.
 *
 * Does      turns errors of the back-test, broken identities and gaps of the log into a grade from A to F with reasons
 * Order     grades by a table of tolerances; limits only lower a grade
 */
#ifndef HVPLAN_CALIBRATE_CARD_H
#define HVPLAN_CALIBRATE_CARD_H

#include "calibrate/identity.h"
#include "calibrate/tree.h"

/* Sets grade, limits and unknown. `whole`: the fit to all of the log. `against`: the model is not from this log. */
void card_grade(struct arena *a, struct report_card *card, const struct fit *whole,
                const struct identities *checks, const struct tree *t, bool against);

#endif

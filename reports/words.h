/* words.h - the words of hvplan.result/1 that stand for enumerators.
 *
 * Does      maps verdicts to words and back; one table for writing and reading
 */
#ifndef HVPLAN_REPORTS_WORDS_H
#define HVPLAN_REPORTS_WORDS_H

#include "model/host/result.h"

/* "better", "worse", "same"; NULL for VERDICT_NONE. */
const char *words_verdict(enum verdict v);
/* NULL means VERDICT_NONE; false for an unknown word. */
bool words_verdict_parse(const char *word, enum verdict *v);

#endif

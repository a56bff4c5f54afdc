/* codepage.h - names of unknown encoding to UTF-8.
 *
 * Does      guesses the Windows code page of a header line and converts names
 * Shape     UTF-8 text passes as it is; what no code page explains is escaped as \xNN
 * Owns      results live in the arena
 */
#ifndef HVPLAN_CALIBRATE_CODEPAGE_H
#define HVPLAN_CALIBRATE_CODEPAGE_H

#include "model/base/arena.h"

/* "UTF-8", "CP932", "CP1251" or "CP1252". */
const char *codepage_guess(const char *text, size_t n);
char *codepage_convert(struct arena *a, const char *page, const char *text, size_t n);

#endif

/* utf8.h - characters of a text that may be broken: labels come from logs in any code page.
 *
 * Does      decodes strictly (no overlong forms, no surrogates) and repairs
 * Source    RFC 3629, section 4
 */
#ifndef HVPLAN_REPORTS_UTF8_H
#define HVPLAN_REPORTS_UTF8_H

#include "model/base/arena.h"
#include <stdint.h>

enum { UTF8_REPLACEMENT = 0xFFFD };

/* Bytes of the character at s (at least 1); what is not UTF-8 counts as one byte of UTF8_REPLACEMENT. */
size_t utf8_decode(const char *s, uint32_t *code);
/* `s` itself if it is UTF-8, else a copy with U+FFFD for every wrong byte. */
const char *utf8_repair(struct arena *a, const char *s);

#endif

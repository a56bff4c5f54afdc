/* jsontext.h - JSON as text, for schemas.
 *
 * Does      writes nested objects and arrays with indentation and commas
 * Owns      the text lives in the arena given
 * Order     as written
 */
#ifndef HVPLAN_SCENARIOS_JSONTEXT_H
#define HVPLAN_SCENARIOS_JSONTEXT_H

#include "model/base/arena.h"

struct jsontext;

struct jsontext *jsontext_new(struct arena *a);
/* bracket '{' or '['; key NULL inside a list and at the top. */
void jsontext_open(struct jsontext *j, const char *key, char bracket);
void jsontext_close(struct jsontext *j);
void jsontext_text(struct jsontext *j, const char *key, const char *value);
void jsontext_number(struct jsontext *j, const char *key, double value);
/* JSON as it stands. */
void jsontext_raw(struct jsontext *j, const char *key, const char *json);
void jsontext_texts(struct jsontext *j, const char *key, const char *const *values, size_t n);
/* After the last bracket is closed. */
char *jsontext_end(struct jsontext *j);

#endif

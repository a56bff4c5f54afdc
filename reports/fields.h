/* fields.h - hvplan.result/1 as data: every object of the JSON and the struct member behind each key.
 *
 * Does      one table that writing and reading share, so that neither can know a field that the other does not
 * Order     fields are written as listed; readers accept any order
 * Absent    FIELD_OPTIONAL fields may be missing when read; FIELD_SPARSE ones are also left out when there is nothing to say
 */
#ifndef HVPLAN_REPORTS_FIELDS_H
#define HVPLAN_REPORTS_FIELDS_H

#include <stddef.h>

enum field_type {
    FIELD_CONSTANT,     /* always this text: `constant` */
    FIELD_TEXT,         /* const char *, never NULL */
    FIELD_TEXT_OR_NULL, /* const char * */
    FIELD_VALUE,        /* const char * as the user wrote it; a JSON number where it is one, null for "" */
    FIELD_NUMBER,       /* double; what is not finite is null */
    FIELD_INT,          /* int, not negative */
    FIELD_COUNT,        /* uint64_t; a text of digits where JSON readers would lose digits */
    FIELD_BOOL,
    FIELD_VERDICT, /* enum verdict */
    FIELD_GRADE,   /* char; "" for 0 */
    FIELD_TEXTS,   /* const char ** and an int count */
    FIELD_LIST,    /* array of `shape` and an int count */
    FIELD_MAP, /* the same, as an object whose keys are the member at offset 0 of `shape` (a const char *) */
    FIELD_OBJECT /* a `shape` in place */
};

enum field_need { FIELD_REQUIRED, FIELD_OPTIONAL, FIELD_SPARSE };

struct shape;

struct field {
    const char *key;
    enum field_type type;
    enum field_need need;
    size_t offset, count_offset;
    const struct shape *shape;
    const char *constant;
};

struct shape {
    size_t size;
    const struct field *field;
    size_t fields;
};

/* The root: struct result. */
extern const struct shape fields_result;

#endif

/* shape.h - the vocabulary of the schema tables: a shape is the rows of one map of a file.
 *
 * Does      one row a key says type, unit, default, range, choices, meaning, source, and where the value goes in a struct;
 *           bind.c, jsonschema.c, topics.c, change.c and pathcheck.c all walk the same rows
 * Units     lo and hi: the internal ones of units.h
 * Shape     a key may have several rows, one for each form (a scalar and a map: `memory: 4 GiB`, `memory: {...}`)
 * Owns      nothing; static rows
 * Order     rows as a reader would like to meet them
 */
#ifndef HVPLAN_SCENARIOS_SHAPE_H
#define HVPLAN_SCENARIOS_SHAPE_H

#include "model/base/param.h"
#include <stddef.h>

enum key_type {
    /* scalars, and what the offset points to */
    KEY_CONST,  /* always the text of `doc`; not stored */
    KEY_TEXT,   /* const char * */
    KEY_BOOL,   /* bool: yes no true false */
    KEY_NUMBER, /* double, bare or with the row's unit */
    KEY_COUNT,  /* int */
    KEY_CHOICE, /* int: number of the choice; -1 when absent without default */
    KEY_SWITCH, /* bool: the second of two words */
    KEY_MONEY,  /* "4000 EUR"; not stored */
    KEY_REF,    /* a name that `refs` says where to find; not stored */
    KEY_ANY,    /* any value; not stored */
    /* maps and lists */
    KEY_TIME, /* struct time_spec: a scalar, or a map in shape_time */
    KEY_MAP,  /* rows of `shape`, whose offsets count from `offset` (0: the same struct) */
    KEY_NAMED, /* name -> map: pointer at `offset`, int at `count_offset`, elements of element_size, name first */
    KEY_LIST,       /* list of maps: as KEY_NAMED, without names */
    KEY_BRANCHES,   /* list of lists of maps: the arrays of struct step */
    KEY_TEXTS,      /* list of texts, const char ** and int */
    KEY_TEXT_LISTS, /* list of lists of texts; not stored */
    KEY_CHANGES,    /* path -> value; not stored */
    KEY_FACTORS,    /* path -> list of values; not stored */
    KEY_OVERHEADS   /* mechanism -> parameter -> value; model_load stores them */
};

enum key_flags {
    KEY_REQUIRED = 1,
    KEY_ONE_OF = 2,     /* exactly one of the rows with this flag must be there */
    KEY_POSITIVE = 4,   /* lo itself is not allowed */
    KEY_FREE_NAMES = 8, /* KEY_NAMED: names are free text */
    KEY_LIST_TOO = 16,  /* KEY_REF: may also be a list of such names */
    KEY_UNSET = 32,     /* an absent number is stored as -1 */
    KEY_NULLABLE = 64,  /* in a result: may be null */
    KEY_EMPTY_TOO = 128 /* KEY_LIST: may be empty */
};

/* The words of KEY_CHOICE. */
struct choice_set {
    const char *name; /* for `explain`: "disk kind" */
    size_t (*count)(void);
    const char *(*word)(size_t i);
    const char *(*doc)(size_t i);
    const int *value; /* what is stored for each word; NULL = its number */
};

#define KEY_NOWHERE ((size_t)-1) /* the value is checked but not stored */

struct shape;

struct key_row {
    const char *key;
    enum key_type type;
    const char *doc;
    unsigned flags;
    enum unit unit;
    double lo, hi;      /* both 0 = any */
    const char *def;    /* as the user would write it; NULL = none, see `absent` */
    const char *absent; /* what holds instead where there is no fixed default */
    const struct choice_set *choices;
    const struct shape *shape;
    const char *refs; /* KEY_REF: "hosts", "vms", "external", "vms external", "disks", "nics", "workloads" */
    const char *with; /* makes sense only beside one of these keys */
    const char *scalar_key; /* a scalar form of a map: the key of the map that it stands for */
    size_t offset, count_offset, element_size;
    int limit; /* most elements of a list or map; 0 = 1000 */
    const char *source;
    enum confidence confidence;
};

struct shape {
    const char *name;  /* of the definition in JSON Schema: "host" */
    const char *where; /* key path pattern: "hosts.H" */
    const char *doc;
    const struct key_row *rows;
    size_t n;
    const struct shape *base; /* its rows hold too; a row here with the same key replaces them */
    bool partial;             /* nothing is required, no default is filled in */
};

#define SHAPE_NO_LIMIT 1e300

/* Storage helpers for tables. */
#define KEY_AT(type, member) .offset = offsetof(type, member)
#define KEY_NOT_STORED .offset = KEY_NOWHERE
#define KEY_ARRAY(type, pointer, number, element)                                                            \
    .offset = offsetof(type, pointer), .count_offset = offsetof(type, number), .element_size = sizeof(element)
#define SHAPE_ROWS(rows_array) .rows = (rows_array), .n = sizeof(rows_array) / sizeof *(rows_array)

/* Rows of a shape and its base: i from 0; NULL at the end. A base row is left out when the shape replaces its key. */
const struct key_row *shape_row(const struct shape *s, size_t i);
/* First row with that key; NULL if there is none. */
const struct key_row *shape_find(const struct shape *s, const char *key);
/* The nearest known key, or NULL. */
const char *shape_nearest(const struct shape *s, const char *key);
/* "a, b, c": the keys, or those with a flag. */
char *shape_keys(struct arena *a, const struct shape *s, unsigned flag);
bool shape_has_flag(const struct shape *s, unsigned flag);

/* Files by the word in `schema: hvplan.WORD/1`. */
struct file_kind {
    const char *name;
    const struct shape *shape;
};
extern const struct file_kind shape_files[];
extern const size_t shape_file_count;

/* The map form of a time, and its quantiles: row i is the level shape_levels[i], stored as element i of an array of doubles. */
extern const struct shape shape_time, shape_quantiles;
enum { SHAPE_QUANTILES = 24 };
extern const double shape_levels[SHAPE_QUANTILES];

#endif

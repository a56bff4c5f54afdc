/* param.h - one parameter described once: the row drives parsing, range checks, `explain`, docs and JSON
 * Schema.
 *
 * Units     of `def`, `lo`, `hi`: the internal ones of units.h
 */
#ifndef HVPLAN_BASE_PARAM_H
#define HVPLAN_BASE_PARAM_H

#include "model/base/units.h"

enum confidence {
    CONF_MEASURED,   /* a published or own measurement */
    CONF_DOCUMENTED, /* the vendor says so */
    CONF_ASSUMED     /* nobody published it; calibrate, or see how much it matters */
};

struct param {
    const char *name; /* YAML key */
    enum unit unit;
    double def, lo, hi;
    enum confidence confidence;
    bool fittable;      /* `calibrate` may replace it */
    const char *source; /* publication, vendor page, own arithmetic */
    const char *doc;    /* one sentence */
};

const char *confidence_name(enum confidence c);

#endif

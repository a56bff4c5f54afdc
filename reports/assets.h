/* assets.h - files compiled into the program (see cmake/Embed.cmake).
 *
 * Does      names the style and the scripts of the HTML report
 */
#ifndef HVPLAN_REPORTS_ASSETS_H
#define HVPLAN_REPORTS_ASSETS_H

#include <stddef.h>

struct asset {
    const char *name; /* "report.css" */
    const unsigned char *data;
    size_t size;
};

extern const struct asset assets_table[];
extern const size_t assets_count;

#endif

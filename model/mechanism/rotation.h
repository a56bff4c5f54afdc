/* rotation.h - what a hard disk's speed of rotation says about its times.
 *
 * Does      mean and variance of a random read of 8 KiB from rotation, seek and transfer; usual seek, settling and transfer of
 *           disks of a speed, as a table: another speed is another row
 * Units     ns, bytes per second, turns per minute
 * Owns      nothing; static rows
 * Errors    none: ranges are checked where files are read
 * Source    rows: their `source`. Distribution: a turn is uniform; seek time grows with the square root of the distance
 *           (Ruemmler and Wilkes, An introduction to disk drive modeling, IEEE Computer 27(3), 1994) between two uniform
 *           places, so that its squared coefficient of variation is 11/64
 */
#ifndef HVPLAN_MECHANISM_ROTATION_H
#define HVPLAN_MECHANISM_ROTATION_H

#include <stddef.h>

struct rotation_row {
    int rpm;
    double seek_ns;   /* mean, reading */
    double settle_ns; /* more for a write: the head must be exactly there */
    double bytes_per_s;
    const char *source;
};
extern const struct rotation_row rotation_rows[];
extern const size_t rotation_count;

/* The row of the fastest disk that turns no faster; the first row below all. */
const struct rotation_row *rotation_find(int rpm);

struct rotation_time {
    double mean_ns, scv;
};
/* Seek, half a turn and 8 KiB of transfer. */
struct rotation_time rotation_random(int rpm, double seek_ns, double bytes_per_s);

#endif

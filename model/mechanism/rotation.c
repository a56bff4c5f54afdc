/* rotation.c - seek, turn, transfer. */
#include "model/mechanism/rotation.h"

const struct rotation_row rotation_rows[] = {
    {5400, 12e6, 1.0e6, 45e6,
     "own summary of data sheets of notebook disks, 2005 to 2010: seek 11 to 13 ms, 30 to 60 MB/s"},
    {7200, 8.5e6, 1.0e6, 75e6,
     "data sheets of Seagate Barracuda ES and alike, 2006 to 2010: seek 8.5 ms reading, 9.5 ms writing, 50 "
     "to 100 MB/s"},
    {10000, 4.7e6, 0.6e6, 80e6,
     "data sheets of Seagate Cheetah 10K.7 and alike, 2005 to 2010: seek 4.7 ms reading, 5.3 ms writing, 50 "
     "to 120 MB/s"},
    {15000, 3.5e6, 0.5e6, 100e6,
     "data sheets of Seagate Cheetah 15K.5 and alike, 2006 to 2010: seek 3.5 ms reading, 4.0 ms writing, 73 "
     "to 125 MB/s"},
};
const size_t rotation_count = sizeof rotation_rows / sizeof *rotation_rows;

const struct rotation_row *rotation_find(int rpm)
{
    size_t i = rotation_count - 1;
    while (i > 0 && rotation_rows[i].rpm > rpm)
        i--;
    return &rotation_rows[i];
}

/* Distance d between two uniform places has density 2 (1 - d): E[sqrt d] = 8/15, E[d] = 1/3, so that the variance of the seek
 * time is (1/3) / (8/15)^2 - 1 = 11/64 of its squared mean. A turn T waited for evenly has variance T^2 / 12. */
struct rotation_time rotation_random(int rpm, double seek_ns, double bytes_per_s)
{
    const double turn_ns = 60e9 / rpm;
    const double mean = seek_ns + 0.5 * turn_ns + 8192.0 / bytes_per_s * 1e9;
    const double variance = seek_ns * seek_ns * 11.0 / 64.0 + turn_ns * turn_ns / 12.0;
    return (struct rotation_time){mean, variance / (mean * mean)};
}

/* physical_disk.c - how long one spindle or channel takes for an operation of any size and pattern. */
#include "model/mechanism/mechanisms.h"
#include <math.h>

enum {
    HDD_RATE,
    SSD_RATE,
    SAN_RATE,
    HDD_SEQUENTIAL,
    SSD_SEQUENTIAL,
    SAN_SEQUENTIAL,
    FLOOR,
    CACHE_LATENCY,
    PARAMS
};

static const struct param params[PARAMS] = {
    [HDD_RATE] = {"hdd_rate", UNIT_BANDWIDTH, 100e6, 1e6, 1e9, CONF_ASSUMED, true,
                  "data sheets of 10,000 and 15,000 rpm disks of 2007 to 2012: 80 to 200 MB/s",
                  "Transfer rate of one hard disk where the model gives none."},
    [SSD_RATE] = {"ssd_rate", UNIT_BANDWIDTH, 250e6, 1e6, 20e9, CONF_ASSUMED, true,
                  "own arithmetic: 2 GB/s of a PCIe drive over 8 channels",
                  "Transfer rate of one channel of a solid-state disk where the model gives none."},
    [SAN_RATE] = {"san_rate", UNIT_BANDWIDTH, 200e6, 1e6, 20e9, CONF_ASSUMED, true,
                  "own arithmetic: half of a 4 Gb/s Fibre Channel link",
                  "Transfer rate of one server of a LUN where the model gives none."},
    [HDD_SEQUENTIAL] = {"hdd_sequential", UNIT_TIME, 300e3, 0.0, 100e6, CONF_ASSUMED, true,
                        "own arithmetic: command time and a track change every few operations, no seek",
                        "Time of a sequential operation beyond its transfer, hard disk."},
    [SSD_SEQUENTIAL] = {"ssd_sequential", UNIT_TIME, 20e3, 0.0, 100e6, CONF_ASSUMED, true,
                        "own arithmetic: command time, the page is already open",
                        "Time of a sequential operation beyond its transfer, solid-state disk."},
    [SAN_SEQUENTIAL] =
        {"san_sequential", UNIT_TIME, 200e3, 0.0, 100e6, CONF_ASSUMED, true,
         "BizTalk Server Hyper-V Guide: a SAN write that its cache absorbs takes 0.254 ms with its 2 KB",
         "Time of a sequential operation beyond its transfer, SAN LUN: the array reads ahead."},
    [FLOOR] = {"floor", UNIT_FRACTION, 0.2, 0.0, 1.0, CONF_ASSUMED, false,
               "own choice: a seek does not shrink with the size",
               "Smallest time of an operation of less than 8 KiB, as a share of the random 8 KiB operation."},
    [CACHE_LATENCY] = {"cache_latency", UNIT_TIME, 250e3, 0.0, 100e6, CONF_MEASURED, true,
                       "BizTalk Server Hyper-V Guide: 0.254 ms a 2 KB write into the array's cache",
                       "Response of a write that a controller or array cache absorbs."},
};

struct device {
    int rate, sequential; /* parameters */
    bool splits_seek;     /* a fragment is one more positioning */
};
static const struct device devices[PDISK_KINDS] = {
    [PDISK_HDD] = {HDD_RATE, HDD_SEQUENTIAL, true},
    [PDISK_SSD] = {SSD_RATE, SSD_SEQUENTIAL, true},
    [PDISK_SAN] = {SAN_RATE, SAN_SEQUENTIAL, false},
};

/* A small write on RAID 5 reads old data and parity and writes both; RAID 6 has two parities; mirrors write
 * twice. Source: Patterson, Gibson, Katz, A Case for RAID, SIGMOD 1988. */
static double raid_write_ops(int raid)
{
    static const struct {
        int level, ops;
    } penalty[] = {{1, 2}, {5, 4}, {6, 6}, {10, 2}};
    for (size_t i = 0; i < sizeof penalty / sizeof penalty[0]; i++)
        if (penalty[i].level == raid)
            return penalty[i].ops;
    return 1.0;
}

static const double reference_bytes = 8192.0;

/* The random time of the reference operation, less or plus the transfer of what the size differs. */
static double random_ns(const double *p, const struct demand *d, double rate)
{
    const double transfer = (d->bytes - reference_bytes) / rate * 1e9;
    return fmax(p[FLOOR] * d->amount, d->amount + transfer);
}

/* Splits inside this operation. Those of random operations on a file are operations of their own (disk_path).
 */
static double splits(const struct demand *d, const struct device *kind)
{
    const struct place *at = d->at;
    const bool file =
        at->version != HV_NONE && at->vdisk != VDISK_PHYSICAL && at->vdisk != VDISK_PASS_THROUGH;
    return kind->splits_seek && (d->sequential || !file) ? at->fragmentation : 0.0;
}

static void cost(const double *p, const struct demand *d, struct cost *c)
{
    const struct place *at = d->at;
    const struct device *kind = &devices[at->pdisk];
    const double rate = at->transfer_bytes_per_s > 0.0 ? at->transfer_bytes_per_s : p[kind->rate];
    const double random = random_ns(p, d, rate);
    const double run = fmin(random, p[kind->sequential] + d->bytes / rate * 1e9);
    const double positioning = fmax(p[FLOOR] * d->amount, d->amount - reference_bytes / rate * 1e9);
    c->device_ns += (d->sequential ? run : random) + splits(d, kind) * positioning;
    c->device_ops += d->write ? raid_write_ops(at->raid) : 1.0;
}

const struct mechanism physical_disk_mechanism = {
    .name = "physical_disk",
    .title = "Physical disk",
    .doc = "The time of a random 8 KiB operation is given; other sizes add or save transfer time; a "
           "sequential operation is its transfer and a small overhead, and every fragment inside it one "
           "more positioning. A write is as many operations as its RAID level demands.",
    .params = params,
    .n_params = PARAMS,
    .demands = DEMAND_BIT(DEMAND_DEVICE),
    .cost = cost,
};

/* physical_disk.c - how long one spindle or channel takes for an operation of any size and pattern. */
#include "model/mechanism/mechanisms.h"
#include <math.h>

enum {
    HDD_RATE,
    SSD_RATE,
    SAN_RATE,
    NVME_RATE,
    HDD_SEQUENTIAL,
    SSD_SEQUENTIAL,
    SAN_SEQUENTIAL,
    NVME_SEQUENTIAL,
    FLOOR,
    CACHE_LATENCY,
    NVME_CACHE_LATENCY,
    READ_AHEAD,
    SAN_STREAMS,
    HIGH_WATER,
    DESTAGE,
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
    [NVME_RATE] = {"nvme_rate", UNIT_BANDWIDTH, 90e6, 1e6, 20e9, CONF_ASSUMED, true,
                   "own arithmetic: 2.8 GB/s of an Intel P3700 over its 32 channels",
                   "Transfer rate of one channel of an NVMe drive where the model gives none."},
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
    [NVME_SEQUENTIAL] = {"nvme_sequential", UNIT_TIME, 10e3, 0.0, 100e6, CONF_ASSUMED, true,
                         "own arithmetic: half of the 20 us a command that data sheets of 2014 state",
                         "Time of a sequential operation beyond its transfer, NVMe drive."},
    [FLOOR] = {"floor", UNIT_FRACTION, 0.2, 0.0, 1.0, CONF_ASSUMED, false,
               "own choice: a seek does not shrink with the size",
               "Smallest time of an operation of less than 8 KiB, as a share of the random 8 KiB operation."},
    [CACHE_LATENCY] = {"cache_latency", UNIT_TIME, 250e3, 0.0, 100e6, CONF_MEASURED, true,
                       "BizTalk Server Hyper-V Guide: 0.254 ms a 2 KB write into the array's cache",
                       "Response of a write that a controller or array cache absorbs."},
    [NVME_CACHE_LATENCY] = {"nvme_cache_latency", UNIT_TIME, 20e3, 0.0, 100e6, CONF_ASSUMED, true,
                            "data sheet of the Intel P3700 (2014): 20 us a write",
                            "Response of a write that the buffer of an NVMe drive absorbs."},
    [READ_AHEAD] =
        {"read_ahead", UNIT_BYTES, 65536.0, 512.0, 0x1p30, CONF_ASSUMED, true,
         "Windows' cache manager reads ahead by 64 KiB to 128 KiB; drives by what their buffer segment holds",
         "Bytes that a stream gets at once after a seek: a smaller operation pays its share of the seek "
         "only."},
    [SAN_STREAMS] = {"san_streams", UNIT_NONE, 16.0, 1.0, 4096.0, CONF_ASSUMED, true,
                     "start value; arrays follow tens of streams, none says how many for one LUN",
                     "Sequential streams that an array follows at once; beyond that they are random to it."},
    [HIGH_WATER] =
        {"high_water", UNIT_FRACTION, 0.8, 0.0, 1.0, CONF_ASSUMED, true,
         "common rule of RAID controllers: they flush at once from about 80 % of the cache on",
         "Share of the write cache from which its data go to the disks on equal terms with everything else."},
    [DESTAGE] =
        {"destage", UNIT_FRACTION, 1.0, 0.05, 1.0, CONF_ASSUMED, true,
         "neutral: none measured; a controller that sorts many writes needs less for each",
         "Share of the time of a random write that is left when it is written from a full cache, sorted "
         "with the others; in proportion to how full the cache is."},
};

struct device {
    int rate, sequential; /* parameters */
    bool splits_seek;     /* a fragment is one more positioning */
    bool streams;         /* a stream that was interrupted must be found again */
};
static const struct device devices[PDISK_KINDS] = {
    [PDISK_HDD] = {HDD_RATE, HDD_SEQUENTIAL, true, true},
    [PDISK_SSD] = {SSD_RATE, SSD_SEQUENTIAL, true, false},
    [PDISK_SAN] = {SAN_RATE, SAN_SEQUENTIAL, false, true},
    [PDISK_NVME] = {NVME_RATE, NVME_SEQUENTIAL, true, false},
};

/* A RAID level: each of the data has `copies`; or each stripe has `parities`. */
struct level {
    int raid, copies, parities;
};

static struct level level_of(int raid)
{
    static const struct level levels[] = {{1, 2, 0}, {10, 2, 0}, {5, 1, 1}, {6, 1, 2}};
    for (size_t i = 0; i < sizeof levels / sizeof levels[0]; i++)
        if (levels[i].raid == raid)
            return levels[i];
    return (struct level){raid, 1, 0};
}

/* Spindles that hold the data of one stripe; 1 where spindles or stripe unit are not known, or too few for the level. */
static int data_spindles(const struct place *at, const struct level *l)
{
    const int data = at->spindles / l->copies - l->parities;
    return at->stripe_bytes > 0.0 && data > 1 ? data : 1;
}

/* An operation larger than the stripe unit works on several spindles at once. */
static int stripe_pieces(const struct demand *d, const struct level *l)
{
    const int data = data_spindles(d->at, l);
    return data > 1 ? (int)fmin(data, fmax(1.0, ceil(d->bytes / d->at->stripe_bytes))) : 1;
}

/* A small write on RAID 5 reads old data and parity and writes both; RAID 6 has two parities; mirrors write
 * twice. Source: Patterson, Gibson, Katz, A Case for RAID, SIGMOD 1988. A write of whole stripes reads nothing, and one of
 * most of a stripe reads what it leaves (reconstruct write): Chen, Lee, Gibson, Katz, Patterson, RAID, ACM Computing Surveys
 * 26(2), 1994, sections 3.2 and 4.1. */
static double write_ops(const struct demand *d, const struct level *l, int pieces)
{
    const int data = data_spindles(d->at, l), whole = data + l->parities;
    if (l->parities == 0)
        return pieces * l->copies;
    if (data > 1 && pieces == data)
        return whole;
    if (data > 1 && d->sequential && d->at->write_cache)
        return pieces * (double)whole / data; /* the cache gathers whole stripes */
    const int modify = 2 * (pieces + l->parities), small = 2 * (1 + l->parities);
    return fmin(modify, fmax(whole, small));
}

static const double reference_bytes = 8192.0;

/* The random time of the reference operation, less or plus the transfer of what the size differs. */
static double random_ns(const double *p, const struct demand *d, double bytes, double rate)
{
    const double transfer = (bytes - reference_bytes) / rate * 1e9;
    return fmax(p[FLOOR] * d->amount, d->amount + transfer);
}

/* Splits inside this operation. Those of random operations on a file are operations of their own (disk_path).
 */
static double splits(const struct demand *d, const struct device *kind)
{
    const struct place *at = d->at;
    const bool file = at->version != HV_NONE && vdisk_traits[at->vdisk].file;
    return kind->splits_seek && (d->sequential || !file) ? at->fragmentation : 0.0;
}

/* A stream that was interrupted is found again once for all that is read ahead, or gathered in a write cache; an uncached
 * write gathers nothing. */
static double break_share(const double *p, const struct demand *d)
{
    return d->write && !d->at->write_cache ? 1.0 : fmin(1.0, d->bytes / p[READ_AHEAD]);
}

static void cost(const double *p, const struct demand *d, struct cost *c)
{
    const struct place *at = d->at;
    const struct device *kind = &devices[at->pdisk];
    const struct level level = level_of(at->raid);
    const int pieces = stripe_pieces(d, &level);
    const double rate = at->transfer_bytes_per_s > 0.0 ? at->transfer_bytes_per_s : p[kind->rate];
    const double bytes = d->bytes / pieces;
    const double random = random_ns(p, d, bytes, rate);
    const double run = fmin(random, p[kind->sequential] + bytes / rate * 1e9);
    const double positioning = fmax(p[FLOOR] * d->amount, d->amount - reference_bytes / rate * 1e9);
    const double seeks = splits(d, kind) / pieces + (d->sequential ? 0.0 : 1.0);
    c->device_ns += (d->sequential ? run : random) + splits(d, kind) / pieces * positioning;
    c->device_ops += d->write ? write_ops(d, &level, pieces) : pieces;
    c->position_ns += seeks * fmin(positioning, random);
    /* Of parts that are waited for together the longest counts: it must not be one whose transfer was drawn long. */
    if (pieces > 1)
        c->fixed_ns +=
            fmin(c->device_ns, fmax(0.0, bytes - (d->sequential ? 0.0 : reference_bytes)) / rate * 1e9);
    if (d->sequential && kind->streams)
        c->break_ns += break_share(p, d) * (random - run);
}

const struct mechanism physical_disk_mechanism = {
    .name = "physical_disk",
    .title = "Physical disk",
    .doc =
        "The time of a random 8 KiB operation is given; other sizes add or save transfer time; a "
        "sequential operation is its transfer and a small overhead, and every fragment inside it one "
        "more positioning. A stream that others interrupt pays positioning again, except on flash. A write "
        "is as many "
        "operations as its RAID level demands; what is larger than a stripe unit works on several spindles.",
    .params = params,
    .n_params = PARAMS,
    .demands = DEMAND_BIT(DEMAND_DEVICE),
    .cost = cost,
};

/* resolve_disk.c - physical disks and the layout of what lies on them. */
#include "scenarios/resolve_disk.h"

#include "model/mechanism/rotation.h"

#include <string.h>

struct where {
    struct resolve *r;
    const struct node *n; /* the disk */
    const struct bind_at *at;
};

/* An error of one key, which is stated, or the check would not fail. */
static void key_fail(const struct where *w, const char *key, const char *why)
{
    const struct bind_at here = {w->at, key, 0};
    resolve_fail(w->r, node_get(w->n, key), &here, "%s", why);
}

static void key_warn(const struct where *w, const char *key, const char *code, const char *what)
{
    const struct bind_at here = {w->at, key, 0};
    const struct node *n = node_get(w->n, key);
    errs_warn(w->r->errs, code,
              arena_printf(w->r->arena, "%s:%d (%s)", n->pos.file ? n->pos.file : "", n->pos.line,
                           bind_path(w->r->arena, &here)),
              "%s", what);
}

/* ---- times and servers of a kind ---- */

/* What holds where the file says nothing. Sources: the schema's rows, which say the same. */
struct usual {
    int servers;
    double read_ns, write_ns; /* 0 = must be given */
};

static const struct usual usuals[PDISK_KINDS] = {
    [PDISK_HDD] = {1, 0.0, 0.0},
    [PDISK_SSD] = {8, 0.0, 0.0},
    [PDISK_SAN] = {1, 0.0, 0.0},
    [PDISK_NVME] = {32, 110e3, 350e3},
};

static const double usual_stripe = 65536.0;

static struct time_spec time_of(double mean_ns, double scv)
{
    return (struct time_spec){.mean_ns = mean_ns, .scv = scv, .family = DIST_AUTO};
}

/* Rotation says what the file leaves out; what it states wins. */
static void rotation_resolve(struct pdisk_spec *d, const struct node *n)
{
    const struct rotation_row *row = rotation_find(d->rpm);
    if (!node_get(n, "seek"))
        d->seek_ns = row->seek_ns;
    if (!node_get(n, "transfer"))
        d->transfer_bytes_per_s = row->bytes_per_s;
    if (node_get(n, "read"))
        return;
    const struct rotation_time t = rotation_random(d->rpm, d->seek_ns, d->transfer_bytes_per_s);
    const double more = (t.mean_ns + row->settle_ns) / t.mean_ns; /* a constant: the variance stays */
    d->read = time_of(t.mean_ns, t.scv);
    if (!node_get(n, "write"))
        d->write = time_of(t.mean_ns + row->settle_ns, t.scv / (more * more));
}

static void times_resolve(const struct where *w, struct pdisk_spec *d)
{
    const struct usual *usual = &usuals[d->kind];
    const bool read = node_get(w->n, "read"), write = node_get(w->n, "write");
    if (d->rpm > 0 && d->kind != PDISK_HDD)
        key_fail(w, "rpm", "only hard disks (kind: hdd) turn");
    else if (d->rpm > 0)
        rotation_resolve(d, w->n);
    else if (!read && usual->read_ns > 0.0)
        d->read = time_of(usual->read_ns, 1.0);
    else if (!read && !node_get(w->n, "rpm"))
        resolve_fail(w->r, w->n, w->at, "'read' is missing: time of a random read of 8 KiB, such as 6 ms%s",
                     d->kind == PDISK_HDD ? "; or give rpm" : "");
    if (write || (d->rpm > 0 && !read))
        return;
    d->write = !read && usual->write_ns > 0.0 ? time_of(usual->write_ns, 1.0) : d->read;
}

static void servers_resolve(const struct where *w, struct pdisk_spec *d)
{
    const bool spindles = node_get(w->n, "spindles"), channels = node_get(w->n, "channels");
    if (spindles && channels)
        resolve_fail(w->r, w->n, w->at, "give spindles or channels, not both");
    if (!spindles && !channels)
        d->spindles = usuals[d->kind].servers;
    if (!node_get(w->n, "stripe"))
        d->stripe_bytes = d->kind == PDISK_HDD && d->spindles > 1 ? usual_stripe : 0.0;
}

/* Channels of flash and servers of a LUN are no disks that could be counted. */
static void raid_check(const struct where *w, const struct pdisk_spec *d)
{
    static const struct {
        int level, least;
    } levels[] = {{1, 2}, {5, 3}, {6, 4}, {10, 2}};
    if (d->kind != PDISK_HDD || !node_get(w->n, "raid"))
        return;
    for (size_t i = 0; i < sizeof levels / sizeof *levels; i++)
        if (levels[i].level == d->raid && d->spindles < levels[i].least)
            key_warn(w, "raid", "W105",
                     arena_printf(w->r->arena, "RAID %d needs at least %d spindles; there are %d", d->raid,
                                  levels[i].least, d->spindles));
    if (d->raid == 10 && d->spindles % 2 != 0 && d->spindles > 1)
        key_warn(
            w, "raid", "W105",
            arena_printf(w->r->arena, "RAID 10 needs an even number of spindles; there are %d", d->spindles));
}

/* ---- layout ---- */

#define REFUSED                                                                                              \
    "the array hides where blocks lie: a defragmentation may undo its layout, and snapshots and "            \
    "de-duplication would grow by all that moves; consult its vendor"

static void defragment_check(const struct where *w, const struct pdisk_spec *on)
{
    if (on->kind == PDISK_SAN)
        key_fail(w, "defragment", "refused on a SAN: " REFUSED);
    else if (on->shared)
        key_fail(w, "defragment", "refused on a shared disk: " REFUSED);
    else if (on->kind == PDISK_SSD || on->kind == PDISK_NVME)
        key_warn(w, "defragment", "W106",
                 "flash has no heads to move: it gains next to nothing and wears the drive");
}

void resolve_disk(struct resolve *r, struct pdisk_spec *d, const struct node *n, const struct bind_at *at)
{
    const struct where w = {r, n, at};
    if ((int)d->kind < 0)
        return;
    servers_resolve(&w, d);
    times_resolve(&w, d);
    raid_check(&w, d);
    if (d->cache_bytes <= 0.0)
        d->write_cache = false; /* a cache of nothing is none */
    if (d->defragment)
        defragment_check(&w, d);
    if (d->queue == PQUEUE_PER_SPINDLE && (d->raid == 1 || d->raid == 10) && d->spindles < 2)
        key_fail(&w, "queue", "two mirrors with a queue each need two spindles");
}

/* What is to be put together must be known to lie in pieces. */
static void pieces_check(const struct where *w, const struct vdisk_spec *v, const struct pdisk_spec *on)
{
    const bool file = vdisk_traits[v->kind].file, stated = v->fragmentation > 0.0;
    const bool guest = v->guest_run_bytes > 0.0 || (stated && !file);
    const bool host = v->host_run_bytes > 0.0 || (stated && file);
    const bool gains =
        (v->defragment != DEFRAGMENT_HOST && guest) || (v->defragment != DEFRAGMENT_GUEST && host);
    if (on->kind == PDISK_HDD && !on->shared && !gains)
        key_warn(w, "defragment", "W107",
                 "the model states no pieces (fragmentation, guest_run, host_run) that this could put "
                 "together: it "
                 "changes nothing");
}

void resolve_disk_layout(struct resolve *r, const struct vdisk_spec *v, const struct host_spec *host,
                         const struct node *n, const struct bind_at *at)
{
    const struct where w = {r, n, at};
    const bool whole = v->kind == VDISK_PHYSICAL || v->kind == VDISK_PASS_THROUGH;
    const bool on_host = v->defragment == DEFRAGMENT_HOST || v->defragment == DEFRAGMENT_BOTH;
    if (whole && node_get(n, "host_run"))
        key_fail(&w, "host_run", "only a disk that is a file lies on the root's volume");
    if (whole && on_host)
        key_fail(&w, "defragment", "only a disk that is a file lies on the root's volume; defragment: guest");
    if ((int)v->defragment > DEFRAGMENT_NO && v->on >= 0 && v->on < host->disks) {
        defragment_check(&w, &host->disk[v->on]);
        pieces_check(&w, v, &host->disk[v->on]);
    }
}

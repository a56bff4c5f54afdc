/* emit_disk.c - disks in a counter log. */
#include "model/host/emit_disk.h"
#include "model/host/place.h"

#define SECTOR_BYTES 512.0

/* One instance of PhysicalDisk (first = CTR_DISK_READS) or LogicalDisk (CTR_VOLUME_READS). */
static void put_operations(struct sheet *s, enum counter_id first, const char *name, const double *o,
                           int outstanding, double splits)
{
    const enum counter_id by = first - CTR_DISK_READS;
    const double transfers = o[OPF_READS] + o[OPF_WRITES], ns = o[OPF_READ_NS] + o[OPF_WRITE_NS];
    sheet_rate(s, by + CTR_DISK_READS, name, o[OPF_READS]);
    sheet_rate(s, by + CTR_DISK_WRITES, name, o[OPF_WRITES]);
    sheet_rate(s, by + CTR_DISK_TRANSFERS, name, transfers);
    sheet_rate(s, by + CTR_DISK_READ_BYTES, name, o[OPF_READ_BYTES]);
    sheet_rate(s, by + CTR_DISK_WRITE_BYTES, name, o[OPF_WRITE_BYTES]);
    sheet_rate(s, by + CTR_DISK_BYTES, name, o[OPF_READ_BYTES] + o[OPF_WRITE_BYTES]);
    sheet_mean(s, by + CTR_DISK_SEC_READ, name, 1e-9 * o[OPF_READ_NS], o[OPF_READS]);
    sheet_mean(s, by + CTR_DISK_SEC_WRITE, name, 1e-9 * o[OPF_WRITE_NS], o[OPF_WRITES]);
    sheet_mean(s, by + CTR_DISK_SEC_TRANSFER, name, 1e-9 * ns, transfers);
    sheet_put(s, by + CTR_DISK_QUEUE, name, o[OPF_OUTSTANDING] / s->ns);
    sheet_put(s, by + CTR_DISK_READ_QUEUE, name, o[OPF_READ_NS] / s->ns);
    sheet_put(s, by + CTR_DISK_WRITE_QUEUE, name, o[OPF_WRITE_NS] / s->ns);
    sheet_put(s, by + CTR_DISK_CURRENT_QUEUE, name, outstanding);
    sheet_share(s, by + CTR_DISK_IDLE, name, o[OPF_IDLE]);
    sheet_share(s, by + CTR_DISK_TIME, name, o[OPF_OUTSTANDING]);
    sheet_rate(s, by + CTR_DISK_SPLIT, name, splits);
}

/* ---- hosts ---- */

/* Operations that file systems had to cut, where files lie in pieces. */
static struct splits splits_of(const struct vdisk_spec *v, const struct pdisk_spec *on, const double *o)
{
    return place_disk_splits(v, on, o[OPF_READS] + o[OPF_WRITES], o[OPF_READ_BYTES] + o[OPF_WRITE_BYTES]);
}

/* What the root of a Hyper-V host sees of a disk. */
struct contents {
    bool disk;   /* it is there: some operations pass the root, or nobody uses it */
    bool volume; /* with files on it: not given whole to a VM */
    double splits;
};

static struct contents contents_of(const struct sheet *s, const struct pdisk *d)
{
    struct contents c = {false, false, 0.0};
    bool used = false;
    for (int i = 0; i < s->run->model->vms; i++)
        for (int k = 0; k < s->run->vm[i].spec->disks; k++) {
            const struct vdisk *v = &s->run->vm[i].disk[k];
            const double *o = s->d + s->layout->vdisk[i] + k * VDF_COUNT + VDF_ROOT;
            const struct vdisk_trait *t = &vdisk_traits[v->spec->kind];
            const bool native = d->host->native;
            if (v->on != d)
                continue;
            used = true;
            c.disk = c.disk || native || (t->root && !t->lun);
            c.volume = c.volume || native || t->file;
            const struct splits splits = splits_of(v->spec, d->spec, o);
            c.splits += splits.host + (native ? splits.guest : 0.0);
        }
    return used ? c : (struct contents){true, true, 0.0};
}

void emit_disk_host(struct sheet *s, const struct host *h)
{
    for (int i = 0; i < h->spec->disks; i++) {
        const struct pdisk *d = &h->disk[i];
        const double *v = s->d + s->layout->disk[h->index] + i * DKF_COUNT + DKF_OPERATIONS;
        const struct contents c = contents_of(s, d);
        if (c.disk)
            put_operations(s, CTR_DISK_READS, sheet_name(s, "%d %s", i, d->spec->name), v, d->view, c.splits);
        if (c.disk && c.volume)
            put_operations(s, CTR_VOLUME_READS, d->spec->name, v, d->view, c.splits);
    }
}

/* ---- virtual disks, in the root ---- */

static void put_provider(struct sheet *s, const char *name, const struct vdisk_spec *spec, const double *v)
{
    const double *o = v + VDF_ROOT;
    const double transfers = o[OPF_READS] + o[OPF_WRITES], ns = o[OPF_READ_NS] + o[OPF_WRITE_NS];
    sheet_rate(s, CTR_VSD_READ_OPS, name, o[OPF_READS]);
    sheet_rate(s, CTR_VSD_WRITE_OPS, name, o[OPF_WRITES]);
    sheet_rate(s, CTR_VSD_READ_BYTES, name, o[OPF_READ_BYTES]);
    sheet_rate(s, CTR_VSD_WRITE_BYTES, name, o[OPF_WRITE_BYTES]);
    sheet_put(s, CTR_VSD_ERRORS, name, 0.0);
    sheet_put(s, CTR_VSD_QUEUE, name, o[OPF_OUTSTANDING] / s->ns);
    sheet_rate(s, CTR_VSD_NORMALIZED, name, v[VDF_NORMAL]);
    sheet_rate(s, CTR_VSD_THROUGHPUT, name, transfers);
    sheet_mean(s, CTR_VSD_LATENCY, name, 1e-9 * ns, transfers);
    sheet_put(s, CTR_VSD_LOWER_QUEUE, name, v[VDF_LOWER_NS] / s->ns);
    sheet_mean(s, CTR_VSD_LOWER_LATENCY, name, 1e-9 * v[VDF_LOWER_NS], v[VDF_LOWER_OPS]);
    sheet_put(s, CTR_VSD_LEAST_RATE, name, spec->minimum_iops);
    sheet_put(s, CTR_VSD_MOST_RATE, name, spec->maximum_iops);
}

static bool is_emulated(const struct vm *vm, int disk)
{
    return vdisk_traits[vm->spec->disk[disk].kind].root && vm->spec->disk[disk].controller == CTRL_IDE &&
           !vm->spec->integration;
}

static void put_controller(struct sheet *s, const struct vm *vm)
{
    const char *name = sheet_name(s, "%s:IDE Controller", vm->spec->name);
    double read = 0.0, written = 0.0;
    bool any = false;
    for (int i = 0; i < vm->spec->disks; i++) {
        const double *v = s->d + s->layout->vdisk[vm->index] + i * VDF_COUNT + VDF_ROOT;
        if (!is_emulated(vm, i))
            continue;
        any = true;
        read += v[OPF_READ_BYTES];
        written += v[OPF_WRITE_BYTES];
    }
    if (!any)
        return;
    sheet_rate(s, CTR_IDE_READ_BYTES, name, read);
    sheet_rate(s, CTR_IDE_WRITTEN_BYTES, name, written);
    sheet_rate(s, CTR_IDE_READ_SECTORS, name, read / SECTOR_BYTES);
    sheet_rate(s, CTR_IDE_WRITTEN_SECTORS, name, written / SECTOR_BYTES);
}

void emit_disk_vm(struct sheet *s, const struct vm *vm)
{
    for (int i = 0; i < vm->spec->disks; i++)
        if (vdisk_traits[vm->spec->disk[i].kind].root && !vdisk_traits[vm->spec->disk[i].kind].lun)
            put_provider(s, sheet_name(s, "%s-%s", vm->spec->name, vm->spec->disk[i].name),
                         &vm->spec->disk[i], s->d + s->layout->vdisk[vm->index] + i * VDF_COUNT);
    put_controller(s, vm);
}

/* ---- virtual disks, in the guest ---- */

void emit_disk_guest(struct sheet *s, const struct vm *vm)
{
    for (int i = 0; i < vm->spec->disks; i++) {
        const double *v = s->d + s->layout->vdisk[vm->index] + i * VDF_COUNT + VDF_GUEST;
        const int outstanding = vm->disk[i].guest.outstanding;
        const char *name = vm->spec->disk[i].name;
        const double splits = splits_of(&vm->spec->disk[i], vm->disk[i].on->spec, v).guest;
        put_operations(s, CTR_DISK_READS, sheet_name(s, "%d %s", i, name), v, outstanding, splits);
        put_operations(s, CTR_VOLUME_READS, name, v, outstanding, splits);
    }
}

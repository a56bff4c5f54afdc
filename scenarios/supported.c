/* supported.c - compares a model with the limits of version_rows and os_rows. */
#include "scenarios/supported.h"

#include "model/base/units.h"
#include "scenarios/resolve_cpu.h"
#include "scenarios/supported_net.h"

#include <string.h>

/* Where a warning belongs: "host.yaml:12 (vms.web01)". */
static const char *where(struct resolve *r, const char *map, int i)
{
    const struct node *n = node_get(r->root, map);
    return arena_printf(r->arena, "%s:%d (%s.%s)", n->key_pos[i].file ? n->key_pos[i].file : "",
                        n->key_pos[i].line, map, n->key[i]);
}

static int lps_of(const struct host_spec *h)
{
    return h->cpu.sockets * h->cpu.cores * h->cpu.threads;
}

/* What makes it a VM of generation 1: NULL if it may be of generation 2, which has neither IDE nor a legacy adapter. */
static const char *first_generation(const struct vm_spec *v)
{
    if (!os_rows[v->os].generation_2)
        return os_rows[v->os].label;
    for (int k = 0; k < v->disks; k++)
        if (v->disk[k].controller == CTRL_IDE)
            return "an IDE disk";
    for (int k = 0; k < v->nics; k++)
        if (v->nic[k].kind == VNIC_EMULATED)
            return "a legacy adapter";
    return NULL;
}

/* true after a warning. */
static bool version_vcpus_check(struct resolve *r, int i, const struct version_row *version)
{
    const struct vm_spec *v = &r->model->vm[i];
    const char *first = version->max_vps_generation_1 > 0 ? first_generation(v) : NULL;
    const bool many = version->max_vps_per_vm > 0 && v->vcpus > version->max_vps_per_vm;
    if (many)
        errs_warn(r->errs, "W401", where(r, "vms", i), "%d vCPUs; Hyper-V %s supports %d in a VM", v->vcpus,
                  version->name, version->max_vps_per_vm);
    else if (first && v->vcpus > version->max_vps_generation_1)
        errs_warn(r->errs, "W401", where(r, "vms", i),
                  "%d vCPUs; Hyper-V %s supports %d in a generation 1 VM (%s)", v->vcpus, version->name,
                  version->max_vps_generation_1, first);
    return many || (first && v->vcpus > version->max_vps_generation_1);
}

static void memory_check(struct resolve *r, int i)
{
    const struct vm_spec *v = &r->model->vm[i];
    const struct version_row *version = &version_rows[r->model->host[v->host].hv.version];
    const bool first = first_generation(v) && version->max_generation_1_bytes > 0;
    const double most = first ? version->max_generation_1_bytes : version->max_vm_bytes;
    if (most > 0 && v->memory.maximum_bytes > most)
        errs_warn(r->errs, "W409", where(r, "vms", i), "%s of memory; Hyper-V %s supports %s in a %sVM",
                  units_format(r->arena, v->memory.maximum_bytes, UNIT_BYTES), version->name,
                  units_format(r->arena, most, UNIT_BYTES), first ? "generation 1 " : "");
}

static void vcpus_check(struct resolve *r, int i)
{
    const struct vm_spec *v = &r->model->vm[i];
    const struct host_spec *h = &r->model->host[v->host];
    const struct version_row *version = &version_rows[h->hv.version];
    const struct os_row *os = &os_rows[v->os];
    bool early = h->hv.version == HV_2008 || h->hv.version == HV_2008R2;
    const bool warned = version_vcpus_check(r, i, version);
    if (!warned && early && os->max_vcpus > 0 && v->vcpus > os->max_vcpus)
        errs_warn(r->errs, "W402", where(r, "vms", i), "%d vCPUs; %s supports %d in a VM of Hyper-V %s",
                  v->vcpus, os->label, os->max_vcpus, version->name);
    if (v->vcpus > lps_of(h))
        errs_warn(r->errs, "W403", where(r, "vms", i),
                  "%d vCPUs on %d logical processors: such a VM does not start", v->vcpus, lps_of(h));
}

/* Storage QoS, sectors, places of IDE controllers. */
static void disk_check(struct resolve *r, int i, int k, enum hv_version version)
{
    const struct vm_spec *v = &r->model->vm[i];
    const struct vdisk_spec *d = &v->disk[k];
    const struct pdisk_spec *on = &r->model->host[v->host].disk[d->on];
    if ((d->maximum_iops > 0 || d->minimum_iops > 0) && version < HV_2012R2)
        errs_warn(r->errs, "W405", where(r, "vms", i),
                  "disk %s: storage QoS does not exist before Hyper-V 2012r2", d->name);
    if (vdisk_traits[d->kind].vhd && on->sectors == SECTORS_4K)
        errs_warn(r->errs, "W410", where(r, "vms", i),
                  "disk %s: a VHD cannot lie on disk %s, whose sectors have 4 KiB; a VHDX can", d->name,
                  on->name);
}

static void devices_check(struct resolve *r, int i)
{
    const struct vm_spec *v = &r->model->vm[i];
    enum hv_version version = r->model->host[v->host].hv.version;
    for (int k = 0; k < v->disks; k++)
        if ((int)version < vdisk_rows[v->disk[k].kind].since)
            errs_warn(r->errs, "W405", where(r, "vms", i), "disk %s: %s does not exist before Hyper-V %s",
                      v->disk[k].name, vdisk_rows[v->disk[k].kind].name,
                      version_rows[vdisk_rows[v->disk[k].kind].since].name);
    for (int k = 0; k < v->disks; k++)
        disk_check(r, i, k, version);
    for (int k = 0; k < v->nics; k++)
        if ((int)version < vnic_rows[v->nic[k].kind].since)
            errs_warn(r->errs, "W405", where(r, "vms", i), "adapter %s: %s does not exist before Hyper-V %s",
                      v->nic[k].name, vnic_rows[v->nic[k].kind].name,
                      version_rows[vnic_rows[v->nic[k].kind].since].name);
    if (v->memory.dynamic && version < HV_2008R2)
        errs_warn(r->errs, "W405", where(r, "vms", i),
                  "dynamic memory does not exist before Hyper-V 2008r2 with service pack 1");
}

struct load {
    int vms, vps, desktops;
};

/* 2008 R2 with Service Pack 1 allows more where all VMs are Windows 7 desktops. */
static double ratio_supported(const struct version_row *version, const struct load *load)
{
    return version->vp_per_lp_desktops > 0 && load->desktops == load->vms ? version->vp_per_lp_desktops
                                                                          : version->vp_per_lp;
}

static void host_check(struct resolve *r, int i, const struct load *load)
{
    const struct host_spec *h = &r->model->host[i];
    const struct version_row *version = &version_rows[h->hv.version];
    int lps = lps_of(h);
    if (version->max_lps > 0 && lps > version->max_lps)
        errs_warn(r->errs, "W404", where(r, "hosts", i), "%d logical processors; Hyper-V %s supports %d", lps,
                  version->name, version->max_lps);
    if (version->max_vms > 0 && load->vms > version->max_vms)
        errs_warn(r->errs, "W404", where(r, "hosts", i), "%d VMs; Hyper-V %s supports %d on a host",
                  load->vms, version->name, version->max_vms);
    if (version->max_vps > 0 && load->vps > version->max_vps)
        errs_warn(r->errs, "W404", where(r, "hosts", i), "%d vCPUs; Hyper-V %s supports %d on a host",
                  load->vps, version->name, version->max_vps);
    const double ratio = ratio_supported(version, load);
    if (ratio > 0 && load->vps > ratio * lps)
        errs_warn(r->errs, "W406", where(r, "hosts", i),
                  "%d vCPUs on %d logical processors; Hyper-V %s supports %g for each", load->vps, lps,
                  version->name, ratio);
    if (version->slat_required && !h->cpu.slat)
        errs_warn(r->errs, "W407", where(r, "hosts", i), "Hyper-V %s does not start without SLAT",
                  version->name);
    if ((int)h->hv.version < scheduler_rows[h->hv.scheduler].since)
        errs_warn(r->errs, "W405", where(r, "hosts", i), "the %s scheduler does not exist before Hyper-V %s",
                  scheduler_rows[h->hv.scheduler].name,
                  version_rows[scheduler_rows[h->hv.scheduler].since].name);
    else if (h->hv.scheduler == SCHED_ROOT)
        errs_warn(
            r->errs, "W408", where(r, "hosts", i),
            "the root scheduler heeds no weights, reserves, limits or CPU groups and is not for servers");
    if (h->hv.groups > 0 && h->hv.version < HV_2016)
        errs_warn(r->errs, "W405", where(r, "hosts", i), "CPU groups do not exist before Hyper-V 2016");
}

void supported_check(struct resolve *r)
{
    const struct model *m = r->model;
    struct load *load = ARENA_ARRAY(r->arena, struct load, (size_t)m->hosts);
    for (int i = 0; i < m->vms; i++) {
        if (m->host[m->vm[i].host].hv.version == HV_NONE)
            continue;
        load[m->vm[i].host].vms++;
        load[m->vm[i].host].vps += m->vm[i].vcpus;
        load[m->vm[i].host].desktops += strcmp(os_rows[m->vm[i].os].name, "win7") == 0;
        vcpus_check(r, i);
        memory_check(r, i);
        devices_check(r, i);
        supported_net_vm(r, &m->vm[i], where(r, "vms", i));
    }
    for (int i = 0; i < m->hosts; i++) {
        resolve_cpu_check(r, i);
        if (m->host[i].hv.version == HV_NONE)
            continue;
        host_check(r, i, &load[i]);
        supported_net_host(r, &m->host[i], where(r, "hosts", i));
    }
}

/* kinds.h - the kinds of things a host is made of, as tables: a new kind is a new row.
 *
 * Does      names (the YAML words) and facts of Hyper-V versions, guest systems, virtual and physical disks,
 *           controllers, adapters
 * Owns      nothing; static rows
 */
#ifndef HVPLAN_MECHANISM_KINDS_H
#define HVPLAN_MECHANISM_KINDS_H

#include <stdbool.h>
#include <stddef.h>

enum hv_version {
    HV_NONE,
    HV_2008,
    HV_2008R2,
    HV_2012,
    HV_2012R2,
    HV_2016,
    HV_2019,
    HV_2022,
    HV_2025,
    HV_VERSIONS
};
enum hv_scheduler { SCHED_CLASSIC, SCHED_CORE, SCHED_ROOT, SCHED_KINDS };
enum hv_placement { PLACE_ANY, PLACE_LAST, PLACE_STAY, PLACE_KINDS };
enum hv_queues { QUEUES_SHARED, QUEUES_PER_LP, QUEUES_KINDS };
enum vendor { VENDOR_INTEL, VENDOR_AMD, VENDOR_KINDS };
enum controller { CTRL_SCSI, CTRL_IDE, CTRL_KINDS }; /* IDE is emulated without integration components */
enum vdisk_kind {
    VDISK_PHYSICAL, /* the disk of a physical server (hypervisor: none) */
    VDISK_PASS_THROUGH,
    VDISK_FIXED_VHD,
    VDISK_DYNAMIC_VHD,
    VDISK_DIFF_VHD,
    VDISK_FIXED_VHDX,
    VDISK_DYNAMIC_VHDX,
    VDISK_DIFF_VHDX,
    VDISK_KINDS
};
enum vnic_kind { VNIC_PHYSICAL, VNIC_SYNTHETIC, VNIC_EMULATED, VNIC_SRIOV, VNIC_KINDS };
enum pdisk_kind { PDISK_HDD, PDISK_SSD, PDISK_SAN, PDISK_KINDS };

struct version_row {
    const char *name;                              /* "2008r2"; "none" = a physical machine */
    int max_lps, max_vms, max_vps_per_vm, max_vps; /* 0 = no limit stated */
    int max_vps_generation_1;                      /* of a generation 1 VM; 0 = as max_vps_per_vm */
    double max_vm_bytes, max_generation_1_bytes;   /* memory of a VM; 0 = no limit stated, as max_vm_bytes */
    double vp_per_lp;                              /* supported ratio; 0 = no limit stated */
    double vp_per_lp_desktops;                     /* where all VMs are Windows 7; 0 = as vp_per_lp */
    enum hv_placement placement;                   /* default */
    enum hv_scheduler scheduler;                   /* default */
    bool slat_usable, slat_required;
    bool
        channel_per_controller_only; /* one VMBus channel a controller, completions on vCPU 0 (2008, 2008 R2) */
    const char *doc, *source;
};
struct os_row {
    const char *name; /* "ws2008" */
    const char *label;
    bool enlightened;  /* by default, with integration components */
    int max_vcpus;     /* supported in a 2008 / 2008 R2 VM; 0 = no limit stated */
    bool generation_2; /* can be a generation 2 VM (from 2012 R2) */
    const char *doc, *source;
};
struct kind_row {
    const char *name, *doc, *source;
    bool native; /* only on hosts with hypervisor: none */
    int since;   /* enum hv_version from which it exists; HV_NONE = also there or always */
};

extern const struct version_row version_rows[HV_VERSIONS];
extern const struct os_row os_rows[];
extern const size_t os_row_count;
extern const struct kind_row scheduler_rows[SCHED_KINDS], placement_rows[PLACE_KINDS],
    queues_rows[QUEUES_KINDS], vendor_rows[VENDOR_KINDS], controller_rows[CTRL_KINDS],
    vdisk_rows[VDISK_KINDS], vnic_rows[VNIC_KINDS], pdisk_rows[PDISK_KINDS];

/* YAML words: hv_version "none 2008 2008r2 2012 ...", scheduler "classic core root", placement "any last stay", queues "shared per-lp", vendor
 * "intel amd", controller "scsi ide", vdisk "physical pass-through fixed-vhd dynamic-vhd differencing-vhd fixed-vhdx
 * dynamic-vhdx differencing-vhdx", vnic "physical synthetic emulated sr-iov", pdisk "hdd ssd san".
 * Guest systems: ws2003 ws2008 ws2008r2 ws2012 ws2012r2 ws2016 ws2019 ws2022 ws2025 win7 vista xp w2000 linux
 * linux-lis (with integration services). */
int os_find(const char *name); /* row number or -1 */

#endif

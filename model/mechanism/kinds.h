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
    VDISK_VIRTUAL_FC,
    VDISK_DIRECT, /* discrete device assignment */
    VDISK_ISCSI,  /* the initiator in the guest, or of a physical machine */
    VDISK_KINDS
};
/* Sizes of physical sectors. */
enum sectors { SECTORS_512, SECTORS_512E, SECTORS_4K, SECTORS_KINDS };
enum vnic_kind { VNIC_PHYSICAL, VNIC_SYNTHETIC, VNIC_EMULATED, VNIC_SRIOV, VNIC_KINDS };
enum switch_kind { SWITCH_EXTERNAL, SWITCH_INTERNAL, SWITCH_PRIVATE, SWITCH_KINDS };
enum team_balance { BALANCE_PORT, BALANCE_HASH, BALANCE_KINDS }; /* how adapters of a team share the load */
enum pdisk_kind { PDISK_HDD, PDISK_SSD, PDISK_SAN, PDISK_NVME, PDISK_KINDS };
enum pdisk_queue { PQUEUE_SHARED, PQUEUE_PER_SPINDLE, PQUEUE_KINDS };
enum defragment { DEFRAGMENT_NO, DEFRAGMENT_GUEST, DEFRAGMENT_HOST, DEFRAGMENT_BOTH, DEFRAGMENT_KINDS };

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
/* How a kind of virtual disk is made; a row without any of it goes around the root. */
struct vdisk_trait {
    bool root;         /* its operations pass the root: VMBus channel, storage QoS */
    bool file;         /* in the root's file system */
    bool vhd;          /* the format of sectors of 512 bytes */
    bool grows;        /* a block map; blocks are allocated on first write */
    bool differencing; /* has parents */
    bool exclusive;    /* the host's disk belongs to one VM alone */
    bool lun;          /* lies on a LUN of a SAN */
};

extern const struct version_row version_rows[HV_VERSIONS];
extern const struct os_row os_rows[];
extern const size_t os_row_count;
extern const struct kind_row scheduler_rows[SCHED_KINDS], placement_rows[PLACE_KINDS],
    queues_rows[QUEUES_KINDS], vendor_rows[VENDOR_KINDS], controller_rows[CTRL_KINDS],
    vdisk_rows[VDISK_KINDS], vnic_rows[VNIC_KINDS], switch_rows[SWITCH_KINDS], balance_rows[BALANCE_KINDS],
    pdisk_rows[PDISK_KINDS], pqueue_rows[PQUEUE_KINDS], sectors_rows[SECTORS_KINDS],
    defragment_rows[DEFRAGMENT_KINDS];

/* YAML words: hv_version "none 2008 2008r2 2012 ...", scheduler "classic core root", placement "any last stay", queues "shared per-lp", vendor
 * "intel amd", controller "scsi ide", vdisk "physical pass-through fixed-vhd dynamic-vhd differencing-vhd fixed-vhdx
 * dynamic-vhdx differencing-vhdx virtual-fc direct iscsi", sectors "512 512e 4k", vnic "physical synthetic emulated sr-iov", pdisk "hdd ssd san nvme".
 * Guest systems: ws2003 ws2008 ws2008r2 ws2012 ws2012r2 ws2016 ws2019 ws2022 ws2025 win7 vista xp w2000 linux
 * linux-lis (with integration services). */
extern const struct vdisk_trait vdisk_traits[VDISK_KINDS];
int os_find(const char *name); /* row number or -1 */

#endif

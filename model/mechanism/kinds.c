/* kinds.c - rows of versions, guest systems and kinds of devices. */
#include "model/mechanism/kinds.h"
#include "model/base/text.h"

#define SCALE "learn.microsoft.com, plan for Hyper-V scalability"
#define TYPES "learn.microsoft.com, Hyper-V scheduler types"
#define VP_LIMITS "BizTalk Server Hyper-V Guide, optimizing performance on Hyper-V"
#define MASTERING "Savill, Mastering Windows Server 2016 Hyper-V"
#define STORAGE "learn.microsoft.com, Hyper-V storage I/O performance"
#define OWN "hvplan"
#define GIB 0x1p30
#define TIB 0x1p40

const struct version_row version_rows[HV_VERSIONS] = {
    [HV_NONE] = {.name = "none",
                 .placement = PLACE_LAST,
                 .doc =
                     "A physical machine: its processors are the logical processors, no virtualization cost.",
                 .source = OWN},
    [HV_2008] = {.name = "2008",
                 .max_lps = 24,
                 .max_vms = 192,
                 .max_vps_per_vm = 4,
                 .vp_per_lp = 8.0,
                 .placement = PLACE_ANY,
                 .channel_per_controller_only = true,
                 .doc = "Windows Server 2008 with Service Pack 2. No SLAT, no VMQ, no jumbo frames. The "
                        "ratio of 8 virtual processors is that of 192 VMs on 24 logical processors.",
                 .source = "Microsoft virtualization team blog, 2009-06-17; " VP_LIMITS},
    [HV_2008R2] =
        {.name = "2008r2",
         .max_lps = 64,
         .max_vms = 384,
         .max_vps_per_vm = 4,
         .max_vps = 512,
         .max_vm_bytes = 64.0 * GIB,
         .vp_per_lp = 8.0,
         .vp_per_lp_desktops = 12.0,
         .placement = PLACE_ANY,
         .slat_usable = true,
         .channel_per_controller_only = true,
         .doc = "Windows Server 2008 R2: SLAT, large pages, VMQ, TCP chimney, jumbo frames; Dynamic Memory "
                "with Service Pack 1, which also allows 12 virtual processors a logical one for Windows 7 "
                "desktops.",
         .source = "Microsoft virtualization team blog, 2011-04-25; TechNet ee405267"},
    [HV_2012] = {.name = "2012",
                 .max_lps = 320,
                 .max_vms = 1024,
                 .max_vps_per_vm = 64,
                 .max_vps = 2048,
                 .max_vm_bytes = TIB,
                 .placement = PLACE_LAST,
                 .slat_usable = true,
                 .doc = "Windows Server 2012: VHDX, SR-IOV, dynamic VMQ, virtual NUMA, several storage "
                        "channels a controller.",
                 .source = MASTERING ", p. 98; Dell, virtualizing Exchange 2013"},
    [HV_2012R2] = {.name = "2012r2",
                   .max_lps = 320,
                   .max_vms = 1024,
                   .max_vps_per_vm = 64,
                   .max_vps = 2048,
                   .max_vm_bytes = TIB,
                   .placement = PLACE_LAST,
                   .slat_usable = true,
                   .doc = "Windows Server 2012 R2: virtual RSS, storage QoS, generation 2 VMs.",
                   .source = MASTERING ", p. 98; Dell, virtualizing Exchange 2013"},
    [HV_2016] = {.name = "2016",
                 .max_lps = 512,
                 .max_vms = 1024,
                 .max_vps_per_vm = 240,
                 .max_vps_generation_1 = 64,
                 .max_vps = 2048,
                 .max_vm_bytes = 12.0 * TIB,
                 .max_generation_1_bytes = TIB,
                 .placement = PLACE_LAST,
                 .slat_usable = true,
                 .slat_required = true,
                 .doc = "Windows Server 2016: SLAT required, core scheduler available, CPU groups, 240 "
                        "virtual processors in generation 2 VMs (64 in generation 1).",
                 .source = SCALE "; " TYPES},
    [HV_2019] = {.name = "2019",
                 .max_lps = 512,
                 .max_vms = 1024,
                 .max_vps_per_vm = 240,
                 .max_vps_generation_1 = 64,
                 .max_vps = 2048,
                 .max_vm_bytes = 12.0 * TIB,
                 .max_generation_1_bytes = TIB,
                 .placement = PLACE_LAST,
                 .scheduler = SCHED_CORE,
                 .slat_usable = true,
                 .slat_required = true,
                 .doc = "Windows Server 2019: the core scheduler is the default.",
                 .source = SCALE "; " TYPES},
    [HV_2022] = {.name = "2022",
                 .max_vms = 1024,
                 .placement = PLACE_LAST,
                 .scheduler = SCHED_CORE,
                 .slat_usable = true,
                 .slat_required = true,
                 .doc = "Windows Server 2022: acts as 2019; its higher limits of processors are not checked.",
                 .source = SCALE "; " TYPES},
    [HV_2025] = {.name = "2025",
                 .max_vms = 1024,
                 .placement = PLACE_LAST,
                 .scheduler = SCHED_CORE,
                 .slat_usable = true,
                 .slat_required = true,
                 .doc = "Windows Server 2025: acts as 2019; its higher limits of processors are not checked.",
                 .source = SCALE "; " TYPES},
};

#define ENLIGHTENED_DOC                                                                                      \
    "Knows the hypervisor: hypercalls for page tables and long waits, synthetic timers and devices."
#define OLD_DOC "Does not know the hypervisor; synthetic devices with integration components."

const struct os_row os_rows[] = {
    {"ws2003", "Windows Server 2003", false, 2, false, OLD_DOC " Two virtual processors from Service Pack 2.",
     MASTERING ", p. 102"},
    {"ws2008", "Windows Server 2008", true, 4, false, ENLIGHTENED_DOC, VP_LIMITS},
    {"ws2008r2", "Windows Server 2008 R2", true, 4, false, ENLIGHTENED_DOC, VP_LIMITS},
    {"ws2012", "Windows Server 2012", true, 0, true, ENLIGHTENED_DOC, SCALE},
    {"ws2012r2", "Windows Server 2012 R2", true, 0, true, ENLIGHTENED_DOC, SCALE},
    {"ws2016", "Windows Server 2016", true, 0, true, ENLIGHTENED_DOC, SCALE},
    {"ws2019", "Windows Server 2019", true, 0, true, ENLIGHTENED_DOC, SCALE},
    {"ws2022", "Windows Server 2022", true, 0, true, ENLIGHTENED_DOC, SCALE},
    {"ws2025", "Windows Server 2025", true, 0, true, ENLIGHTENED_DOC, SCALE},
    {"win7", "Windows 7", true, 4, false, ENLIGHTENED_DOC, VP_LIMITS},
    {"vista", "Windows Vista", true, 2, false, ENLIGHTENED_DOC, VP_LIMITS},
    {"xp", "Windows XP", false, 2, false, OLD_DOC " Two virtual processors from Service Pack 3.",
     MASTERING ", p. 102"},
    {"w2000", "Windows 2000", false, 1, false,
     OLD_DOC " One virtual processor: it does not tolerate being scheduled apart.", MASTERING ", p. 102"},
    {"linux", "Linux", false, 0, false,
     "Linux without integration services: emulated devices, every clock read an intercept.",
     "Fayyad-Kazan, Perneel, Timmerman, GJCST 13(2), 2013"},
    {"linux-lis", "Linux with integration services", true, 0, true,
     "Linux with the Hyper-V drivers: synthetic devices, clock page and hypercalls.",
     "Fayyad-Kazan, Perneel, Timmerman, GJCST 13(2), 2013"},
};
const size_t os_row_count = sizeof os_rows / sizeof os_rows[0];

const struct kind_row scheduler_rows[SCHED_KINDS] = {
    [SCHED_CLASSIC] =
        {"classic", "Preemptive fair share of every logical processor, hyper-threads as if they were cores.",
         TYPES, false, HV_NONE},
    [SCHED_CORE] =
        {"core", "A core is given to one VM at a time; a VM without threads of its own takes the whole core.",
         TYPES, false, HV_2016},
    [SCHED_ROOT] =
        {"root",
         "The root's own scheduler places virtual processors: Windows clients, not supported on servers.",
         TYPES, false, HV_2016},
};
const struct kind_row placement_rows[PLACE_KINDS] = {
    [PLACE_ANY] =
        {"any",
         "A virtual processor that wakes up or ends a quantum goes to any idle logical processor alike.",
         "Friedman, CPU priority scheduling options, computerperformancebydesign.com", false, HV_NONE},
    [PLACE_LAST] =
        {"last",
         "A virtual processor goes to its last logical processor, then to an idle one nearby, then to any.",
         "TLFS 2.0a 18.3.2", false, HV_NONE},
    [PLACE_STAY] = {"stay",
                    "A virtual processor waits for its last logical processor even while another is idle, "
                    "until that one takes "
                    "it: only with queues per logical processor.",
                    "not published for Hyper-V; measured runs of Linux agree with it", false, HV_NONE},
};
const struct kind_row queues_rows[QUEUES_KINDS] = {
    [QUEUES_SHARED] =
        {"shared",
         "One queue of ready virtual processors for the host: none waits while a logical processor "
         "that it may use is idle, and shares by weight hold over all of them.",
         "TLFS 2.0a 18.2.3 states the shares only", false, HV_NONE},
    [QUEUES_PER_LP] =
        {"per-lp",
         "A queue for each logical processor: one that falls idle takes from others, those of its NUMA "
         "node first, and a periodic balance moves one over when two differ by two or more.",
         "not published for Hyper-V; Linux works so", false, HV_NONE},
};
const struct kind_row vendor_rows[VENDOR_KINDS] = {
    [VENDOR_INTEL] = {"intel", "Intel processors; no live move from or to AMD.", MASTERING, false, HV_NONE},
    [VENDOR_AMD] = {"amd", "AMD processors; no live move from or to Intel.", MASTERING, false, HV_NONE},
};
const struct kind_row controller_rows[CTRL_KINDS] = {
    [CTRL_SCSI] = {"scsi",
                   "Synthetic controller: needs integration components, cannot boot generation 1 VMs.",
                   VP_LIMITS, false, HV_NONE},
    [CTRL_IDE] = {"ide", "As good as scsi with integration components; without them emulated port by port.",
                  MASTERING ", p. 85; " VP_LIMITS, false, HV_NONE},
};
const struct kind_row vdisk_rows[VDISK_KINDS] = {
    [VDISK_PHYSICAL] = {"physical", "The disk of a physical server, no virtual layer.", OWN, true, HV_NONE},
    [VDISK_PASS_THROUGH] = {"pass-through",
                            "A disk or LUN given whole to the VM; by-passes the root's file system.", STORAGE,
                            false, HV_2008},
    [VDISK_FIXED_VHD] = {"fixed-vhd", "A file as large as the disk.", STORAGE, false, HV_2008},
    [VDISK_DYNAMIC_VHD] = {"dynamic-vhd",
                           "A file that grows by blocks of 2 MiB, with a map to look up and update.", STORAGE,
                           false, HV_2008},
    [VDISK_DIFF_VHD] = {"differencing-vhd", "Changes against a parent file; snapshots are chains of these.",
                        STORAGE, false, HV_2008},
    [VDISK_FIXED_VHDX] = {"fixed-vhdx", "A file as large as the disk, aligned to 4 KiB.", STORAGE, false,
                          HV_2012},
    [VDISK_DYNAMIC_VHDX] = {"dynamic-vhdx",
                            "A file that grows by blocks of 32 MiB, its map kept through a log.", STORAGE,
                            false, HV_2012},
    [VDISK_DIFF_VHDX] = {"differencing-vhdx", "Changes against a parent file, kept through a log.", STORAGE,
                         false, HV_2012},
    [VDISK_VIRTUAL_FC] = {"virtual-fc",
                          "A LUN that the VM reaches through a virtual Fibre Channel adapter; by-passes the "
                          "root's file system.",
                          STORAGE, false, HV_2012},
    [VDISK_DIRECT] = {"direct",
                      "A disk controller given to the VM whole (discrete device assignment); the root is not "
                      "on the way.",
                      "learn.microsoft.com, plan for deploying devices by discrete device assignment", false,
                      HV_2016},
    [VDISK_ISCSI] = {"iscsi",
                     "A LUN that the guest's own initiator reaches over one of its network adapters: storage "
                     "becomes network load.",
                     "Microsoft virtualization team blog, 2010-02-24", false, HV_NONE},
};
const struct vdisk_trait vdisk_traits[VDISK_KINDS] = {
    [VDISK_PHYSICAL] = {.root = false},
    [VDISK_PASS_THROUGH] = {.root = true},
    [VDISK_FIXED_VHD] = {.root = true, .file = true, .vhd = true},
    [VDISK_DYNAMIC_VHD] = {.root = true, .file = true, .vhd = true, .grows = true},
    [VDISK_DIFF_VHD] = {.root = true, .file = true, .vhd = true, .grows = true, .differencing = true},
    [VDISK_FIXED_VHDX] = {.root = true, .file = true},
    [VDISK_DYNAMIC_VHDX] = {.root = true, .file = true, .grows = true},
    [VDISK_DIFF_VHDX] = {.root = true, .file = true, .grows = true, .differencing = true},
    [VDISK_VIRTUAL_FC] = {.root = true, .lun = true},
    [VDISK_DIRECT] = {.exclusive = true},
    [VDISK_ISCSI] = {.lun = true},
};
const struct kind_row sectors_rows[SECTORS_KINDS] = {
    [SECTORS_512] = {"512", "Sectors of 512 bytes.", STORAGE, false, HV_NONE},
    [SECTORS_512E] =
        {"512e",
         "Physical sectors of 4 KiB that answer as eight of 512 bytes: what writes a part of one "
         "reads it first.",
         STORAGE, false, HV_NONE},
    [SECTORS_4K] = {"4k", "Sectors of 4 KiB; a VHD cannot lie there.", STORAGE, false, HV_NONE},
};
const struct kind_row vnic_rows[VNIC_KINDS] = {
    [VNIC_PHYSICAL] = {"physical", "The adapter of a physical server, no virtual layer.", OWN, true, HV_NONE},
    [VNIC_SYNTHETIC] =
        {"synthetic", "Messages in shared memory to the root's virtual switch; needs integration components.",
         "learn.microsoft.com, Hyper-V network I/O performance", false, HV_2008},
    [VNIC_EMULATED] = {"emulated", "Legacy adapter: an Intel (DEC) 21140 imitated register by register.",
                       "putise.com, legacy network adapter", false, HV_2008},
    [VNIC_SRIOV] = {"sr-iov",
                    "A function of the physical adapter given to the VM; by-passes the virtual switch.",
                    "Performance tuning for Hyper-V servers, 2012 R2", false, HV_2012},
};
#define TEAMING "learn.microsoft.com, NIC teaming: load distribution"
const struct kind_row switch_rows[SWITCH_KINDS] = {
    [SWITCH_EXTERNAL] = {"external",
                         "Bound to a physical adapter or a team of them; its VMs reach the outside.",
                         "learn.microsoft.com, Hyper-V virtual switch", false, HV_2008},
    [SWITCH_INTERNAL] =
        {"internal", "Its VMs reach each other and the root only; what the root does there is not modelled.",
         "learn.microsoft.com, Hyper-V virtual switch", false, HV_2008},
    [SWITCH_PRIVATE] = {"private", "Its VMs reach each other only.",
                        "learn.microsoft.com, Hyper-V virtual switch", false, HV_2008},
};
const struct kind_row balance_rows[BALANCE_KINDS] = {
    [BALANCE_PORT] = {"port", "Each adapter of a VM keeps one member of the team, in turn.", TEAMING, false,
                      HV_2008},
    [BALANCE_HASH] = {"hash",
                      "Each connection keeps one member of the team, drawn as by a hash of its addresses.",
                      TEAMING, false, HV_2008},
};
const struct kind_row pdisk_rows[PDISK_KINDS] = {
    [PDISK_HDD] = {"hdd", "Spinning disks: seek, turn, transfer.", OWN, false, HV_NONE},
    [PDISK_SSD] = {"ssd", "Flash with several channels.", OWN, false, HV_NONE},
    [PDISK_SAN] =
        {"san",
         "A LUN of an array shared with others; where its blocks lie is not known, so fragmentation costs "
         "no seeks here and defragmentation is never advised.",
         OWN, false, HV_NONE},
    [PDISK_NVME] = {"nvme", "Flash on PCI Express: many channels, short commands.",
                    "data sheet of the Intel P3700 (2014): 450,000 random reads of 4 KiB a second, 2.8 GB/s, "
                    "20 us a command",
                    false, HV_NONE},
};
const struct kind_row pqueue_rows[PQUEUE_KINDS] = {
    [PQUEUE_SHARED] = {"shared", "Whichever spindle is free takes the next operation: the best case.", OWN,
                       false, HV_NONE},
    [PQUEUE_PER_SPINDLE] =
        {"per-spindle",
         "An operation waits for the spindle that its block lies on, of two mirrors for the "
         "one with the shorter queue.",
         OWN, false, HV_NONE},
};
const struct kind_row defragment_rows[DEFRAGMENT_KINDS] = {
    [DEFRAGMENT_NO] = {"no", "Files stay as they lie.", OWN, false, HV_NONE},
    [DEFRAGMENT_GUEST] = {"guest", "The files in the guest's file system lie in one piece.", OWN, false,
                          HV_NONE},
    [DEFRAGMENT_HOST] = {"host", "The file of the virtual disk lies in one piece on the root's volume.", OWN,
                         false, HV_NONE},
    [DEFRAGMENT_BOTH] = {"both", "The guest's files and the file of the virtual disk.", OWN, false, HV_NONE},
};

int os_find(const char *name)
{
    for (size_t i = 0; i < os_row_count; i++)
        if (text_same(os_rows[i].name, name))
            return (int)i;
    return -1;
}

/* counters.c - names of PerfMon objects and counters, as the English Windows writes them. */
#include "model/host/counters.h"

#define LP "Hyper-V Hypervisor Logical Processor"
#define ROOT_VP "Hyper-V Hypervisor Root Virtual Processor"
#define VP "Hyper-V Hypervisor Virtual Processor"
#define VSD "Hyper-V Virtual Storage Device"
#define VNIC "Hyper-V Virtual Network Adapter"
#define IDE "Hyper-V Virtual IDE Controller (Emulated)"
#define LEGACY "Hyper-V Legacy Network Adapter"
#define SWITCH "Hyper-V Virtual Switch"
#define DM "Hyper-V Dynamic Memory VM"
#define BALANCER "Hyper-V Dynamic Memory Balancer"
#define PAL "PAL, HyperV.xml (2008 R2 SP1)"
#define DMLIST "2008 R2 SP1 and 2012 counter lists"
#define OLTP "Performance tuning for Hyper-V servers, 2012 R2: counters of an OLTP run"
#define LIVE "export of a live host"
#define EXPORTER "2012 R2 and 2016 monitoring lists; meaning: windows_exporter, Hyper-V collector"
#define HYPERVISOR "Hyper-V Hypervisor"
#define PARTITION "Hyper-V Hypervisor Partition"
#define ROOT_PARTITION "Hyper-V Hypervisor Root Partition"
#define TLFS "TLFS 2.0a, appendix J"
#define SCRIPT "2012 R2 monitoring lists"
#define R2LIST "2012 R2 monitoring lists; adapters: exports of live hosts"
#define WINDOWS "Windows performance counters reference"

/* The rate and the mean cost of a class of events. */
#define INTERCEPT_PAIR(first, class, name, object, instance, doc, who, source, since)                        \
    [(first) + 2 * INTERCEPT_##                                                                              \
        class] = {object, name "/sec", instance, "1/s", doc who ".", source, since},                         \
      [(first) + 2 * INTERCEPT_##class +                                                                     \
          1] = {object, name " Cost", instance, "ns", "Mean time in the hypervisor of one of them" who ".",  \
                source, since}
#define INTERCEPT_J(first, class, name, object, instance, doc, who)                                          \
    INTERCEPT_PAIR(first, class, name, object, instance, doc, who, TLFS ".4", HV_2008)
#define INTERCEPT_SET(first, o, i, who)                                                                      \
    INTERCEPT_J(first, HYPERCALL, "Hypercalls", o, i, "Requests of the guest to the hypervisor", who),       \
        INTERCEPT_J(first, PAGE_INVALIDATION, "Page Invalidations", o, i, "INVLPG instructions", who),       \
        INTERCEPT_J(first, CONTROL_REGISTER, "Control Register Accesses", o, i,                              \
                    "Accesses to control registers, switches of the address space among them", who),         \
        INTERCEPT_J(first, IO, "IO Instructions", o, i, "Accesses to I/O ports", who),                       \
        INTERCEPT_J(first, HALT, "HLT Instructions", o, i,                                                   \
                    "HLT instructions: the guest has nothing to run and gives its processor up", who),       \
        INTERCEPT_J(first, MSR, "MSR Accesses", o, i,                                                        \
                    "Accesses to model-specific registers: synthetic timers and interrupts, APIC", who),     \
        INTERCEPT_J(first, OTHER, "Other Intercepts", o, i, "Intercepts of no other class", who),            \
        INTERCEPT_J(first, EXTERNAL_INTERRUPT, "External Interrupts", o, i,                                  \
                    "Hardware interrupts that arrive while the guest runs", who),                            \
        INTERCEPT_J(first, PENDING_INTERRUPT, "Pending Interrupts", o, i,                                    \
                    "Virtual interrupts delivered when the guest is ready for them", who),                   \
        INTERCEPT_J(first, EMULATED, "Emulated Instructions", o, i,                                          \
                    "Instructions that the hypervisor completes for the guest: accesses to an APIC or to "   \
                    "device memory",                                                                         \
                    who),                                                                                    \
        INTERCEPT_J(first, PAGE_FAULT, "Page Fault Intercepts", o, i,                                        \
                    "Page faults that reach the hypervisor, for shadow page tables", who),                   \
        INTERCEPT_PAIR(first, NESTED_FAULT, "Nested Page Fault Intercepts", o, i,                            \
                       "Faults of second-level address translation", who, SCRIPT, HV_2012)

/* PhysicalDisk and LogicalDisk: `first` is the number of Disk Reads/sec. On a host they show the hardware; in a guest its virtual
 * disks, with the whole path to the hardware and back. */
#define DISK_ROW(first, id, object, counter, instance, unit, doc)                                            \
    [(first) + CTR_DISK_##id - CTR_DISK_READS] = {object, counter, instance, unit, doc, WINDOWS, HV_NONE}
#define GUEST_PATH ", queueing included; in a guest, with the whole virtual path."
#define DISK_SET(first, o, i, it)                                                                            \
    DISK_ROW(first, READS, o, "Disk Reads/sec", i, "1/s", "Reads of " it "."),                               \
        DISK_ROW(first, WRITES, o, "Disk Writes/sec", i, "1/s", "Writes of " it "."),                        \
        DISK_ROW(first, READ_BYTES, o, "Disk Read Bytes/sec", i, "bytes/s", "Bytes read from " it "."),      \
        DISK_ROW(first, WRITE_BYTES, o, "Disk Write Bytes/sec", i, "bytes/s", "Bytes written to " it "."),   \
        DISK_ROW(first, SEC_READ, o, "Avg. Disk sec/Read", i, "s", "Mean response of a read" GUEST_PATH),    \
        DISK_ROW(first, SEC_WRITE, o, "Avg. Disk sec/Write", i, "s", "Mean response of a write" GUEST_PATH), \
        DISK_ROW(first, QUEUE, o, "Avg. Disk Queue Length", i, "1",                                          \
                 "Mean number of operations waiting and in service = Disk Transfers/sec x Avg. Disk "        \
                 "sec/Transfer."),                                                                           \
        DISK_ROW(first, IDLE, o, "% Idle Time", i, "%", "Share of time without any operation."),             \
        DISK_ROW(first, TRANSFERS, o, "Disk Transfers/sec", i, "1/s", "Reads and writes of " it "."),        \
        DISK_ROW(first, BYTES, o, "Disk Bytes/sec", i, "bytes/s", "Bytes read from and written to " it "."), \
        DISK_ROW(first, SEC_TRANSFER, o, "Avg. Disk sec/Transfer", i, "s",                                   \
                 "Mean response of an operation" GUEST_PATH),                                                \
        DISK_ROW(first, CURRENT_QUEUE, o, "Current Disk Queue Length", i, "1",                               \
                 "Operations waiting and in service at the moment of the sample."),                          \
        DISK_ROW(first, READ_QUEUE, o, "Avg. Disk Read Queue Length", i, "1",                                \
                 "Reads waiting and in service = Disk Reads/sec x Avg. Disk sec/Read."),                     \
        DISK_ROW(first, WRITE_QUEUE, o, "Avg. Disk Write Queue Length", i, "1",                              \
                 "Writes waiting and in service = Disk Writes/sec x Avg. Disk sec/Write."),                  \
        DISK_ROW(first, TIME, o, "% Disk Time", i, "%",                                                      \
                 "Avg. Disk Queue Length x 100, as Windows computes it: no share of time, over 100 where "   \
                 "operations overlap. How busy " it " is: 100 - % Idle Time."),                              \
        DISK_ROW(first, SPLIT, o, "Split IO/Sec", i, "1/s",                                                  \
                 "Operations that were split in several, because the file lies in fragments.")

const struct counter_row counter_rows[CTR_COUNT] = {
    [CTR_LP_TOTAL] =
        {LP, "% Total Run Time", "Hv LP %d", "%",
         "Share of time the logical processor ran anything: the true CPU utilization of the host.", TLFS ".2",
         HV_2008},
    [CTR_LP_GUEST] = {LP, "% Guest Run Time", "Hv LP %d", "%", "Share of time in guest and root code.",
                      TLFS ".2", HV_2008},
    [CTR_LP_HYPERVISOR] = {LP, "% Hypervisor Run Time", "Hv LP %d", "%", "Share of time in the hypervisor.",
                           TLFS ".2", HV_2008},
    [CTR_LP_SWITCHES] = {LP, "Context Switches/sec", "Hv LP %d", "1/s",
                         "Switches between virtual processors.", TLFS ".2", HV_2008},
    [CTR_LP_IDLE] = {LP, "% Idle Time", "Hv LP %d", "%", "Share of time the logical processor ran nothing.",
                     TLFS ".2", HV_2008},
    [CTR_LP_SWITCH_TIME] = {LP, "Context Switch Time", "Hv LP %d", "ns/s",
                            "Time spent on switches between virtual processors, in each second; over Context "
                            "Switches/sec it is the cost of one.",
                            TLFS ".2", HV_2008},
    [CTR_LP_INTERRUPTS] =
        {LP, "Hardware Interrupts/sec", "Hv LP %d", "1/s",
         "Interrupts of devices on the logical processor, without those of the hypervisor itself.", TLFS ".2",
         HV_2008},
    [CTR_ROOT_TOTAL] =
        {ROOT_VP, "% Total Run Time", "Root VP %d", "%",
         "Share of time the root's virtual processor ran, hypervisor time on its behalf included.", TLFS ".4",
         HV_2008},
    [CTR_ROOT_GUEST] = {ROOT_VP, "% Guest Run Time", "Root VP %d", "%", "Share of time in the root's code.",
                        TLFS ".4", HV_2008},
    [CTR_ROOT_HYPERVISOR] = {ROOT_VP, "% Hypervisor Run Time", "Root VP %d", "%",
                             "Share of time in the hypervisor on behalf of the root.", TLFS ".4", HV_2008},
    [CTR_ROOT_WAIT] =
        {ROOT_VP, "CPU Wait Time Per Dispatch", "Root VP %d", "ns",
         "Mean time a ready virtual processor of the root waited for a logical one, per dispatch.",
         "serverfault 675991; Server 2012 counter lists", HV_2012},
    [CTR_ROOT_DISPATCHES] = {ROOT_VP, "Logical Processor Dispatches/sec", "Root VP %d", "1/s",
                             "Dispatches of the root's virtual processor on its logical one.", SCRIPT,
                             HV_2012},
    [CTR_ROOT_TOTAL_INTERCEPTS] = {ROOT_VP, "Total Intercepts/sec", "Root VP %d", "1/s",
                                   "Entries into the hypervisor of all classes (root).", SCRIPT, HV_2012},
    [CTR_ROOT_TOTAL_INTERCEPTS_COST] = {ROOT_VP, "Total Intercepts Cost", "Root VP %d", "ns",
                                        "Mean time in the hypervisor of one entry of any class (root).",
                                        SCRIPT, HV_2012},
    INTERCEPT_SET(CTR_ROOT_CLASSES, ROOT_VP, "Root VP %d", " (root)"),
    [CTR_VP_TOTAL] = {VP, "% Total Run Time", "%s:Hv VP %d", "%",
                      "Share of time the VM's virtual processor ran, hypervisor time on its behalf included.",
                      TLFS ".4", HV_2008},
    [CTR_VP_GUEST] = {VP, "% Guest Run Time", "%s:Hv VP %d", "%", "Share of time in the VM's code.",
                      TLFS ".4", HV_2008},
    [CTR_VP_HYPERVISOR] = {VP, "% Hypervisor Run Time", "%s:Hv VP %d", "%",
                           "Share of time in the hypervisor on behalf of the VM.", TLFS ".4", HV_2008},
    [CTR_VP_WAIT] = {VP, "CPU Wait Time Per Dispatch", "%s:Hv VP %d", "ns",
                     "Mean time a ready virtual processor waited for a logical one, per dispatch.",
                     "serverfault 675991; Server 2012 counter lists", HV_2012},
    [CTR_VP_DISPATCHES] = {VP, "Logical Processor Dispatches/sec", "%s:Hv VP %d", "1/s",
                           "Dispatches of the virtual processor on a logical one.", SCRIPT, HV_2012},
    [CTR_VP_MIGRATIONS] = {VP, "Logical Processor Migrations/sec", "%s:Hv VP %d", "1/s",
                           "Dispatches on another logical processor than the last.", TLFS ".4", HV_2008},
    [CTR_VP_REMOTE] = {VP, "% Remote Run Time", "%s:Hv VP %d", "%",
                       "Share of time the virtual processor ran outside the NUMA node of its memory.", SCRIPT,
                       HV_2012},
    [CTR_VP_IO_MESSAGES] = {VP, "IO Intercept Messages/sec", "%s:Hv VP %d", "1/s",
                            "Accesses to emulated devices that the worker process in the root answers.",
                            TLFS ".4", HV_2008},
    [CTR_VP_LONG_SPIN] = {VP, "Long Spin Wait Hypercalls/sec", "%s:Hv VP %d", "1/s",
                          "Hints of an enlightened guest that it spins on a lock for long.", TLFS ".4",
                          HV_2008},
    [CTR_VP_TOTAL_INTERCEPTS] = {VP, "Total Intercepts/sec", "%s:Hv VP %d", "1/s",
                                 "Entries into the hypervisor of all classes.", SCRIPT, HV_2012},
    [CTR_VP_TOTAL_INTERCEPTS_COST] = {VP, "Total Intercepts Cost", "%s:Hv VP %d", "ns",
                                      "Mean time in the hypervisor of one entry of any class.", SCRIPT,
                                      HV_2012},
    INTERCEPT_SET(CTR_VP_CLASSES, VP, "%s:Hv VP %d", ""),
    [CTR_VSD_READ_OPS] = {VSD, "Read Operations/Sec", "%s", "1/s",
                          "Reads of the virtual disk; the instance is the file's path.", R2LIST, HV_2008},
    [CTR_VSD_WRITE_OPS] = {VSD, "Write Operations/Sec", "%s", "1/s", "Writes of the virtual disk.", R2LIST,
                           HV_2008},
    [CTR_VSD_READ_BYTES] = {VSD, "Read Bytes/sec", "%s", "bytes/s", "Bytes read from the virtual disk.",
                            R2LIST, HV_2008},
    [CTR_VSD_WRITE_BYTES] = {VSD, "Write Bytes/sec", "%s", "bytes/s", "Bytes written to the virtual disk.",
                             R2LIST, HV_2008},
    [CTR_VSD_ERRORS] = {VSD, "Error Count", "%s", "1",
                        "Errors of the virtual disk since the start; none are modelled.", PAL, HV_2008R2},
    [CTR_VSD_QUEUE] =
        {VSD, "Queue Length", "%s", "1",
         "Mean number of operations that the root has of the virtual disk = Throughput x Latency.", EXPORTER,
         HV_2012R2},
    [CTR_VSD_NORMALIZED] = {VSD, "Normalized Throughput", "%s", "1/s",
                            "Operations of the virtual disk, each counted once for every 8 KiB or part of "
                            "them: the unit of storage QoS.",
                            EXPORTER, HV_2012R2},
    [CTR_VSD_THROUGHPUT] = {VSD, "Throughput", "%s", "1/s", "Operations of the virtual disk.", EXPORTER,
                            HV_2016},
    [CTR_VSD_LATENCY] = {VSD, "Latency", "%s", "s",
                         "Mean time of an operation from its arrival in the root to the answer; 2008 to 2012 "
                         "R2 have no counter of it.",
                         EXPORTER, HV_2016},
    [CTR_VSD_LOWER_QUEUE] = {VSD, "Lower Queue Length", "%s", "1",
                             "Mean number of operations of the virtual disk at the storage below.", EXPORTER,
                             HV_2016},
    [CTR_VSD_LOWER_LATENCY] = {VSD, "Lower Latency", "%s", "s",
                               "Mean time of an operation of the virtual disk at the storage below.",
                               EXPORTER, HV_2016},
    [CTR_VSD_LEAST_RATE] =
        {VSD, "Minimum IO Rate", "%s", "1/s",
         "Storage QoS: operations of 8 KiB a second below which an alert is due; 0 = none.", EXPORTER,
         HV_2016},
    [CTR_VSD_MOST_RATE] =
        {VSD, "Maximum IO Rate", "%s", "1/s",
         "Storage QoS: operations of 8 KiB a second that the virtual disk may make; 0 = any number.",
         EXPORTER, HV_2016},
    [CTR_IDE_READ_BYTES] =
        {IDE, "Read Bytes/sec", "%s:IDE Controller", "bytes/s",
         "Bytes read port by port, through the worker process; near 0 once integration components are in.",
         OLTP, HV_2008},
    [CTR_IDE_WRITTEN_BYTES] = {IDE, "Written Bytes/sec", "%s:IDE Controller", "bytes/s",
                               "Bytes written port by port, through the worker process.", OLTP, HV_2008},
    [CTR_IDE_READ_SECTORS] = {IDE, "Read Sectors/sec", "%s:IDE Controller", "1/s",
                              "Sectors of 512 bytes read port by port, through the worker process.", OLTP,
                              HV_2008},
    [CTR_IDE_WRITTEN_SECTORS] = {IDE, "Written Sectors/sec", "%s:IDE Controller", "1/s",
                                 "Sectors of 512 bytes written port by port, through the worker process.",
                                 OLTP, HV_2008},
    [CTR_VNIC_SENT_BYTES] = {VNIC, "Bytes Sent/sec", "%s", "bytes/s", "Bytes that the VM's adapter sent.",
                             R2LIST, HV_2008},
    [CTR_VNIC_RECEIVED_BYTES] = {VNIC, "Bytes Received/sec", "%s", "bytes/s",
                                 "Bytes that the VM's adapter received.", R2LIST, HV_2008},
    [CTR_VNIC_SENT_PACKETS] = {VNIC, "Packets Sent/sec", "%s", "1/s", "Packets that the VM's adapter sent.",
                               R2LIST, HV_2008},
    [CTR_VNIC_RECEIVED_PACKETS] = {VNIC, "Packets Received/sec", "%s", "1/s",
                                   "Packets that the VM's adapter received.", R2LIST, HV_2008},
    [CTR_VNIC_BYTES] = {VNIC, "Bytes/sec", "%s", "bytes/s", "Bytes that the VM's adapter sent and received.",
                        PAL "; " LIVE, HV_2008},
    [CTR_VNIC_PACKETS] = {VNIC, "Packets/sec", "%s", "1/s",
                          "Packets that the VM's adapter sent and received.", R2LIST, HV_2008},
    [CTR_LEGACY_SENT_BYTES] = {LEGACY, "Bytes Sent/sec", "%s:Ethernet Card", "bytes/s",
                               "Bytes that emulated adapters of the VM sent.", LIVE, HV_2008},
    [CTR_LEGACY_RECEIVED_BYTES] = {LEGACY, "Bytes Received/sec", "%s:Ethernet Card", "bytes/s",
                                   "Bytes that emulated adapters of the VM received.", LIVE, HV_2008},
    [CTR_LEGACY_SENT_FRAMES] = {LEGACY, "Frames Sent/sec", "%s:Ethernet Card", "1/s",
                                "Frames that emulated adapters of the VM sent.", LIVE, HV_2008},
    [CTR_LEGACY_RECEIVED_FRAMES] = {LEGACY, "Frames Received/sec", "%s:Ethernet Card", "1/s",
                                    "Frames that emulated adapters of the VM received.", LIVE, HV_2008},
    [CTR_SWITCH_BYTES] = {SWITCH, "Bytes/sec", "%s", "bytes/s",
                          "Bytes through the virtual switch, between VMs and to and from outside; what the "
                          "physical adapter does not carry of them stays on the host.",
                          PAL, HV_2008R2},
    [CTR_SWITCH_PACKETS] = {SWITCH, "Packets/sec", "%s", "1/s",
                            "Packets through the virtual switch, between VMs and to and from outside.",
                            R2LIST, HV_2008R2},
    DISK_SET(CTR_DISK_READS, "PhysicalDisk", "%d %s", "the disk or LUN"),
    DISK_SET(CTR_VOLUME_READS, "LogicalDisk", "%s", "the volume"),
    [CTR_NIC_SENT_BYTES] = {"Network Interface", "Bytes Sent/sec", "%s", "bytes/s",
                            "Bytes sent, framing included.", WINDOWS, HV_NONE},
    [CTR_NIC_RECEIVED_BYTES] = {"Network Interface", "Bytes Received/sec", "%s", "bytes/s",
                                "Bytes received, framing included.", WINDOWS, HV_NONE},
    [CTR_NIC_SENT_PACKETS] = {"Network Interface", "Packets Sent/sec", "%s", "1/s", "Packets sent.", WINDOWS,
                              HV_NONE},
    [CTR_NIC_RECEIVED_PACKETS] = {"Network Interface", "Packets Received/sec", "%s", "1/s",
                                  "Packets received.", WINDOWS, HV_NONE},
    [CTR_NIC_BANDWIDTH] = {"Network Interface", "Current Bandwidth", "%s", "bits/s",
                           "Nominal speed of the link.", WINDOWS, HV_NONE},
    [CTR_NIC_OUTPUT_QUEUE] = {"Network Interface", "Output Queue Length", "%s", "1",
                              "Packets queued for the link; drivers may leave it at 0.",
                              "OID_GEN_TRANSMIT_QUEUE_LENGTH", HV_NONE},
    [CTR_NIC_BYTES] = {"Network Interface", "Bytes Total/sec", "%s", "bytes/s", "Bytes sent and received.",
                       WINDOWS, HV_NONE},
    [CTR_NIC_PACKETS] = {"Network Interface", "Packets/sec", "%s", "1/s", "Packets sent and received.",
                         WINDOWS, HV_NONE},
    [CTR_PROCESSOR_TIME] =
        {"Processor", "% Processor Time", "%d", "%",
         "Busy share of a processor; in the root it covers the root only, in a guest it is skewed.",
         "Eales, 2016-10-24; BizTalk Server Hyper-V Guide", HV_NONE},
    [CTR_PROCESSOR_IDLE] = {"Processor", "% Idle Time", "%d", "%", "Idle share of a processor.", WINDOWS,
                            HV_NONE},
    [CTR_PROCESSOR_USER] = {"Processor", "% User Time", "%d", "%", "Share in user mode.", WINDOWS, HV_NONE},
    [CTR_PROCESSOR_PRIVILEGED] = {"Processor", "% Privileged Time", "%d", "%", "Share in kernel mode.",
                                  WINDOWS, HV_NONE},
    [CTR_PROCESSOR_INTERRUPT] = {"Processor", "% Interrupt Time", "%d", "%", "Share in interrupt routines.",
                                 WINDOWS, HV_NONE},
    [CTR_MEMORY_AVAILABLE_BYTES] = {"Memory", "Available Bytes", "", "bytes",
                                    "Memory free or quickly made free.", WINDOWS, HV_NONE},
    [CTR_MEMORY_AVAILABLE_MBYTES] = {"Memory", "Available MBytes", "", "MiB",
                                     "Memory free or quickly made free.", WINDOWS, HV_NONE},
    [CTR_MEMORY_COMMITTED] = {"Memory", "Committed Bytes", "", "bytes", "Memory promised to processes.",
                              WINDOWS, HV_NONE},
    [CTR_MEMORY_PAGES] = {"Memory", "Pages/sec", "", "1/s", "Pages read from or written to disk.", WINDOWS,
                          HV_NONE},
    [CTR_MEMORY_PAGES_INPUT] = {"Memory", "Pages Input/sec", "", "1/s",
                                "Pages read from disk to resolve faults.", WINDOWS, HV_NONE},
    [CTR_VID_PAGES] = {"Hyper-V VM Vid Partition", "Physical Pages Allocated", "%s", "1",
                       "Pages of 4 KiB that the host gave to the VM.", "2008 R2 counter lists", HV_2008R2},
    [CTR_DM_PRESSURE] = {"Hyper-V Dynamic Memory VM", "Average Pressure", "%s", "%",
                         "Memory committed in the VM per memory it has.", "Eales, 2016-11-22", HV_2008R2},
    [CTR_DM_CURRENT_PRESSURE] = {DM, "Current Pressure", "%s", "%",
                                 "Memory committed in the VM per memory it has, at the moment of the sample.",
                                 DMLIST, HV_2008R2},
    [CTR_DM_LEAST_PRESSURE] = {DM, "Minimum Pressure", "%s", "%",
                               "Lowest pressure of the interval (the exact meaning is not published).",
                               DMLIST, HV_2008R2},
    [CTR_DM_MOST_PRESSURE] = {DM, "Maximum Pressure", "%s", "%",
                              "Highest pressure of the interval (the exact meaning is not published).",
                              DMLIST, HV_2008R2},
    [CTR_DM_PHYSICAL] = {DM, "Physical Memory", "%s", "MiB", "Memory that the VM has now.", DMLIST,
                         HV_2008R2},
    [CTR_DM_VISIBLE] =
        {DM, "Guest Visible Physical Memory", "%s", "MiB",
         "Memory that the VM believes to have: the most it ever had, for it does not see what is taken away.",
         DMLIST "; Eales, 2016-11-22", HV_2008R2},
    [CTR_DM_ADDED] = {DM, "Added Memory", "%s", "MiB", "Memory given to the VM since its start, in all.", PAL,
                      HV_2008R2},
    [CTR_DM_REMOVED] = {DM, "Removed Memory", "%s", "MiB",
                        "Memory taken from the VM since its start, in all.", PAL, HV_2008R2},
    [CTR_DM_SMART_PAGING] = {DM, "Smart Paging Working Set Size", "%s", "MiB",
                             "Memory of the VM that the host keeps on disk: only while a VM restarts with "
                             "less than its startup memory free.",
                             "PAL, HyperV30.xml", HV_2012},
    [CTR_BALANCER_AVAILABLE] = {BALANCER, "Available Memory", "%s", "MiB",
                                "Memory that the host can still give to VMs.", DMLIST, HV_2008R2},
    [CTR_BALANCER_PRESSURE] = {BALANCER, "Average Pressure", "%s", "%",
                               "Mean pressure of the VMs with dynamic memory.", PAL, HV_2008R2},
    [CTR_ADDRESS_SPACES] = {ROOT_PARTITION, "Address Spaces", "Root", "1",
                            "0 on a host that uses SLAT; above 0 with shadow page tables.", "PAL, HyperV.xml",
                            HV_2008},
    [CTR_ROOT_PARTITION_VPS] = {ROOT_PARTITION, "Virtual Processors", "Root", "1",
                                "Virtual processors of the root.", TLFS ".3", HV_2008},
    [CTR_PARTITION_SPACES] = {PARTITION, "Address Spaces", "%s:HvPt", "1",
                              "Shadow page tables of the VM; 0 on a host that uses SLAT.", TLFS ".3",
                              HV_2008},
    [CTR_PARTITION_VPS] = {PARTITION, "Virtual Processors", "%s:HvPt", "1", "Virtual processors of the VM.",
                           TLFS ".3", HV_2008},
    [CTR_HV_LPS] = {HYPERVISOR, "Logical Processors", "", "1", "Logical processors of the host.", TLFS ".1",
                    HV_2008},
    [CTR_HV_PARTITIONS] = {HYPERVISOR, "Partitions", "", "1", "Partitions: the root and the VMs that run.",
                           TLFS ".1", HV_2008},
    [CTR_HV_VPS] = {HYPERVISOR, "Virtual Processors", "", "1",
                    "Virtual processors of all partitions, the root among them.", TLFS ".1", HV_2008},
    [CTR_SYSTEM_QUEUE] = {"System", "Processor Queue Length", "", "1",
                          "Threads that are ready and wait for a processor, at the moment of the sample; in "
                          "a guest, for a virtual one.",
                          WINDOWS, HV_NONE},
    [CTR_APP_REQUESTS] = {"Application", "Requests/sec", "%s", "1/s",
                          "Units of work completed; the instance is a workload (hvplan's own counter).",
                          "hvplan", HV_NONE},
    [CTR_APP_RESPONSE] = {"Application", "Average Response Time", "%s", "s",
                          "Mean response of the units of work completed (hvplan's own counter).", "hvplan",
                          HV_NONE},
};

bool counters_in(enum counter_id id, enum hv_version version)
{
    return version >= counter_rows[id].since;
}

/* codes.c - warning codes. */
#include "model/base/codes.h"

#include <string.h>

const struct code_row codes_rows[] = {
    /* W1xx: the model file */
    {"W101", "fewer processors after a move",
     "A physical server became a VM, and version or host allow a VM fewer virtual processors than the server "
     "had.",
     "Change vms.NAME.vcpus yourself, or move it to a host that allows more."},
    {"W102", "no live move between these hosts",
     "A scenario moves a VM between processors of different vendors, or from or to Hyper-V 2008: no "
     "compatibility mode makes a live migration of it.",
     "Plan for a shutdown; the figures hold for the time after it."},
    {"W103", "live move needs compatibility mode",
     "A scenario moves a VM between processor generations of one vendor. Without compatibility mode the move "
     "may "
     "be refused, the more so to the older one.",
     "Set vms.NAME.compatibility: yes, which costs speed, or plan for a shutdown."},
    {"W104", "processor and generation disagree",
     "A host states a vendor, SLAT, NUMA nodes or hardware threads that processors of its stated generation "
     "do "
     "not have. What is stated is simulated.",
     "Correct hosts.NAME.cpu, or leave the value out: the generation fills it in."},
    {"W105", "RAID level and spindles",
     "A disk group has fewer spindles than its RAID level needs, or an odd number of mirrors. It is "
     "simulated with "
     "the penalty of the level and the spindles stated.",
     "Correct hosts.NAME.disks.NAME.spindles or raid."},
    {"W106", "defragmentation of flash",
     "Flash reads a block in the same time wherever it lies; moving blocks only wears it.",
     "Leave the change out."},
    {"W107", "nothing to defragment",
     "A virtual disk is to be defragmented, but the model does not say that anything on it lies in pieces, "
     "so the change "
     "has no effect.",
     "State vms.V.disks.D.guest_run or host_run (a defragmenter's report tells fragments and sizes)."},

    /* W3xx: simulation */
    {"W301", "saturated",
     "Jobs arrive faster than some resource can serve them: queues grow as long as the run lasts, and means "
     "say how long it ran, "
     "not how the system behaves.",
     "Look at the bottleneck: it must be relieved, or the load lowered, before response times mean "
     "anything."},
    {"W302", "precision not reached",
     "The interval of a metric is wider than asked when the limit of events was met.",
     "Allow more events, or ask for less precision."},
    {"W303", "simulation and theory disagree",
     "A queueing formula for the same model gives another value than the simulation, by more than its "
     "assumptions explain.",
     "Look for what the formula leaves out: bursts, locks, pools, priorities, demands that vary."},
    {"W304", "memory over-committed",
     "The VMs of a host need more memory than it has. Static VMs would not start; the figures assume that "
     "all are squeezed alike "
     "and page.",
     "Add memory, take a VM away, or use dynamic memory."},
    {"W305", "jobs take no time",
     "The steps of a closed load without think time cost nothing on this hardware, so that its throughput "
     "has no limit; "
     "hvplan lets each user wait 1 us.",
     "Give the steps a demand, or the users a think time; the throughput of this load means nothing."},
    {"W306", "jobs refused",
     "Jobs met a pool whose threads and queue (pool_queue) were full and ended there. Throughput and "
     "response "
     "are of those that were served.",
     "More threads or a longer queue refuse fewer jobs; a longer queue lets the others wait longer."},
    {"W307", "fits but does not perform",
     "The host has room for its VMs, but some of them page, lack file cache or get less than their buffer: "
     "what "
     "they were given is less than what their loads need.",
     "Give those VMs more memory (startup, or maximum with dynamic memory), or the host; then compare."},
    {"W308", "restart needs smart paging",
     "A VM with dynamic memory needs more to start than it has while it runs. If it restarts now the host "
     "finds "
     "too little free memory and pages for it (Smart Paging), which is slow until the guest gives memory "
     "back.",
     "Leave free memory for a restart, or lower vms.NAME.memory.startup."},
    {"W309", "minimum of storage QoS not met",
     "A virtual disk makes fewer operations a second than its minimum_iops while some are always waiting. "
     "The "
     "minimum reserves nothing: Hyper-V only writes an event.",
     "Relieve the disk below, or give its other users a maximum_iops."},
    {"W310", "held back by storage QoS",
     "A virtual disk makes as many operations a second as its maximum_iops allows. Its operations wait in "
     "the root, "
     "whatever the disk below could do; the wait is shown under that disk.",
     "Raise vms.NAME.disks.NAME.maximum_iops, or take the throughput for what it is meant to be."},

    /* W4xx: configurations that Microsoft does not support */
    {"W401", "too many virtual processors for the version",
     "A VM has more virtual processors than its Hyper-V version supports.",
     "Lower vms.NAME.vcpus or raise the version of the host."},
    {"W402", "too many virtual processors for the guest system",
     "Hyper-V 2008 and 2008 R2 support this guest system with fewer virtual processors.",
     "Lower vms.NAME.vcpus or take a later guest system."},
    {"W403", "more virtual than logical processors",
     "A VM has more virtual processors than its host has logical processors.",
     "Lower vms.NAME.vcpus; such a VM does not start."},
    {"W404", "host beyond the limits of its version",
     "Logical processors, VMs or virtual processors of a host exceed what is supported.",
     "Spread the VMs, or raise the version of the host."},
    {"W405", "not available in this version",
     "The model uses something that came with a later Hyper-V version.",
     "Raise the version of the host, or choose what it has."},
    {"W406", "virtual processors per logical processor",
     "The host has more virtual processors for each logical one than is supported.",
     "Spread the VMs; hvplan simulates the host nevertheless."},
    {"W407", "SLAT required",
     "This Hyper-V version does not start on processors without second level address translation.",
     "Set hosts.NAME.cpu.slat: yes, or an earlier version."},
    {"W408", "root scheduler",
     "Under the root scheduler of Windows clients weights, reserves, limits, CPU groups and the root's "
     "priority have no effect; servers do not support it.",
     "Set hosts.NAME.hypervisor.scheduler: classic or core for a server."},
    {"W409", "too much memory for the version", "A VM has more memory than its Hyper-V version supports.",
     "Lower vms.NAME.memory or raise the version of the host."},
    {"W410", "VHD on sectors of 4 KiB",
     "The VHD format needs sectors of 512 bytes; the disk of the host has larger ones and does not imitate "
     "small ones.",
     "Take a VHDX kind for the virtual disk, or sectors: 512e for the disk."},
    {"W411", "a setting without effect",
     "A setting of an adapter needs another one that is off; alone it changes nothing.",
     "Set the other one as well, or leave this one out."},

    /* W5xx: reading of logs and results */
    {"W501", "column not read", "A column of a log is no counter path.",
     "Nothing, if it is a remark column."},
    {"W502", "code page guessed",
     "The header of a log is not Unicode; its names are read in the code page named.",
     "Save the log as Unicode if names look wrong."},
    {"W503", "row of another length", "A row has more or fewer cells than the header.",
     "Look whether the log was cut or joined; missing cells count as missing values."},
    {"W504", "row without time stamp",
     "The first cell of a row is no PerfMon time stamp; the row is not read.",
     "Take the log as PerfMon wrote it: spreadsheets change dates when they save."},
    {"W505", "column twice", "Two columns have the same counter path; the second is not read.",
     "Nothing, if both were collected by mistake."},
    {"W506", "clock back by an hour", "Taken for the end of daylight saving time.", "Nothing."},
    {"W507", "clock goes back", "A row is not later than the row before; it is not read.",
     "Look whether files were joined in the wrong order, or the clock was set."},
    {"W508", "unknown field", "A result has a field that this version does not know; it was ignored.",
     "Read the result with the version that wrote it."},
};
const size_t codes_count = sizeof codes_rows / sizeof *codes_rows;

const struct code_row *codes_find(const char *code)
{
    for (size_t i = 0; i < codes_count; i++)
        if (strcmp(codes_rows[i].code, code) == 0)
            return &codes_rows[i];
    return NULL;
}

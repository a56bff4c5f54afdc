/* metrics.c - metrics of results. */
#include "scenarios/metrics.h"

const struct metric_row metrics_rows[] = {
    {"host.H.lp.utilization", "1",
     "Share of time in which the logical processors run something, mean over all: % Total Run Time / 100."},
    {"host.H.lp.guest", "1", "The part of lp.utilization in which guests and root run their own code."},
    {"host.H.lp.hypervisor", "1", "The part of lp.utilization that the hypervisor itself uses."},
    {"host.H.lp.context_switches_per_s", "/s",
     "Switches between virtual processors on one logical processor, mean over all: Context Switches/sec."},
    {"host.H.hypervisor.timer", "1",
     "The part of lp.hypervisor for timers and interrupts. The six parts add up to lp.hypervisor."},
    {"host.H.hypervisor.page_table", "1",
     "The part of lp.hypervisor for page tables: shadow tables without SLAT, nested walks with it."},
    {"host.H.hypervisor.hypercall", "1",
     "The part of lp.hypervisor for signals and interrupts of synthetic disks and adapters."},
    {"host.H.hypervisor.intercept", "1",
     "The part of lp.hypervisor for emulated devices and for registers that an unenlightened guest touches."},
    {"host.H.hypervisor.spin", "1",
     "The part of lp.hypervisor for lock waits of guests that do not tell it when they spin."},
    {"host.H.hypervisor.dispatch", "1", "The part of lp.hypervisor for switches between virtual processors."},
    {"host.H.root.guest", "LPs", "The part of root.cpu in which the root runs its own code."},
    {"host.H.root.hypervisor", "LPs", "The part of root.cpu that the hypervisor uses on behalf of the root."},
    {"host.H.root.cpu", "LPs",
     "Logical processors that the root uses: drivers, VHD parsing, switching, emulation, its own "
     "background."},
    {"host.H.task_manager", "1",
     "What Task Manager in the root shows: the root's own virtual processors only, so a few per cent while "
     "the host is full."},
    {"vm.V.cpu", "LPs",
     "Logical processors that the VM uses: guest plus hypervisor time of its virtual processors."},
    {"vm.V.vcpu.utilization", "1",
     "Share of time in which the VM's virtual processors run, mean over them: % Total Run Time / 100."},
    {"vm.V.guest_processor_time", "1",
     "What % Processor Time in the guest shows: the share of time in which the guest was not idle, whether "
     "it ran, was ready or suspended."},
    {"vm.V.wait_per_dispatch_ns", "ns",
     "Mean wait of a ready virtual processor for a logical one: CPU Wait Time Per Dispatch."},
    {"vm.V.ready", "1",
     "Share of time in which the VM's virtual processors are ready but wait for a logical processor."},
    {"vm.V.dispatches_per_s", "/s",
     "Times a second that a virtual processor of the VM is put on a logical one, all of them together: "
     "Logical "
     "Processor Dispatches/sec. ready = wait_per_dispatch_ns x dispatches_per_s x 1e-9 / vCPUs."},
    {"vm.V.migrations_per_s", "/s",
     "Dispatches a second on another logical processor than the last, all virtual processors together: "
     "Logical "
     "Processor Migrations/sec."},
    {"vm.V.remote_run_time", "1",
     "Share of time in which the VM's virtual processors run outside the NUMA node of its memory, mean over "
     "them: % "
     "Remote Run Time / 100."},
    {"vm.V.capped", "1",
     "Share of time in which the VM's virtual processors have work and wait because the limit is used up, "
     "mean over "
     "them. No counter shows it; the guest's own clock counts it as busy."},
    {"vm.V.memory.pressure", "1",
     "Memory that the VM needs over memory that it has: Average Pressure / 100 (Hyper-V Dynamic Memory VM)."},
    {"vm.V.memory.assigned_bytes", "bytes",
     "Memory that the VM has; of a VM whose memory is stated: Physical Memory (Hyper-V Dynamic Memory VM)."},
    {"vm.V.memory.cache_bytes", "bytes",
     "File cache that the VM's system has, of the part that is stated as cache."},
    {"vm.V.pages_input_per_s", "/s",
     "Hard faults of the VM's jobs, each a page read from its first disk: Pages Input/sec."},
    {"vm.V.jobs_inside", "1", "Jobs inside the VM, mean; of a VM with memory.per_job."},
    {"vdisk.V.D.latency_s", "s",
     "Mean time of one operation as the guest measures it, from the wait for a place in the controller's "
     "channel to the "
     "completion: Avg. Disk sec/Transfer in the guest. disk.H.D.latency_s is the part at the hardware."},
    {"vdisk.V.D.iops", "/s",
     "Operations a second that the guest ends on the disk: Disk Transfers/sec in the guest."},
    {"vdisk.V.D.normalized_iops", "/s",
     "The same in units of 8 KiB, as storage QoS counts them; of a disk with maximum_iops or minimum_iops."},
    {"vdisk.V.D.outstanding", "1",
     "Operations of the guest that are not yet ended, mean; of a disk with maximum_iops or minimum_iops."},
    {"disk.H.D.utilization", "1", "Mean busy spindles or channels over all of them."},
    {"disk.H.D.latency_s", "s",
     "Mean time of one operation at the disk, waiting included: Avg. Disk sec/Transfer."},
    {"disk.H.D.queue", "1", "Operations that wait or are served, mean: Avg. Disk Queue Length."},
    {"disk.H.D.iops", "/s", "Operations a second."},
    {"nic.H.N.utilization", "1", "Mean use of the busier direction of the link."},
    {"nic.H.N.output_queue_packets", "packets", "Packets that wait to be sent: Output Queue Length."},
    {"memory.H.available_bytes", "bytes", "Memory of the host that is not given to VMs or kept by the root."},
    {"workload.W.throughput_per_s", "/s", "Jobs done a second."},
    {"workload.W.refused_per_s", "/s",
     "Jobs a second that found a pool and its queue full (pool_queue); only where the workload meets such a "
     "pool. Throughput and response are of the others."},
    {"workload.W.response_s", "s", "Time from the arrival of a job to its end; percentiles are over jobs."},
};
const size_t metrics_count = sizeof metrics_rows / sizeof *metrics_rows;

/* metrics.c - metrics of results. */
#include "scenarios/metrics.h"

const struct metric_row metrics_rows[] = {
    {"host.H.lp.utilization", "1",
     "Share of time in which the logical processors run something, mean over all: % Total Run Time / 100."},
    {"host.H.lp.guest", "1", "The part of lp.utilization in which guests and root run their own code."},
    {"host.H.lp.hypervisor", "1", "The part of lp.utilization that the hypervisor itself uses."},
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
    {"vm.V.memory.pressure", "1", "Memory that the VM needs over memory that it has."},
    {"disk.H.D.utilization", "1", "Mean busy spindles or channels over all of them."},
    {"disk.H.D.latency_s", "s",
     "Mean time of one operation at the disk, waiting included: Avg. Disk sec/Transfer."},
    {"disk.H.D.queue", "1", "Operations that wait or are served, mean: Avg. Disk Queue Length."},
    {"disk.H.D.iops", "/s", "Operations a second."},
    {"nic.H.N.utilization", "1", "Mean use of the busier direction of the link."},
    {"nic.H.N.output_queue_packets", "packets", "Packets that wait to be sent: Output Queue Length."},
    {"memory.H.available_bytes", "bytes", "Memory of the host that is not given to VMs or kept by the root."},
    {"workload.W.throughput_per_s", "/s", "Jobs done a second."},
    {"workload.W.response_s", "s", "Time from the arrival of a job to its end; percentiles are over jobs."},
};
const size_t metrics_count = sizeof metrics_rows / sizeof *metrics_rows;

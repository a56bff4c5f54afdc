/* known.h - what a counter is, by its name.
 *
 * Does      finds object and counter in the table of known counters (model/host/counters.h) and in a table of
 * further ones that only logs have: totals of disks and adapters, throughput of applications Errors unknown
 * names are NAME_UNKNOWN; known_nearest helps to say which was meant
 */
#ifndef HVPLAN_CALIBRATE_KNOWN_H
#define HVPLAN_CALIBRATE_KNOWN_H

#include "calibrate/counterlog.h"
#include "model/host/counters.h"

/* Kinds of instances; one instance has all counters of its class. */
enum known_class {
    CLASS_LP,
    CLASS_ROOT,
    CLASS_VP,
    CLASS_VDISK,
    CLASS_IDE, /* emulated: instance = VM:IDE Controller */
    CLASS_VNIC,
    CLASS_LEGACY, /* emulated adapters: instance = VM:Ethernet Card */
    CLASS_SWITCH,
    CLASS_DISK,
    CLASS_VOLUME,
    CLASS_NIC,
    CLASS_PROCESSOR,
    CLASS_MEMORY,
    CLASS_BALANCER,
    CLASS_VM_MEMORY, /* VID and dynamic memory: instance = VM */
    CLASS_PARTITION,
    CLASS_CONFIGURATION, /* partitions of VMs and the hypervisor: counts that hardly move */
    CLASS_SYSTEM,        /* System: threads in the queue */
    CLASS_APP,           /* Application(vm): throughput and response of that VM */
    CLASS_WORK,          /* throughput counters of the machine that the path names */
    CLASSES
};

/* Numbers continue those of enum counter_id. */
enum {
    NAME_WORK = CTR_COUNT, /* any throughput counter */
    NAMES,
    NAME_UNKNOWN = -1
};

int known_find(const struct counter_path *p);
enum known_class known_class_of(int name);
/* Share of the value that a percentage counter logs: 100 for "%", 1 otherwise. */
double known_scale(int name);
const char *known_counter(int name); /* "Disk Reads/sec" */
const char *known_object(int name);
/* The nearest known "Object\Counter" if the name looks like a slip or a variant of it, else NULL. */
const char *known_nearest(struct arena *a, const struct counter_path *p);
bool known_is_total(const char *instance);

#endif

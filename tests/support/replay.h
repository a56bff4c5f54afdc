/* replay.h - recorded jobs of a real scheduler, fed to the simulated one.
 *
 * Does      turns the job files of ../shared/logs/realsched into traces, simulates the configuration without any cost of
 *           virtualization, and follows every job
 * Units     ms for responses and quanta, ns for the wait per dispatch
 * Shape     up to 4 VMs; a VM whose jobs are `always` present gets them all at once and in their order: its job k then
 *           counts as arrived when job k - always ends
 * Owns      nothing; the traces are files in the build folder
 * Errors    a file that cannot be read fails the test
 */
#ifndef HVPLAN_TESTS_REPLAY_H
#define HVPLAN_TESTS_REPLAY_H

#include "model/host/run.h"

#define REPLAY_VMS 4
#define REPLAY_LOGS HVPLAN_SOURCE_DIR "/../shared/logs/realsched"

struct replay_vm {
    const char *name;
    int vcpus;
    int always;       /* jobs always present; 0 = they arrive as recorded */
    const char *more; /* YAML of the VM, or NULL */
};

struct replay_config {
    const char *name;
    int lps;
    const char *quantum;
    struct replay_vm vm[REPLAY_VMS];
    int vms;
    double speed; /* of the processor; 0 = 1 */
};

struct replay_job {
    double arrival_ns, late_ns, cpu_ns; /* late: handed over after it was due */
    double measured_ns, simulated_ns;   /* response; < 0 = not ended */
    double lost_ns;                     /* measured: from its start to its end, on no LP */
    double ended_ns;                    /* simulated */
    bool counted;                       /* ended in the 45 s after the warm-up, as measured */
};

/* Of the jobs that ended in the measured 45 s. */
struct replay_figures {
    struct replay_job *job; /* all of them, in the order of arrival; inside replay.c */
    int jobs, counted;
    double measured_ms, simulated_ms, measured_p95_ms, simulated_p95_ms; /* response */
    double lost_ms; /* of a job from its start to its end, measured: time on no LP */
    /* simulated, over the 45 s: wait per dispatch, LPs in use */
    double wait_ns, dispatches_per_s, migrations_per_s, cpu;
};

/* False, with a message, where the recordings are absent. */
bool replay_available(void);
/* Simulates `c` and averages over `replications`; `hypervisor` is more YAML for the hypervisor (", placement: any"), `out` has an
 * element a VM. Replications differ in how late each job is handed over and in when the recording begins, and so in which VP
 * gets which LP. */
void replay_run(const struct replay_config *c, const char *hypervisor, int replications,
                struct replay_figures *out);

#endif

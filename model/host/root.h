/* root.h - work of the root partition: its VPs, the worker processes, its own background load.
 *
 * Does      gives a burst to a root VP: the one named, or one whose LP is idle, starting near where the VM ran
 * Source    storage and network service providers run in the root kernel; a worker process (vmwp.exe) per VM serves emulated
 *           devices, one access at a time
 */
#ifndef HVPLAN_HOST_ROOT_H
#define HVPLAN_HOST_ROOT_H

#include "model/host/run.h"

/* index >= 0: that root VP (modulo their number); < 0: any. near: a VP whose LP is preferred, or NULL. */
void root_submit(struct host *h, int index, const struct vp *near, struct burst *b);
/* Whether that root VP has work in hand or waiting. */
bool root_active(const struct host *h, int index);
void root_background_init(struct host *h);

#endif

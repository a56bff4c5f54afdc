/* network.h - virtual adapters through the root and the virtual switch to links.
 *
 * Does      stages of one chunk (up to 64 KiB) of a message: sender's driver, emulation round trips, switch work on a root VP,
 *           transmit link, receive link, switch work at the receiver's host, receiver's interrupt
 * Units     ns of link time; bytes; packets
 * Order     links serve FIFO by chunk; a sender prepares the next chunk while the one before is on the link
 * Source    hyperv-mechanics 4.1-4.3; without VMQ one root VP does all the switch's work, with VMQ one per adapter
 */
#ifndef HVPLAN_HOST_NETWORK_H
#define HVPLAN_HOST_NETWORK_H

#include "model/host/job.h"

bool network_send_guest(struct job *j, const struct instruction *in, const struct plan *p);
bool network_send_exits(struct job *j, const struct instruction *in, const struct plan *p);
bool network_send_signal(struct job *j, const struct instruction *in, const struct plan *p);
bool network_send_root(struct job *j, const struct instruction *in, const struct plan *p);
bool network_delay(struct job *j, const struct instruction *in, const struct plan *p);
bool network_transmit(struct job *j, const struct instruction *in, const struct plan *p);
bool network_receive(struct job *j, const struct instruction *in, const struct plan *p);
bool network_receive_root(struct job *j, const struct instruction *in, const struct plan *p);
bool network_receive_guest(struct job *j, const struct instruction *in, const struct plan *p);
bool network_receive_exits(struct job *j, const struct instruction *in, const struct plan *p);
bool network_answer_signal(struct job *j, const struct instruction *in, const struct plan *p);
bool network_next_chunk(struct job *j, const struct instruction *in, const struct plan *p);

/* ---- for connect.c ---- */

/* What a hash of the addresses of the job's connection gives: it is the same until the next connect. */
uint64_t network_flow(struct job *j);
/* Root VP that does the switch work of the job's connection. */
int network_root_vp(struct job *j, const struct vm *vm, const struct vnic *n, bool spread, bool receiving);
/* The link that the job's connection uses; NULL if it meets none. */
const struct lane *network_lane(struct job *j, const struct lanes *l);
bool network_transmit_on(struct job *j, struct vnic *n, const struct lanes *lanes, const struct plan *p);
bool network_receive_on(struct job *j, struct vnic *n, const struct lanes *lanes, const struct plan *p);

#endif

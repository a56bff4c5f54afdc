/* connect.h - connections: set-up, which a job waits for, and tear-down, which nobody waits for.
 *
 * Does      stages of one connect: SYN and its answer over links, switch and both ends (or the network's round trip), and the
 *           rest of the packets when the next connection is opened or the job ends
 * Units     ns; packets
 * Order     a job has one connection at a time; its hash (network_flow) decides about members of teams and processors
 * Source    RFC 793: three segments to open a connection, four to close it
 */
#ifndef HVPLAN_HOST_CONNECT_H
#define HVPLAN_HOST_CONNECT_H

#include "model/host/job.h"

bool connect_begin(struct job *j, const struct instruction *in, const struct plan *p);
bool connect_answer(struct job *j, const struct instruction *in, const struct plan *p);
bool connect_round_trip(struct job *j, const struct instruction *in, const struct plan *p);
bool connect_established(struct job *j, const struct instruction *in, const struct plan *p);
/* Tears down the job's connection, if it has one. */
void connect_close(struct job *j);

#endif

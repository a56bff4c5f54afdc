/* generations.h - processor generations that a host may have, as a table: a new generation is a new row.
 *
 * Does      what `hosts.H.cpu.generation` fills in: vendor, SLAT, NUMA nodes; and what live moves are judged by
 * Owns      nothing; static rows
 * Order     by vendor, then by year
 * Source    what vendors publish of their products. No row has a cost of intercepts or page walks: that it falls with
 *           each generation is known, by how much has not been published in a form that could be checked
 */
#ifndef HVPLAN_MECHANISM_GENERATIONS_H
#define HVPLAN_MECHANISM_GENERATIONS_H

#include "model/base/arena.h"
#include "model/mechanism/kinds.h"

struct generations_row {
    const char *name;  /* YAML word: "xeon5400" */
    const char *title; /* "Xeon 5400 (Harpertown)" */
    enum vendor vendor;
    int year;             /* of the first product */
    bool slat;            /* EPT or RVI */
    int threads;          /* hardware threads of a core, at most */
    int nodes_per_socket; /* NUMA nodes; 0 = one uniform memory for all sockets */
    const char *doc, *source;
};

extern const struct generations_row generations_rows[];
extern const size_t generations_count;

int generations_find(const char *name); /* row number or -1 */
/* NUMA nodes of a host of that generation. */
int generations_nodes(int row, int sockets);
/* "intel, 2007: no SLAT, 1 thread a core, uniform memory" */
char *generations_facts(struct arena *a, int row);

#endif

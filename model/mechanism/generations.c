/* generations.c - rows of processor generations. */
#include "model/mechanism/generations.h"
#include "model/base/text.h"

#define PUBLIC "public product documentation of the vendor"

#define BUS                                                                                                  \
    "Memory behind one front-side bus for all sockets, so no near and far memory, but all cores contend "    \
    "for "                                                                                                   \
    "it. First-generation hardware virtualization; the hypervisor shadows page tables."
#define NEHALEM                                                                                              \
    "Memory controllers in each socket, EPT, two threads a core (classic scheduler: each is a logical "      \
    "processor), a clock that rises while few cores are busy (cpu.boost)."
#define LATER                                                                                                \
    "As the generation before, with more cores and channels and cheaper entries into the hypervisor."
#define MESH                                                                                                 \
    "Up to eight sockets. Sub-NUMA clustering, off by default, makes several nodes of a socket "             \
    "(numa_nodes)."
#define DIES "Two dies in a package, each with memory of its own: two nodes a socket."
#define ONE_NODE "One node a socket unless the firmware says otherwise (NPS2, NPS4: state numa_nodes)."

const struct generations_row generations_rows[] = {
    {"xeon5100", "Xeon 5100 (Woodcrest, Core)", VENDOR_INTEL, 2006, false, 1, 0, BUS " Two cores.", PUBLIC},
    {"xeon5300", "Xeon 5300 (Clovertown, Core)", VENDOR_INTEL, 2006, false, 1, 0,
     BUS " Four cores as two pairs, each with its own cache.", PUBLIC},
    {"xeon7300", "Xeon 7300 (Tigerton, Core)", VENDOR_INTEL, 2007, false, 1, 0,
     BUS " Four sockets, each on a bus of its own to one chip set.", PUBLIC},
    {"xeon5400", "Xeon 5400 (Harpertown, Core)", VENDOR_INTEL, 2007, false, 1, 0,
     BUS " Four cores as two pairs, each with its own cache.", PUBLIC},
    {"xeon7400", "Xeon 7400 (Dunnington, Core)", VENDOR_INTEL, 2008, false, 1, 0,
     BUS " Six cores and a cache that they share.", PUBLIC},
    {"xeon5500", "Xeon 5500 (Nehalem-EP)", VENDOR_INTEL, 2009, true, 2, 1, NEHALEM " Four cores.", PUBLIC},
    {"xeon5600", "Xeon 5600 (Westmere-EP)", VENDOR_INTEL, 2010, true, 2, 1, NEHALEM " Six cores.", PUBLIC},
    {"xeon7500", "Xeon 7500 (Nehalem-EX)", VENDOR_INTEL, 2010, true, 2, 1,
     NEHALEM " Eight cores, up to eight sockets.", PUBLIC},
    {"xeon-e7", "Xeon E7 (Westmere-EX)", VENDOR_INTEL, 2011, true, 2, 1,
     NEHALEM " Ten cores, up to eight sockets.", PUBLIC},
    {"xeon-e5", "Xeon E5 (Sandy Bridge-EP)", VENDOR_INTEL, 2012, true, 2, 1, LATER " Up to eight cores.",
     PUBLIC},
    {"xeon-e5-v2", "Xeon E5 and E7 v2 (Ivy Bridge-EP, -EX)", VENDOR_INTEL, 2013, true, 2, 1, LATER, PUBLIC},
    {"xeon-e5-v3", "Xeon E5 and E7 v3 (Haswell-EP, -EX)", VENDOR_INTEL, 2014, true, 2, 1,
     LATER " Cluster-on-die, off by default, makes two nodes of a socket (numa_nodes).", PUBLIC},
    {"xeon-e5-v4", "Xeon E5 and E7 v4 (Broadwell-EP, -EX)", VENDOR_INTEL, 2016, true, 2, 1,
     LATER " Cluster-on-die, off by default, makes two nodes of a socket (numa_nodes).", PUBLIC},
    {"xeon-scalable", "Xeon Scalable (Skylake-SP)", VENDOR_INTEL, 2017, true, 2, 1, MESH, PUBLIC},
    {"xeon-scalable-2", "Xeon Scalable, second generation (Cascade Lake-SP)", VENDOR_INTEL, 2019, true, 2, 1,
     MESH, PUBLIC},
    {"xeon-scalable-3", "Xeon Scalable, third generation (Ice Lake-SP)", VENDOR_INTEL, 2021, true, 2, 1, MESH,
     PUBLIC},
    {"xeon-scalable-4", "Xeon Scalable, fourth generation (Sapphire Rapids-SP)", VENDOR_INTEL, 2023, true, 2,
     1, MESH, PUBLIC},
    {"opteron2200", "Opteron 2200 and 8200 (revision F)", VENDOR_AMD, 2006, false, 1, 1,
     "Memory controllers in each socket, but no RVI: near and far memory, and shadowed page tables. Two "
     "cores.",
     PUBLIC},
    {"opteron2300", "Opteron 2300 and 8300 with RVI (Barcelona, Shanghai)", VENDOR_AMD, 2007, true, 1, 1,
     "The first server processors with second level address translation (RVI). Four cores.", PUBLIC},
    {"opteron2400", "Opteron 2400 and 8400 (Istanbul)", VENDOR_AMD, 2009, true, 1, 1, "RVI. Six cores.",
     PUBLIC},
    {"opteron6100", "Opteron 6100 (Magny-Cours)", VENDOR_AMD, 2010, true, 1, 2,
     DIES " Eight or twelve cores.", PUBLIC},
    {"opteron6200", "Opteron 6200 (Interlagos, Bulldozer)", VENDOR_AMD, 2011, true, 1, 2,
     DIES " Cores in pairs that share a floating-point unit and the decoder.", PUBLIC},
    {"opteron6300", "Opteron 6300 (Abu Dhabi, Piledriver)", VENDOR_AMD, 2012, true, 1, 2,
     DIES " Cores in pairs that share a floating-point unit and the decoder.", PUBLIC},
    {"epyc7001", "EPYC 7001 (Naples)", VENDOR_AMD, 2017, true, 2, 4,
     "Four dies in a package, each with memory of its own: four nodes a socket.", PUBLIC},
    {"epyc7002", "EPYC 7002 (Rome)", VENDOR_AMD, 2019, true, 2, 1, ONE_NODE, PUBLIC},
    {"epyc7003", "EPYC 7003 (Milan)", VENDOR_AMD, 2021, true, 2, 1, ONE_NODE, PUBLIC},
    {"epyc9004", "EPYC 9004 (Genoa)", VENDOR_AMD, 2022, true, 2, 1, ONE_NODE, PUBLIC},
};
const size_t generations_count = sizeof generations_rows / sizeof generations_rows[0];

int generations_find(const char *name)
{
    for (size_t i = 0; i < generations_count; i++)
        if (text_same(generations_rows[i].name, name))
            return (int)i;
    return -1;
}

int generations_nodes(int row, int sockets)
{
    const int each = generations_rows[row].nodes_per_socket;
    return each > 0 ? each * sockets : 1;
}

char *generations_facts(struct arena *a, int row)
{
    const struct generations_row *g = &generations_rows[row];
    const char *memory = g->nodes_per_socket == 0 ? "uniform memory"
                         : g->nodes_per_socket == 1
                             ? "a NUMA node a socket"
                             : arena_printf(a, "%d NUMA nodes a socket", g->nodes_per_socket);
    return arena_printf(a, "%s, %d: %s, %d thread%s a core, %s", vendor_rows[g->vendor].name, g->year,
                        g->slat ? "SLAT" : "no SLAT", g->threads, g->threads == 1 ? "" : "s", memory);
}

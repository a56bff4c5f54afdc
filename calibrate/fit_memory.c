/* fit_memory.c - memory of a host, told or guessed. */
#include "calibrate/fit.h"
#include <math.h>

#define GIB 1073741824.0

static double memory_mean(const struct fit_host *h, int name)
{
    const struct instance_list *list = &h->machine->cls[CLASS_MEMORY];
    return list->n > 0 && list->item[0].by[name] != NULL
               ? logset_mean(list->item[0].by[name], h->grid->start_ns[0], h->grid->end_ns[h->grid->n - 1])
               : (double)NAN;
}

static double memory_told(const struct fit_host *h)
{
    const struct node *memory = h->known.node != NULL ? node_get(h->known.node, "memory") : NULL;
    double v;
    return memory != NULL && memory->text != NULL && units_parse(memory->text, UNIT_BYTES, &v) == UNITS_OK
               ? v
               : 0.0;
}

/* Total memory is no counter: what is available and what is committed come near to it from above. */
void fit_memory_measure(struct fit_host *h)
{
    const double bytes = memory_mean(h, CTR_MEMORY_AVAILABLE_BYTES), told = memory_told(h);
    const double megabytes = memory_mean(h, CTR_MEMORY_AVAILABLE_MBYTES) * 1048576.0;
    h->available_bytes = isnan(bytes) ? megabytes : bytes;
    double used = h->hyperv ? 0.0 : memory_mean(h, CTR_MEMORY_COMMITTED);
    for (int i = 0; i < h->vms && h->hyperv; i++) {
        used += h->vm[i].memory_bytes;
    }
    const double sum = h->available_bytes + used;
    h->memory_guessed = !(told > 0.0);
    h->memory_bytes = told > 0.0 ? told : sum > 0.0 ? ceil(sum / GIB) * GIB : 0.0;
    if (!h->hyperv && h->vms == 1) {
        h->vm[0].memory_bytes = h->memory_bytes;
        h->vm[0].memory_demand_bytes = fmin(used, h->memory_bytes);
        h->vm[0].memory_guessed = h->memory_guessed;
    }
}

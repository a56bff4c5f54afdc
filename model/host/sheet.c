/* sheet.c - one row of a counter log in the making. */
#include "model/host/sheet.h"
#include <math.h>
#include <stdarg.h>

/* Counters that PDH shows as they are; all others need two samples. */
static bool is_raw(enum counter_id id)
{
    static const enum counter_id raw[] = {CTR_NIC_BANDWIDTH,
                                          CTR_NIC_OUTPUT_QUEUE,
                                          CTR_MEMORY_AVAILABLE_BYTES,
                                          CTR_MEMORY_COMMITTED,
                                          CTR_MEMORY_AVAILABLE_MBYTES,
                                          CTR_VSD_ERRORS,
                                          CTR_VSD_LEAST_RATE,
                                          CTR_VSD_MOST_RATE,
                                          CTR_DISK_CURRENT_QUEUE,
                                          CTR_VOLUME_READS + CTR_DISK_CURRENT_QUEUE - CTR_DISK_READS,
                                          CTR_DM_CURRENT_PRESSURE,
                                          CTR_DM_LEAST_PRESSURE,
                                          CTR_DM_MOST_PRESSURE,
                                          CTR_DM_PHYSICAL,
                                          CTR_DM_VISIBLE,
                                          CTR_DM_ADDED,
                                          CTR_DM_REMOVED,
                                          CTR_DM_SMART_PAGING,
                                          CTR_BALANCER_AVAILABLE,
                                          CTR_BALANCER_PRESSURE,
                                          CTR_VID_PAGES,
                                          CTR_DM_PRESSURE,
                                          CTR_ADDRESS_SPACES,
                                          CTR_ROOT_PARTITION_VPS,
                                          CTR_PARTITION_SPACES,
                                          CTR_PARTITION_VPS,
                                          CTR_HV_LPS,
                                          CTR_HV_PARTITIONS,
                                          CTR_HV_VPS,
                                          CTR_SYSTEM_QUEUE};
    for (size_t i = 0; i < sizeof raw / sizeof *raw; i++)
        if (raw[i] == id)
            return true;
    return false;
}

void sheet_machine(struct sheet *s, const char *name, enum hv_version version)
{
    s->machine = name;
    s->version = version;
}

const char *sheet_name(const struct sheet *s, const char *fmt, ...)
{
    if (s->row)
        return NULL;
    va_list args;
    va_start(args, fmt);
    const char *name = arena_vprintf(s->arena, fmt, args);
    va_end(args);
    return name;
}

void sheet_put(struct sheet *s, enum counter_id id, const char *instance, double value)
{
    const struct counter_row *c = &counter_rows[id];
    if (!counters_in(id, s->version))
        return;
    if (s->row) {
        s->row[s->at++] = s->first && !is_raw(id) ? (double)NAN : value;
        return;
    }
    struct counter_log *log = s->log;
    const char *path =
        instance && *instance
            ? arena_printf(s->arena, "\\\\%s\\%s(%s)\\%s", s->machine, c->object, instance, c->counter)
            : arena_printf(s->arena, "\\\\%s\\%s\\%s", s->machine, c->object, c->counter);
    *ARENA_PUSH(s->arena, log->path, log->columns, s->capacity) = path;
}

void sheet_rate(struct sheet *s, enum counter_id id, const char *instance, double amount)
{
    sheet_put(s, id, instance, amount / s->ns * 1e9);
}

void sheet_share(struct sheet *s, enum counter_id id, const char *instance, double ns)
{
    sheet_put(s, id, instance, 100.0 * ns / s->ns);
}

void sheet_mean(struct sheet *s, enum counter_id id, const char *instance, double sum, double events)
{
    sheet_put(s, id, instance, events > 0.0 ? sum / events : 0.0);
}

/* choices.c - words of KEY_CHOICE. */
#include "scenarios/choices.h"

#include "model/base/text.h"
#include "model/engine/dist.h"
#include "model/mechanism/generations.h"
#include "model/mechanism/kinds.h"

#include <string.h>

/* The distributions that a file can ask for are those before DIST_EMPIRICAL, which needs a sample.
 * Word and meaning of a table of rows that have `name` and `doc`. */
#define CHOICES_OF_ROWS(label, id, rows, number) CHOICES_WITH_VALUES(label, id, rows, number, NULL)
#define CHOICES_WITH_VALUES(label, id, rows, number, values)                                                 \
    static size_t id##_count(void)                                                                           \
    {                                                                                                        \
        return (number);                                                                                     \
    }                                                                                                        \
    static const char *id##_word(size_t i)                                                                   \
    {                                                                                                        \
        return (rows)[i].name;                                                                               \
    }                                                                                                        \
    static const char *id##_doc(size_t i)                                                                    \
    {                                                                                                        \
        return (rows)[i].doc;                                                                                \
    }                                                                                                        \
    const struct choice_set choices_##id = {label, id##_count, id##_word, id##_doc, values}

struct word {
    const char *name, *doc;
};
#define LENGTH(array) (sizeof(array) / sizeof *(array))

static const struct word raid_words[] = {{"0", "striped or a single spindle; no write penalty"},
                                         {"1", "mirrored: a write is 2 operations"},
                                         {"5", "one parity: a small write is 4 operations"},
                                         {"6", "two parities: a small write is 6 operations"},
                                         {"10", "striped mirrors: a write is 2 operations"}};
static const struct word pattern_words[] = {
    {"random", "each operation seeks"}, {"sequential", "an operation follows the one before on the disk"}};
static const struct word grade_words[] = {{"A", "predicts the other half of its log closely"},
                                          {"B", "good"},
                                          {"C", "usable with care"},
                                          {"D", "weak"},
                                          {"E", "poor"},
                                          {"F", "not good enough to plan with"}};
static const struct word migration_words[] = {
    {"same vendor", "VMs move live between hosts of one processor vendor only"},
    {"any", "VMs move live between any hosts, in compatibility mode and at its cost"}};
static const struct word goal_words[] = {
    {"least money", "lowest price of hosts bought"},
    {"fewest hosts", "smallest number of hosts"},
    {"most headroom", "largest distance of the busiest host from its limit"},
    {"fewest moves", "as few VMs as possible leave their host"}};

CHOICES_OF_ROWS("Hyper-V version", version, version_rows, HV_VERSIONS);
CHOICES_OF_ROWS("scheduler", scheduler, scheduler_rows, SCHED_KINDS);
CHOICES_OF_ROWS("kind of queue", queues, queues_rows, QUEUES_KINDS);
CHOICES_OF_ROWS("placement", placement, placement_rows, PLACE_KINDS);
CHOICES_OF_ROWS("processor vendor", vendor, vendor_rows, VENDOR_KINDS);
CHOICES_OF_ROWS("processor generation", generation, generations_rows, generations_count);
CHOICES_OF_ROWS("guest system", os, os_rows, os_row_count);
CHOICES_OF_ROWS("disk controller", controller, controller_rows, CTRL_KINDS);
CHOICES_OF_ROWS("virtual disk kind", vdisk, vdisk_rows, VDISK_KINDS);
CHOICES_OF_ROWS("virtual network adapter kind", vnic, vnic_rows, VNIC_KINDS);
CHOICES_OF_ROWS("virtual switch kind", switch, switch_rows, SWITCH_KINDS);
CHOICES_OF_ROWS("balance of a team", balance, balance_rows, BALANCE_KINDS);
CHOICES_OF_ROWS("disk kind", pdisk, pdisk_rows, PDISK_KINDS);
CHOICES_OF_ROWS("queue of a disk", pqueue, pqueue_rows, PQUEUE_KINDS);
CHOICES_OF_ROWS("defragmentation", defragment, defragment_rows, DEFRAGMENT_KINDS);
CHOICES_OF_ROWS("size of sectors", sectors, sectors_rows, SECTORS_KINDS);
CHOICES_OF_ROWS("distribution", dist, dist_kinds, DIST_EMPIRICAL);
static const int raid_levels[] = {0, 1, 5, 6, 10};
CHOICES_WITH_VALUES("RAID level", raid, raid_words, LENGTH(raid_words), raid_levels);
CHOICES_OF_ROWS("access pattern", pattern, pattern_words, LENGTH(pattern_words));
CHOICES_OF_ROWS("calibration grade", grade, grade_words, LENGTH(grade_words));
CHOICES_OF_ROWS("live migration rule", migration, migration_words, LENGTH(migration_words));
CHOICES_OF_ROWS("goal", goal, goal_words, LENGTH(goal_words));

int choices_find(const struct choice_set *c, const char *word)
{
    for (size_t i = 0; i < c->count(); i++)
        if (strcmp(c->word(i), word) == 0)
            return (int)i;
    return -1;
}

const char *choices_nearest(const struct choice_set *c, const char *word)
{
    enum { MOST = 64 };
    const char *words[MOST];
    size_t n = c->count() < MOST ? c->count() : MOST;
    for (size_t i = 0; i < n; i++)
        words[i] = c->word(i);
    return text_nearest(word, words, n);
}

char *choices_list(struct arena *a, const struct choice_set *c)
{
    char *list = arena_strdup(a, "");
    for (size_t i = 0; i < c->count(); i++)
        list = arena_printf(a, "%s%s%s", list, i ? ", " : "", c->word(i));
    return list;
}

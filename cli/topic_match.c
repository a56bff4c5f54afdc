/* topic_match.c - which topics a user's term means. */
#include "cli/topic_match.h"
#include "model/base/text.h"
#include <string.h>

enum { MENTIONS_MOST = 6, MENTIONS_LETTERS = 3 };

static char folded(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* The first `n` letters are the same, without regard to case. */
static bool same_letters(const char *a, const char *b, size_t n)
{
    size_t i = 0;
    while (i < n && a[i] && folded(a[i]) == folded(b[i]))
        i++;
    return i == n;
}

/* As a user writes it: "large send" is large_send, "pass through" is pass-through. */
static bool same_words(const char *a, const char *b)
{
    static const char blanks[] = " _-";
    while (*a && (folded(*a) == folded(*b) || (*b && strchr(blanks, *a) && strchr(blanks, *b)))) {
        a++;
        b++;
    }
    return *a == *b;
}

/* "cpu.slat" is the end of "hosts.H.cpu.slat". */
static bool is_end(const char *name, const char *term)
{
    const size_t n = strlen(name), k = strlen(term);
    return k > 0 && k < n && name[n - k - 1] == '.' && text_same(name + n - k, term);
}

/* "vms.web01.vcpus" is "vms.V.vcpus": in a name with dots, a single capital stands for any name. */
static bool is_instance(const char *name, const char *term)
{
    if (!strchr(name, '.'))
        return false;
    for (;;) {
        const size_t n = strcspn(name, "."), k = strcspn(term, ".");
        const bool any = n == 1 && *name >= 'A' && *name <= 'Z' && k > 0;
        if (!any && (n != k || !same_letters(name, term, n)))
            return false;
        if (!name[n] || !term[k])
            return !name[n] && !term[k];
        name += n + 1;
        term += k + 1;
    }
}

/* "\\HV01\PhysicalDisk(0 data)\% Idle Time" without machine and instance; NULL if it is no path of a counter. */
static const char *bare_counter(struct arena *a, const char *path)
{
    if (strncmp(path, "\\\\", 2) == 0)
        path = strchr(path + 2, '\\');
    if (!path || *path != '\\')
        return NULL;
    const char *last = strrchr(path, '\\');
    const char *instance = memchr(path, '(', (size_t)(last - path));
    return arena_printf(a, "%.*s%s", (int)((instance ? instance : last) - path), path, last);
}

static bool is_counter(struct arena *a, const char *name, const char *bare)
{
    const char *mine = bare ? bare_counter(a, name) : NULL;
    return mine && text_same(mine, bare);
}

struct topic_list topic_match(struct arena *a, struct topic_list all, const char *term)
{
    struct topic *found = NULL;
    size_t n = 0, capacity = 0;
    for (size_t i = 0; i < all.n; i++) {
        const struct topic *t = &all.item[i];
        if (text_same(t->name, term) || (strcmp(t->kind, "metric") == 0 && is_end(t->name, term)))
            *ARENA_PUSH(a, found, n, capacity) = *t;
    }
    const char *bare = bare_counter(a, term);
    const bool exact = n > 0;
    for (size_t i = 0; i < all.n && !exact; i++) {
        const char *name = all.item[i].name;
        if (same_words(name, term) || is_end(name, term) || is_instance(name, term) ||
            is_counter(a, name, bare))
            *ARENA_PUSH(a, found, n, capacity) = all.item[i];
    }
    return (struct topic_list){found, n};
}

static bool mentions(const char *text, const char *term)
{
    const size_t k = strlen(term);
    for (; text && *text; text++)
        if (same_letters(text, term, k))
            return true;
    return false;
}

const char *topic_match_mentions(struct arena *a, struct topic_list all, const char *term)
{
    const char *names = NULL;
    int n = 0;
    for (size_t i = 0; i < all.n && strlen(term) >= MENTIONS_LETTERS; i++) {
        if (all.item[i].again || !(mentions(all.item[i].name, term) || mentions(all.item[i].text, term)))
            continue;
        if (n++ == MENTIONS_MOST) {
            names = arena_printf(a, "%s, ...", names);
            break;
        }
        names = names ? arena_printf(a, "%s, %s", names, all.item[i].name) : all.item[i].name;
    }
    return names;
}

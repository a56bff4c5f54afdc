/* counter_path.c - \\HOST\Object(Instance)\Counter, read from right to left.
 *
 * Backslashes, brackets and commas occur inside instances (`\??\D:\pagefile.sys`) and brackets inside object
 * and counter names (`... (Emulated)`, `... Lifetime (s)`), so only nesting counted from the right tells the
 * parts apart.
 */
#include "calibrate/counterlog.h"
#include <string.h>

/* The last backslash outside brackets; -1 if there is none. */
static long last_separator(const char *s, long n)
{
    int depth = 0;
    for (long i = n - 1; i >= 0; i--) {
        depth += s[i] == ')' ? 1 : 0;
        depth -= s[i] == '(' ? 1 : 0;
        if (s[i] == '\\' && depth == 0) {
            return i;
        }
    }
    return -1;
}

/* The bracket that opens the instance of "Object(Instance)"; -1 if there is none. A bracket after a blank belongs to the
 * object's name; instances may hold brackets of their own, even unbalanced ones, so the first other one counts. */
static long instance_start(const char *s, long n)
{
    for (long i = 1; i < n; i++) {
        if (s[i] == '(' && s[i - 1] != ' ') {
            return i;
        }
    }
    return -1;
}

bool counter_path_parse(struct arena *a, const char *text, struct counter_path *out)
{
    const long n = (long)strlen(text);
    long end = last_separator(text, n);
    if (text[0] != '\\' || end <= 0) {
        /* Unbalanced brackets: an instance ends at the last ")\". */
        const char *cut = strstr(text, ")\\");
        for (const char *next = cut; next != NULL; next = strstr(cut + 1, ")\\")) {
            cut = next;
        }
        if (text[0] != '\\' || cut == NULL) {
            return false;
        }
        end = (long)(cut - text) + 1;
    }
    const char *head = text, *host = "";
    if (text[1] == '\\') {
        const char *stop = strchr(text + 2, '\\');
        if (stop == NULL || stop >= text + end) {
            return false;
        }
        host = arena_strndup(a, text + 2, (size_t)(stop - text - 2));
        head = stop;
    }
    head++;
    const long length = (long)(text + end - head);
    if (length <= 0 || text[end + 1] == '\0') {
        return false;
    }
    const long open = head[length - 1] == ')' ? instance_start(head, length) : -1;
    const long object = open < 0 ? length : open;
    *out = (struct counter_path){
        .text = arena_strdup(a, text),
        .host = host,
        .object = arena_strndup(a, head, (size_t)object),
        .instance = open < 0 ? "" : arena_strndup(a, head + open + 1, (size_t)(length - open - 2)),
        .counter = arena_strdup(a, text + end + 1)};
    return out->object[0] != '\0' && out->object[0] != '(';
}

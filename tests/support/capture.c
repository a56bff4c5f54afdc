/* capture.c - see capture.h. */
#include "tests/support/capture.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

char *capture_end(struct arena *a, FILE *stream, size_t *n)
{
    (void)fseek(stream, 0, SEEK_END);
    size_t size = (size_t)ftell(stream);
    rewind(stream);
    char *text = arena_alloc(a, size + 1, 1);
    size = fread(text, 1, size, stream);
    (void)fclose(stream);
    if (n)
        *n = size;
    return text;
}

char *capture_file(struct arena *a, const char *path)
{
    FILE *in = fopen(path, "rb");
    return in ? capture_end(a, in, NULL) : NULL;
}

char *capture_write(struct arena *a, const char *text, size_t n)
{
    const char *folder = getenv("TMPDIR");
    char *path = arena_printf(a, "%s/hvplan-test-XXXXXX", folder ? folder : "/tmp");
    int file = mkstemp(path);
    if (file < 0)
        return NULL;
    size_t done = 0;
    while (done < n) {
        ssize_t wrote = write(file, text + done, n - done);
        if (wrote <= 0)
            break;
        done += (size_t)wrote;
    }
    (void)close(file);
    return path;
}

int capture_count(const char *text, const char *part)
{
    int n = 0;
    for (const char *p = strstr(text, part); p; p = strstr(p + strlen(part), part))
        n++;
    return n;
}

/* replay.c - runs a fuzz target over files and folders, and over mutations of them: what ctest does in every build.
 *
 * Mutations are few and always the same: each file cut short at several lengths, and with single bytes changed. */
#include "tests/fuzz/fuzz.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_SIZE = 1 << 20, CUTS = 16, CHANGES = 64 };

static int files;

static void input_run(const uint8_t *data, size_t n)
{
    /* A block of its own size, so that AddressSanitizer sees a read past the end. */
    uint8_t *copy = malloc(n ? n : 1);
    if (!copy)
        exit(1);
    memcpy(copy, data, n);
    LLVMFuzzerTestOneInput(copy, n);
    free(copy);
}

static void mutations_run(uint8_t *data, size_t n)
{
    uint64_t state = 88172645463325252u + n; /* xorshift64 (Marsaglia 2003) */
    for (size_t i = 1; i < CUTS; i++)
        input_run(data, n * i / CUTS);
    for (int i = 0; i < CHANGES && n > 0; i++) {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        size_t at = (size_t)(state % n);
        uint8_t before = data[at];
        data[at] = (uint8_t)(state >> 32);
        input_run(data, n);
        data[at] = before;
    }
}

static void file_run(const char *path)
{
    FILE *f = fopen(path, "rb");
    uint8_t *data = malloc(MOST_SIZE);
    if (!f || !data) {
        fprintf(stderr, "cannot read %s\n", path);
        exit(1);
    }
    size_t n = fread(data, 1, MOST_SIZE, f);
    fclose(f);
    input_run(data, n);
    mutations_run(data, n);
    free(data);
    files++;
}

static void path_run(const char *path)
{
    char inner[4096];
    DIR *folder = opendir(path);
    if (!folder) {
        file_run(path);
        return;
    }
    for (struct dirent *entry; (entry = readdir(folder));)
        if (entry->d_name[0] != '.' &&
            snprintf(inner, sizeof inner, "%s/%s", path, entry->d_name) < (int)sizeof inner)
            file_run(inner);
    closedir(folder);
}

int main(int argc, char **argv)
{
    for (int i = 1; i < argc; i++)
        path_run(argv[i]);
    printf("%d files\n", files);
    return files > 0 ? 0 : 1;
}

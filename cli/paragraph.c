/* paragraph.c - text broken at blanks. */
#include "cli/paragraph.h"
#include <string.h>

void paragraph_print(FILE *out, const char *text, int indent, int width)
{
    int used = indent;
    while (*text) {
        const int word = (int)strcspn(text, " \n");
        if (used > indent && used + 1 + word > width) {
            fprintf(out, "\n%*s", indent, "");
            used = indent;
        }
        fprintf(out, "%s%.*s", used > indent ? " " : "", word, text);
        used += (used > indent) + word;
        text += word;
        text += strspn(text, " \n");
    }
    fputc('\n', out);
}

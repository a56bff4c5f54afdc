/* paragraph.c - text broken at blanks. */
#include "cli/paragraph.h"
#include <string.h>

void paragraph_print(FILE *out, const char *text, int indent, int width)
{
    int used = indent;
    for (; *text; text += strspn(text, " ")) {
        const int word = (int)strcspn(text, " \n");
        if (*text == '\n' || (used > indent && used + 1 + word > width)) {
            fprintf(out, "\n%*s", indent, "");
            used = indent;
        }
        text += *text == '\n';
        const int length = (int)strcspn(text, " \n");
        fprintf(out, "%s%.*s", used > indent && length > 0 ? " " : "", length, text);
        used += (used > indent && length > 0) + length;
        text += length;
    }
    fputc('\n', out);
}

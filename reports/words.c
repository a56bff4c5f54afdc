/* words.c - see words.h. */
#include "reports/words.h"

#include <string.h>

static const char *const verdicts[] = {NULL, "better", "worse", "same"};

const char *words_verdict(enum verdict v)
{
    return verdicts[v];
}

bool words_verdict_parse(const char *word, enum verdict *v)
{
    *v = VERDICT_NONE;
    if (!word)
        return true;
    for (int i = VERDICT_BETTER; i <= VERDICT_SAME; i++) {
        if (strcmp(verdicts[i], word) == 0) {
            *v = (enum verdict)i;
            return true;
        }
    }
    return false;
}

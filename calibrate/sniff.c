/* sniff.c - what a file is that is not a text of counters. */
#include "calibrate/sniff.h"
#include <string.h>

struct signature {
    size_t at, n;
    const char *bytes;
    const char *advice;
};

/* Sources: RFC 1952, RFC 8878, the bzip2 and xz file formats, ZIP APPNOTE 4.3.7; the event-trace container of
 * Windows logs starts with its buffer size and has the marker 0xC002 (0xC001 from 32-bit systems) of the
 * first event at 0x4A. */
static const struct signature signatures[] = {
    {0, 2, "\x1f\x8b", "is compressed with gzip; decompress it first (gunzip)"},
    {0, 4, "\x28\xb5\x2f\xfd", "is compressed with zstd; decompress it first (unzstd)"},
    {0, 3, "BZh", "is compressed with bzip2; decompress it first (bunzip2)"},
    {0, 6, "\xfd\x37zXZ\0", "is compressed with xz; decompress it first (unxz)"},
    {0, 4, "PK\x03\x04", "is a ZIP archive or a spreadsheet; extract the counter log, or save it as CSV"},
    {0x4a, 2, "\x02\xc0",
     "is a binary PerfMon log (BLG) or event trace; convert it on Windows with 'relog in.blg -f csv -o "
     "out.csv'"},
    {0x4a, 2, "\x01\xc0",
     "is a binary PerfMon log (BLG) or event trace; convert it on Windows with 'relog in.blg -f csv -o "
     "out.csv'"},
    {0, 4, "PERF", "is a binary PerfMon log; convert it on Windows with 'relog in.blg -f csv -o out.csv'"},
};

/* Texts of other formats; compared without regard to case after blanks and a byte-order mark. */
static const struct signature markups[] = {
    {0, 5, "<?xml",
     "is XML; export the counters as CSV ('relog in.blg -f csv -o out.csv', or PerfMon's data collector "
     "set with log format 'comma separated')"},
    {0, 5, "<html",
     "is an HTML page; save the counters as CSV instead (PerfMon: Save Data As, comma delimited)"},
    {0, 9, "<!doctype",
     "is an HTML page; save the counters as CSV instead (PerfMon: Save Data As, comma delimited)"},
    {0, 5, "<objs", "is PowerShell XML; export with 'Export-Counter -FileFormat csv' instead"},
    {0, 1, "<", "is markup, not a table; export the counters as CSV ('relog in.blg -f csv -o out.csv')"},
};

/* ASCII bytes of a text, from 8 or 16 bit characters, in lower case. */
static size_t plain_start(const unsigned char *head, size_t n, char *out, size_t room)
{
    size_t used = 0;
    for (size_t i = 0; i < n && used < room; i++) {
        const unsigned char c = head[i];
        if (c == 0 || c >= 0x80 || (used == 0 && (c == ' ' || c == '\t' || c == '\r' || c == '\n'))) {
            continue;
        }
        out[used++] = (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
    }
    return used;
}

const char *sniff_advice(const unsigned char *head, size_t n)
{
    for (size_t i = 0; i < sizeof signatures / sizeof *signatures; i++) {
        const struct signature *s = &signatures[i];
        if (n >= s->at + s->n && memcmp(head + s->at, s->bytes, s->n) == 0) {
            return s->advice;
        }
    }
    char text[16];
    const size_t used = plain_start(head, n, text, sizeof text);
    for (size_t i = 0; i < sizeof markups / sizeof *markups; i++) {
        if (used >= markups[i].n && memcmp(text, markups[i].bytes, markups[i].n) == 0) {
            return markups[i].advice;
        }
    }
    return NULL;
}

/* report_perfmon.c - a counter log as PerfMon writes it: PDH-CSV 4.0.
 *
 * Source    real logs of Windows Server 2003 to 2019: quoted cells, CRLF, a blank " " where a counter has no value, three-digit
 *           exponents, stamps in local time with the bias in the first cell (here UTC, bias 0)
 */
#include "reports/report.h"

#include <math.h>
#include <string.h>
#include <time.h>

enum { SECOND_NS = 1000000000, MILLISECOND_NS = 1000000 };

/* PerfMon needs two samples for a rate, an average or a share of time, so the first row of a log has none. A raw count is
 * whole from the first sample on. Source: Windows Performance Counters, types PERF_COUNTER_RAWCOUNT and
 * PERF_COUNTER_LARGE_RAWCOUNT of these counters. */
static const char *const raw_counts[] = {
    "Available Bytes",
    "Available KBytes",
    "Available MBytes",
    "Committed Bytes",
    "Commit Limit",
    "Cache Bytes",
    "Current Bandwidth",
    "Output Queue Length",
    "Current Disk Queue Length",
    "Processor Queue Length",
    "Processes",
    "Threads",
    "System Up Time",
    "Working Set",
    "Private Bytes",
    "Handle Count",
    "Thread Count",
    "Current Pressure",
    "Average Pressure",
    "Physical Memory",
    "Guest Visible Physical Memory",
    "Physical Pages Allocated",
    "Remote Physical Pages",
    "Address Spaces",
    "Virtual Processors",
    "Logical Processors",
    "Partitions",
    "Total Pages",
    "Current Connections",
    "Requests Current",
    "Requests Queued",
};

static bool is_raw_count(const char *path)
{
    const char *name = strrchr(path, '\\');
    name = name ? name + 1 : path;
    for (size_t i = 0; i < sizeof raw_counts / sizeof raw_counts[0]; i++) {
        if (strcmp(raw_counts[i], name) == 0)
            return true;
    }
    return false;
}

static void print_header(FILE *out, const struct counter_log *log)
{
    fputs("\"(PDH-CSV 4.0) (UTC)(0)\"", out);
    for (int c = 0; c < log->columns; c++) {
        fputs(",\"", out);
        for (const char *p = log->path[c]; *p; p++)
            fputs(*p == '"' ? "\"\"" : (char[]){*p, '\0'}, out);
        fputc('"', out);
    }
    fputs("\r\n", out);
}

static void print_stamp(FILE *out, int64_t start_s, int64_t at_ns)
{
    time_t seconds = (time_t)(start_s + at_ns / SECOND_NS);
    int milliseconds = (int)(at_ns % SECOND_NS / MILLISECOND_NS);
    struct tm utc;
    char text[64] = "";
    if (gmtime_r(&seconds, &utc))
        (void)strftime(text, sizeof text, "%m/%d/%Y %H:%M:%S", &utc);
    fprintf(out, "\"%s.%03d\"", text, milliseconds);
}

/* C writes at least two digits of exponent, the Microsoft run-time library of those days three. */
static void print_value(FILE *out, double v)
{
    char text[64];
    (void)snprintf(text, sizeof text, "%.17g", v);
    char *e = strchr(text, 'e');
    if (e && strlen(e) == 4)
        fprintf(out, ",\"%.*s%c0%s\"", (int)(e - text + 1), text, e[1], e + 2);
    else
        fprintf(out, ",\"%s\"", text);
}

static void print_row(FILE *out, const struct counter_log *log, int row, int64_t start_s)
{
    print_stamp(out, start_s, log->at_ns[row]);
    for (int c = 0; c < log->columns; c++) {
        double v = log->value[(size_t)row * (size_t)log->columns + (size_t)c];
        if (!isfinite(v) || (row == 0 && !is_raw_count(log->path[c])))
            fputs(",\" \"", out);
        else
            print_value(out, v);
    }
    fputs("\r\n", out);
}

bool report_perfmon(FILE *out, const struct counter_log *log, int64_t start_s)
{
    print_header(out, log);
    for (int r = 0; r < log->rows; r++)
        print_row(out, log, r, start_s);
    return fflush(out) == 0 && !ferror(out);
}

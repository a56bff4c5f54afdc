/* progress.c - progress bar and interrupts. */
#include "cli/progress.h"
#include "cli/terminal.h"
#include <langinfo.h>
#include <signal.h>
#include <string.h>

enum { BAR = 20 };

/* The one variable of the program that changes: C has no other way to hear of a signal. */
static volatile sig_atomic_t interrupted;

static void on_interrupt(int signal_number)
{
    (void)signal_number;
    interrupted = 1;
}

bool progress_interrupted(void)
{
    return interrupted != 0;
}

void progress_start(struct progress *p, const struct session *s)
{
    *p = (struct progress){.show = s->progress,
                           .unicode = strcmp(nl_langinfo(CODESET), "UTF-8") == 0,
                           .width = terminal_width(stderr)};
    clock_gettime(CLOCK_MONOTONIC, &p->start);
    struct sigaction action = {.sa_handler = on_interrupt, .sa_flags = (int)SA_RESETHAND};
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
}

static double elapsed_s(const struct progress *p)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - p->start.tv_sec) + (double)(now.tv_nsec - p->start.tv_nsec) * 1e-9;
}

static void draw_bar(const struct progress *p, double done)
{
    const int full = (int)(done * BAR);
    for (int i = 0; i < BAR; i++)
        fputs(i < full ? (p->unicode ? "\u2588" : "#") : (p->unicode ? "\u2591" : "."), stderr);
}

static void draw(const struct progress *p, const struct study_progress *now, double spent_s)
{
    const double done = now->done < 0.0 ? 0.0 : now->done > 1.0 ? 1.0 : now->done;
    char text[128];
    int used = snprintf(text, sizeof text, " %3.0f %%  %s", done * 100.0, now->phase);
    if (now->precision_now > 0.0 && now->precision_now < 10.0)
        used += snprintf(text + used, sizeof text - (size_t)used, "  precision %.1f %% of %.1f %%",
                         now->precision_now * 100.0, now->precision_target * 100.0);
    if (done > 0.02 && spent_s > 0.5)
        snprintf(text + used, sizeof text - (size_t)used, "  %.0f s left", spent_s * (1.0 - done) / done);
    fputs("\r\033[K", stderr);
    draw_bar(p, done);
    fprintf(stderr, "%.*s", p->width > BAR + 1 ? p->width - BAR - 1 : 0, text);
}

bool progress_step(const struct study_progress *now, void *context)
{
    struct progress *p = context;
    const double spent_s = elapsed_s(p);
    if (p->show && spent_s - p->last_s >= 0.1) {
        draw(p, now, spent_s);
        p->last_s = spent_s;
        p->drawn = true;
    }
    return !interrupted;
}

void progress_end(struct progress *p)
{
    if (p->drawn)
        fputs("\r\033[K", stderr);
    p->drawn = false;
}

/* report_text.c - a result on a terminal: findings first, provenance last. */
#include "reports/report.h"
#include "reports/term.h"
#include "reports/view.h"

#include <string.h>

enum { NARROWEST = 60, WIDEST = 200 };

static const char *finding_mark(const struct term *t, enum tone tone)
{
    static const char *const plain[] = {"  - ", "  + ", "  ! ", "  ? ", "  - "};
    static const char *const fancy[] = {"  \xE2\x80\xA2 ", "  \xE2\x9C\x93 ", "  \xE2\x9C\x97 ", "  ! ",
                                        "  \xE2\x80\xA2 "};
    return t->style.unicode ? fancy[tone] : plain[tone];
}

static void print_findings(const struct term *t, const struct view *v)
{
    for (int i = 0; i < v->findings; i++) {
        const struct finding *f = &v->finding[i];
        if (i == 0 || strcmp(f->about, v->finding[i - 1].about) != 0)
            term_heading(t, term_clean(t->arena, f->about));
        term_paragraph(t, finding_mark(t, f->tone), f->text, f->tone);
    }
}

static void print_list(const struct term *t, const struct view_section *s, int which)
{
    if (s->list_items[which] == 0)
        return;
    fputc('\n', t->out);
    term_paragraph(t, "  ", s->list_title[which], TONE_PLAIN);
    for (int i = 0; i < s->list_items[which]; i++)
        term_paragraph(t, finding_mark(t, TONE_PLAIN), s->list[which][i], TONE_PLAIN);
}

static void print_section(const struct term *t, const struct view_section *s)
{
    term_heading(t, s->title);
    if (s->note[0])
        term_paragraph(t, "  ", s->note, TONE_DIM);
    for (const struct table *table = s->table; table; table = table->next) {
        if (table_rows(table) == 0)
            continue;
        if (table != s->table || s->note[0])
            fputc('\n', t->out);
        term_table(t, table);
    }
    print_list(t, s, 0);
    print_list(t, s, 1);
}

bool report_text(FILE *out, const struct result *r, const struct text_style *style)
{
    struct term t = {out, arena_new(), *style};
    t.style.width = style->width < NARROWEST ? NARROWEST : style->width > WIDEST ? WIDEST : style->width;
    struct view_context c = {t.arena, r, style->unicode, style->verbose};
    const struct view *v = view_new(&c);
    fprintf(out, "%s%s%s\n", term_bold(&t), v->title, term_off(&t));
    print_findings(&t, v);
    for (int i = 0; i < v->sections; i++) {
        if (style->verbose || !(v->section[i].detail || v->section[i].aside))
            print_section(&t, &v->section[i]);
    }
    arena_free(t.arena);
    return fflush(out) == 0 && !ferror(out);
}

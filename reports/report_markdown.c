/* report_markdown.c - a result for a ticket or a wiki: GitHub-flavoured tables, every name escaped. */
#include "reports/report.h"
#include "reports/view.h"

#include <string.h>

/* Source: GitHub Flavored Markdown 0.29, sections 6.1 (any ASCII punctuation may be escaped by a backslash) and 6.11 (raw HTML).
 * Only what starts something inside a line or a cell is escaped, so that metric names stay readable in the source. */
static void print_escaped(FILE *out, const char *s)
{
    for (; *s; s++) {
        if (*s == '\n' || *s == '\r' || *s == '\t')
            fputc(' ', out);
        else if (*s == '<')
            fputs("&lt;", out);
        else if (*s == '&')
            fputs("&amp;", out);
        else if (strchr("\\`*_[]|~#", *s))
            fprintf(out, "\\%c", *s);
        else if ((unsigned char)*s >= 0x20 && *s != 0x7F)
            fputc(*s, out);
    }
}

static void print_row(FILE *out, const struct table *t, int row)
{
    for (int c = 0; c < t->columns; c++) {
        if (table_column_empty(t, c))
            continue;
        fputs("| ", out);
        print_escaped(out, row < 0 ? t->column[c].title : table_at(t, row, c)->text);
        fputc(' ', out);
    }
    fputs("|\n", out);
}

static void print_table(FILE *out, const struct table *t)
{
    if (table_rows(t) == 0)
        return;
    if (t->caption[0]) {
        fputs("**", out);
        print_escaped(out, t->caption);
        fputs("**\n\n", out);
    }
    print_row(out, t, -1);
    for (int c = 0; c < t->columns; c++) {
        if (!table_column_empty(t, c))
            fputs(t->column[c].number ? "| ---: " : "| --- ", out);
    }
    fputs("|\n", out);
    for (int r = 0; r < table_rows(t); r++)
        print_row(out, t, r);
    fputc('\n', out);
}

static void print_list(FILE *out, const struct view_section *s, int which)
{
    if (s->list_items[which] == 0)
        return;
    fprintf(out, "%s:\n\n", s->list_title[which]);
    for (int i = 0; i < s->list_items[which]; i++) {
        fputs("- ", out);
        print_escaped(out, s->list[which][i]);
        fputc('\n', out);
    }
    fputc('\n', out);
}

static void print_findings(FILE *out, const struct view *v)
{
    static const char *const marks[] = {"", "", "**!** ", "**?** ", ""};
    for (int i = 0; i < v->findings; i++) {
        const struct finding *f = &v->finding[i];
        fputs("- **", out);
        print_escaped(out, f->about);
        fprintf(out, "**: %s", marks[f->tone]);
        print_escaped(out, f->text);
        fputc('\n', out);
    }
    fputc('\n', out);
}

static void print_section(FILE *out, const struct view_section *s)
{
    fprintf(out, "## %s\n\n", s->title);
    if (s->note[0])
        fprintf(out, "%s\n\n", s->note);
    for (const struct table *t = s->table; t; t = t->next)
        print_table(out, t);
    print_list(out, s, 0);
    print_list(out, s, 1);
}

bool report_markdown(FILE *out, const struct result *r)
{
    struct arena *a = arena_new();
    struct view_context c = {a, r, true, false};
    const struct view *v = view_new(&c);
    fprintf(out, "# %s\n\n", v->title);
    print_findings(out, v);
    for (int i = 0; i < v->sections; i++) {
        if (!v->section[i].detail && !v->section[i].aside)
            print_section(out, &v->section[i]);
    }
    arena_free(a);
    return fflush(out) == 0 && !ferror(out);
}

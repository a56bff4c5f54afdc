/* report_html.c - a result as one HTML file: no network, readable without scripts, the result itself inside.
 *
 * Every table is complete HTML; the script only adds charts, drawn from the JSON in the file.
 */
#include "model/base/check.h"
#include "model/base/text.h"
#include "reports/assets.h"
#include "reports/report.h"
#include "reports/report_json.h"
#include "reports/utf8.h"
#include "reports/view.h"

#include <math.h>
#include <string.h>

enum { FOLDED_ROWS = 24 };

struct page {
    FILE *out;
    struct arena *arena;
    const struct view *view;
};

/* Nothing may be fetched, whatever a text in the report says. Source: CSP Level 3, default-src. */
static const char head[] =
    "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; "
    "script-src 'unsafe-inline'; base-uri 'none'; form-action 'none'\">\n"
    "<meta name=\"color-scheme\" content=\"light dark\">\n";

static const char *tone_class(enum tone tone)
{
    static const char *const classes[] = {"", "good", "bad", "warn", "dim"};
    return classes[tone];
}

/* Escapes what means something in text and in quoted attributes. `breaks` lets long dotted names wrap. */
static void print_text(const struct page *p, const char *text, bool breaks)
{
    for (const char *s = utf8_repair(p->arena, text); *s; s++) {
        if (*s == '<')
            fputs("&lt;", p->out);
        else if (*s == '>')
            fputs("&gt;", p->out);
        else if (*s == '&')
            fputs("&amp;", p->out);
        else if (*s == '"')
            fputs("&quot;", p->out);
        else if ((unsigned char)*s >= 0x20 || *s == '\n' || *s == '\t')
            fputc(*s, p->out);
        if (breaks && strchr("._\\/", *s))
            fputs("<wbr>", p->out);
    }
}

static void print_asset(const struct page *p, const char *tag, const char *name)
{
    size_t i = 0;
    while (i < assets_count && strcmp(assets_table[i].name, name) != 0)
        i++;
    CHECK(i < assets_count);
    fprintf(p->out, "<%s>\n", tag);
    fwrite(assets_table[i].data, 1, assets_table[i].size, p->out);
    fprintf(p->out, "</%s>\n", tag);
}

static void print_cell(const struct page *p, const struct table *t, int row, int column)
{
    const struct cell *c = table_at(t, row, column);
    bool header = column < t->heads, number = t->column[column].number, share = isfinite(c->share);
    const char *tag = header ? "th scope=\"row\"" : "td";
    fprintf(p->out, "<%s class=\"%s%s%s%s\"", tag, number ? "n " : "", share ? "s " : "",
            header && table_repeats(t, row, column) ? "again " : "", tone_class(c->tone));
    if (share)
        fprintf(p->out, " style=\"--s:%.3f\"", c->share < 0.0 ? 0.0 : c->share > 1.0 ? 1.0 : c->share);
    fputc('>', p->out);
    bool data = number && isfinite(c->value);
    if (data)
        fprintf(p->out, "<data value=\"%s\">", text_double(p->arena, c->value));
    print_text(p, c->text, !number);
    fprintf(p->out, "%s</%s>", data ? "</data>" : "", header ? "th" : "td");
}

/* Columns in which no row says anything are left out here and in print_table alike. */
static void print_titles(const struct page *p, const struct table *t)
{
    fputs("<thead><tr>", p->out);
    for (int c = 0; c < t->columns; c++) {
        if (table_column_empty(t, c))
            continue;
        fprintf(p->out, "<th scope=\"col\" class=\"%s%s\">", t->column[c].number ? "n" : "",
                t->column[c].bar ? " s" : "");
        print_text(p, t->column[c].title, false);
        fputs("</th>", p->out);
    }
    fputs("</tr></thead>\n", p->out);
}

/* A wide table scrolls in a box of its own, which the keyboard must be able to reach. */
static void print_table(const struct page *p, const struct view_section *s, const struct table *t)
{
    if (table_rows(t) == 0)
        return;
    fprintf(p->out, "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"");
    print_text(p, t->caption[0] ? t->caption : s->title, false);
    fprintf(p->out, "\">\n<table class=\"%s\"><caption%s>", s->id, t->caption[0] ? "" : " class=\"hidden\"");
    print_text(p, t->caption[0] ? t->caption : s->title, false);
    fputs("</caption>\n", p->out);
    print_titles(p, t);
    fputs("<tbody>\n", p->out);
    for (int r = 0; r < table_rows(t); r++) {
        fputs("<tr>", p->out);
        for (int c = 0; c < t->columns; c++) {
            if (!table_column_empty(t, c))
                print_cell(p, t, r, c);
        }
        fputs("</tr>\n", p->out);
    }
    fputs("</tbody></table></div>\n", p->out);
}

/* A table longer than a screen is folded, unless its whole section is: it opens without scripts, and is open in print. */
static void print_foldable(const struct page *p, const struct view_section *s, const struct table *t)
{
    bool folded = !s->detail && s->part != VIEW_ANSWER && table_rows(t) > FOLDED_ROWS;
    if (folded) {
        fputs("<details><summary>", p->out);
        print_text(p, t->caption[0] ? t->caption : s->title, false);
        fprintf(p->out, " (%d rows)</summary>\n", table_rows(t));
    }
    print_table(p, s, t);
    fputs(folded ? "</details>\n" : "", p->out);
}

static void print_list(const struct page *p, const struct view_section *s, int which)
{
    if (s->list_items[which] == 0)
        return;
    fprintf(p->out, "<h4>%s</h4>\n<ul>\n", s->list_title[which]);
    for (int i = 0; i < s->list_items[which]; i++) {
        fputs("<li>", p->out);
        print_text(p, s->list[which][i], false);
        fputs("</li>\n", p->out);
    }
    fputs("</ul>\n", p->out);
}

static void print_section(const struct page *p, const struct view_section *s)
{
    fprintf(p->out, "<section id=\"%s\" aria-labelledby=\"%s-title\">\n<h3 id=\"%s-title\">%s</h3>\n", s->id,
            s->id, s->id, s->title);
    if (s->note[0])
        fprintf(p->out, "<p class=\"note\">%s</p>\n", s->note);
    if (s->detail)
        fputs("<details><summary>Show the table</summary>\n", p->out);
    if (s->chart)
        fprintf(p->out, "<div class=\"charts\" data-chart=\"%s\" hidden></div>\n", s->chart);
    for (const struct table *t = s->table; t; t = t->next)
        print_foldable(p, s, t);
    print_list(p, s, 0);
    print_list(p, s, 1);
    fprintf(p->out, "%s</section>\n", s->detail ? "</details>\n" : "");
}

/* The mark is decoration (hidden from screen readers); the sentence says it all. */
static void print_findings(const struct page *p)
{
    static const char *const marks[] = {"&bull;", "&#10003;", "&#10007;", "!", "&bull;"};
    const struct view *v = p->view;
    fputs("<section id=\"findings\" aria-labelledby=\"findings-title\">\n<h2 "
          "id=\"findings-title\">Findings</h2>\n",
          p->out);
    for (int i = 0; i < v->findings; i++) {
        const struct finding *f = &v->finding[i];
        if (i == 0 || strcmp(f->about, v->finding[i - 1].about) != 0) {
            fprintf(p->out, "%s<div class=\"finding\"><h3>", i ? "</ul></div>\n" : "");
            print_text(p, f->about, false);
            fputs("</h3><ul>\n", p->out);
        }
        fprintf(p->out, "<li class=\"%s\"><span class=\"mark\" aria-hidden=\"true\">%s</span><span>",
                tone_class(f->tone), marks[f->tone]);
        print_text(p, f->text, false);
        fputs("</span></li>\n", p->out);
    }
    fprintf(p->out, "%s</section>\n", v->findings ? "</ul></div>\n" : "");
}

/* A gap before each part: answers, evidence, method. */
static void print_navigation(const struct page *p)
{
    fputs("<nav aria-label=\"Sections\">\n<ul>\n<li><a href=\"#findings\">Findings</a></li>\n", p->out);
    for (int i = 0; i < p->view->sections; i++) {
        const struct view_section *s = &p->view->section[i];
        bool first = i == 0 || p->view->section[i - 1].part != s->part;
        fprintf(p->out, "<li%s><a href=\"#%s\">%s</a></li>\n", first ? " class=\"part\"" : "", s->id,
                s->title);
    }
    fputs("</ul>\n</nav>\n", p->out);
}

static void print_header(const struct page *p)
{
    fputs("<header>\n<p class=\"brand\">hvplan</p>\n<h1>", p->out);
    print_text(p, p->view->title, false);
    fputs("</h1>\n<p class=\"command\"><code>", p->out);
    print_text(p, p->view->command, false);
    fputs("</code></p>\n</header>\n", p->out);
}

static void print_main(const struct page *p)
{
    fputs("<main id=\"main\">\n", p->out);
    print_findings(p);
    int part = -1;
    for (int i = 0; i < p->view->sections; i++) {
        const struct view_section *s = &p->view->section[i];
        if ((int)s->part != part)
            fprintf(p->out, "<h2>%s</h2>\n", view_part_title(s->part));
        part = (int)s->part;
        print_section(p, s);
    }
    fputs("</main>\n", p->out);
}

static void print_footer(const struct page *p, const struct result *r)
{
    fputs("<footer>\n<p>hvplan ", p->out);
    print_text(p, r->version, false);
    fputs(". This file needs no network; the whole result is inside it as JSON "
          "(hvplan.result/1).</p>\n</footer>\n",
          p->out);
}

bool report_html(FILE *out, const struct result *r)
{
    struct arena *a = arena_new();
    struct view_context c = {a, r, true, true};
    struct page p = {out, a, view_new(&c)};
    fputs(head, out);
    fputs("<title>", out);
    print_text(&p, p.view->title, false);
    fputs(" - hvplan</title>\n", out);
    print_asset(&p, "style", "report.css");
    fputs("</head>\n<body>\n<a class=\"skip\" href=\"#main\">Skip to the findings</a>\n", out);
    print_header(&p);
    print_navigation(&p);
    print_main(&p);
    print_footer(&p, r);
    fputs("<script id=\"result\" type=\"application/json\">\n", out);
    report_json_in_html(out, r);
    fputs("</script>\n", out);
    print_asset(&p, "script", "chart.js");
    print_asset(&p, "script", "report.js");
    fputs("</body>\n</html>\n", out);
    arena_free(a);
    return fflush(out) == 0 && !ferror(out);
}

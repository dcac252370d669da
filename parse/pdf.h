/*
 * A PDF becomes blocks, by what pdftotext -bbox-layout says of it: its words
 * and where they stand.  That program read bytes of others, so what it says
 * is not trusted either.  Private to parse.
 */
#ifndef DL_PARSE_PDF_H
#define DL_PARSE_PDF_H

#include "blocks.h"
#include "dates.h"
#include "words.h"

#define PDF_IS_CUT     "the PDF is longer than is read; the rest was cut off"
#define PDF_LINES_MAX  100000 /* of one document; more are left out */
#define PDF_TABLES_MAX 1000   /* of one document; more are paragraphs */

/* A line of text.  Lengths are points, from the top left of the page. */
struct pdf_line {
	uint32_t at, len; /* in pdf_text.text */
	uint32_t page;	  /* from 0 */
	uint32_t block;	  /* lines that stand together have one */
	float x0, y0, x1, y1;
	float height; /* of the page */
	enum zone zone;
	uint32_t table;	      /* from 1; 0: it is no cell */
	uint16_t row, column; /* of a cell, from 1 */
};

/* What stands in a PDF, in its order of reading. */
struct pdf_text {
	struct pdf_line *lines;
	size_t n, room;
	struct buffer text; /* UTF-8, words parted by spaces */
	size_t pages;
	bool cut; /* at a cap */
	struct span title, author, created, changed;
};

/* pdf_lines.c: layout, valid UTF-8, into *out, whose text is the caller's
 * to release.  ERR_NOMEM only. */
enum error_code
pdf_lines(struct span layout, struct arena *a, struct pdf_text *out);

/* pdf_table.c: tell the cells of tables, and put them row by row; size is that
 * of most of the text.  ERR_NOMEM only. */
enum error_code
pdf_tables(struct pdf_text *t, float size, struct arena *a);

/*
 * layout into blocks; title, authors and dates into doc and dates.  What
 * stands at the edge of most pages is a header or footer, lines become
 * paragraphs, words parted at the end of a line are whole, rows of short lines
 * far apart are a table.  ERR_NOMEM only.
 */
enum error_code
pdf_read(const struct parse_words *w, struct span layout, struct blocks *b,
	struct document *doc, struct dates *dates);

#endif

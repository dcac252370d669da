#include "extract/rules.h"

#include "unit.h"

/* "[" city "]", "{" day "}", "<" land ">"; "|": there the dateline ends. */
static const struct row {
	const char *name, *text;
} rows[] = {
	{ "capitals", "[GRAZ] |- The city is" },
	{ "a sentence behind a dash", "[Graz] |\xe2\x80\x93 The city is" },
	{ "an insert behind a dash", "[Graz] - the old town - is" },
	{ "no dash", "[Graz] is a member" },
	{ "a compound", "[Graz]-based firms" },
	{ "a day", "[GRAZ], {3 May} |- Ten cities" },
	{ "a day and a colon", "[Leeds], {4 May 2025}|: The firm" },
	{ "a day and a full stop", "[Leeds], {4 May 2025}|. The firm" },
	{ "a day alone", "[Leeds], {4 May 2025}|" },
	{ "a day in a sentence", "[Leeds], {4 May 2025} the firm" },
	{ "a town and a colon", "[Leeds]: the firm" },
	{ "capitals and a full stop", "[GRAZ]|. The council" },
	{ "small letters and a full stop", "[Graz]. The council" },
	{ "a domain", "[GRAZ].example has it" },
	{ "two letters", "[AA]. The council" },
	{ "letters beyond ASCII", "[NARD\xc3\x92]|. The council" },
	{ "an agency", "[Quito] (Agencia Andina)|.- Ecuador" },
	{ "an agency and a day", "[Lima], {3 mayo} (EFE)|.- The city" },
	{ "strokes", "[LIMA], QC, le {3 mai} /CNW/ |- The firm" },
	{ "a stroke that is not closed", "[LIMA], /CNW - The firm" },
	{ "two dashes", "[LIMA], {3 May} /PRNewswire/ |-- The firm" },
	{ "a state with full stops", "[LIMA], N.S., {3 May} |- The firm" },
	{ "a land and a day", "[Thi\xc3\xa8s] (<Senegal>), le {4 juin} |- He" },
	{ "a land", "[Graz], <Austria> - Music" },
	{ "a land in brackets", "[Graz] (<Austria>) - Music" },
	{ "an open bracket", "[Graz] (AFP - Music" },
	{ "a bracket that is open for long",
		"[Graz] (0123456789012345678901234567890123456789 - Music" },
	{ "two towns", "[London], [Nairobi] ({3 May}) |- The mayors" },
	{ "a stroke between towns", "[LIMA]/[MADRID] (EFE) |- The mayors" },
	{ "a word before the day", "[Graz], am {3. Mai} |- Die Stadt" },
	{ "a word before none", "[Graz], die Stadt - The" },
	{ "two names", "[Graz] and [Linz], {3 May} |- The" },
	{ "two names without a day", "[Graz] and [Linz] - The" },
	{ "a long word", "[Graz] today, {3 May} - The" },
	{ "behind a quotation mark", "\"[Graz], {3 May} |- The" },
	{ "not in front", "In [Graz], {3 May} - The" },
	{ "a land in front", "<Austria>, {3 May} - The" },
	{ "only an end", "[Graz]" },
	{ "an empty text", "" },
};

struct read {
	char text[256];
	struct mention list[8];
	struct scan scan;
	size_t end; /* 0: there is none */
};

static void
read_row(const struct row *row, struct read *out)
{
	static const char open[] = "[{<", close[] = "]}>";
	static const enum mention_type types[] = { MENTION_CITY, MENTION_DATE,
		MENTION_COUNTRY };
	size_t n = 0;

	*out = (struct read){ .end = 0 };
	for (const char *p = row->text; *p != '\0'; p++) {
		const char *begins = strchr(open, *p);
		struct mention *m = &out->list[out->scan.n];

		if (begins != NULL) {
			m->type = types[begins - open];
			m->start = (uint32_t)n;
		} else if (strchr(close, *p) != NULL) {
			m->end = (uint32_t)n;
			m->text = span_of(out->text + m->start, n - m->start);
			out->scan.n++;
		} else if (*p == '|')
			out->end = n;
		else
			out->text[n++] = *p;
	}
	out->scan.list = out->list;
}

static void
it_is_what_stands_in_front(void **state)
{
	(void)state;
	for (size_t i = 0; i < ROWS(rows); i++) {
		struct read r;
		struct block block = { .type = BLOCK_PARAGRAPH };
		struct document doc = { .blocks = &block, .nblocks = 1 };
		uint32_t start;

		read_row(&rows[i], &r);
		doc.text = span_str(r.text);
		block.end = (uint32_t)doc.text.len;
		r.scan.doc = &doc;
		start = r.scan.n > 0 ? r.list[0].start : 0;
		CHECK_ROW(rows[i].name,
			dateline_has(&r.scan, start) == (r.end > 0));
		if (r.end == 0)
			continue;
		CHECK_ROW(rows[i].name,
			dateline_has(&r.scan, (uint32_t)r.end - 1));
		CHECK_ROW(
			rows[i].name, !dateline_has(&r.scan, (uint32_t)r.end));
	}
}

/* Far in, however long its block is; and without any block. */
static void
it_has_an_end(void **state)
{
	char text[256];
	struct mention list[2] = { { .type = MENTION_CITY, .end = 4 },
		{ .type = MENTION_DATE, .start = 6, .end = 90 } };
	struct block block = { .type = BLOCK_PARAGRAPH, .end = 200 };
	struct document doc = { .blocks = &block, .nblocks = 1 };
	struct scan s = { .doc = &doc, .list = list, .n = 2 };

	(void)state;
	memset(text, 'x', sizeof text);
	memcpy(text, "Graz, ", 6);
	memcpy(text + 90, " - ", 3);
	doc.text = span_of(text, 200);
	assert_true(dateline_has(&s, 0));
	list[1].end = 120;
	memset(text + 90, 'x', 3);
	memcpy(text + 120, " - ", 3);
	assert_false(dateline_has(&s, 0));
	doc.nblocks = 0;
	assert_false(dateline_has(&s, 0));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_is_what_stands_in_front),
		cmocka_unit_test(it_has_an_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

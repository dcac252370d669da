/* records between processes: the same as their NDJSON */
#include "core_records.h"

#include <stdlib.h>
#include <string.h>

static struct buffer frames, one, two;

static void
put(const struct record *r)
{
	assert_int_equal(wire_put(r, arena, &frames, NULL), OK);
}

static enum error_code
take(struct span bytes, struct record *r)
{
	struct error err = { 0 };
	enum error_code code = wire_take(&bytes, arena, r, &err);

	if (code != OK)
		assert_true(err.msg[0] != '\0');
	return code;
}

static void
as_json(const struct record *r, struct buffer *out)
{
	buffer_reset(out);
	assert_int_equal(record_encode(r, out, NULL), OK);
}

static void
every_kind_comes_back(void **state)
{
	struct span rest;
	struct record r, again;

	(void)state;
	buffer_reset(&frames);
	for (int k = 0; k < RECORD_KINDS; k++) {
		fill_record(&r, (enum record_kind)k);
		put(&r);
	}
	rest = buffer_span(&frames);
	for (int k = 0; k < RECORD_KINDS; k++) {
		fill_record(&r, (enum record_kind)k);
		assert_int_equal(wire_take(&rest, arena, &again, NULL), OK);
		as_json(&r, &one);
		as_json(&again, &two);
		assert_string_equal(one.ptr, two.ptr);
	}
	assert_int_equal(rest.len, 0);
}

/* What the ledger gets does not depend on the way it came. */
static void
reals_are_as_in_json(void **state)
{
	static const double reals[] = { 0, -0.0, 1, 0.5, -0.25, 47.06667,
		1.0 / 3, 2.0 / 3 * 100, 0.1234567890123, -179.99999999999, 1e-9,
		123456789.123456, 1e17, 5e-324, -1e299 };

	(void)state;
	for (size_t i = 0; i < ROWS(reals); i++) {
		struct claim_feature f = { "a", reals[i] };
		struct claim c = claims[0], back = { 0 };
		struct record r, again;

		fill_record(&r, RECORD_EXTRACTION);
		c.features = &f;
		c.nfeatures = 1;
		r.extraction.claims = &c;
		buffer_reset(&frames);
		put(&r);
		assert_int_equal(take(buffer_span(&frames), &again), OK);
		buffer_reset(&one);
		assert_int_equal(claim_features_encode(&c, &one, NULL), OK);
		assert_int_equal(claim_features_decode(
					 buffer_span(&one), arena, &back, NULL),
			OK);
		if (back.features[0].value !=
			again.extraction.claims[0].features[0].value)
			fail_msg("%.17g", reals[i]);
	}
}

/* Mentions are kept as they come; what was packed twice is the same. */
static void
mentions_are_packed_once(void **state)
{
	struct record r, again;

	(void)state;
	fill_record(&r, RECORD_EXTRACTION);
	buffer_reset(&frames);
	put(&r);
	assert_int_equal(take(buffer_span(&frames), &again), OK);
	buffer_reset(&one);
	assert_int_equal(mentions_pack(again.extraction.mentions,
				 again.extraction.nmentions, arena, &one, NULL),
		OK);
	assert_true(span_eq(buffer_span(&one), again.extraction.packed));
}

/* Each changes one record, so that it is none. */
static void
no_text(struct record *r)
{
	r->page.url = NULL;
}

static void
bad_text(struct record *r)
{
	r->page.url = "\xFF";
}

static void
path(struct record *r)
{
	r->page.archive.file = "../x";
}

static void
status(struct record *r)
{
	r->page.status = 1000;
}

static void
negative(struct record *r)
{
	r->page.bytes = -1;
}

static void
far_time(struct record *r)
{
	r->page.fetched_at = INT64_C(253402300800);
}

static void
no_date(struct record *r)
{
	r->document.published.edtf = "soon";
}

static void
other_text(struct record *r)
{
	r->document.text = span_str("Linz");
}

static void
backward_block(struct record *r)
{
	static struct block b = { .start = 3, .end = 2 };

	r->document.blocks = &b;
	r->document.nblocks = 1;
}

static void
many_dates(struct record *r)
{
	static struct doc_date list[RECORD_DATES_MAX + 1];

	r->document.dates = list;
	r->document.ndates = RECORD_DATES_MAX + 1;
}

static struct claim claim;
static struct claim_arg arg;
static struct claim_feature feature;

static struct claim *
one_claim(struct record *r)
{
	claim = claims[0];
	r->extraction.claims = &claim;
	return &claim;
}

static void
bad_kind(struct record *r)
{
	one_claim(r)->kind = CLAIM_KINDS;
}

static void
bad_arg(struct record *r)
{
	arg = (struct claim_arg){ .mention = -1 };
	one_claim(r)->args = &arg;
	claim.nargs = 1;
}

static void
both_arg(struct record *r)
{
	arg = (struct claim_arg){ .mention = 1, .value = "v", .basis = "b" };
	one_claim(r)->args = &arg;
	claim.nargs = 1;
}

static void
no_basis(struct record *r)
{
	arg = (struct claim_arg){ .mention = -1, .value = "v" };
	one_claim(r)->args = &arg;
	claim.nargs = 1;
}

static void
bad_feature(struct record *r)
{
	feature = (struct claim_feature){ "a\"b", 1 };
	one_claim(r)->features = &feature;
	claim.nfeatures = 1;
}

static void
no_real(struct record *r)
{
	one_claim(r)->confidence = 1e308 * 10;
}

static void
bad_mention(struct record *r)
{
	static struct mention m;

	m = mentions[0];
	m.end = m.start;
	r->extraction.mentions = &m;
	r->extraction.nmentions = 1;
}

static void
taking_is_strict(void **state)
{
	static const struct {
		const char *name;
		enum record_kind kind;
		void (*spoil)(struct record *r);
	} cases[] = {
		{ "no text", RECORD_PAGE, no_text },
		{ "bad text", RECORD_PAGE, bad_text },
		{ "path", RECORD_PAGE, path },
		{ "status", RECORD_PAGE, status },
		{ "negative", RECORD_PAGE, negative },
		{ "far time", RECORD_PAGE, far_time },
		{ "no date", RECORD_DOCUMENT, no_date },
		{ "other text", RECORD_DOCUMENT, other_text },
		{ "backward block", RECORD_DOCUMENT, backward_block },
		{ "many dates", RECORD_DOCUMENT, many_dates },
		{ "bad kind", RECORD_EXTRACTION, bad_kind },
		{ "bad arg", RECORD_EXTRACTION, bad_arg },
		{ "both arg", RECORD_EXTRACTION, both_arg },
		{ "no basis", RECORD_EXTRACTION, no_basis },
		{ "bad feature", RECORD_EXTRACTION, bad_feature },
		{ "no real", RECORD_EXTRACTION, no_real },
		{ "bad mention", RECORD_EXTRACTION, bad_mention },
	};

	(void)state;
	for (size_t i = 0; i < ROWS(cases); i++) {
		struct record r, again;

		fill_record(&r, cases[i].kind);
		buffer_reset(&frames);
		put(&r);
		CHECK_ROW(cases[i].name,
			take(buffer_span(&frames), &again) == OK);
		cases[i].spoil(&r);
		buffer_reset(&frames);
		put(&r);
		CHECK_ROW(cases[i].name,
			take(buffer_span(&frames), &again) == ERR_FORMAT);
	}
}

/* Frames that end too soon, or go on behind their record. */
static void
lengths_are_exact(void **state)
{
	struct record r, again;
	char *copy;

	(void)state;
	fill_record(&r, RECORD_EXTRACTION);
	buffer_reset(&frames);
	put(&r);
	for (size_t len = 1; len < frames.len; len++) {
		struct span rest = span_sub(buffer_span(&frames), 0, len);

		assert_int_equal(
			wire_take(&rest, arena, &again, NULL), ERR_FORMAT);
		assert_int_equal(rest.len, 0);
		if (len < WIRE_LENGTH)
			continue;
		/* And with a length that agrees; sanitizers look on. */
		copy = arena_strndup(arena, frames.ptr, len);
		wire_length_put(copy, len - WIRE_LENGTH);
		assert_int_equal(take(span_of(copy, len), &again), ERR_FORMAT);
	}
	buffer_add_char(&frames, 0);
	wire_length_put(frames.ptr, frames.len - WIRE_LENGTH);
	assert_int_equal(take(buffer_span(&frames), &again), ERR_FORMAT);
}

static void
a_record_has_a_cap(void **state)
{
	char *text = malloc(RECORD_LINE_MAX + 1);
	struct record r;
	struct error err = { 0 };

	(void)state;
	memset(text, 'a', RECORD_LINE_MAX);
	text[RECORD_LINE_MAX] = '\0';
	fill_record(&r, RECORD_PROBLEM);
	r.problem.message = text;
	buffer_reset(&frames);
	assert_int_equal(wire_put(&r, arena, &frames, &err), ERR_LIMIT);
	assert_int_equal(frames.len, 0);
	text[RECORD_LINE_MAX - 64] = '\0';
	assert_int_equal(wire_put(&r, arena, &frames, &err), OK);
	free(text);
}

static int
open_all(void **state)
{
	buffer_init(&frames, 2 * RECORD_LINE_MAX);
	buffer_init(&one, RECORD_LINE_MAX);
	buffer_init(&two, RECORD_LINE_MAX);
	return setup(state);
}

static int
close_all(void **state)
{
	buffer_release(&frames);
	buffer_release(&one);
	buffer_release(&two);
	return teardown(state);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_kind_comes_back),
		cmocka_unit_test(reals_are_as_in_json),
		cmocka_unit_test(mentions_are_packed_once),
		cmocka_unit_test(taking_is_strict),
		cmocka_unit_test(lengths_are_exact),
		cmocka_unit_test(a_record_has_a_cap),
	};

	return cmocka_run_group_tests(tests, open_all, close_all);
}

#include "raws.h"

#include <stdlib.h>

#include "rules.h"

struct raws {
	pcre2_code *list[RAWS_MAX];
	char *texts[RAWS_MAX];
	size_t n;
	pcre2_match_context *context;
};

struct raws *
raws_new(void)
{
	struct raws *r = calloc(1, sizeof *r);

	if (r == NULL)
		return NULL;
	r->context = pcre2_match_context_create(NULL);
	if (r->context == NULL) {
		free(r);
		return NULL;
	}
	pcre2_set_match_limit(r->context, RAW_MATCH_LIMIT);
	return r;
}

void
raws_free(struct raws *r)
{
	if (r == NULL)
		return;
	for (size_t i = 0; i < r->n; i++) {
		pcre2_code_free(r->list[i]);
		free(r->texts[i]);
	}
	pcre2_match_context_free(r->context);
	free(r);
}

/* As UTF-16; how many units, or 0: it is too long, or no UTF-8. */
static size_t
widen(struct span text, PCRE2_UCHAR out[RAW_UNITS])
{
	size_t n = 0, len;

	for (size_t i = 0; i < text.len; i += len) {
		uint32_t cp;

		len = utf8_decode(text, i, &cp);
		if (len == 0 || n + 2 > RAW_UNITS)
			return 0;
		if (cp >= 0x10000) {
			out[n++] = (PCRE2_UCHAR)(0xD7C0 + (cp >> 10));
			out[n++] = (PCRE2_UCHAR)(0xDC00 + (cp & 0x3FF));
		} else {
			out[n++] = (PCRE2_UCHAR)cp;
		}
	}
	return n;
}

enum error_code
raws_add(struct raws *r, struct span regex, size_t *number, struct error *err)
{
	PCRE2_UCHAR wide[RAW_UNITS];
	const size_t n = widen(regex, wide);
	int why;
	PCRE2_SIZE at;
	pcre2_code *code;

	for (size_t i = 0; i < r->n; i++)
		if (span_eq_str(regex, r->texts[i])) {
			*number = i;
			return OK;
		}
	if (n == 0)
		return error_set(err, ERR_CONFIG,
			"too long between slashes, or nothing");
	if (r->n == RAWS_MAX)
		return error_set(err, ERR_CONFIG, "too many \"/.../\"");
	/* A callout or a byte inside of it would be none of ours. */
	code = pcre2_compile(wide, n,
		PCRE2_UTF | PCRE2_UCP | PCRE2_ANCHORED | PCRE2_ENDANCHORED |
			PCRE2_NEVER_BACKSLASH_C,
		&why, &at, NULL);
	if (code == NULL)
		return error_set(err, ERR_CONFIG,
			"no regular expression /%.*s/: wrong at character %zu",
			(int)regex.len, regex.ptr, at + 1);
	r->texts[r->n] = strndup(regex.ptr, regex.len);
	if (r->texts[r->n] == NULL) {
		pcre2_code_free(code);
		return error_set(err, ERR_NOMEM, "rules");
	}
	*number = r->n;
	r->list[r->n++] = code;
	return OK;
}

int
raws_ask(const struct raws *r, pcre2_match_data *data,
	const struct annotated *n, struct span text,
	const pcre2_callout_block *b)
{
	PCRE2_UCHAR wide[RAW_UNITS];
	const size_t unit = b->current_position - 1;
	size_t number = 0, len;

	for (size_t i = 0; i < b->callout_string_length; i++)
		number = 10 * number + (size_t)(b->callout_string[i] - '0');
	if (number >= r->n || b->current_position == 0 || unit >= n->len)
		return 1;
	len = widen(span_sub(text, n->at[unit], n->to[unit]), wide);
	return len > 0 && pcre2_match(r->list[number], wide, len, 0, 0, data,
				  r->context) >= 0
		       ? 0
		       : 1;
}

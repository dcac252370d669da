#include "rules.h"

#include <ctype.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>

#include "memo.h"

#define FIRST_LINE "%dateline-rules 1"

struct reader {
	struct rules *rules;
	const char *file;
	const char *language; /* of its examples, or NULL */
	int line;
	char *text;		 /* of the line's key */
	struct rule *rule;	 /* open, or NULL */
	struct frame *frame;	 /* open, or NULL */
	struct frame_line *used; /* of a frame that the rule uses, or NULL */
	struct error *err;
	/* Of the open rule, which gets them when it is closed. */
	struct rule_pattern patterns[RULE_MATCHES_MAX];
	size_t npatterns;
	struct rule_pattern unless[RULE_UNLESS_MAX];
	size_t nunless;
	struct example examples[RULE_EXAMPLES_MAX];
	size_t nexamples;
};

static enum error_code
fail(struct reader *r, const char *what, const char *seen)
{
	return error_set(r->err, ERR_CONFIG, "%s:%d: %s \"%s\"", r->file,
		r->line, what, seen);
}

static enum error_code
no_memory(struct reader *r)
{
	return error_set(r->err, ERR_NOMEM, "rules");
}

/* The frame's line again, as a rule before had it, unless it reads otherwise
 * here. */
static bool
use_again(struct reader *r, struct rule_pattern *p)
{
	const struct frame_line *used = r->used;

	if (used == NULL || used->made == NULL ||
		used->words_of != vocabulary_end(r->rules->vocabulary) ||
		!pattern_same(r->rules, used->made))
		return false;
	*p = *used->made;
	p->line = r->line;
	return true;
}

static enum error_code
keep_for_others(struct reader *r, const struct rule_pattern *p)
{
	struct frame_line *used = r->used;

	if (used == NULL)
		return OK;
	if (used->made == NULL)
		used->made = arena_alloc(r->rules->arena, sizeof *used->made);
	if (used->made == NULL)
		return no_memory(r);
	*used->made = *p;
	used->words_of = vocabulary_end(r->rules->vocabulary);
	return OK;
}

static enum error_code
compile(struct reader *r, const char *text, const char *why,
	struct rule_pattern *p)
{
	enum error_code code;

	if (use_again(r, p))
		return OK;
	*p = (struct rule_pattern){ .line = r->line, .why = why };
	code = pattern_compile(r->rules, text, p, r->err);
	p->number = r->rules->npatterns++;
	if (code == ERR_CONFIG)
		(void)error_wrap(r->err, "%s:%d", r->file, r->line);
	return code == OK ? keep_for_others(r, p) : code;
}

static enum error_code
add_pattern(struct reader *r, const char *text)
{
	if (r->npatterns == RULE_MATCHES_MAX)
		return fail(r, "too many patterns in", r->rule->id);
	return compile(r, text, NULL, &r->patterns[r->npatterns++]);
}

static enum error_code
rule_key(struct reader *r, const char *key, const char *text);

static struct frame *
find_frame(const struct rules *rules, struct span name)
{
	for (size_t i = rules->nframes; i-- > 0;)
		if (span_eq_str(name, rules->frames[i].name))
			return &rules->frames[i];
	return NULL;
}

static bool
push_let(struct rules *rules, struct span name, struct span text)
{
	struct let *let = arena_alloc(rules->arena, sizeof *let);

	if (let == NULL)
		return false;
	*let = (struct let){
		.above = rules->scope,
		.name = arena_span(rules->arena, name),
		.text = arena_strndup(rules->arena, text.ptr, text.len),
		.piece = arena_array(rules->arena, 1, sizeof(*let->piece)),
	};
	if (let->name.ptr == NULL || let->text == NULL || let->piece == NULL)
		return false;
	rules->scope = let;
	rules->nlets++;
	return true;
}

/* "HOLE=pattern; HOLE=pattern" as lets. */
static enum error_code
fill_holes(struct reader *r, const char *text)
{
	struct rules *rules = r->rules;

	while (*text != '\0') {
		const char *end = strstr(text, "; "), *eq = strchr(text, '=');
		size_t len = end != NULL ? (size_t)(end - text) : strlen(text);

		if (eq == NULL || eq >= text + len ||
			rules->nlets == RULES_LETS_MAX)
			return fail(r, "wanted \"HOLE=pattern\", got", text);
		if (!push_let(rules, span_of(text, (size_t)(eq - text)),
			    span_of(eq + 1, (size_t)(text + len - eq - 1))))
			return no_memory(r);
		text += len + (end != NULL ? 2 : 0);
	}
	return OK;
}

/* "KIND|KIND within N" */
static enum error_code
after_key(struct reader *r, const char *text)
{
	size_t len = strcspn(text, " ");
	struct span kinds = span_of(text, len), name;
	struct span rest = span_str(text + len);
	long long within = 0;

	while (kinds.len > 0 && span_split(&kinds, '|', &name)) {
		enum claim_kind kind;

		if (!claim_kind_find(name, &kind))
			return fail(r, "no such kind", text);
		r->rule->after |= 1u << kind;
	}
	if (rest.len > 0 && (!span_starts_with(rest, " within ") ||
				    !span_int(span_sub(rest, 8, rest.len), 0,
					    AFTER_MAX, &within)))
		return fail(r, "wanted \"within N\", at most 20, got", text);
	r->rule->after_within = (unsigned)within;
	return OK;
}

/* "PATTERN => why" */
static enum error_code
add_unless(struct reader *r, const char *text)
{
	const char *why = strstr(text, " => ");
	char *pattern;

	if (why == NULL || why[4] == '\0')
		return fail(
			r, "wanted \"unless PATTERN => reason\", got", text);
	if (r->nunless == RULE_UNLESS_MAX)
		return fail(r, "too many \"unless\" in", r->rule->id);
	pattern = arena_strndup(r->rules->arena, text, (size_t)(why - text));
	if (pattern == NULL)
		return no_memory(r);
	return compile(r, pattern, why + 4, &r->unless[r->nunless++]);
}

/* "FRAME HOLE=pattern; ...": the frame's patterns, its holes filled. */
static enum error_code
use_frame(struct reader *r, const char *text)
{
	struct rules *rules = r->rules;
	size_t len = strcspn(text, " "), lets = rules->nlets;
	struct let *scope = rules->scope;
	struct frame *f = find_frame(rules, span_of(text, len));
	enum error_code code;

	if (f == NULL)
		return fail(r, "no such frame", text);
	code = fill_holes(r, text + len + (text[len] == ' '));
	for (size_t i = 0; code == OK && i < f->n; i++) {
		r->used = &f->lines[i];
		code = rule_key(r, r->used->key, r->used->text);
	}
	r->used = NULL;
	rules->scope = scope;
	rules->nlets = lets;
	return code;
}

/* The line itself is kept, cut before "=>". */
static enum error_code
add_example(struct reader *r, enum example_kind kind)
{
	char *want = strstr(r->text, " => ");

	if (r->nexamples == RULE_EXAMPLES_MAX)
		return fail(r, "too many examples in", r->rule->id);
	if (want != NULL)
		*want = '\0';
	r->examples[r->nexamples++] = (struct example){
		.kind = kind,
		.line = r->line,
		.text = r->text,
		.want = want != NULL ? want + 4 : "",
	};
	return OK;
}

static enum error_code
add_value(struct reader *r, const struct rule_value *v)
{
	struct rule *rule = r->rule;

	if (rule->nvalues == RULE_VALUES_MAX)
		return fail(r, "too many values in", rule->id);
	rule->values[rule->nvalues++] = *v;
	return OK;
}

/* The slot before a character of text; *rest is behind it. */
static enum error_code
read_slot(struct reader *r, const char *text, char end, enum slot *slot,
	const char **rest)
{
	const char *at = strchr(text, end);

	if (at == NULL || !slot_find(span_of(text, (size_t)(at - text)), slot))
		return fail(r, "wanted a slot first, got", text);
	*rest = at + 1;
	return OK;
}

static enum error_code
set_key(struct reader *r, const char *text)
{
	struct rule_value v = { .what = VALUE_CONSTANT };
	enum error_code code;

	if (strcmp(text, "status=same") == 0) {
		r->rule->same = true;
		return OK;
	}
	if (strncmp(text, "status=", 7) == 0)
		return status_find(span_str(text + 7), &r->rule->status)
			       ? OK
			       : fail(r, "no such status", text + 7);
	if (strncmp(text, "polarity=", 9) == 0) {
		r->rule->polarity_set = true;
		return polarity_find(span_str(text + 9), &r->rule->polarity)
			       ? OK
			       : fail(r, "no such polarity", text + 9);
	}
	code = read_slot(r, text, '=', &v.slot, &v.constant);
	return code == OK ? add_value(r, &v) : code;
}

static const char *const default_names[DEFAULTS] = {
	[DEFAULT_DOC_DATE] = "doc.date",
	[DEFAULT_DOC_NETWORK] = "doc.network",
	[DEFAULT_DOC_CITY] = "doc.city",
	[DEFAULT_DOC_ORGANISATION] = "doc.organisation",
	[DEFAULT_DOC_SUBJECT] = "doc.subject",
	[DEFAULT_SENTENCE_SUBJECT] = "sentence.subject",
	[DEFAULT_NONE] = "none",
};

const char *
rules_default_word(size_t i)
{
	return i < DEFAULTS ? default_names[i] : NULL;
}

/* "network=doc.network" */
static enum error_code
default_key(struct reader *r, const char *text)
{
	struct rule_value v = { .what = VALUE_DEFAULT };
	const char *from = "";
	enum error_code code = read_slot(r, text, '=', &v.slot, &from);

	if (code != OK)
		return code;
	for (int i = 0; i < DEFAULTS; i++)
		if (strcmp(from, default_names[i]) == 0) {
			v.from = (enum default_from)i;
			return add_value(r, &v);
		}
	return fail(r, "no such default", from);
}

/* "2..400" */
static bool
read_range(const char *text, int64_t *lo, int64_t *hi)
{
	const char *dots = strstr(text, "..");
	long long a, b;

	if (dots == NULL ||
		!span_int(span_of(text, (size_t)(dots - text)), -1000000000,
			1000000000, &a) ||
		!span_int(span_str(dots + 2), -1000000000, 1000000000, &b) ||
		a > b)
		return false;
	*lo = a;
	*hi = b;
	return true;
}

/* "count 2..400" */
static enum error_code
guard_key(struct reader *r, const char *text)
{
	struct rule_value v = { .what = VALUE_GUARD };
	const char *range = "";
	enum error_code code = read_slot(r, text, ' ', &v.slot, &range);

	if (code != OK)
		return code;
	if (!read_range(range, &v.lo, &v.hi))
		return fail(r, "wanted \"LO..HI\", got", range);
	return add_value(r, &v);
}

/* "date DATE -1..2" */
static enum error_code
fill_key(struct reader *r, const char *text)
{
	struct rule_value v = { .what = VALUE_FILL };
	const char *types = "", *range;
	enum error_code code = read_slot(r, text, ' ', &v.slot, &types);

	if (code != OK)
		return code;
	range = strchr(types, ' ');
	if (range == NULL ||
		!pattern_types(
			span_of(types, (size_t)(range - types)), &v.symbols))
		return fail(r, "wanted \"fill SLOT TYPES LO..HI\", got", text);
	if (!read_range(range + 1, &v.lo, &v.hi) || v.lo < -FILL_BLOCKS_MAX ||
		v.hi > FILL_BLOCKS_MAX)
		return fail(r, "wanted blocks \"LO..HI\", at most 20 away, got",
			range + 1);
	return add_value(r, &v);
}

static enum error_code
kind_key(struct reader *r, const char *text)
{
	return claim_kind_find(span_str(text), &r->rule->kind)
		       ? OK
		       : fail(r, "no such kind", text);
}

static enum error_code
confidence_key(struct reader *r, const char *text)
{
	char *end;

	r->rule->confidence = strtod(text, &end);
	return *end == '\0' && r->rule->confidence > 0 &&
			       r->rule->confidence <= 1
		       ? OK
		       : fail(r, "no number in 0..1", text);
}

static enum error_code
yes_key(struct reader *r, const char *text)
{
	(void)text; /* it is the line's */
	return add_example(r, EXAMPLE_YES);
}

static enum error_code
no_key(struct reader *r, const char *text)
{
	(void)text; /* it is the line's */
	return add_example(r, EXAMPLE_NO);
}

static enum error_code
live_key(struct reader *r, const char *text)
{
	(void)text; /* it is the line's */
	return add_example(r, EXAMPLE_LIVE);
}

static enum error_code
todo_key(struct reader *r, const char *text)
{
	(void)text; /* it is the line's */
	return add_example(r, EXAMPLE_TODO);
}

static const struct {
	const char *name;
	enum error_code (*read)(struct reader *r, const char *text);
} rule_keys[] = {
	{ "kind", kind_key },
	{ "match", add_pattern },
	{ "use", use_frame },
	{ "after", after_key },
	{ "unless", add_unless },
	{ "guard", guard_key },
	{ "set", set_key },
	{ "default", default_key },
	{ "fill", fill_key },
	{ "confidence", confidence_key },
	{ "yes", yes_key },
	{ "no", no_key },
	{ "live", live_key },
	{ "todo", todo_key },
};

const char *
rules_key_word(size_t i)
{
	return i < sizeof rule_keys / sizeof *rule_keys ? rule_keys[i].name
							: NULL;
}

static enum error_code
rule_key(struct reader *r, const char *key, const char *text)
{
	for (size_t i = 0; i < sizeof rule_keys / sizeof *rule_keys; i++)
		if (strcmp(key, rule_keys[i].name) == 0)
			return rule_keys[i].read(r, text);
	return fail(r, "unknown key", key);
}

/* The open rule gets what was read of it, as long as it is. */
static enum error_code
settle_rule(struct reader *r)
{
	struct arena *a = r->rules->arena;
	struct rule *rule = r->rule;

	rule->patterns = arena_array(a, r->npatterns, sizeof *rule->patterns);
	rule->unless = arena_array(a, r->nunless, sizeof *rule->unless);
	rule->examples = arena_array(a, r->nexamples, sizeof *rule->examples);
	if (rule->patterns == NULL || rule->unless == NULL ||
		rule->examples == NULL)
		return no_memory(r);
	rule->npatterns = r->npatterns;
	rule->nunless = r->nunless;
	rule->nexamples = r->nexamples;
	memcpy(rule->patterns, r->patterns,
		r->npatterns * sizeof *rule->patterns);
	memcpy(rule->unless, r->unless, r->nunless * sizeof *rule->unless);
	memcpy(rule->examples, r->examples,
		r->nexamples * sizeof *rule->examples);
	return OK;
}

/* A rule that shows neither what it reads nor what it leaves does not load. */
static enum error_code
close_rule(struct reader *r)
{
	bool seen[EXAMPLE_KINDS] = { false };
	int line = r->line;
	enum error_code code;

	if (r->rule == NULL)
		return OK;
	for (size_t i = 0; i < r->nexamples; i++)
		seen[r->examples[i].kind] = true;
	r->line = r->rule->line;
	if (r->rule->kind == CLAIM_KINDS)
		return fail(r, "no kind in rule", r->rule->id);
	if (r->npatterns == 0)
		return fail(r, "no match in rule", r->rule->id);
	if (r->rule->same && r->rule->after == 0)
		return fail(r, "status=same without after in", r->rule->id);
	if (!seen[EXAMPLE_YES] || !seen[EXAMPLE_NO] || !seen[EXAMPLE_LIVE])
		return fail(r, "a rule needs a yes, a no and a live; see",
			r->rule->id);
	code = settle_rule(r);
	r->rule = NULL;
	r->line = line;
	return code;
}

/* The list of rules with room for one more: for all that were counted. */
static struct rule *
make_room(struct rules *rules)
{
	if (rules->list == NULL && rules->nlearnt > 0) {
		rules->cap =
			rules->nlearnt < RULES_MAX ? rules->nlearnt : RULES_MAX;
		return arena_array(
			rules->arena, rules->cap, sizeof *rules->list);
	}
	return arena_grow(rules->arena, rules->list, rules->n, &rules->cap,
		sizeof *rules->list);
}

static enum error_code
open_rule(struct reader *r, const char *text)
{
	struct rules *rules = r->rules;
	char id[64];
	int version;
	size_t len;
	struct rule *list;
	uint32_t hash = MEMO_HASH_START;

	if (sscanf(text, "%63s %d", id, &version) != 2 || version < 1)
		return fail(r, "wanted \"rule ID VERSION\", got", text);
	len = strlen(id);
	for (size_t i = 0; i < len; i++)
		hash = memo_hash_add(hash, id[i]);
	for (size_t i = 0; i < rules->n; i++)
		if (rules->ids[i] == hash &&
			strncmp(rules->list[i].id, id, len) == 0 &&
			rules->list[i].id[len] == '@')
			return fail(r, "a second rule", id);
	if (rules->n == RULES_MAX)
		return fail(r, "too many rules at", id);
	list = make_room(rules);
	if (list == NULL)
		return no_memory(r);
	rules->list = list;
	r->npatterns = r->nunless = r->nexamples = 0;
	rules->ids[rules->n] = hash;
	r->rule = &list[rules->n++];
	*r->rule = (struct rule){ .file = r->file,
		.language = r->language,
		.line = r->line,
		.kind = CLAIM_KINDS,
		.confidence = 0.9 };
	r->rule->id = arena_printf(rules->arena, "%s@%d", id, version);
	return r->rule->id == NULL ? no_memory(r) : OK;
}

static enum error_code
open_frame(struct reader *r, const char *text)
{
	struct rules *rules = r->rules;
	struct frame *list = arena_grow(rules->arena, rules->frames,
		rules->nframes, &rules->frames_cap, sizeof *list);

	if (list == NULL)
		return no_memory(r);
	if (*text == '\0' || strchr(text, ' ') != NULL)
		return fail(r, "wanted \"frame NAME\", got", text);
	rules->frames = list;
	r->frame = &list[rules->nframes++];
	*r->frame = (struct frame){ .name = text };
	return OK;
}

/* A line of a frame, kept as it is until a rule uses it. */
static enum error_code
frame_key(struct reader *r, const char *key, const char *text)
{
	struct frame *f = r->frame;
	static const char *const keys[] = { "match", "unless", "guard" };

	if (f->n == RULES_FRAMES_MAX)
		return fail(r, "too many lines in frame", f->name);
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
		if (strcmp(key, keys[i]) != 0)
			continue;
		f->lines[f->n].key = keys[i];
		f->lines[f->n++].text = text;
		return OK;
	}
	return fail(r, "a frame has no", key);
}

static enum error_code
add_let(struct reader *r, const char *text)
{
	struct rules *rules = r->rules;
	const char *eq = strstr(text, " = ");

	if (eq == NULL || rules->nlets == RULES_LETS_MAX)
		return fail(r, "wanted \"let NAME = pattern\", got", text);
	return push_let(rules, span_of(text, (size_t)(eq - text)),
		       span_str(eq + 3))
		       ? OK
		       : no_memory(r);
}

static enum error_code
add_discard(struct reader *r, const char *text)
{
	struct rules *rules = r->rules;
	struct discard *d = &rules->discards[rules->ndiscards];

	if (*text == '\0')
		return fail(r, "wanted \"discard PATTERN\", got", text);
	if (rules->ndiscards == RULES_DISCARDS_MAX)
		return fail(r, "too many \"discard\" at", text);
	rules->ndiscards++;
	d->file = r->file;
	d->language = r->language;
	return compile(r, text, NULL, &d->pattern);
}

static const struct {
	const char *name;
	enum error_code (*open)(struct reader *r, const char *text);
} stanzas[] = {
	{ "rule", open_rule },
	{ "frame", open_frame },
	{ "let", add_let },
	{ "discard", add_discard },
};

const char *
rules_stanza_word(size_t i)
{
	return i < sizeof stanzas / sizeof *stanzas ? stanzas[i].name : NULL;
}

static enum error_code
read_line(struct reader *r, struct span line)
{
	char key[32];
	char *text;
	size_t len = 0, kept;
	bool indented = line.len > 0 && isspace((unsigned char)line.ptr[0]);
	enum error_code code;

	line = span_trim(line);
	if (line.len == 0 || line.ptr[0] == '#')
		return OK;
	while (len < line.len && !isspace((unsigned char)line.ptr[len]))
		len++;
	kept = len < sizeof key ? len : sizeof key - 1;
	memcpy(key, line.ptr, kept);
	key[kept] = '\0';
	line = span_trim(span_sub(line, len, line.len));
	text = arena_strndup(r->rules->arena, line.ptr, line.len);
	if (text == NULL)
		return no_memory(r);
	r->text = text;
	if (indented && r->frame != NULL)
		return frame_key(r, key, text);
	if (indented)
		return r->rule == NULL ? fail(r, "no rule is open at", key)
				       : rule_key(r, key, text);
	r->frame = NULL;
	code = close_rule(r);
	if (code != OK)
		return code;
	for (size_t i = 0; i < sizeof stanzas / sizeof *stanzas; i++)
		if (strcmp(key, stanzas[i].name) == 0)
			return stanzas[i].open(r, text);
	return fail(r,
		"wanted \"rule\", \"frame\", \"let\" or \"discard\", got", key);
}

bool
rules_file_language(const char *path, char out[3])
{
	const char *name = strrchr(path, '/');

	name = name != NULL ? name + 1 : path;
	if (!isalpha((unsigned char)name[0]) ||
		!isalpha((unsigned char)name[1]) ||
		(name[2] != '.' && name[2] != '-'))
		return false;
	memcpy(out, name, 2);
	out[2] = '\0';
	return true;
}

/* No word goes over it. */
static const bool parts_words[UCHAR_MAX + 1] = {
	[' '] = true, ['('] = true, [')'] = true, ['|'] = true, ['?'] = true
};

/* What stands between spaces and brackets, each once: most of it stands in
 * many lines. */
static enum error_code
learn_line(struct rules *rules, struct span line)
{
	enum error_code code = OK;
	size_t at = 0;

	while (code == OK && at < line.len) {
		const size_t from = at;
		uint32_t hash = MEMO_HASH_START;
		struct span words;

		while (at < line.len &&
			!parts_words[(unsigned char)line.ptr[at]])
			hash = memo_hash_add(hash, line.ptr[at++]);
		words = span_sub(line, from, at++);
		if (words.len == 0 ||
			(rules->memo != NULL &&
				memo_get(rules->memo, words, hash) != NULL))
			continue;
		code = vocabulary_learn(rules->vocabulary, words);
		/* Where it has no room it is learnt again. */
		if (rules->memo != NULL)
			(void)memo_put(rules->memo, words, hash, "", 0);
	}
	return code;
}

enum error_code
rules_learn(struct rules *rules, struct span text)
{
	struct span line;
	enum error_code code = OK;

	while (code == OK && text.len > 0 && span_split(&text, '\n', &line)) {
		struct span rest = span_trim(line);

		rules->nlearnt += span_starts_with(line, "rule ");
		if (span_starts_with(rest, "match ") ||
			span_starts_with(rest, "unless ") ||
			span_starts_with(rest, "use ") ||
			span_starts_with(rest, "discard ") ||
			span_starts_with(rest, "let "))
			code = learn_line(rules, rest);
	}
	return code;
}

enum error_code
rules_read_learnt(struct rules *rules, struct span text, const char *path,
	struct error *err)
{
	struct reader r = { .rules = rules, .err = err };
	char language[3];
	struct span line;
	enum error_code code = OK;

	r.file = arena_strdup(rules->arena, path);
	if (rules_file_language(path, language))
		r.language = arena_strdup(rules->arena, language);
	if (r.file == NULL)
		return error_set(err, ERR_NOMEM, "rules");
	while (code == OK && text.len > 0 && span_split(&text, '\n', &line)) {
		r.line++;
		if (r.line == 1)
			code = span_eq_str(span_trim(line), FIRST_LINE)
				       ? OK
				       : fail(&r, "wanted first line",
						 FIRST_LINE);
		else
			code = read_line(&r, line);
	}
	return code == OK ? close_rule(&r) : code;
}

enum error_code
rules_read(struct rules *rules, struct span text, const char *path,
	struct error *err)
{
	if (rules_learn(rules, text) != OK)
		return error_set(err, ERR_NOMEM, "rules");
	return rules_read_learnt(rules, text, path, err);
}

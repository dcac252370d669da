/* EDTF, times, UTF-8 and YAML from the same bytes. */
#include <stdlib.h>
#include <string.h>

#include "core/core.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
require(bool ok)
{
	if (!ok)
		abort();
}

static void
check_edtf(struct span text)
{
	char out[EDTF_MAX], again[EDTF_MAX];
	struct edtf e, f;
	int64_t t;

	(void)time_parse(text, &t);
	if (!edtf_parse(text, &e))
		return;
	edtf_format(&e, out);
	require(span_eq_str(text, out));
	require(edtf_parse(span_str(out), &f));
	edtf_format(&f, again);
	require(!strcmp(out, again));
}

static void
check_utf8(struct span text)
{
	struct buffer repaired, folded;

	buffer_init(&repaired, 4 * text.len + 16);
	buffer_init(&folded, 64 * text.len + 64);
	require(utf8_repair(text, &repaired, NULL) == OK);
	require(utf8_valid_prefix(buffer_span(&repaired)) == repaired.len);
	require(utf8_fold_name(buffer_span(&repaired), &folded) == OK);
	require(utf8_valid_prefix(buffer_span(&folded)) == folded.len);
	buffer_reset(&folded);
	require(utf8_nfc(buffer_span(&repaired), &folded) == OK);
	require(utf8_valid_prefix(buffer_span(&folded)) == folded.len);
	buffer_release(&repaired);
	buffer_release(&folded);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct arena *arena;
	struct span text = span_of((const char *)data, size);
	struct yaml_node *root;

	if (arena == NULL)
		arena = arena_new(64 << 20);
	require(arena != NULL);
	arena_reset(arena);
	check_edtf(text);
	check_utf8(text);
	(void)yaml_parse(text, "fuzz", arena, &root, NULL);
	return 0;
}

/* What patterns call mentions. */
#include "rules.h"

static const struct {
	const char *name;
	uint32_t bits;
} types[] = {
	{ "CITY", 1u << 0 },
	{ "REGION", 1u << 1 },
	{ "COUNTRY", 1u << 2 },
	{ "DATE", 1u << 4 },
	{ "NETWORK", 1u << 5 },
	{ "TITLE", 1u << 6 },
	{ "ORGANISATION", 1u << 7 },
	{ "PERSON", 1u << 8 },
	{ "ROLE", 1u << 9 },
	{ "EVENT", 1u << 10 },
	{ "NATIONALITY", 1u << SYMBOL_NATIONALITY },
	{ "COUNT.member", 7u << 16 },
	{ "COUNT.old", 1u << 16 },
	{ "COUNT.new", 1u << 17 },
	{ "COUNT.others", 1u << 18 },
	{ "COUNT.country", 1u << 19 },
	{ "COUNT.people", 1u << 20 },
	{ "COUNT.partner", 1u << 21 },
	{ "COUNT.bare", 1u << 22 },
	{ "COUNT.ordinal", 1u << 23 },
	{ "COUNT", 0x7fu << 16 },
};

bool
pattern_types(struct span names, uint32_t *symbols)
{
	struct span field;

	*symbols = 0;
	while (names.len > 0 && span_split(&names, '|', &field)) {
		uint32_t was = *symbols;

		for (size_t i = 0; i < sizeof types / sizeof *types; i++)
			if (span_eq_str(field, types[i].name))
				*symbols |= types[i].bits;
		if (*symbols == was)
			return false;
	}
	return *symbols != 0;
}

const char *
pattern_type_word(size_t i)
{
	return i < sizeof types / sizeof *types ? types[i].name : NULL;
}

const char *
pattern_type_name(unsigned symbol)
{
	for (size_t i = 0; i < sizeof types / sizeof *types; i++)
		if (types[i].bits == 1u << symbol)
			return types[i].name;
	return "...";
}

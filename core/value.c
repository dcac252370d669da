#include "value.h"

static const char *const mention_types[MENTION_TYPES] = {
	[MENTION_CITY] = "city",
	[MENTION_REGION] = "region",
	[MENTION_COUNTRY] = "country",
	[MENTION_COUNT] = "count",
	[MENTION_DATE] = "date",
	[MENTION_NETWORK] = "network",
	[MENTION_TITLE] = "title",
	[MENTION_ORGANISATION] = "organisation",
	[MENTION_PERSON] = "person",
	[MENTION_ROLE] = "role",
	[MENTION_EVENT] = "event",
};

static const char *const claim_kinds[CLAIM_KINDS] = {
	[CLAIM_MEMBERSHIP] = "membership",
	[CLAIM_COHORT] = "cohort",
	[CLAIM_NETWORK_TOTAL] = "network_total",
	[CLAIM_MEMBER_LIST] = "member_list",
	[CLAIM_EXCLUSIVITY] = "exclusivity",
	[CLAIM_EVENT] = "event",
	[CLAIM_OFFICE_HOLDER] = "office_holder",
	[CLAIM_NOMINATION] = "nomination",
	[CLAIM_AWARD] = "award",
	[CLAIM_PARTNER_COUNT] = "partner_count",
	[CLAIM_PROGRAMME_LAUNCH] = "programme_launch",
};

static const char *const statuses[STATUSES] = {
	[STATUS_NONE] = "",
	[STATUS_JOINED] = "joined",
	[STATUS_MEMBER] = "member",
	[STATUS_FOUNDING_MEMBER] = "founding_member",
	[STATUS_ASSOCIATE_MEMBER] = "associate_member",
	[STATUS_DESIGNATED] = "designated",
	[STATUS_RENEWED] = "renewed",
	[STATUS_REINSTATED] = "reinstated",
	[STATUS_CANDIDATE] = "candidate",
	[STATUS_NOMINATED] = "nominated",
	[STATUS_APPLIED] = "applied",
	[STATUS_UNSUCCESSFUL] = "unsuccessful",
	[STATUS_SUSPENDED] = "suspended",
	[STATUS_EXCLUDED] = "excluded",
	[STATUS_WITHDRAWN] = "withdrawn",
	[STATUS_LOST] = "lost",
	[STATUS_EXPIRED] = "expired",
};

static const enum status_group status_groups[STATUSES] = {
	[STATUS_NONE] = GROUP_NONE,
	[STATUS_JOINED] = GROUP_IN,
	[STATUS_MEMBER] = GROUP_IN,
	[STATUS_FOUNDING_MEMBER] = GROUP_IN,
	[STATUS_ASSOCIATE_MEMBER] = GROUP_IN,
	[STATUS_DESIGNATED] = GROUP_IN,
	[STATUS_RENEWED] = GROUP_IN,
	[STATUS_REINSTATED] = GROUP_IN,
	[STATUS_CANDIDATE] = GROUP_PENDING,
	[STATUS_NOMINATED] = GROUP_PENDING,
	[STATUS_APPLIED] = GROUP_PENDING,
	[STATUS_UNSUCCESSFUL] = GROUP_UNSUCCESSFUL,
	[STATUS_SUSPENDED] = GROUP_OUT,
	[STATUS_EXCLUDED] = GROUP_OUT,
	[STATUS_WITHDRAWN] = GROUP_OUT,
	[STATUS_LOST] = GROUP_OUT,
	[STATUS_EXPIRED] = GROUP_OUT,
};

static const char *const polarities[POLARITIES] = {
	[POLARITY_ASSERTED] = "asserted",
	[POLARITY_PLANNED] = "planned",
	[POLARITY_HYPOTHETICAL] = "hypothetical",
	[POLARITY_NEGATED] = "negated",
};

static const char *const bounds[BOUNDS] = {
	[BOUND_EXACT] = "exact",
	[BOUND_AT_LEAST] = "at_least",
	[BOUND_MORE_THAN] = "more_than",
	[BOUND_APPROX] = "approx",
	[BOUND_AT_MOST] = "at_most",
	[BOUND_LESS_THAN] = "less_than",
};

static const char *const zones[ZONES] = {
	[ZONE_TITLE] = "title",
	[ZONE_HEADER] = "header",
	[ZONE_BODY] = "body",
	[ZONE_TEASER] = "teaser",
	[ZONE_COMMENT] = "comment",
	[ZONE_FOOTER] = "footer",
};

static const char *const block_types[BLOCK_TYPES] = {
	[BLOCK_TITLE] = "title",
	[BLOCK_HEADING] = "heading",
	[BLOCK_PARAGRAPH] = "paragraph",
	[BLOCK_ITEM] = "item",
	[BLOCK_QUOTE] = "quote",
	[BLOCK_CELL] = "cell",
	[BLOCK_CAPTION] = "caption",
	[BLOCK_BYLINE] = "byline",
	[BLOCK_DATELINE] = "dateline",
	[BLOCK_FOOTER] = "footer",
};

static const char *const slots[SLOTS] = {
	[SLOT_SUBJECT] = "subject",
	[SLOT_NETWORK] = "network",
	[SLOT_COUNT] = "count",
	[SLOT_COUNTRIES] = "countries",
	[SLOT_SCOPE] = "scope",
	[SLOT_ORDINAL] = "ordinal",
	[SLOT_DATE] = "date",
	[SLOT_PLACE] = "place",
	[SLOT_PERSON] = "person",
	[SLOT_ROLE] = "role",
	[SLOT_ORGANISATION] = "organisation",
	[SLOT_EVENT] = "event",
	[SLOT_MEMBER] = "member",
};

/* Index of name in table, or -1. */
static int
find(struct span name, const char *const *table, int n)
{
	for (int i = 0; i < n; i++)
		if ((name.len == 0 || table[i][0] == name.ptr[0]) &&
			span_eq_str(name, table[i]))
			return i;
	return -1;
}

/* X_name() and X_find() of one table. */
#define NAMES(prefix, type, table, count)                                      \
	const char *prefix##_name(type v)                                      \
	{                                                                      \
		return (unsigned)v < (count) ? (table)[v] : "unknown";         \
	}                                                                      \
	bool prefix##_find(struct span name, type *out)                        \
	{                                                                      \
		int i = find(name, table, count);                              \
		if (i >= 0)                                                    \
			*out = (type)i;                                        \
		return i >= 0;                                                 \
	}

NAMES(mention_type, enum mention_type, mention_types, MENTION_TYPES)
NAMES(claim_kind, enum claim_kind, claim_kinds, CLAIM_KINDS)
NAMES(status, enum status, statuses, STATUSES)
NAMES(polarity, enum polarity, polarities, POLARITIES)
NAMES(bound, enum bound, bounds, BOUNDS)
NAMES(zone, enum zone, zones, ZONES)
NAMES(block_type, enum block_type, block_types, BLOCK_TYPES)
NAMES(slot, enum slot, slots, SLOTS)

enum status_group
status_group(enum status s)
{
	return (unsigned)s < STATUSES ? status_groups[s] : GROUP_NONE;
}

enum mention_form
mention_form(enum mention_type t)
{
	switch (t) {
	case MENTION_CITY:
	case MENTION_REGION:
	case MENTION_COUNTRY:
		return FORM_PLACE;
	case MENTION_COUNT:
		return FORM_COUNT;
	case MENTION_DATE:
		return FORM_DATE;
	case MENTION_NETWORK:
	case MENTION_TITLE:
	case MENTION_ORGANISATION:
	case MENTION_PERSON:
	case MENTION_ROLE:
	case MENTION_EVENT:
	case MENTION_TYPES:
		break;
	}
	return FORM_NAME;
}

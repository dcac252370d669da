/*
 * The vocabulary of claims: every closed list of names that records carry.
 * Each list is one table in value.c; X_name() never gives NULL, X_find()
 * is false for a name that is not in the table.
 */
#ifndef DL_CORE_VALUE_H
#define DL_CORE_VALUE_H

#include <stdbool.h>
#include <stdint.h>

#include "span.h"

enum mention_type {
	MENTION_CITY,
	MENTION_REGION,
	MENTION_COUNTRY,
	MENTION_COUNT,
	MENTION_DATE,
	MENTION_NETWORK,
	MENTION_TITLE, /* a member title: "UNESCO learning city" */
	MENTION_ORGANISATION,
	MENTION_PERSON,
	MENTION_ROLE,
	MENTION_EVENT,
	MENTION_TYPES
};

/* What a mention of a type is understood as. */
enum mention_form { FORM_PLACE, FORM_COUNT, FORM_DATE, FORM_NAME };

enum claim_kind {
	CLAIM_MEMBERSHIP,
	CLAIM_COHORT,
	CLAIM_NETWORK_TOTAL,
	CLAIM_MEMBER_LIST,
	CLAIM_EXCLUSIVITY,
	CLAIM_EVENT,
	CLAIM_OFFICE_HOLDER,
	CLAIM_NOMINATION,
	CLAIM_AWARD,
	CLAIM_PARTNER_COUNT,
	CLAIM_PROGRAMME_LAUNCH,
	CLAIM_KINDS
};

enum status {
	STATUS_NONE,
	STATUS_JOINED,
	STATUS_MEMBER,
	STATUS_FOUNDING_MEMBER,
	STATUS_ASSOCIATE_MEMBER,
	STATUS_DESIGNATED,
	STATUS_RENEWED,
	STATUS_REINSTATED,
	STATUS_CANDIDATE,
	STATUS_NOMINATED,
	STATUS_APPLIED,
	STATUS_UNSUCCESSFUL,
	STATUS_SUSPENDED,
	STATUS_EXCLUDED,
	STATUS_WITHDRAWN,
	STATUS_LOST,
	STATUS_EXPIRED,
	STATUSES
};

/* What a status says of the membership itself. */
enum status_group {
	GROUP_NONE,
	GROUP_IN,
	GROUP_OUT,
	GROUP_PENDING,
	GROUP_UNSUCCESSFUL
};

enum polarity {
	POLARITY_ASSERTED,
	POLARITY_PLANNED,
	POLARITY_HYPOTHETICAL,
	POLARITY_NEGATED,
	POLARITIES
};

enum bound {
	BOUND_EXACT,
	BOUND_AT_LEAST,
	BOUND_MORE_THAN,
	BOUND_APPROX,
	BOUND_AT_MOST,
	BOUND_LESS_THAN,
	BOUNDS
};

enum zone {
	ZONE_TITLE,
	ZONE_HEADER,
	ZONE_BODY,
	ZONE_TEASER,
	ZONE_COMMENT,
	ZONE_FOOTER,
	ZONES
};

enum block_type {
	BLOCK_TITLE,
	BLOCK_HEADING,
	BLOCK_PARAGRAPH,
	BLOCK_ITEM,
	BLOCK_QUOTE,
	BLOCK_CELL,
	BLOCK_CAPTION,
	BLOCK_BYLINE,
	BLOCK_DATELINE,
	BLOCK_FOOTER,
	BLOCK_TYPES
};

/* What a rule may bind.  The flat form has a column for each. */
enum slot {
	SLOT_SUBJECT,
	SLOT_NETWORK,
	SLOT_COUNT,
	SLOT_COUNTRIES,
	SLOT_SCOPE,
	SLOT_ORDINAL,
	SLOT_DATE,
	SLOT_PLACE,
	SLOT_PERSON,
	SLOT_ROLE,
	SLOT_ORGANISATION,
	SLOT_EVENT,
	SLOT_MEMBER, /* may repeat: the members of a list, in order */
	SLOTS
};

const char *
mention_type_name(enum mention_type t);
bool
mention_type_find(struct span name, enum mention_type *out);
enum mention_form
mention_form(enum mention_type t);
const char *
claim_kind_name(enum claim_kind k);
bool
claim_kind_find(struct span name, enum claim_kind *out);
/* STATUS_NONE has the name "". */
const char *
status_name(enum status s);
bool
status_find(struct span name, enum status *out);
enum status_group
status_group(enum status s);
const char *
polarity_name(enum polarity p);
bool
polarity_find(struct span name, enum polarity *out);
const char *
bound_name(enum bound b);
bool
bound_find(struct span name, enum bound *out);
const char *
zone_name(enum zone z);
bool
zone_find(struct span name, enum zone *out);
const char *
block_type_name(enum block_type t);
bool
block_type_find(struct span name, enum block_type *out);
const char *
slot_name(enum slot s);
bool
slot_find(struct span name, enum slot *out);

#endif

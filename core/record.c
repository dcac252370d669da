#include "record.h"

static const char *const record_kinds[RECORD_KINDS] = {
	[RECORD_TASK] = "task",
	[RECORD_PAGE] = "page",
	[RECORD_LINK] = "link",
	[RECORD_DOCUMENT] = "document",
	[RECORD_EXTRACTION] = "extraction",
	[RECORD_PROBLEM] = "problem",
};

static const char *const count_classes[COUNT_CLASSES] = {
	[COUNT_OTHER] = "other",
	[COUNT_MEMBER] = "member",
	[COUNT_COUNTRY] = "country",
	[COUNT_PEOPLE] = "people",
	[COUNT_PARTNER] = "partner",
	[COUNT_ORDINAL] = "ordinal",
	[COUNT_PERCENT] = "percent",
	[COUNT_MONEY] = "money",
	[COUNT_BARE] = "bare",
};

static const char *const link_rels[LINK_RELS] = {
	[LINK_PAGE] = "page",
	[LINK_LISTING] = "listing",
	[LINK_GUESS] = "guess",
};

const char *
record_kind_name(enum record_kind k)
{
	return (unsigned)k < RECORD_KINDS ? record_kinds[k] : "unknown";
}

bool
record_kind_find(struct span name, enum record_kind *out)
{
	for (int i = 0; i < RECORD_KINDS; i++)
		if (span_eq_str(name, record_kinds[i])) {
			*out = (enum record_kind)i;
			return true;
		}
	return false;
}

const char *
link_rel_name(enum link_rel r)
{
	return (unsigned)r < LINK_RELS ? link_rels[r] : "unknown";
}

bool
link_rel_find(struct span name, enum link_rel *out)
{
	for (int i = 0; i < LINK_RELS; i++)
		if (span_eq_str(name, link_rels[i])) {
			*out = (enum link_rel)i;
			return true;
		}
	return false;
}

const char *
count_class_name(enum count_class c)
{
	return (unsigned)c < COUNT_CLASSES ? count_classes[c] : "unknown";
}

bool
count_class_find(struct span name, enum count_class *out)
{
	for (int i = 0; i < COUNT_CLASSES; i++)
		if (span_eq_str(name, count_classes[i])) {
			*out = (enum count_class)i;
			return true;
		}
	return false;
}

const struct claim_arg *
claim_arg(const struct claim *c, enum slot slot)
{
	for (size_t i = 0; i < c->nargs; i++)
		if (c->args[i].slot == slot)
			return &c->args[i];
	return NULL;
}

#include "tags.h"

static const struct {
	const char *name;
	enum flow flow;
} tags[] = {
	[TAG_A] = { "a", FLOW_INLINE },
	[TAG_ADDRESS] = { "address", FLOW_BLOCK },
	[TAG_ARTICLE] = { "article", FLOW_BLOCK },
	[TAG_ASIDE] = { "aside", FLOW_BLOCK },
	[TAG_BLOCKQUOTE] = { "blockquote", FLOW_QUOTE },
	[TAG_BODY] = { "body", FLOW_BLOCK },
	[TAG_BR] = { "br", FLOW_BREAK },
	[TAG_BUTTON] = { "button", FLOW_BLOCK },
	[TAG_CAPTION] = { "caption", FLOW_CAPTION },
	[TAG_CENTER] = { "center", FLOW_BLOCK },
	[TAG_DD] = { "dd", FLOW_ITEM },
	[TAG_DETAILS] = { "details", FLOW_BLOCK },
	[TAG_DIALOG] = { "dialog", FLOW_BLOCK },
	[TAG_DIR] = { "dir", FLOW_BLOCK },
	[TAG_DIV] = { "div", FLOW_BLOCK },
	[TAG_DL] = { "dl", FLOW_BLOCK },
	[TAG_DT] = { "dt", FLOW_ITEM },
	[TAG_FIELDSET] = { "fieldset", FLOW_BLOCK },
	[TAG_FIGCAPTION] = { "figcaption", FLOW_CAPTION },
	[TAG_FIGURE] = { "figure", FLOW_BLOCK },
	[TAG_FOOTER] = { "footer", FLOW_BLOCK },
	[TAG_FORM] = { "form", FLOW_BLOCK },
	[TAG_H1] = { "h1", FLOW_HEADING },
	[TAG_H2] = { "h2", FLOW_HEADING },
	[TAG_H3] = { "h3", FLOW_HEADING },
	[TAG_H4] = { "h4", FLOW_HEADING },
	[TAG_H5] = { "h5", FLOW_HEADING },
	[TAG_H6] = { "h6", FLOW_HEADING },
	[TAG_HEAD] = { "head", FLOW_HIDDEN },
	[TAG_HEADER] = { "header", FLOW_BLOCK },
	[TAG_HR] = { "hr", FLOW_BLOCK },
	[TAG_HTML] = { "html", FLOW_BLOCK },
	[TAG_IMG] = { "img", FLOW_SPACE },
	[TAG_INPUT] = { "input", FLOW_SPACE },
	[TAG_LABEL] = { "label", FLOW_INLINE },
	[TAG_LEGEND] = { "legend", FLOW_BLOCK },
	[TAG_LI] = { "li", FLOW_ITEM },
	[TAG_LINK] = { "link", FLOW_HIDDEN },
	[TAG_MAIN] = { "main", FLOW_BLOCK },
	[TAG_MENU] = { "menu", FLOW_BLOCK },
	[TAG_META] = { "meta", FLOW_HIDDEN },
	[TAG_NAV] = { "nav", FLOW_BLOCK },
	[TAG_OL] = { "ol", FLOW_BLOCK },
	[TAG_OPTION] = { "option", FLOW_HIDDEN },
	[TAG_P] = { "p", FLOW_PARAGRAPH },
	[TAG_PRE] = { "pre", FLOW_PARAGRAPH },
	[TAG_SECTION] = { "section", FLOW_BLOCK },
	[TAG_SELECT] = { "select", FLOW_HIDDEN },
	[TAG_SUMMARY] = { "summary", FLOW_BLOCK },
	[TAG_TABLE] = { "table", FLOW_BLOCK },
	[TAG_TBODY] = { "tbody", FLOW_BLOCK },
	[TAG_TD] = { "td", FLOW_CELL },
	[TAG_TFOOT] = { "tfoot", FLOW_BLOCK },
	[TAG_TH] = { "th", FLOW_CELL },
	[TAG_THEAD] = { "thead", FLOW_BLOCK },
	[TAG_TIME] = { "time", FLOW_INLINE },
	[TAG_TITLE] = { "title", FLOW_HIDDEN },
	[TAG_TR] = { "tr", FLOW_BLOCK },
	[TAG_UL] = { "ul", FLOW_BLOCK },
};

enum tag
tags_find(const char *name)
{
	size_t lo = 0, hi = sizeof tags / sizeof *tags;

	while (lo < hi) {
		size_t mid = (lo + hi) / 2;
		int cmp = strcmp(name, tags[mid].name);

		if (cmp == 0)
			return (enum tag)mid;
		if (cmp < 0)
			hi = mid;
		else
			lo = mid + 1;
	}
	return TAG_OTHER;
}

enum flow
tags_flow(enum tag tag)
{
	return tag < TAG_OTHER ? tags[tag].flow : FLOW_INLINE;
}

struct span
tags_name(enum tag tag)
{
	return tag < TAG_OTHER ? span_str(tags[tag].name) : span_str("");
}

static bool
is_among(struct span name, const char *const *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if ((name.ptr[0] | 32) == list[i][0] &&
			span_ieq_str(name, list[i]))
			return true;
	return false;
}

bool
tags_is_void(struct span name)
{
	static const char *const voids[] = { "area", "base", "basefont", "br",
		"col", "embed", "frame", "hr", "img", "input", "isindex",
		"link", "meta", "param", "source", "track", "wbr" };

	return is_among(name, voids, sizeof voids / sizeof *voids);
}

bool
tags_ends_itself(struct span name)
{
	static const char *const list[] = { "body", "colgroup", "dd", "dt",
		"head", "html", "li", "option", "p", "tbody", "td", "tfoot",
		"th", "thead", "tr" };

	return is_among(name, list, sizeof list / sizeof *list);
}

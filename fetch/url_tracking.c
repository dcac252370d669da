/* Parameters that campaigns, mailers and advertisers hang on links. */
#include <string.h>

#include "url.h"

/* Whole names. */
static const char *const names[] = {
	"_bhlid",
	"_branch_match_id",
	"_branch_referrer",
	"_ga",
	"_gl",
	"_hsenc",
	"_hsmi",
	"_ke",
	"_kx",
	"_openstat",
	"at_campaign",
	"at_medium",
	"campaign_id",
	"dclid",
	"ef_id",
	"epik",
	"fb_action_ids",
	"fb_action_types",
	"fb_comment_id",
	"fb_ref",
	"fb_source",
	"fbclid",
	"gad_source",
	"gbraid",
	"gclid",
	"gclsrc",
	"hsctatracking",
	"igsh",
	"igshid",
	"irclickid",
	"li_fat_id",
	"mc_cid",
	"mc_eid",
	"mc_tc",
	"mkt_tok",
	"ml_subscriber",
	"ml_subscriber_hash",
	"msclkid",
	"ncid",
	"oft_id",
	"oly_anon_id",
	"oly_enc_id",
	"rb_clickid",
	"s_cid",
	"sc_cid",
	"sc_campaign",
	"srsltid",
	"ttclid",
	"twclid",
	"vero_conv",
	"vero_id",
	"wbraid",
	"wickedid",
	"wt_mc",
	"wt.mc_id",
	"xtor",
	"yclid",
	"ysclid",
};

/* How families of names begin. */
static const char *const families[] = { "utm_", "mtm_", "pk_", "piwik_",
	"matomo_", "hsa_", "itm_", "hmb_", "campaign_", "__hs", "ga_" };

bool
url_is_tracking(struct span name)
{
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (span_ieq_str(name, names[i]))
			return true;
	for (size_t i = 0; i < sizeof families / sizeof *families; i++)
		if (span_istarts_with(name, families[i]))
			return true;
	return false;
}

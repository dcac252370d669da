#include "trace.h"

const char *
refusal_words(enum refusal why)
{
	static const char *const words[REFUSALS] = {
		[REFUSED_UNLESS] = "unless",
		[REFUSED_GUARD] = "a guard",
		[REFUSED_AFTER] = "no claim before it",
		[REFUSED_POLARITY] = "left to another rule",
		[REFUSED_NOBODY] = "nobody it is said of",
		[REFUSED_NETWORK] = "no network known",
		[REFUSED_NO_MEMBER] =
			"said of who gives the title, or of a continent",
		[REFUSED_LIMIT] = "a limit",
	};

	return (unsigned)why < REFUSALS ? words[why] : "";
}

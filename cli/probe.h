/* What the probe verbs share. */
#ifndef DL_CLI_PROBE_H
#define DL_CLI_PROBE_H

#include "cli.h"

#define PROBE_FILE_MAX ((size_t)64 << 20)

/* One question: of the command line, or a line of a batch. */
struct probe_case {
	struct span body; /* of `file`, `body` or `hex`, or of stdin */
	const char *url;
	const char *base;
	const char *agent;
	const char *media_type;
	const char *charset;
	const char *language;
};

struct probe {
	struct arena *arena; /* of one case */
	struct buffer file;  /* its body */
	struct parse_words *words;
	struct parser *parser;
};

/* The members of an answer into out, an open object; what it cannot answer
 * is ERR_FORMAT with the reason. */
typedef enum error_code
probe_answer(struct probe *p, const struct probe_case *c, struct buffer *out,
	struct error *err);
/* The same for a person, as text; *refused counts answers that are a no. */
typedef enum error_code
probe_show(struct probe *p, const struct probe_case *c, struct buffer *out,
	int *refused, struct error *err);

struct probe_reader {
	probe_answer *answer;
	probe_show *show;
	bool urls;   /* the arguments are URLs, not a file */
	bool input;  /* there is a body: of a file or stdin */
	bool parser; /* it needs one */
};

/* The exit status of a probe verb. */
int
probe_run(const struct options *o, const struct probe_reader *r);

/* probe_feed.c */
probe_answer answer_feed, answer_sitemap;
probe_show show_feed, show_sitemap;

/* probe_discover.c */
probe_answer answer_discover;
probe_show show_discover;

#endif

/*
 * The registry of networks, config/networks.yaml: one list under "networks",
 * each with
 *
 *   id        short name, [a-z0-9-]: "unesco-gnlc"
 *   name      as claims print it
 *   aliases   language: [names]; letters' case, marks, plural "s", articles
 *             and "of" make no difference; "(a|b|)" stands for a, b or nothing
 *   acronyms  [GNLC]; as written, and in Romance languages, from five
 *             letters on, as a word behind another: "à Andifes"
 *   ambiguous [acronyms] that count only beside the name in one document
 *   titles    language: [titles a member bears]
 *   units scope homepage wikidata   text
 *
 * A name may stand for one thing only: twice is an error, unless it is one
 * of several that alternatives make for one network.
 */
#ifndef DL_EXTRACT_NETWORKS_H
#define DL_EXTRACT_NETWORKS_H

#include "names_lexicon.h"
#include "scan.h"

#define NETWORKS_MAX	     1024  /* networks of one registry */
#define NETWORKS_NAMES_MAX   16384 /* names, acronyms and titles */
#define NETWORKS_ALIASES_MAX 64	   /* in one language of one network */
#define NETWORKS_WAYS_MAX    256   /* names of one alias with alternatives */
#define NETWORKS_ALIAS_BYTES 512   /* of one of them */

enum network_form {
	NETWORK_NAME,
	NETWORK_ACRONYM,
	NETWORK_AMBIGUOUS,
	NETWORK_TITLE
};

struct network_name {
	uint32_t network; /* index */
	enum network_form form;
	const char *surface; /* as written in the file */
	int line, column;
};

struct networks {
	struct network_info *list;
	size_t n, cap;
	struct network_name *names; /* name 0 is none */
	size_t nnames, names_cap;
	struct name_trie trie; /* over stems; kinds: 1, value: name */
};

/*
 * Read the registry into nw; the words go into lx.  ERR_CONFIG with
 * file:line:column, ERR_IO, ERR_LIMIT, ERR_NOMEM.
 */
enum error_code
networks_load(struct networks *nw, struct lexicon *lx, const char *path,
	struct hash *version, struct error *err);
enum error_code
networks_read(struct networks *nw, struct lexicon *lx, struct span text,
	const char *path, struct error *err);

#endif

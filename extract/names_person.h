/*
 * A person's name as a run of tokens, and what stands before it.
 * Private to extract.
 */
#ifndef DL_EXTRACT_NAMES_PERSON_H
#define DL_EXTRACT_NAMES_PERSON_H

#include "names_work.h"

/* Token i may be a word of a name: no particle, none that a lexicon has. */
bool
person_word(const struct work *w, size_t i);
/* Token behind the name that begins at token i, or i. */
size_t
person_right(const struct work *w, size_t i);
/* First token of the name that ends before token end, or end. */
size_t
person_left(const struct work *w, size_t end);
/* How many of the tokens are full names: not "S.", not "de". */
size_t
person_full_words(const struct work *w, size_t first, size_t last);
/* A run of at least two names that is no place and no headline. */
bool
person_fits(const struct work *w, size_t first, size_t last);
/* "in Villa María, Mayor ...": a place stands behind such words. */
bool
person_is_place(const struct work *w, size_t first);
bool
person_add(struct work *w, size_t first, size_t last, const char *rule);
/* Token behind "Prof. Dr." at i, or i; *surname: one name may follow it. */
size_t
person_honorifics(const struct work *w, size_t i, bool *surname);

#endif

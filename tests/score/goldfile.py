"""The form of a gold file, and how its values are compared as text.

A gold file is NDJSON, one document a line:

    {"doc_id": FILE NAME, "language": "en", "doc_date": EDTF,
     "unannotated_zones": ["teaser"], "network_names": {NAME: [NAME, ...]},
     "facts": [FACT, ...]}

`network_names` gives other names, in the text or usual, by which a claim may
call the network that the facts call NAME.

FACT has the keys of FACT_KEYS; what does not apply is left out.  Two keys need
a word.  `optional`: true marks a fact that need not be found and is not wrong
if it is.  `also` lists other readings that are as good: each is an object of
the values in which it differs from the fact.
"""

import functools
import json
import re
import unicodedata

KINDS = (
    "membership", "cohort", "network_total", "member_list", "exclusivity",
    "event", "office_holder", "nomination", "award", "partner_count",
    "programme_launch",
)
# Kinds of which every instance in a document is annotated.
COMPLETE_KINDS = (
    "membership", "cohort", "network_total", "member_list", "exclusivity",
    "programme_launch",
)
POLARITIES = ("asserted", "planned", "hypothetical", "negated")
ZONES = ("title", "header", "body", "teaser", "comment", "footer")
QUALIFIERS = ("exact", "at_least", "more_than", "approx", "at_most",
              "less_than")

# Two statuses of one class are two ways to say one thing ("designated" and
# "joined"); statuses of different classes are different facts.
STATUS_CLASS = {
    "joined": "in", "member": "in", "founding_member": "in",
    "associate_member": "in", "designated": "in",
    "renewed": "again", "reinstated": "again",
    "candidate": "pending", "nominated": "pending", "applied": "pending",
    "unsuccessful": "failed",
    "suspended": "out", "excluded": "out", "withdrawn": "out", "lost": "out",
    "expired": "out",
}

DOC_KEYS = {"doc_id", "language", "doc_date", "unannotated_zones",
            "network_names", "facts"}
FACT_KEYS = {
    "kind", "polarity", "zone", "subject", "subject_country", "network",
    "status", "count", "count_unit", "count_qualifier", "countries", "scope",
    "ordinal", "date", "place", "place_country", "person", "role",
    "organisation", "members", "attributed_to", "evidence", "optional", "also",
    "note",
}
REQUIRED_KEYS = {
    "membership": ("subject", "network", "status"),
    "cohort": ("network", "count"),
    "network_total": ("network", "count"),
    "member_list": ("network", "members"),
    "exclusivity": ("subject", "network"),
    "event": (),
    "office_holder": ("person", "role"),
    "nomination": ("subject", "organisation"),
    "award": ("subject", "network"),
    "partner_count": ("count",),
    "programme_launch": ("network",),
}

# The part of EDTF level 1 that the gold uses: a day, month, season (21-24),
# quarter (33-36) or year, the year perhaps unknown; or two of them.
_POINT = (r"(?:\d{4}|XXXX)(?:-(?:2[1-4]|3[3-6]|"
          r"(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?))?")
EDTF = re.compile(r"%s(?:/%s)?" % (_POINT, _POINT))


class BadInput(Exception):
    """Input that cannot be used; the message starts with file:line."""


@functools.cache
def fold(text):
    """Lower case, no diacritics, words of letters and digits, one space."""
    text = unicodedata.normalize("NFKD", str(text or "").casefold())
    text = "".join(c for c in text if not unicodedata.combining(c))
    # Letters that have no decomposition.
    text = text.translate(str.maketrans(
        {"ł": "l", "ø": "o", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe"}))
    return " ".join(re.findall(r"[^\W_]+", text))


def fold_space(text):
    """NFC, and every run of white space is one U+0020."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def read_lines(path):
    """Yield (line number, object) of an NDJSON file."""
    try:
        with open(path, encoding="utf-8") as f:
            for number, line in enumerate(f, 1):
                if not line.strip():
                    continue
                try:
                    value = json.loads(line)
                except ValueError as e:
                    raise BadInput("%s:%d: not JSON: %s" % (path, number, e))
                if not isinstance(value, dict):
                    raise BadInput("%s:%d: want an object, saw %s"
                                   % (path, number, type(value).__name__))
                yield number, value
    except UnicodeDecodeError as e:
        raise BadInput("%s:1: not UTF-8: %s" % (path, e))
    except OSError as e:
        raise BadInput("%s:0: %s" % (path, e.strerror))


def _is_count(value):
    return isinstance(value, int) and not isinstance(value, bool) \
        and value >= 0


def fact_problems(fact):
    """Say what is wrong with one fact, as a list of messages."""
    if not isinstance(fact, dict):
        return ["a fact is no object"]
    kind = fact.get("kind")
    if kind not in KINDS:
        return ["unknown kind %r" % (kind,)]
    out = ["unknown key %r" % k for k in sorted(set(fact) - FACT_KEYS)]
    out += ["%s without %r" % (kind, k)
            for k in ("polarity", "zone", "evidence") + REQUIRED_KEYS[kind]
            if fact.get(k) is None]
    if kind == "exclusivity" and fact.get("count") is None \
            and fact.get("ordinal") is None:
        out.append("exclusivity without 'count' or 'ordinal'")
    members = fact.get("members")
    if members is not None:
        if not isinstance(members, list) or \
                not all(isinstance(m, str) and m for m in members):
            out.append("'members' is no list of names")
        elif fact.get("count") != len(members):
            out.append("'count' is not the number of members")
    for key, allowed in (("polarity", POLARITIES), ("zone", ZONES),
                         ("status", STATUS_CLASS),
                         ("count_qualifier", QUALIFIERS)):
        if key in fact and fact[key] not in allowed:
            out.append("unknown %s %r" % (key, fact[key]))
    for key in ("count", "countries", "ordinal"):
        if key in fact and not _is_count(fact[key]):
            out.append("%r is no count" % key)
    for key in ("subject_country", "place_country"):
        if key in fact and not re.fullmatch("[A-Z]{2}", str(fact[key])):
            out.append("%r is no ISO 3166-1 alpha-2 code" % key)
    if "date" in fact and not EDTF.fullmatch(str(fact["date"])):
        out.append("date %r is not EDTF" % (fact["date"],))
    also = fact.get("also", [])
    if not isinstance(also, list) or \
            not all(isinstance(a, dict) and a for a in also):
        return out + ["'also' is no list of readings"]
    for reading in also:
        if "also" in reading:
            out.append("a reading has readings")
            continue
        merged = {k: v for k, v in fact.items() if k != "also"}
        merged.update(reading)
        out += ["also: " + m for m in fact_problems(merged) if m not in out]
    return out


def _names_problem(names):
    if isinstance(names, dict) and all(
            isinstance(v, list) and all(isinstance(n, str) and n for n in v)
            for v in names.values()):
        return []
    return ["'network_names' is no table of lists of names"]


def read_gold(path):
    """All documents of a gold file, in order; BadInput says what is wrong."""
    docs, seen = [], set()
    for number, doc in read_lines(path):
        where = "%s:%d" % (path, number)
        if not isinstance(doc.get("doc_id"), str) or \
                not isinstance(doc.get("facts"), list):
            raise BadInput(where + ": want doc_id and facts")
        problems = ["unknown key %r" % k for k in sorted(set(doc) - DOC_KEYS)]
        if doc["doc_id"] in seen:
            problems.append("doc_id %r is used twice" % doc["doc_id"])
        seen.add(doc["doc_id"])
        if doc.get("doc_date") and not EDTF.fullmatch(str(doc["doc_date"])):
            problems.append("doc_date %r is not EDTF" % doc["doc_date"])
        problems += ["unknown zone %r" % z
                     for z in doc.get("unannotated_zones", [])
                     if z not in ZONES]
        problems += _names_problem(doc.get("network_names", {}))
        for i, fact in enumerate(doc["facts"]):
            problems += ["fact %d: %s" % (i, m) for m in fact_problems(fact)]
        if problems:
            raise BadInput("%s: %s: %s"
                           % (where, doc["doc_id"], "; ".join(problems)))
        docs.append(doc)
    if not docs:
        raise BadInput("%s:0: no documents" % path)
    return docs

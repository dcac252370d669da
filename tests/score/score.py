#!/usr/bin/env python3
"""Score extracted claims against a gold file.

GOLD is described in goldfile.py.  CLAIMS holds one claim a line in the flat
form ("dateline extract --flat"); a claim belongs to the gold document that is
named by the last path segment of its `url`.

What is counted is propositions.  The gold facts of a document that say the
same thing are one proposition, and so are the claims that say it: the second
mention is neither right twice nor wrong.  A proposition is right when at least
one claim makes it, missed when none does; a claim that makes none of the
document's propositions is wrong, once however often it is repeated.

Two statements of one kind say the same when these agree:
  membership        subject, network, polarity, class of status
  cohort            network, count, polarity; countries where both have them
  network_total     the same, and scope
  member_list       network, polarity, and at least half of the gold's names
  exclusivity       subject, count or ordinal, scope, polarity; network
  event             ordinal, else first day, else place; polarity
  office_holder     person
  programme_launch  name; date where both have one
  nomination, award subject; organisation or network where both have them
  partner_count     count
The classes of status are in goldfile.py.  A headline, a header and the body are
one voice: a statement in a teaser, comment or footer is never the same as one
in that voice.

Not counted at all: optional facts, found or not; claims in a zone that the
document marks as unannotated; a membership claimed for a name of a gold list,
and a list claimed of the subjects of gold memberships (one content, two forms).
A gold list of which no list is claimed is found all the same when memberships are
claimed for half of its names.

Of what is right, further lines say whether the values agree:
  evidence   the claim's words and the gold's overlap
  date       right, wrong, missing, or invented (gold has none); a date that
             the claim marks as taken from the document's (date_basis: "in
             March" of a release of 2024) may be right, and invents nothing
  status     the very status, not only its class
  polarity   right, or found but with another polarity (and so wrong)
  country, bound, countries, role, attributed
  names      precision and recall of the names in lists

Kinds that are not annotated completely (event, office_holder, ...) are scored
only when named in --kinds; take their precision as a lower bound.

Exit status: 0 scored; 1 a --min is not met; 2 bad usage or bad input.
"""

import argparse
import collections
import json
import sys
import urllib.parse

from goldfile import BadInput, COMPLETE_KINDS, KINDS, POLARITIES
from goldfile import STATUS_CLASS, ZONES, fold, read_gold, read_lines
from statements import POLAR_KINDS, VOICE, Proposition, Statement
from statements import overlaps, says_same, share_network, share_words
from statements import verdict

CHECKS = ("evidence", "date", "status", "polarity", "country", "bound",
          "countries", "role", "attributed")
class Score:
    """The counts of a run."""

    def __init__(self):
        self.kinds = collections.defaultdict(collections.Counter)
        self.checks = {c: collections.Counter() for c in CHECKS}
        self.names = collections.Counter()
        self.unknown_documents = set()
        self.documents = 0
        self.errors = []

    def tell(self, what, doc_id, statement, **more):
        shown = {k: statement.raw[k] for k in (
            "kind", "subject", "network", "status", "polarity", "zone",
            "count", "ordinal", "countries", "scope", "date", "person",
            "members", "evidence", "rule") if statement.raw.get(k) is not None}
        shown.update(more)
        self.errors.append((what, doc_id, shown))

    def check(self, name, result, doc_id, prop, saw):
        if result is None:
            return
        self.checks[name][result] += 1
        if result != "right":
            self.tell("%s %s" % (name, result), doc_id, prop.first, saw=saw)


def check_values(score, doc_id, prop):
    """The value checks of a proposition that was found."""
    claims = prop.claims

    def said(key):
        return {c.get(key) for c in claims if c.get(key) is not None}

    words = [c.get("evidence") for c in claims if c.get("evidence")]
    names = set().union(*(f.names for f in prop.facts))
    good = any(overlaps(f.get("evidence"), w)
               for f in prop.facts for w in words) or any(
        n and " %s " % n in " %s " % fold(w) for n in names for w in words)
    score.check("evidence", "right" if good else "wrong" if words
                else "missing", doc_id, prop, words)

    # One that the document gives in whole or in part says nothing of its own
    # where the gold has none.
    dates = {c.date for c in claims if c.date and (
        c.get("date_basis") != "document" or prop.values("date"))}
    score.check("date", verdict(prop, "date", dates), doc_id, prop,
                sorted(dates))

    if prop.first.status:
        statuses = {c.status for c in claims}
        score.check("status", "right" if statuses & prop.values("status")
                    else "wrong", doc_id, prop, sorted(map(str, statuses)))
    if prop.first.kind in POLAR_KINDS:
        score.check("polarity", "right", doc_id, prop, None)
    if prop.required("subject_country"):
        score.check("country", verdict(prop, "subject_country",
                                       said("subject_country")),
                    doc_id, prop, sorted(said("subject_country")))
    if prop.required("countries"):
        score.check("countries", verdict(prop, "countries",
                                         said("countries")),
                    doc_id, prop, sorted(said("countries")))
    if prop.required("count_qualifier"):
        bounds = {c.bound for c in claims if c.bound}
        score.check("bound", verdict(prop, "count_qualifier", bounds),
                    doc_id, prop, sorted(bounds))
    if prop.first.kind == "office_holder":
        roles = said("role")
        score.check("role", "missing" if not roles else "right" if any(
            share_words(a, b) for a in roles for b in prop.values("role"))
            else "wrong", doc_id, prop, sorted(roles))
    if all(f.get("attributed_to") for f in prop.facts):
        who = said("attributed_to")
        score.check("attributed", "missing" if not who else "right" if any(
            share_words(a, b) for a in who
            for b in prop.values("attributed_to")) else "wrong",
            doc_id, prop, sorted(who))


def propositions(facts):
    """Gold facts, grouped into those that say the same."""
    out = []
    for fact in facts:
        for prop in out:
            # Lists are told apart by their names and stay apart.
            if fact.kind != "member_list" and says_same(prop.first, fact):
                prop.add(fact)
                break
        else:
            out.append(Proposition())
            out[-1].add(fact)
    return out


def attach(props, claim):
    """Give the claim to the proposition it makes; False if it makes none.

    A required proposition comes before an optional one, one whose date agrees
    before another, and one that nobody made yet before one already made.
    """
    fitting = [p for p in props if p.matches(claim)]
    if not fitting:
        return False
    if claim.kind == "member_list":  # one claim may tell two lists
        for prop in fitting:
            prop.claims.append(claim)
        return True
    best = max(fitting, key=lambda p: (
        not p.optional, claim.date in p.values("date"), not p.claims))
    best.claims.append(claim)
    return True


def same_content(facts, claim):
    """Is the claim in another form what the gold says?"""
    if claim.kind == "membership":
        return any(f.kind == "member_list" and claim.subject in f.names
                   and f.polarity == claim.polarity
                   and share_network(f, claim)
                   and claim.status_class == "in" for f in facts)
    if claim.kind == "member_list":
        subjects = {f.subject for f in facts if f.kind == "membership"
                    and f.polarity == claim.polarity
                    and share_network(f, claim)}
        return len(claim.names) > 1 and claim.names <= subjects
    return False


def tell_singly(props, claims):
    """Give lists that nothing told as such what memberships tell of them."""
    for prop in props:
        gold = prop.first
        if gold.kind != "member_list" or prop.claims:
            continue
        told = [c for c in claims if c.kind == "membership"
                and same_content([gold], c)]
        if told:
            prop.claims.append(Statement({
                **told[0].raw, "kind": "member_list",
                "members": [c.raw["subject"] for c in told]}))


def list_is_found(prop):
    """Half of a list's names make it found; an empty list must stay empty."""
    told = set().union(*(c.names for c in prop.claims)) if prop.claims else None
    if told is None:
        return False
    return len(prop.first.names & told) * 2 >= len(prop.first.names)


def score_names(score, props):
    """Names of lists: each list's gold names against those told of it.

    A claim that tells two lists is measured against both.
    """
    claims = []
    for prop in props:
        if prop.optional:
            continue
        told = set().union(*(c.names for c in prop.claims)) \
            if prop.claims else set()
        score.names["right"] += len(prop.first.names & told)
        score.names["missed"] += len(prop.first.names - told)
        claims += [c for c in prop.claims if c not in claims]
    for claim in claims:
        lists = [p.first.names for p in props if claim in p.claims]
        score.names["wrong"] += len(claim.names - set().union(*lists))


def score_document(score, doc, claims, kinds, zones):
    doc_id = doc["doc_id"]
    zones = zones - set(doc.get("unannotated_zones", []))
    facts = [Statement(f, doc.get("network_names")) for f in doc["facts"]]
    props = propositions(f for f in facts
                         if f.kind in kinds and f.zone in zones)
    # Other readings may be of another kind: keep all claims, judge the chosen.
    strays = [c for c in claims if c.zone in zones and not attach(props, c)]
    tell_singly(props, strays)

    for prop in props:
        kind = prop.first.kind
        found = list_is_found(prop) if kind == "member_list" \
            else bool(prop.claims)
        if prop.optional:
            continue
        if found:
            score.kinds[kind]["right"] += 1
            check_values(score, doc_id, prop)
            continue
        score.kinds[kind]["missed"] += 1
        score.tell("missed", doc_id, prop.first)
        if kind in POLAR_KINDS and not prop.claims:
            other = [c for c in strays if prop.matches(c, any_polarity=True)]
            if other:
                score.check("polarity", "wrong", doc_id, prop,
                            sorted({c.polarity for c in other}))
    score_names(score, [p for p in props if p.first.kind == "member_list"])

    wrong = []
    for claim in strays:
        if claim.kind not in kinds or same_content(facts, claim):
            continue
        if any(says_same(w, claim) for w in wrong):
            continue
        wrong.append(claim)
        score.kinds[claim.kind]["wrong"] += 1
        score.tell("wrong", doc_id, claim)
        if claim.kind == "member_list":
            score.names["wrong"] += len(claim.names)


def rates(counts):
    """precision, recall and F1 of right, wrong and missed."""
    right, wrong, missed = (counts[k] for k in ("right", "wrong", "missed"))
    p = right / (right + wrong) if right + wrong else 0.0
    r = right / (right + missed) if right + missed else 0.0
    return p, r, 2 * p * r / (p + r) if p + r else 0.0


def share(counts):
    total = sum(counts.values())
    return counts["right"] / total if total else 0.0


def claim_problem(raw):
    """What is wrong with a line of claims, or None."""
    for key in ("url", "kind"):
        if not isinstance(raw.get(key), str):
            return "claim without %r" % key
    if raw["kind"] not in KINDS:
        return None  # a kind this scorer does not know is not looked at
    for key, allowed in (("status", STATUS_CLASS), ("zone", ZONES),
                         ("polarity", POLARITIES)):
        value = raw.get(key)
        if value is not None and (not isinstance(value, str)
                                  or value not in allowed):
            return "unknown %s %r" % (key, value)
    for key in ("subject", "subject_country", "network", "network_name",
                "scope", "date", "date_basis", "place", "person", "role",
                "organisation", "bound", "attributed_to", "evidence"):
        if raw.get(key) is not None and not isinstance(raw[key], str):
            return "%r is no string" % key
    for key in ("count", "countries", "ordinal"):
        if raw.get(key) is not None and (isinstance(raw[key], bool)
                                         or not isinstance(raw[key], int)):
            return "%r is no whole number" % key
    members = raw.get("members")
    if members is not None and not (isinstance(members, list) and all(
            isinstance(m.get("name") if isinstance(m, dict) else m, str)
            for m in members)):
        return "'members' is no list of names"
    return None


def read_claims(path):
    """Claims by document name, in the file's order."""
    out = collections.defaultdict(list)
    for number, raw in read_lines(path):
        problem = claim_problem(raw)
        if problem:
            raise BadInput("%s:%d: %s" % (path, number, problem))
        name = urllib.parse.urlsplit(raw["url"]).path.rsplit("/", 1)[-1]
        if raw["kind"] in KINDS:
            out[urllib.parse.unquote(name)].append(Statement(raw))
    return out


def score_all(docs, claims, kinds=COMPLETE_KINDS, zones=VOICE):
    """Score claims (as from read_claims) against docs (as from read_gold)."""
    score = Score()
    for doc in docs:
        score.documents += 1
        score_document(score, doc, claims.get(doc["doc_id"], []),
                       set(kinds), set(zones))
    score.unknown_documents = set(claims) - {d["doc_id"] for d in docs}
    return score


def of_polarity(docs, claims, polarity):
    """The facts and the claims of one polarity.

    A fact which only another reading gives that polarity becomes optional.
    """
    def facts_of(doc):
        for fact in doc["facts"]:
            if fact["polarity"] == polarity:
                yield fact
                continue
            for reading in fact.get("also", []):
                if reading.get("polarity") == polarity:
                    plain = {k: v for k, v in fact.items() if k != "also"}
                    yield {**plain, **reading, "optional": True}
    return ([{**doc, "facts": list(facts_of(doc))} for doc in docs],
            {name: [c for c in said if c.polarity == polarity]
             for name, said in claims.items()})


def figures(score):
    """Everything that is measured, as plain values."""
    total = collections.Counter()
    for counts in score.kinds.values():
        total.update(counts)
    out = {"documents": score.documents,
           "unknown_documents": sorted(score.unknown_documents),
           "kinds": {}, "checks": {}}
    rows = [(k, score.kinds[k]) for k in KINDS if k in score.kinds]
    for name, counts in rows + [("all", total), ("names", score.names)]:
        p, r, f = rates(counts)
        out["kinds"][name] = {
            "right": counts["right"], "wrong": counts["wrong"],
            "missed": counts["missed"], "precision": p, "recall": r, "f1": f}
    for name, counts in score.checks.items():
        out["checks"][name] = {
            **{k: counts[k] for k in ("right", "wrong", "missing",
                                      "invented")}, "share": share(counts)}
    return out


def by_language(docs, claims, kinds, zones):
    """The figures of each language's documents alone, by language."""
    languages = sorted({d.get("language") or "?" for d in docs})
    out = {}
    for language in languages:
        part = [d for d in docs if (d.get("language") or "?") == language]
        names = {d["doc_id"] for d in part}
        out[language] = figures(score_all(
            part, {k: v for k, v in claims.items() if k in names},
            kinds, zones))
    return out


def unmet(found, minima):
    """The --min demands which the figures do not meet, as messages."""
    out = []
    for name, wanted in minima:
        if name in CHECKS:
            pairs = [("share", wanted[0])]
        else:
            pairs = zip(("precision", "recall"), wanted)
        row = found["checks" if name in CHECKS else "kinds"].get(name, {})
        for key, least in pairs:
            if row.get(key, 0.0) < least:
                out.append("%s: %s %.3f is below %g"
                           % (name, key, row.get(key, 0.0), least))
    return out


def parse_min(text):
    """KIND=P,R or CHECK=SHARE."""
    name, _, numbers = text.partition("=")
    try:
        wanted = [float(n) for n in numbers.split(",")]
    except ValueError:
        wanted = []
    if name in CHECKS:
        size = 1
    elif name in KINDS or name in ("all", "names"):
        size = 2
    else:
        raise argparse.ArgumentTypeError("unknown kind or check %r" % name)
    if len(wanted) != size or not all(0 <= n <= 1 for n in wanted):
        raise argparse.ArgumentTypeError(
            "%s wants %s from 0 to 1, saw %r"
            % (name, ("a share", "P,R")[size - 1], numbers))
    return name, wanted


def name_list(known, everything):
    """A parser of comma-separated names out of `known`, or "all"."""
    def parse(text):
        if text == "all":
            return tuple(everything)
        names = tuple(n for n in text.split(",") if n)
        bad = [n for n in names if n not in known]
        if bad or not names:
            raise argparse.ArgumentTypeError(
                "unknown %s; want some of %s"
                % (", ".join(bad) or "name", ",".join(known)))
        return names
    return parse


def report(found):
    for name, row in found["kinds"].items():
        if name == "names":
            continue
        print("%-17s right %4d  wrong %4d  missed %4d   P %.3f  R %.3f  "
              "F1 %.3f" % (name, row["right"], row["wrong"], row["missed"],
                           row["precision"], row["recall"], row["f1"]))
    print()
    for name, row in found["checks"].items():
        if any(row[k] for k in ("right", "wrong", "missing", "invented")):
            print("%-17s right %4d  wrong %4d  missing %3d  invented %3d   "
                  "share %.3f" % (name, row["right"], row["wrong"],
                                  row["missing"], row["invented"],
                                  row["share"]))
    row = found["kinds"]["names"]
    if row["right"] + row["wrong"] + row["missed"]:
        print("%-17s right %4d  wrong %4d  missed %4d   P %.3f  R %.3f  "
              "F1 %.3f" % ("names", row["right"], row["wrong"], row["missed"],
                           row["precision"], row["recall"], row["f1"]))
    if found["unknown_documents"]:
        print("claims about documents that are not in the gold: "
              + ", ".join(found["unknown_documents"]))


def report_languages(languages):
    """A line for each language and kind."""
    for language, found in languages.items():
        print()
        print("%s: %d documents" % (language, found["documents"]))
        for name, row in found["kinds"].items():
            print("  %-15s right %4d  wrong %4d  missed %4d   P %.3f  "
                  "R %.3f  F1 %.3f"
                  % (name, row["right"], row["wrong"], row["missed"],
                     row["precision"], row["recall"], row["f1"]))
        row = found["checks"]["polarity"]
        print("  %-15s right %4d  wrong %4d  share %.3f"
              % ("polarity", row["right"], row["wrong"], row["share"]))


def main(argv=None):
    parser = argparse.ArgumentParser(
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", metavar="GOLD")
    parser.add_argument("claims", metavar="CLAIMS.ndjson")
    parser.add_argument("--kinds", type=name_list(KINDS, KINDS),
                        default=COMPLETE_KINDS, metavar="K,K|all",
                        help="kinds to score (default: those annotated "
                             "completely, %s)" % ",".join(COMPLETE_KINDS))
    parser.add_argument("--zones", type=name_list(ZONES, ZONES),
                        default=VOICE, metavar="Z,Z|all",
                        help="zones to score (default: %s)" % ",".join(VOICE))
    parser.add_argument("--min", type=parse_min, action="append", default=[],
                        metavar="KIND=P,R",
                        help="least precision and recall of a kind, of all or "
                             "of names; or CHECK=SHARE; may be repeated")
    parser.add_argument("--errors", type=int, default=0, metavar="N",
                        help="print the first N errors")
    parser.add_argument("--polarity", choices=POLARITIES,
                        help="only facts and claims of this polarity")
    parser.add_argument("--by-language", action="store_true",
                        help="also the figures of each language alone")
    parser.add_argument("--json", action="store_true",
                        help="print the figures as one JSON object")
    args = parser.parse_args(argv)
    languages = {}
    try:
        docs, claims = read_gold(args.gold), read_claims(args.claims)
        if args.polarity:
            docs, claims = of_polarity(docs, claims, args.polarity)
        score = score_all(docs, claims, args.kinds, args.zones)
        if args.by_language:
            languages = by_language(docs, claims, args.kinds, args.zones)
    except BadInput as e:
        print("score: %s" % e, file=sys.stderr)
        return 2
    found = figures(score)
    errors = score.errors[:max(args.errors, 0)]
    if args.json:
        found["errors"] = [{"error": w, "doc_id": d, **s}
                           for w, d, s in errors]
        if languages:
            found["languages"] = languages
        print(json.dumps(found, ensure_ascii=False))
    else:
        for what, doc_id, shown in errors:
            print("%s: %s: %s" % (doc_id, what,
                                  json.dumps(shown, ensure_ascii=False)))
        report(found)
        report_languages(languages)
    failed = unmet(found, args.min)
    for message in failed:
        print("score: " + message, file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
"""Tests of score.py, statements.py, goldfile.py and check_gold.py: each rule can fail."""

import contextlib
import io
import json
import os
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import check_gold  # noqa: E402
import goldfile    # noqa: E402
import score       # noqa: E402
import statements  # noqa: E402

GNLC = "UNESCO Global Network of Learning Cities"
UCCN = "UNESCO Creative Cities Network"


def fact(kind="membership", **keys):
    """A gold fact: Graz joined the GNLC, unless told otherwise."""
    base = {"kind": kind, "polarity": "asserted", "zone": "body",
            "network": GNLC, "evidence": "Graz joined the learning cities"}
    if kind == "membership":
        base.update(subject="Graz", status="joined")
    base.update(keys)
    return base


def claim(kind="membership", **keys):
    """The claim that says what fact() says."""
    base = fact(kind, **keys)
    base["network_name"] = base.pop("network")
    base.setdefault("url", "https://news.example/2024/a.html?print=1")
    return base


def total(**keys):
    return fact("network_total", **{"count": 338, **keys})


def listing(*names, **keys):
    return fact("member_list", members=list(names), count=len(names), **keys)


def run(facts, claims, kinds=goldfile.KINDS, zones=statements.VOICE, **doc):
    """Score claims against one document of gold facts."""
    for f in facts:
        assert not goldfile.fact_problems(f), goldfile.fact_problems(f)
    for c in claims:
        assert score.claim_problem(c) is None, score.claim_problem(c)
    docs = [{"doc_id": "a.html", "facts": facts, **doc}]
    return score.score_all(
        docs, {"a.html": [statements.Statement(c) for c in claims]}, kinds, zones)


def tally(result):
    """right, wrong, missed over all kinds."""
    sums = [sum(c[k] for c in result.kinds.values())
            for k in ("right", "wrong", "missed")]
    return tuple(sums)


HIT, MISS = (1, 0, 0), (0, 1, 1)


class Matching(unittest.TestCase):
    """What makes two statements the same, kind by kind."""

    def rows(self, rows):
        for name, gold, said, want in rows:
            with self.subTest(name):
                self.assertEqual(tally(run([gold], [said])), want)

    def test_membership(self):
        self.rows([
            ("the same", fact(), claim(), HIT),
            ("accents and case", fact(subject="Göreme"),
             claim(subject="GOREME"), HIT),
            ("city of", fact(), claim(subject="the City of Graz"), HIT),
            ("other city", fact(), claim(subject="Linz"), MISS),
            ("university of that city", fact(),
             claim(subject="University of Graz"), MISS),
            ("no subject", fact(), claim(subject=None), MISS),
            ("other network", fact(), claim(network=UCCN), MISS),
            ("no network", fact(), claim(network=None), MISS),
            ("network's owner only", fact(), claim(network="UNESCO"), MISS),
            ("owner only, in the gold", fact(network="UNESCO"), claim(), MISS),
            ("short name", fact(network="Cittaslow"),
             claim(network="Cittaslow International"), HIT),
            ("same class of status", fact(), claim(status="member"), HIT),
            ("other class of status", fact(), claim(status="renewed"), MISS),
            ("left is not joined", fact(), claim(status="withdrawn"), MISS),
            ("other polarity", fact(polarity="negated"), claim(), MISS),
        ])

    def test_other_names_of_a_network(self):
        names = {GNLC: ["Réseau des villes apprenantes"]}
        for name, said, want in [
                ("its name", claim(), HIT),
                ("its other name",
                 claim(network="Réseau des villes apprenantes"), HIT),
                ("its id", {**claim(network="Lernort"),
                            "network": "unesco-learning-cities"}, HIT),
                ("another's id", {**claim(network="Lernort"),
                                  "network": "cittaslow"}, MISS),
                ("another's name", claim(network="Réseau des villes créatives"),
                 MISS)]:
            with self.subTest(name):
                self.assertEqual(
                    tally(run([fact()], [said], network_names=names)), want)

    def test_counts(self):
        cohort = fact("cohort", count=52, countries=29)
        self.rows([
            ("cohort", cohort, claim("cohort", count=52, countries=29), HIT),
            ("cohort without countries", cohort, claim("cohort", count=52),
             HIT),
            ("cohort of other countries", cohort,
             claim("cohort", count=52, countries=52), MISS),
            ("cohort of other size", cohort,
             claim("cohort", count=51, countries=29), MISS),
            ("total", total(), claim("network_total", count=338), HIT),
            ("total is no cohort", total(), claim("cohort", count=338), MISS),
            ("part for the whole", total(scope="France"),
             claim("network_total", count=338), MISS),
            ("whole for a part", total(),
             claim("network_total", count=338, scope="France"), MISS),
            ("scope in other words", total(scope="Serbian"),
             claim("network_total", count=338, scope="Serbia"), HIT),
            ("other scope", total(scope="Austria"),
             claim("network_total", count=338, scope="France"), MISS),
            ("scope without the subject is the whole",
             total(scope="excluding the subject"),
             claim("network_total", count=338), HIT),
        ])

    def test_exclusivity(self):
        only = fact("exclusivity", subject="Graz", count=2, scope="Austria")

        def said(**keys):
            return claim("exclusivity", **{
                "subject": "Graz", "count": 2, "scope": "Austria", **keys})
        first = fact("exclusivity", subject="Graz", ordinal=1, scope="Fiji")
        self.rows([
            ("the same", only, said(), HIT),
            ("other count", only, said(count=1), MISS),
            ("other scope", only, said(scope="Styria"), MISS),
            ("no scope", only, said(scope=None), MISS),
            ("other subject", only, said(subject="Linz"), MISS),
            ("no network", only, said(network=None), HIT),
            ("other network", only, said(network=UCCN), MISS),
            ("ordinal", first, said(count=None, ordinal=1, scope="Fiji"), HIT),
            ("other ordinal", first,
             said(count=None, ordinal=2, scope="Fiji"), MISS),
        ])

    def test_other_kinds(self):
        event = fact("event", ordinal=6, date="2024-12-02/2024-12-05",
                     place="Jubail")
        person = fact("office_holder", person="Miriam Pell", role="Mayor")
        launch = fact("programme_launch", date="2013")
        prize = fact("award", subject="Graz", network="Learning City Award")
        named = fact("nomination", subject="Graz",
                     organisation="UK Commission for UNESCO")
        partners = fact("partner_count", count=120)
        self.rows([
            ("event by ordinal", event, claim("event", ordinal=6), HIT),
            ("event of other ordinal", event,
             claim("event", ordinal=7, date="2024-12-02"), MISS),
            ("event by day", event, claim("event", date="2024-12-02"), HIT),
            ("event of other day", event,
             claim("event", date="2024-12-03"), MISS),
            ("event by place", event, claim("event", place="Jubail"), HIT),
            ("event by nothing", event, claim("event"), MISS),
            ("person", person, claim(
                "office_holder", person="Cllr Miriam Pell", role="Mayor"),
             HIT),
            ("other person", person, claim(
                "office_holder", person="Anna Pell", role="Mayor"), MISS),
            ("launch", launch, claim("programme_launch", date="2013"), HIT),
            ("launch in other year", launch,
             claim("programme_launch", date="2015"), MISS),
            ("other launch", launch, claim(
                "programme_launch", date="2013", network=UCCN), MISS),
            ("award", prize, claim(
                "award", subject="Graz", network="Learning City Award"), HIT),
            ("award of other city", prize, claim(
                "award", subject="Linz", network="Learning City Award"), MISS),
            ("nomination", named, claim(
                "nomination", subject="Graz", organisation="UK Commission"),
             HIT),
            ("nomination by others", named, claim(
                "nomination", subject="Graz", organisation="Senate"), MISS),
            ("partners", partners, claim("partner_count", count=120), HIT),
            ("other partners", partners, claim("partner_count", count=12),
             MISS),
        ])

    def test_every_kind_has_a_rule(self):
        self.assertEqual(set(statements.SAME), set(goldfile.KINDS))
        self.assertEqual(set(goldfile.REQUIRED_KEYS), set(goldfile.KINDS))

    def test_other_readings(self):
        gold = fact(also=[{"status": "renewed"},
                          {"kind": "network_total", "count": 7}])
        self.assertEqual(tally(run([gold], [claim(status="renewed")])), HIT)
        self.assertEqual(tally(run([gold], [
            claim("network_total", count=7)])), HIT)
        self.assertEqual(tally(run([gold], [
            claim("network_total", count=8)])), MISS)


class Lists(unittest.TestCase):
    def names(self, result):
        return tuple(result.names[k] for k in ("right", "wrong", "missed"))

    def test_names(self):
        gold = [listing("Asaba", "Bissau", "Caen", "Da Lat")]
        for name, said, want, names in [
                ("all", ["Asaba", "Bissau", "Caen", "Da Lat"], HIT, (4, 0, 0)),
                ("half", ["Asaba", "Bissau"], HIT, (2, 0, 2)),
                ("fewer", ["Asaba"], (0, 0, 1), (1, 0, 3)),
                ("one too many", ["Asaba", "Bissau", "Caen", "Da Lat", "Film"],
                 HIT, (4, 1, 0)),
                ("others", ["Film", "Music"], MISS, (0, 2, 4))]:
            with self.subTest(name):
                result = run(gold, [claim("member_list", members=[
                    {"name": n, "country": None} for n in said])])
                self.assertEqual(tally(result), want)
                self.assertEqual(self.names(result), names)

    def test_a_list_in_two_claims_and_two_lists_in_one(self):
        both = listing("Asaba", "Bissau", "Caen")
        parts = [claim("member_list", members=["Asaba", "Bissau"]),
                 claim("member_list", members=["Caen"])]
        result = run([both], parts)
        self.assertEqual((tally(result), self.names(result)),
                         (HIT, (3, 0, 0)))
        result = run([listing("Asaba"), listing("Bissau", "Caen")],
                     [claim("member_list",
                            members=["Asaba", "Bissau", "Caen"])])
        self.assertEqual((tally(result), self.names(result)),
                         ((2, 0, 0), (3, 0, 0)))

    def test_lists_that_share_a_name_stay_two(self):
        gold = [listing("Asaba", "Bissau"), listing("Asaba", "Caen")]
        self.assertEqual(tally(run(gold, [])), (0, 0, 2))

    def test_empty_list(self):
        self.assertEqual(tally(run([listing()], [
            claim("member_list", members=[])])), HIT)
        self.assertEqual(tally(run([listing()], [])), (0, 0, 1))
        self.assertEqual(tally(run([listing()], [
            claim("member_list", members=["Graz"])])), MISS)

    def test_one_content_in_two_forms(self):
        gold = [listing("Graz", "Linz")]
        self.assertEqual(tally(run(gold, [claim()])), HIT)
        long = [listing("Graz", "Linz", "Wels")]
        self.assertEqual(tally(run(long, [claim()])), (0, 0, 1))
        for name, said in [("other name", claim(subject="Wels")),
                           ("other network", claim(network=UCCN)),
                           ("left", claim(status="withdrawn")),
                           ("denied", claim(polarity="negated"))]:
            with self.subTest(name):
                self.assertEqual(tally(run(gold, [said])), MISS)
        pair = [fact(), fact(subject="Linz")]
        self.assertEqual(tally(run(pair, [
            claim("member_list", members=["Graz", "Linz"])])), (0, 0, 2))
        self.assertEqual(tally(run(pair, [
            claim("member_list", members=["Graz", "Wels"])])), (0, 1, 2))


class Counting(unittest.TestCase):
    def test_repetition(self):
        gold = [fact(zone="title"), fact(date="2024-02-14")]
        self.assertEqual(tally(run(gold, [claim(), claim(
            date="2024-02-14", attributed_to="A. Mayor")])), HIT)
        wrong = claim(subject="Linz")
        self.assertEqual(tally(run([], [wrong, dict(wrong)])), (0, 1, 0))
        self.assertEqual(tally(run([], [wrong, claim(subject="Wels")])),
                         (0, 2, 0))

    def test_a_claim_that_fits_two_propositions(self):
        def intake(**keys):
            return fact("cohort", count=52, **keys)
        said = claim("cohort", count=52)
        # It counts for the one that is required,
        self.assertEqual(tally(run([intake(countries=29, optional=True),
                                    intake(countries=35)], [said])), HIT)
        # for the one whose date it has,
        result = run([intake(countries=29, date="2023"),
                      intake(countries=35, date="2024")],
                     [claim("cohort", count=52, date="2024")])
        self.assertEqual(result.checks["date"], {"right": 1})
        # and for one that nobody has claimed.
        self.assertEqual(tally(run([intake(countries=29),
                                    intake(countries=35)], [said, said])),
                         (2, 0, 0))

    def test_headline_against_body(self):
        gold = [fact(zone="title"), fact(polarity="planned")]
        self.assertEqual(tally(run(gold, [claim(zone="title")])), (1, 0, 1))
        self.assertEqual(tally(run(gold, [
            claim(zone="title"), claim(polarity="planned")])), (2, 0, 0))

    def test_optional(self):
        gold = [fact(optional=True)]
        self.assertEqual(tally(run(gold, [claim()])), (0, 0, 0))
        self.assertEqual(tally(run(gold, [])), (0, 0, 0))
        self.assertEqual(tally(run(gold, [claim(subject="Linz")])), (0, 1, 0))
        # Said once as optional and once not, it is required.
        self.assertEqual(tally(run([fact(optional=True), fact()], [])),
                         (0, 0, 1))

    def test_zones(self):
        comment = fact(zone="comment", status="withdrawn")
        said = {**claim(status="withdrawn"), "zone": "comment"}
        everything = goldfile.ZONES
        self.assertEqual(tally(run([comment], [said])), (0, 0, 0))
        self.assertEqual(tally(run([comment], [said], zones=everything)), HIT)
        # A reader's word in the release's own voice is wrong.
        self.assertEqual(tally(run([comment], [{**said, "zone": "body"}])),
                         (0, 1, 0))
        self.assertEqual(tally(run([comment], [{**said, "zone": "footer"}],
                                   zones=everything)), MISS)
        self.assertEqual(tally(run([fact()], [claim(zone="comment")],
                                   zones=everything)), MISS)
        self.assertEqual(tally(run([fact()], [claim(zone="title")])), HIT)

    def test_unannotated_zone(self):
        said = claim(zone="teaser")
        self.assertEqual(tally(run([], [said], zones=goldfile.ZONES)),
                         (0, 1, 0))
        self.assertEqual(tally(run([], [said], zones=goldfile.ZONES,
                                   unannotated_zones=["teaser"])), (0, 0, 0))

    def test_kinds(self):
        gold, said = [fact()], [claim(subject="Linz")]
        self.assertEqual(tally(run(gold, said, kinds=("cohort",))), (0, 0, 0))

    def test_rates(self):
        self.assertEqual(score.rates({"right": 3, "wrong": 1, "missed": 3}),
                         (0.75, 0.5, 0.6))
        self.assertEqual(score.rates({"right": 0, "wrong": 0, "missed": 0}),
                         (0.0, 0.0, 0.0))


class Checks(unittest.TestCase):
    def rows(self, check, rows):
        for name, gold, said, want in rows:
            with self.subTest(name):
                said = said if isinstance(said, list) else [said]
                counts = run([gold], said).checks[check]
                self.assertEqual({k: n for k, n in counts.items() if n},
                                 {want: 1} if want else {})

    def test_evidence(self):
        gold = fact(evidence="Graz has joined the network of learning cities")
        self.rows("evidence", [
            ("same words, other space", gold, claim(
                evidence="Graz has\u00a0joined the  network"), "right"),
            ("within", gold, claim(evidence="Graz has joined the network of "
                                   "learning cities, said its mayor"), "right"),
            ("short", gold, claim(evidence="joined"), "right"),
            ("elsewhere", gold, claim(
                evidence="The city of Graz was pleased to learn"), "wrong"),
            ("none", gold, claim(evidence=None), "missing"),
            ("a name of the list", listing("Asaba", evidence="New members:"),
             claim("member_list", members=["Asaba"],
                   evidence="Asaba - Film"), "right"),
        ])

    def test_date(self):
        gold = fact(date="2024-02-14", also=[{"date": "2024"}])
        self.rows("date", [
            ("right", gold, claim(date="2024-02-14"), "right"),
            ("other reading", gold, claim(date="2024"), "right"),
            ("wrong", gold, claim(date="2024-02-13"), "wrong"),
            ("missing", gold, claim(), "missing"),
            ("invented", fact(), claim(date="2024"), "invented"),
            ("the document's own", fact(),
             claim(date="2024", date_basis="document"), None),
            ("completed by the document's", gold,
             claim(date="2024-02-14", date_basis="document"), "right"),
            ("none", fact(), claim(), None),
            ("undated and dated claim", gold,
             [claim(), claim(date="2024-02-14")], "right"),
            ("a right and a wrong one", gold,
             [claim(date="2024-02-14"), claim(date="2019")], "wrong"),
        ])

    def test_status_and_polarity(self):
        self.rows("status", [
            ("the very one", fact(), claim(), "right"),
            ("of the class", fact(), claim(status="designated"), "wrong"),
            ("among duplicates", fact(),
             [claim(status="designated"), claim()], "right"),
        ])
        self.rows("polarity", [
            ("right", fact(), claim(), "right"),
            ("wrong", fact(polarity="hypothetical"), claim(), "wrong"),
            ("not found at all", fact(), claim(subject="Linz"), None),
        ])

    def test_other_values(self):
        at = fact(subject_country="AT")
        self.rows("country", [
            ("right", at, claim(subject_country="AT"), "right"),
            ("wrong", at, claim(subject_country="AU"), "wrong"),
            ("missing", at, claim(), "missing"),
            ("not in the gold", fact(), claim(subject_country="AT"), None),
        ])
        over = total(count_qualifier="more_than", countries=77,
                     attributed_to="Miriam Pell")

        def said(**keys):
            return claim("network_total", count=338, **keys)
        self.rows("bound", [
            ("right", over, said(bound="more_than"), "right"),
            ("wrong", over, said(bound="exact"), "wrong"),
            ("missing", over, said(), "missing"),
        ])
        self.rows("countries", [
            ("right", over, said(countries=77), "right"),
            ("missing", over, said(), "missing"),
        ])
        self.rows("attributed", [
            ("right", over, said(attributed_to="Cllr Pell"), "right"),
            ("wrong", over, said(attributed_to="James Day"), "wrong"),
            ("missing", over, said(), "missing"),
        ])
        mayor = fact("office_holder", person="Ana Gil", role="Mayor")
        self.rows("role", [
            ("right", mayor, claim("office_holder", person="Ana Gil",
                                   role="Lady Mayor"), "right"),
            ("wrong", mayor, claim("office_holder", person="Ana Gil",
                                   role="Rector"), "wrong"),
            ("missing", mayor, claim("office_holder", person="Ana Gil"),
             "missing"),
        ])


class CommandLine(unittest.TestCase):
    def setUp(self):
        tmp = tempfile.TemporaryDirectory()
        self.addCleanup(tmp.cleanup)
        self.dir = tmp.name
        self.gold = self.write("gold.jsonl", json.dumps(
            {"doc_id": "a.html", "facts": [fact(), total()]}))

    def write(self, name, *lines, encoding="utf-8"):
        path = os.path.join(self.dir, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding=encoding) as f:
            f.write("\n".join(lines) + "\n")
        return path

    def run_main(self, main, *argv):
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            try:
                status = main(list(argv))
            except SystemExit as e:
                status = e.code
        return status, out.getvalue(), err.getvalue()

    def score(self, claims, *options, gold=None):
        return self.run_main(score.main, gold or self.gold, claims, *options)

    def test_minimum(self):
        said = self.write("c.ndjson", json.dumps(claim()))
        for option, want in [("membership=1,1", 0), ("cohort=0,0", 0),
                             ("all=1,0.5", 0), ("all=1,0.6", 1),
                             ("network_total=0,0.1", 1), ("evidence=1", 0),
                             ("date=0.1", 1), ("names=0,0.1", 1)]:
            with self.subTest(option):
                status, _, err = self.score(said, "--min", option)
                self.assertEqual(status, want)
                self.assertEqual("below" in err, want == 1)

    def test_usage(self):
        said = self.write("c.ndjson", json.dumps(claim()))
        for options in (["--min", "memberships=1,1"], ["--min", "date=1,1"],
                        ["--min", "all=1"], ["--min", "all=1,2"],
                        ["--min", "all=a,b"], ["--kinds", "members"],
                        ["--kinds", ""], ["--zones", "nave"]):
            with self.subTest(options):
                self.assertEqual(self.score(said, *options)[0], 2)

    def test_output(self):
        said = self.write("c.ndjson", json.dumps(claim(subject="Linz")),
                          json.dumps(claim(url="https://n.example/b.html")))
        status, out, _ = self.score(said, "--errors", "2")
        self.assertEqual(status, 0)
        self.assertEqual(out.count("a.html: missed"), 2)
        self.assertNotIn("a.html: wrong", out)
        self.assertIn("not in the gold: b.html", out)
        found = json.loads(self.score(said, "--json", "--errors", "9")[1])
        self.assertEqual(found["kinds"]["all"]["wrong"], 1)
        self.assertEqual(found["kinds"]["all"]["missed"], 2)
        self.assertEqual(len(found["errors"]), 3)

    def test_by_language(self):
        gold = self.write(
            "two.jsonl",
            json.dumps({"doc_id": "a.html", "language": "de",
                        "facts": [fact()]}),
            json.dumps({"doc_id": "b.html", "language": "en",
                        "facts": [fact()]}))
        said = self.write("c.ndjson", json.dumps(claim()))
        found = json.loads(self.score(said, "--by-language", "--json",
                                      gold=gold)[1])["languages"]
        self.assertEqual({k: v["kinds"]["all"]["right"]
                          for k, v in found.items()}, {"de": 1, "en": 0})
        self.assertEqual(found["en"]["kinds"]["all"]["missed"], 1)
        text = self.score(said, "--by-language", gold=gold)[1]
        self.assertIn("de: 1 documents", text)

    def test_polarity(self):
        planned = fact(subject="Linz", polarity="planned")
        gold = self.write("p.jsonl", json.dumps({"doc_id": "a.html", "facts": [
            fact(), planned, fact(subject="Enns", polarity="planned",
                                  also=[{"polarity": "asserted"}])]}))
        for name, polarity, said, want in [
                ("asserted", "asserted", [claim()], (1, 0, 0)),
                ("planned is not looked at", "asserted",
                 [claim(), claim(subject="Linz", polarity="planned")],
                 (1, 0, 0)),
                ("planned, told as done", "asserted",
                 [claim(), claim(subject="Linz")], (1, 1, 0)),
                ("another reading", "asserted",
                 [claim(), claim(subject="Enns")], (1, 0, 0)),
                ("planned", "planned", [claim()], (0, 0, 2))]:
            with self.subTest(name):
                file = self.write("c.ndjson", *map(json.dumps, said))
                row = json.loads(self.score(
                    file, "--polarity", polarity, "--json",
                    gold=gold)[1])["kinds"]["all"]
                self.assertEqual(
                    (row["right"], row["wrong"], row["missed"]), want)

    def test_document_by_url(self):
        for url, want in [("file:///x/a.html", 1), ("a.html", 1),
                          ("https://n.example/%61.html#top", 1),
                          ("https://n.example/a.html/", 0)]:
            with self.subTest(url):
                said = self.write("c.ndjson", json.dumps(claim(url=url)))
                found = json.loads(self.score(said, "--json")[1])
                self.assertEqual(found["kinds"]["all"]["right"], want)

    def test_bad_claims(self):
        good = json.dumps(claim())
        for name, bad in [
                ("no JSON", "{"), ("no object", "[]"),
                ("no url", json.dumps({"kind": "cohort"})),
                ("no kind", json.dumps({"url": "a.html"})),
                ("status", json.dumps(claim(status="friend"))),
                ("polarity", json.dumps(claim(polarity="maybe"))),
                ("zone", json.dumps(claim(zone="nave"))),
                ("count", json.dumps(claim("cohort", count="52"))),
                ("date", json.dumps(claim(date=2024))),
                ("members", json.dumps(claim("member_list", members="A")))]:
            with self.subTest(name):
                said = self.write("c.ndjson", good, "", bad)
                status, _, err = self.score(said)
                self.assertEqual(status, 2)
                self.assertIn("c.ndjson:3: ", err)
        self.assertEqual(self.score(os.path.join(self.dir, "none"))[0], 2)

    def test_unknown_claim_kind_is_skipped(self):
        said = self.write("c.ndjson", json.dumps(claim("weather")))
        self.assertEqual(self.score(said)[0], 0)

    def test_bad_gold(self):
        said = self.write("c.ndjson", json.dumps(claim()))

        def doc(*facts, **keys):
            return json.dumps({"doc_id": "b.html", "facts": facts, **keys})
        for name, bad in [
                ("not an object", "3"), ("no facts", '{"doc_id": "b"}'),
                ("twice", json.dumps({"doc_id": "a.html", "facts": []})),
                ("document key", doc(title="x")),
                ("document date", doc(doc_date="14.2.2024")),
                ("unannotated zone", doc(unannotated_zones=["nave"])),
                ("names of networks", doc(network_names=[GNLC])),
                ("a network's names", doc(network_names={GNLC: "GNLC"})),
                ("fact", doc("x")), ("kind", doc(fact("weather"))),
                ("key", doc(fact(colour="red"))),
                ("missing key", doc({"kind": "award"})),
                ("polarity", doc(fact(polarity="maybe"))),
                ("status", doc(fact(status="friend"))),
                ("zone", doc(fact(zone="nave"))),
                ("qualifier", doc(total(count_qualifier="some"))),
                ("count", doc(total(count=3.5))),
                ("country", doc(fact(subject_country="Austria"))),
                ("date", doc(fact(date="14 February"))),
                ("month", doc(fact(date="2024-13"))),
                ("members", doc(fact("member_list", members=[1], count=1))),
                ("list's count", doc(fact("member_list", members=["A"],
                                          count=2))),
                ("exclusivity", doc(fact("exclusivity", subject="Graz"))),
                ("readings", doc(fact(also={"status": "member"}))),
                ("value of a reading", doc(fact(also=[{"status": "ex"}]))),
                ("nested reading", doc(fact(also=[{"also": []}])))]:
            with self.subTest(name):
                with open(self.gold, encoding="utf-8") as f:
                    gold = self.write("g.jsonl", f.read().strip(), bad)
                status, _, err = self.score(said, gold=gold)
                self.assertEqual(status, 2)
                self.assertIn("g.jsonl:2: ", err)
        self.assertEqual(self.score(said, gold=self.write("e.jsonl"))[0], 2)


class GoldAgainstPages(unittest.TestCase):
    def setUp(self):
        tmp = tempfile.TemporaryDirectory()
        self.addCleanup(tmp.cleanup)
        self.dir = tmp.name

    def page(self, body, name="a.html"):
        with open(os.path.join(self.dir, name), "wb") as f:
            f.write(body)

    def found(self, facts, **doc):
        return list(check_gold.findings(
            [{"doc_id": "a.html", "facts": facts, **doc}], self.dir))

    def test_visible_text(self):
        for name, body, want in [
                ("inline", b"le 1<sup>er</sup> mars", "le 1er mars"),
                ("blocks", b"<p>a</p><p>b</p>c<br>d", "a b c d"),
                ("cells", b"<tr><td>2016</td><td>118</td></tr>", "2016 118"),
                ("nbsp", b"77&nbsp;cities", "77 cities"),
                ("head", b"<head><title>t</title></head>b", "b"),
                ("script", b"a<script>var x='<p>b</p>'</script>c", "a c"),
                ("comment", b"a<!-- b -->c", "ac"),
                ("hidden", b"a<div hidden>b<div>c</div>d</div>e", "a e"),
                ("display", b"a<p style='Display : none'>b</p>c", "a c"),
                ("void", b"a<input hidden>b", "a b"),
                ("composed", "e\u0301".encode(), "\u00e9"),
                ("latin-1", b"<meta charset=iso-8859-1>\xe9\x97",
                 "\u00e9\u2014"),
                ("http-equiv", b"<META content='text/html; charset="
                 b"windows-1252'>\x93a\x94", "\u201ca\u201d")]:
            with self.subTest(name):
                self.page(body)
                path = os.path.join(self.dir, "a.html")
                self.assertEqual(check_gold.visible_text(path), want)

    def test_findings(self):
        self.page(b"<p>Graz joined the learning cities</p>")
        self.assertEqual(self.found([fact()]), [])
        for name, gold, keys in [
                ("evidence", fact(evidence="Linz left"), {}),
                ("unfolded", fact(evidence="Graz\u00a0joined"), {}),
                ("subject", fact(subject="Linz"), {}),
                ("member", listing("Linz"), {}),
                ("person", fact("office_holder", person="A. Gil",
                                role="Mayor"), {}),
                ("zone", fact(), {"unannotated_zones": ["body"]})]:
            with self.subTest(name):
                self.assertTrue(self.found([gold], **keys))

    def test_page_and_gold_go_together(self):
        self.assertEqual(self.found([]), ["a.html: gold without page"])
        self.page(b"x")
        self.page(b"x", "b.html")
        self.assertEqual(self.found([]), ["b.html: page without gold"])

    def test_encodings_that_fail(self):
        for body in (b"<meta charset=utf-8>\xff", b"<meta charset=none-1>"):
            self.page(body)
            self.assertIn("cannot be decoded", self.found([])[0])


class ThisGold(unittest.TestCase):
    """The gold in the tree is sound, and scores full marks itself."""

    tests = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
    golds = (("releases/gold.jsonl", "releases/pages"),
             ("labelled/grow.jsonl", "labelled/grow"),
             ("labelled/measure.jsonl", "labelled/measure"))

    def each(self):
        for gold, pages in self.golds:
            yield (goldfile.read_gold(os.path.join(self.tests, gold)),
                   os.path.join(self.tests, pages))

    def test_pages(self):
        for docs, pages in self.each():
            self.assertEqual(list(check_gold.findings(docs, pages)), [])

    def test_gold_as_claims(self):
        for docs, _ in self.each():
            claims = {d["doc_id"]: [statements.Statement(f) for f in d["facts"]]
                      for d in docs}
            found = score.figures(score.score_all(
                docs, claims, goldfile.KINDS, goldfile.ZONES))
            self.assertEqual(found["kinds"]["all"]["f1"], 1)
            self.assertEqual(found["kinds"]["names"]["f1"], 1)
            for name, row in found["checks"].items():
                if sum(row[k] for k in ("right", "wrong", "missing",
                                        "invented")):
                    self.assertEqual(row["share"], 1, name)


if __name__ == "__main__":
    unittest.main()

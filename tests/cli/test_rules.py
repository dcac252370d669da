#!/usr/bin/env python3
"""rules list, show, stats, explain."""
import shutil
import unittest

from harness import RULES, Case

TEXT = ("Graz joined Eurocities. Cork entered Eurocities. Ghent joined Eurocities fans. "
        "Lyon has thrown in the lot with Eurocities. Eurocities admitted Bilbao. "
        "Eurocities has 900 members.\n")


class Rules(Case):
    def setUp(self):
        super().setUp()
        self.cfg = self.config()
        self.text = self.write("text.txt", TEXT)

    def rules(self, verb, *args, status=0, stdin=b""):
        self.dateline("rules", verb, "--json", "--config", self.cfg, *args, status=status,
                      stdin=stdin)
        return self.lines()

    def test_list(self):
        rows = self.rules("list")
        self.assertEqual([r["rule"] for r in rows],
                         ["test.joined@1", "test.entered@1", "test.total@1"])
        self.assertEqual({k: rows[0][k] for k in ("kind", "status", "language", "line", "patterns",
                                                  "examples")},
                         {"kind": "membership", "status": "joined", "language": "en", "line": 3,
                          "patterns": 2, "examples": 3})
        self.assertIsNone(rows[2]["status"])
        self.assertEqual(self.rules("list", "--language", "de"), [])
        self.dateline("rules", "list", "--config", self.cfg)
        self.assertEqual(len(self.out.splitlines()), 4)

    def test_show(self):
        frames = "frame told\n  match <NET> ~2 !<DO> {CITY:subject}\n"
        self.cfg = self.config(RULES.replace("rule test.joined", frames + "rule test.joined")
                               .replace("  unless joined", "  use    told DO=took\n  unless joined"))
        self.dateline("rules", "show", "test.joined", "--config", self.cfg)
        self.assertIn("rule test.joined 1\n  kind   membership\n", self.out)
        self.assertNotIn("test.entered", self.out)
        self.assertRegex(self.out, r"(?m)^#10 match  <NET> ~2 !<DO> \{CITY:subject\}$")
        self.assertRegex(self.out, r"(?m)^#11 unless joined ~2 \{NETWORK\} fans => only fans$")
        self.dateline("rules", "show", "test.nothing", "--config", self.cfg, status=1)
        self.assertIn('no rule "test.nothing"', self.err)

    def test_stats(self):
        rows = {r["rule"]: r for r in self.rules("stats", self.text)}
        joined, entered, total = [rows["test.%s@1" % n] for n in ("joined", "entered", "total")]
        # Graz, Cork, Ghent, Bilbao are tried; Ghent's fans are refused.
        self.assertEqual([joined[k] for k in ("tried", "fired", "refused", "kept", "sole")],
                         [4, 4, 1, 3, 2])
        self.assertEqual([entered[k] for k in ("tried", "fired", "refused", "kept", "sole")],
                         [1, 1, 0, 0, 0])
        self.assertEqual(joined["overlaps"], {"test.entered@1": 1})
        self.assertEqual(entered["overlaps"], {"test.joined@1": 1})
        self.assertEqual([total[k] for k in ("tried", "fired", "refused", "kept")], [1, 1, 1, 0])

    def test_stats_count_what_is_claimed(self):
        """Over the archive: kept adds up to the ledger's claims, rule by rule."""
        self.run_db("text.txt", more=("--config", self.cfg))
        kept = {}
        for claim in self.claims():
            kept[claim["rule"]] = kept.get(claim["rule"], 0) + 1
        rows = self.rules("stats", "--db", self.db)
        self.assertEqual({r["rule"]: r["kept"] for r in rows if r["kept"]}, kept)
        self.assertEqual([r["kept"] for r in rows], sorted((r["kept"] for r in rows), reverse=True))
        self.assertEqual(self.rules("stats", "--db", self.db), rows)

    def test_stats_of_all_that_is_shipped(self):
        """Lists and cues are told as well, and a second look gives the same."""
        page = self.write("list.txt", "Eurocities has new members.\n\nThe new members of "
                          "Eurocities are:\n\n- Graz\n- Cork\n- Ghent\n")
        self.dateline("rules", "stats", "--json", page)
        rows, first = self.lines(), self.out
        lists = [r for r in rows if r["rule"].startswith("list.")]
        self.assertTrue(lists and lists[0]["kept"] > 0 and lists[0]["file"] is None)
        self.dateline("rules", "stats", "--json", page)
        self.assertEqual(self.out, first)

    def test_stats_unfired(self):
        quiet = self.write("quiet.txt", "Graz joined Eurocities.\n")
        self.assertEqual([r["rule"] for r in self.rules("stats", "--unfired", quiet)],
                         ["test.entered@1", "test.total@1"])
        self.dateline("rules", "stats", "--config", self.cfg, quiet)
        self.assertRegex(self.out, r"(?m)^test\.joined@1 +1 +1 +0 +1 +1 ")

    def explain(self, rule, text, **more):
        return self.rules("explain", rule, stdin=text.encode(), **more)

    def test_explain_a_claim(self):
        row, = self.explain("test.joined", "Graz joined Eurocities.")
        self.assertEqual((row["verdict"], row["kind"], row["status"], row["polarity"]),
                         ("claim", "membership", "joined", "asserted"))

    def test_explain_what_another_rule_keeps(self):
        row, = self.explain("test.entered", "Cork entered Eurocities.")
        self.assertEqual((row["verdict"], row["why"]), ("given", "test.joined@1"))

    def test_explain_a_refusal(self):
        row, = self.explain("test.joined@1", "Ghent joined Eurocities fans.")
        self.assertEqual((row["verdict"], row["why"]), ("refused", "only fans"))
        row, = self.explain("test.total", "Eurocities has 900 members.")
        self.assertEqual((row["verdict"], row["why"]), ("refused", "a guard"))

    def test_explain_a_near_miss(self):
        row, = self.explain("test.joined", "Lyon has thrown in the lot with Eurocities.")
        self.assertEqual({k: row[k] for k in ("verdict", "wanted", "matched", "stands", "one_part",
                                              "line")},
                         {"verdict": "near", "wanted": "~4 !(joined|entered)", "matched": "Lyon",
                          "stands": "has thrown in the lot with", "one_part": True, "line": 6})
        self.assertEqual(row["marked"], "[CITY Lyon] has thrown in the lot with [NETWORK Eurocities].")
        row, = self.explain("test.joined", "Lyon left the network and joined Eurocities.")[-1:]
        self.assertIn("left [NETWORK the network] and", row["marked"] or "")

    def test_explain_the_part_furthest_on(self):
        """Where more than one part is in the way: how far it came from the first on."""
        row, = self.explain("test.joined", "Eurocities met. Lyon joined the club of friends.")[-1:]
        self.assertEqual((row["wanted"], row["means"], row["matched"]),
                         ("~2 <NET>", "{NETWORK|TITLE:network}", "Lyon joined"))

    def test_explain_what_is_put_in_between(self):
        row, = self.explain("test.joined", "Graz (the second city) joined, in 2020, Eurocities.")
        self.assertEqual(row["verdict"], "claim")

    def test_explain_why_it_is_not_asked(self):
        row, = self.explain("test.joined", "Graz joined the club.")
        self.assertEqual((row["verdict"], row["why"]), ("none", "the text names no network"))
        self.config(RULES.replace("test.", "andere."), "de.rules")
        row, = self.explain("test.joined", "Die Stadt Graz ist seit dem vergangenen Jahr Mitglied "
                                           "von Eurocities und freut sich darüber sehr. Der "
                                           "Gemeinderat hat das am Montag beschlossen, und die "
                                           "Bürgermeisterin dankte allen.")
        self.assertEqual((row["verdict"], row["why"]), ("none", "the text is in another language"))

    def test_explain_all(self):
        rows = self.rules("explain", "all", self.text)
        self.assertEqual([(r["sentence"][:5], r["rule"], r["verdict"]) for r in rows],
                         [("Graz ", "test.joined@1", "claim"), ("Cork ", "test.joined@1", "claim"),
                          ("Cork ", "test.entered@1", "given"), ("Ghent", "test.joined@1", "refused"),
                          ("Lyon ", "test.joined@1", "near"), ("Euroc", "test.joined@1", "claim"),
                          ("Euroc", "test.total@1", "refused")])

    def test_explain_in_words(self):
        self.dateline("rules", "explain", "test.joined", "--config", self.cfg, "-",
                      stdin=b"Lyon has thrown in the lot with Eurocities.")
        for words in ("test.joined@1 does not match", "wanted ~4 !(joined|entered)",
                      'in its place stands "has thrown in the lot with"',
                      "all its other parts match", "rules/en.rules:6"):
            self.assertIn(words, self.out)
        self.dateline("rules", "explain", "test.entered", "--config", self.cfg,
                      stdin=b"Eurocities met. The weather was fine.")
        self.assertIn("no sentence comes near it", self.out)

    def extracted(self, text):
        """Who makes claims of a text."""
        self.run_db(self.write("one.txt", text), db="one.db", more=("--config", self.cfg))
        rules = [c["rule"] for c in self.claims(db=self.dir / "one.db")]
        (self.dir / "one.db").unlink()
        shutil.rmtree(self.dir / "one.db.archive")
        return rules

    def test_raw(self):
        """A word as it is written; a slash by itself is a mark."""
        self.config(RULES[:RULES.index("rule test.entered")].replace(
            "{CITY:subject} ~4 !(joined|entered)", "{CITY:subject} (/|,)? has? /[A-ZÉ]\\w+/ !(joined|/NOW|Now/)"))
        for text, verdict in [("Graz has FINALLY joined Eurocities.", "claim"),
                              ("Graz, Éminemment Now Eurocities.", "claim"),
                              ("Graz has finally joined Eurocities.", "near"),
                              ("Graz has FINALLY now Eurocities.", "near")]:
            with self.subTest(text=text):
                self.assertEqual(self.explain("test.joined", text)[0]["verdict"], verdict)
        row = self.explain("test.joined", "Graz has finally joined Eurocities.")[0]
        self.assertEqual((row["wanted"], row["stands"], row["one_part"]),
                         ("/[A-ZÉ]\\w+/", "finally", True))

    def test_discard(self):
        quiz = "Quiz: Graz joined Eurocities. Cork joined Eurocities.\n"
        ad = "New members of Eurocities, an advertisement: Graz, Cork and Ghent.\n"
        self.assertEqual(len(self.extracted(quiz)), 2)
        self.assertEqual(set(self.extracted(ad)), {"list.inline@4"})
        self.config("%dateline-rules 1\ndiscard ^ quiz :\ndiscard (advertisement|advert) :\n",
                    "en-not.rules")
        self.assertEqual(len(self.extracted(quiz)), 1)
        self.assertEqual(self.extracted(ad), [])
        row = self.explain("test.joined", quiz)[0]
        self.assertEqual((row["verdict"], row["why"]), ("none", "a discard takes the sentence"))
        self.dateline("audit", "gaps", "--json", "--config", self.cfg, "-", stdin=ad.encode())
        self.assertEqual(self.lines(), [])

    def test_discard_is_of_its_language(self):
        self.config(RULES.replace("test.", "andere.") + "discard ^ quiz :\n", "de.rules")
        self.assertEqual(self.extracted("Quiz: Graz joined Eurocities. The council thanked all "
                                        "who had worked on it for years.\n"), ["test.joined@1"])

    def test_todo(self):
        self.config(RULES[:RULES.index("rule test.entered")] +
                    "  todo   Graz has thrown in the lot with Eurocities. => subject=Graz\n")
        self.dateline("check-config", "--config", self.cfg)
        self.assertIn("4 examples, 0 failed, 1 to do;", self.out)
        self.config(RULES[:RULES.index("rule test.entered")] +
                    "  todo   Graz has joined Eurocities. => subject=Graz\n")
        self.dateline("check-config", "--config", self.cfg, status=2)
        self.assertRegex(self.err, r"en\.rules:12: a todo that the rule reads: it is a live now")

    def test_too_many_files_are_refused(self):
        for i in range(256):
            (self.cfg / ("rules/more-%03d.rules" % i)).write_text("%dateline-rules 1\n")
        self.dateline("rules", "list", "--config", self.cfg, status=2)
        self.assertIn("over 256 files", self.err)

    def test_bad_rules(self):
        for line, says in [("discard", 'wanted "discard PATTERN", got ""'),
                           ("discard (a", 'no ")"'),
                           ("discard /[a/ b", "no regular expression /[a/: wrong at character"),
                           ("discard /%s/ b" % ("x" * 300), "too long between slashes"),
                           ("throw away", '"let" or "discard", got "throw"')]:
            with self.subTest(line=line):
                self.config("%dateline-rules 1\n" + line + "\n")
                self.dateline("check-config", "--config", self.cfg, status=2)
                self.assertIn("en.rules:2: ", self.err)
                self.assertIn(says, self.err)

    def test_rules_are_read_when_their_language_comes(self):
        self.config("%dateline-rules 1\nnonsense\n", "de.rules")
        page = self.write("page.txt", "Graz joined Eurocities. " + "The council thanked all who had come. " * 3)
        self.dateline("extract", "--flat", "--config", self.cfg, page)
        self.assertEqual([one["rule"] for one in self.lines()], ["test.joined@1"])
        german = self.write("german.txt", "Graz ist nun Mitglied. " + "Der Rat dankte allen, die gekommen waren. " * 3)
        self.dateline("extract", "--flat", "--config", self.cfg, german, status=2)
        self.assertIn("de.rules:2: ", self.err)
        # A run reads all of them at its start, for its workers to share.
        self.run_db(page, more=("--config", self.cfg), status=2)
        self.assertIn("de.rules:2: ", self.err)

    def test_bad_input(self):
        self.explain("test.nothing", "Graz joined Eurocities.", status=1)
        self.assertIn('no rule "test.nothing"', self.err)
        self.rules("explain", "test.joined", "none.txt", status=3)
        self.assertIn("none.txt", self.err)
        self.rules("stats", "--db", "none.db", status=1)
        self.assertIn("none.db.archive", self.err)
        self.explain("test.joined", "", status=3)


if __name__ == "__main__":
    unittest.main()

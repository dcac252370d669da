#!/usr/bin/env python3
"""Every verb answers --help, a wrong flag, a missing file; exit status as documented."""
import unittest

from harness import Case

VERBS = [["run"], ["replay"], ["plan"], ["status"], ["fetch"], ["parse"], ["extract"], ["store"],
         ["audit", "claims"], ["audit", "facts"], ["audit", "explain"], ["audit", "page"], ["audit", "problems"],
         ["audit", "export"], ["audit", "diff"], ["archive", "list"], ["archive", "verify"], ["archive", "get"],
         ["archive", "index"], ["archive", "export"],
         ["audit", "gaps"], ["rules", "list"], ["rules", "show"], ["rules", "stats"],
         ["rules", "explain"],
         ["check-config"], ["probe", "robots"], ["probe", "feed"], ["probe", "sitemap"],
         ["probe", "discover"],
         ["probe", "url"], ["probe", "charset"], ["gazetteer", "build"], ["gazetteer", "lookup"],
         ["gazetteer", "sources"],
         ["completion"]]


class Usage(Case):
    def test_help_lists_every_verb(self):
        self.dateline("--help")
        for verb in VERBS:
            self.assertIn("  " + " ".join(verb) + " ", self.out)

    def test_version(self):
        self.dateline("--version")
        self.assertRegex(self.out, r"^dateline \d+\.\d+\.\d+\n$")

    def test_each_verb_helps(self):
        for verb in VERBS:
            with self.subTest(verb=verb):
                self.dateline(*verb, "--help")
                self.assertIn("Usage: dateline " + " ".join(verb), self.out)
                self.assertIn("Exit status", self.out)
                self.assertEqual(self.err, "")

    def test_each_family_tells_its_verbs(self):
        for family in sorted({verb[0] for verb in VERBS if len(verb) > 1}):
            with self.subTest(family=family):
                self.dateline(family, "--help")
                self.assertIn("  %s " % family, self.out)
                self.assertEqual(self.err, "")
        self.dateline("nonsense", "--help", status=2)

    def test_each_verb_refuses_an_unknown_flag(self):
        for verb in VERBS:
            with self.subTest(verb=verb):
                self.dateline(*verb, "--nonsense", status=2)
                self.assertIn('unknown option "--nonsense"', self.err)
                self.assertEqual(self.out, "")

    def test_bad_words(self):
        for args, says in [
                ([], "Usage"),
                (["frobnicate"], 'unknown verb "frobnicate"'),
                (["audit"], "audit needs one of"),
                (["audit", "everything"], "audit needs one of"),
                (["run", "--workers", "0"], "--workers"),
                (["run", "--workers"], "wants a value"),
                (["audit", "claims", "--kind", "gossip"], "--kind"),
                (["audit", "claims", "--polarity", "maybe"], "--polarity"),
                (["audit", "claims", "--since", "yesterday"], "--since"),
                (["audit", "claims", "--since", "2024-02", "--until", "2024-01-31"],
                 "--until is before --since"),
                (["run", "--since", "2025", "--until", "2024"], "--until is before --since"),
                (["archive", "export", "--since", "2024-02-15", "--until", "2024-02-14", "x"],
                 "--until is before --since"),
                (["audit", "explain"], "ID wanted"),
                (["replay", "extra"], 'unexpected argument "extra"'),
                (["rules"], "rules needs one of"),
                (["rules", "explain"], "RULE|all [FILE|DIR|URL|- ...] wanted"),
                (["rules", "stats", "--language", "English"], "--language"),
                (["audit", "gaps", "--trigger", "hunch"], "--trigger"),
                (["audit", "gaps", "--limit", "0"], "--limit"),
                (["archive", "get", "x", "y"], "no number")]:
            with self.subTest(args=args):
                self.dateline(*args, status=2)
                self.assertIn(says, self.err)

    def test_days_that_are_one_day(self):
        for since, until in (("2024-02-14", "2024-02-14"), ("2024-02", "2024"), ("2024", "2024-01")):
            self.dateline("plan", "--db", self.db, "--since", since, "--until", until)

    def test_other_schemes_are_no_paths(self):
        for url in ("ftp://a.example/x", "gopher://a.example/", "HTML://x/y"):
            db = self.dir / ("%s.db" % url[:3])
            self.run_db(url, db=db, status=3)
            self.assertIn("url=%s stage=fetch code=fetch.scheme-refused" % url, self.err)

    def test_a_ledger_that_is_not_there(self):
        for verb in (["claims"], ["facts"], ["export"], ["problems"], ["explain", "ab"]):
            with self.subTest(verb=verb):
                self.dateline("audit", *verb, "--db", self.dir / "none.db", status=1)
                self.assertIn("none.db", self.err)
        self.assertFalse((self.dir / "none.db").exists())

    def test_an_archive_that_is_not_there(self):
        for verb in ("list", "index"):
            self.dateline("archive", verb, "--archive", self.dir / "none", status=1)
            self.assertIn("none", self.err)
        self.assertFalse((self.dir / "none").exists())

    def test_something_that_is_no_ledger(self):
        path = self.write("novel.db", "It was a dark and stormy night. " * 300)
        self.dateline("audit", "claims", "--db", path, status=1)
        self.assertIn("novel.db", self.err)
        self.run_db(db=path, status=1)
        self.assertTrue(path.read_bytes().startswith(b"It was"))


class Config(Case):
    def index(self, links):
        return self.write("s.yaml", "user_agent: dateline/0.1 (+mailto:ops@example.org)\nsources:\n"
                          "  - {name: a, kind: index, url: 'https://a.example/', links: '%s'}\n" % links)

    def test_the_shipped_configuration_is_right(self):
        self.dateline("check-config", "--sources", self.index(".news"))
        self.assertRegex(self.out, r"^1 sources, [1-9]\d* examples, 0 failed")

    def test_errors_name_file_line_and_column(self):
        for text, says in [
                ("sources:\n  - name: a\n    colour: red\n", "s.yaml:3:5: unknown key \"colour\""),
                ("sources:\n  - name: a\n    url: gopher://x\n", "s.yaml:3:10: url"),
                ("sources:\n  - {name: a, kind: index, url: 'https://a.example/'}\n",
                 "s.yaml:2:5: source a: kind: index wants links"),
                ("sources: [\n", "s.yaml:2:1:"),
                ("", "s.yaml:1:1: the file is empty")]:
            with self.subTest(text=text):
                path = self.write("s.yaml", text)
                for verb in (["check-config"], ["run", "--db", self.db], ["plan", "--db", self.db]):
                    self.dateline(*verb, "--sources", path, status=2)
                    self.assertIn(says, self.err)

    def test_a_pattern_of_an_index(self):
        self.dateline("check-config", "--sources", self.index("/news/("), status=2)
        self.assertIn("source a: links: byte 7", self.err)

    def test_a_source_that_is_not_configured(self):
        path = self.write("s.yaml", "sources: []\n")
        self.dateline("run", "--db", self.db, "--sources", path, "--source", "council", status=2)
        self.assertIn("council", self.err)

    def test_missing_files(self):
        self.dateline("check-config", "--sources", self.dir / "none.yaml", status=2)
        self.assertIn("none.yaml", self.err)
        self.dateline("check-config", "--config", self.dir / "none", status=(1, 2))
        self.assertIn("none", self.err)
        self.dateline("check-config", "--gazetteer", self.dir / "none.bin", status=(1, 2))
        self.assertIn("none.bin", self.err)

    def test_plan_prints_due_sources_as_tasks(self):
        path = self.write("s.yaml", "user_agent: \"test/1 (mailto:a@b.example)\"\nsources:\n"
                          "  - {name: b, url: 'https://b.example/'}\n"
                          "  - {name: off, url: 'https://c.example/', enabled: false}\n"
                          "  - {name: a, url: 'https://a.example/'}\n")
        self.dateline("plan", "--db", self.db, "--sources", path)
        self.assertEqual(sorted(t["source"] for t in self.lines()), ["a", "b"])
        self.assertTrue(all(t["kind"] == "task" and t["v"] == 1 for t in self.lines()))


if __name__ == "__main__":
    unittest.main()

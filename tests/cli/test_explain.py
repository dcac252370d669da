#!/usr/bin/env python3
"""Each link of a real chain broken alone, in the ledger or in the archive."""
import hashlib
import json
import sqlite3
import unittest

from harness import Case, release

WARC = "facts.db.archive/dateline-00001.warc.gz"


class Whole(Case):
    whole = {}  # files of a ledger whose chain holds, and its claim

    def setUp(self):
        super().setUp()
        (self.dir / WARC).parent.mkdir()
        if not self.whole:
            self.run_db(self.write("in/graz.html", release("Graz")))
            claims = [c for c in self.claims("--kind", "membership") if c["zone"] == "body"]
            self.whole.update(claim=claims[0], db=self.db.read_bytes(),
                              warc=(self.dir / WARC).read_bytes())
        self.claim = self.whole["claim"]
        self.db.write_bytes(self.whole["db"])
        (self.dir / WARC).write_bytes(self.whole["warc"])

    def sql(self, text, *args):
        db = sqlite3.connect(self.db)
        with db:
            self.assertEqual(db.execute(text, args).rowcount, 1, text)
        db.close()


class Broken(Whole):
    def broken(self, *links):
        """The names of the links that do not hold, as JSON and as text."""
        self.dateline("audit", "explain", "--json", self.claim["id"], "--db", self.db, status=3)
        said = self.lines()[0]["links"]
        bad = {link["link"] for link in said if not link["ok"]}
        for link in said:
            self.assertEqual(link["ok"], link["reasons"] == [], link)
        self.dateline("audit", "explain", self.claim["id"], "--db", self.db, status=3)
        for name in bad:
            self.assertRegex(self.out, r"(?m)^  %-10sBROKEN\n    broken: \S" % name)
        self.assertLessEqual(set(links), bad)

    def test_the_claim(self):
        cases = [("polarity = 'negated'", "value"), ("status = 'lost'", "value"),
                 ("start = start + 1", "value"), ("end = end - 1", "value"),
                 ("end = 100000", "words"), ("start = end", "words"),
                 ("rule = 'membership.joined'", "rule"),
                 ("args = replace(args, '\"subject\"', '\"place\"')", "value")]
        for change, link in cases:
            with self.subTest(change=change):
                before = self.db.read_bytes()
                self.sql("UPDATE claim SET " + change + " WHERE id = ?", self.claim["id"])
                self.broken(link)
                self.db.write_bytes(before)

    def test_an_argument_of_no_mention(self):
        args = json.dumps([{"slot": "subject", "mention": 900}])
        self.sql("UPDATE claim SET args = ? WHERE id = ?", args, self.claim["id"])
        self.broken("mentions")

    def test_the_text(self):
        self.sql("UPDATE document SET text = replace(text, 'Graz', 'Linz')")
        self.broken("document", "value")

    def test_a_shorter_text(self):
        self.sql("UPDATE document SET text = substr(text, 1, 12)")
        self.broken("document", "words", "mentions")

    def test_a_text_with_a_hash_of_its_own(self):
        db = sqlite3.connect(self.db)
        text = db.execute("SELECT text FROM document").fetchone()[0].replace("Graz", "Linz")
        db.close()
        self.sql("UPDATE document SET text = ?, text_sha256 = ?", text,
                 hashlib.sha256(text.encode()).hexdigest())
        self.broken("value")

    def test_the_document(self):
        for change in ("id = 'd' || substr(id, 2)", "parser = '0'", "body = 'sha256:00'"):
            with self.subTest(change=change):
                before = self.db.read_bytes()
                if change.startswith("id"):
                    change = "id = 'ffff' || substr(id, 5)"
                self.sql("UPDATE document SET " + change)
                self.broken("document")
                self.db.write_bytes(before)

    def test_mentions_that_are_not_as_they_were_packed(self):
        self.sql("UPDATE extraction SET mentions = X'01FFFF'")
        self.broken("mentions")

    def test_no_mentions(self):
        self.sql("DELETE FROM extraction")
        self.broken("mentions")

    def test_an_unknown_rule_set(self):
        self.sql("DELETE FROM ruleset")
        self.broken("rule")

    def test_words_that_are_not_there_are_not_looked_for(self):
        self.sql("UPDATE claim SET end = 100000 WHERE id = ?", self.claim["id"])
        self.dateline("audit", "explain", "--json", self.claim["id"], "--db", self.db, status=3)
        self.assertIsNone(self.lines()[0]["target"])
        self.dateline("audit", "explain", self.claim["id"], "--db", self.db, status=3)
        self.assertNotIn("in page", self.out)

    def test_no_page(self):
        self.sql("DELETE FROM page")
        self.broken("archive")

    def test_no_source(self):
        self.sql("DELETE FROM source")
        self.broken("source")

    def test_the_archive(self):
        path = self.dir / WARC
        whole = path.read_bytes()
        flipped = bytearray(whole)
        flipped[-40] ^= 0x55
        for name, data in [("flipped", bytes(flipped)), ("truncated", whole[:-60]),
                           ("empty", b""), ("of something else", b"no archive" * 999),
                           ("missing", None)]:
            with self.subTest(name):
                path.write_bytes(data) if data is not None else path.unlink()
                self.broken("archive")


class Asked(Whole):
    """What is asked for: ids and filters that fit something or nothing."""

    def test_ids(self):
        self.sql("UPDATE claim SET id = 'abcd1111' WHERE id = ?", self.claim["id"])
        self.sql("UPDATE fact SET id = 'abcd2222' WHERE kind = 'membership'")
        for wanted, status, said in [("abcd", 2, "fits several ids"), ("abc", 2, "at least 4"),
                                     ("xyzw", 2, "is no id"), ("abcd3", 1, "no claim or fact"),
                                     ("abcd1", 3, ""), ("abcd2", 3, "")]:
            with self.subTest(wanted):
                self.dateline("audit", "explain", wanted, "--db", self.db, status=status)
                self.assertIn(said, self.err)

    def test_a_ledger_of_another_version(self):
        db = sqlite3.connect(self.db)
        db.execute("PRAGMA user_version = 99")
        db.close()
        self.dateline("audit", "claims", "--db", self.db, status=1)
        self.assertIn("made by a newer dateline", self.err)

    def test_dates(self):
        self.sql("UPDATE claim SET date = '2024-02' WHERE id = ?", self.claim["id"])
        for args, fits in [(["--since", "2024-02-14"], True), (["--since", "2024-03"], False),
                           (["--until", "2024"], True), (["--until", "2024-01-31"], False),
                           (["--since", "2023", "--until", "2025"], True)]:
            with self.subTest(args):
                found = {c["id"] for c in self.claims(*args)}
                self.assertEqual(self.claim["id"] in found, fits)


class Page(Whole):
    def test_the_words_are_marked(self):
        self.dateline("audit", "page", self.claim["id"][:12], "--db", self.db)
        self.assertIn('<mark id="evidence">' + self.claim["evidence"] + "</mark>", self.out)
        self.assertIn("default-src 'none'", self.out)

    def test_words_that_are_not_there(self):
        self.sql("UPDATE document SET text = replace(text, 'Graz', 'Linz')")
        self.dateline("audit", "page", self.claim["id"], "--db", self.db, status=3)
        self.assertNotIn("<mark", self.out)
        self.assertIn("not in its page", self.err)

    def test_another_page_there(self):
        self.sql("UPDATE page SET body = replace(body, substr(body, 8, 4), 'ffff')")
        self.dateline("audit", "page", self.claim["id"], "--db", self.db, status=1)
        self.assertEqual(self.out, "")
        self.assertIn("another page", self.err)

    def test_no_claim(self):
        self.dateline("audit", "page", "ffffffffffff", "--db", self.db, status=(1, 2))
        self.assertEqual(self.out, "")


if __name__ == "__main__":
    unittest.main()

#!/usr/bin/env python3
"""audit gaps: what nothing read, ranked, filtered, and with what came nearest."""
import signal
import subprocess
import unittest

from harness import DATELINE, PAGE, Case

# The first two are of one shape; nothing of the rest is a gap.
TEXT = ("Graz has thrown in the lot with Eurocities. Cork has thrown in the lot with Eurocities. "
        "Ghent joined Eurocities fans. Lyon joined Eurocities. Eurocities has 900 members. "
        "The weather was fine. Eurocities has 30 members.")


class Gaps(Case):
    def setUp(self):
        super().setUp()
        self.cfg = self.config()
        self.page = self.write("page.html", PAGE.format(title="News", date="2024-02-14", text=TEXT))

    def gaps(self, *args, status=0):
        self.dateline("audit", "gaps", "--json", "--config", self.cfg, *args, status=status)
        return self.lines()

    def test_what_nothing_read(self):
        rows = self.gaps(self.page)
        self.assertEqual([r["quote"] for r in rows],
                         ["Graz has thrown in the lot with Eurocities.",
                          "Ghent joined Eurocities fans.", "Eurocities has 900 members."])
        first = rows[0]
        self.assertEqual(first["shape"], "CITY has thrown in the lot with NETWORK")
        self.assertEqual((first["sentences"], first["documents"]), (2, 1))
        self.assertEqual(first["triggers"], ["network"])
        self.assertEqual((first["zone"], first["language"], first["network"]),
                         ("body", "en", "eurocities"))
        self.assertEqual(rows[2]["triggers"], ["network", "count"])

    def test_the_quote_stands_there(self):
        self.dateline("parse", "--json", "--config", self.cfg, self.page)
        document = self.lines()[0]
        for row in self.gaps(self.page):
            start, end = row["at"]
            self.assertEqual(document["text"].encode()[start:end].decode(), row["quote"])
            self.assertEqual(document["id"], row["document"])

    def test_what_came_nearest(self):
        lot, fans, many = [row["nearest"] for row in self.gaps(self.page)]
        self.assertEqual((lot["rule"], lot["verdict"], lot["wanted"], lot["stands"]),
                         ("test.joined@1", "one part", "~4 !(joined|entered)",
                          "has thrown in the lot with"))
        self.assertEqual(lot["line"], 6)
        self.assertEqual((fans["verdict"], fans["why"], fans["matched"]),
                         ("refused", "only fans", "Ghent joined Eurocities"))
        self.assertEqual((many["rule"], many["verdict"], many["why"]),
                         ("test.total@1", "refused", "a guard"))

    def test_a_let_in_the_way_is_told(self):
        rules = self.cfg / "rules/en.rules"
        rules.write_text(rules.read_text().replace(
            "match  {CITY:subject} ~4 !(joined|entered)", "match  {CITY:subject} ~4 !<VERB>").replace(
                "rule test.joined", "let VERB = (joined|entered)\nrule test.joined"))
        self.assertEqual(self.gaps(self.page)[0]["nearest"]["means"], "(joined|entered)")

    def test_filters(self):
        def quotes(*args):
            return [r["quote"][:5] for r in self.gaps(self.page, *args)]
        self.assertEqual(quotes("--trigger", "count"), ["Euroc"])
        self.assertEqual(quotes("--trigger", "word"), ["Ghent"])
        self.assertEqual(quotes("--network", "EUROCITIES"), ["Graz ", "Ghent", "Euroc"])
        self.assertEqual(quotes("--network", "c40"), [])
        self.dateline("audit", "gaps", "--json", "--config", self.cfg, "--network", "gnlc", "-",
                      stdin=b"Ghent has thrown in the lot with the UNESCO GNLC.")
        self.assertEqual([r["quote"][:5] for r in self.lines()], ["Ghent"])
        self.assertEqual(quotes("--zone", "footer"), [])
        self.assertEqual(quotes("--language", "de"), [])
        self.assertEqual(quotes("--limit", "1"), ["Graz "])
        self.assertEqual(quotes("--all"), ["Graz ", "Cork ", "Ghent", "Euroc"])

    def test_of_the_archive(self):
        self.write("other.html", PAGE.format(
            title="More", date="2024-02-15",
            text="Bilbao has thrown in the lot with Eurocities. Graz has thrown in the lot with "
                 "Eurocities."))
        self.run_db("page.html", "other.html")
        rows = self.gaps("--db", self.db)
        self.assertEqual((rows[0]["sentences"], rows[0]["documents"]), (3, 2))
        self.assertEqual(self.gaps("--db", self.db, "--source", "nobody"), [])
        self.assertEqual(self.gaps("--db", self.db), rows)

    def test_a_rule_closes_the_gap(self):
        rules = self.cfg / "rules/en.rules"
        rules.write_text(rules.read_text().replace("(joined|entered)",
                                                   "(joined|entered|thrown in the lot with)"))
        self.assertEqual([r["quote"][:5] for r in self.gaps(self.page)], ["Ghent", "Euroc"])

    def test_table(self):
        self.dateline("audit", "gaps", "--config", self.cfg, self.page)
        self.assertRegex(self.out, r"(?m)^ +2 +1 +network +Graz has thrown .* test\.joined@1 +"
                                   r"~4 !\(joined\|entered\) ≠ \"has thrown in the lot with\"")
        self.dateline("audit", "gaps", "--config", self.cfg, "--network", "c40", self.page)
        self.assertEqual(self.out, "no gaps\n")

    def test_nothing_of_a_text_is_a_command_for_the_terminal(self):
        page = self.write("evil.html", PAGE.format(title="News", date="2024-02-14", text=(
            "Graz has thrown &#27;[31m in its lot with Eurocities.")))
        self.dateline("audit", "gaps", "--config", self.cfg, page)
        self.assertNotIn("\x1b", self.out)

    def test_who_reads_no_more(self):
        """`| head` ends them as it does any filter, without a word."""
        for verb in (["audit", "gaps"], ["rules", "stats"], ["rules", "explain", "all"]):
            p = subprocess.Popen([DATELINE, *verb, "--config", str(self.cfg), str(self.page)],
                                 cwd=self.dir, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
            p.stdout.close()
            self.assertEqual((p.stderr.read(), p.wait()), (b"", -signal.SIGPIPE), verb)
            p.stderr.close()

    def test_bad_input(self):
        self.assertEqual(self.gaps(self.dir / "none.html", status=3), [])
        self.assertIn("none.html", self.err)
        self.write("broken.bin", bytes(range(256)) * 9)
        self.gaps("broken.bin", self.page, status=3)
        self.assertEqual(len(self.lines()), 3)
        self.gaps("--db", "none.db", status=1)
        self.assertIn("none.db.archive", self.err)


if __name__ == "__main__":
    unittest.main()

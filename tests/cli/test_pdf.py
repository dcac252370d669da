#!/usr/bin/env python3
"""PDFs, read by a process of its own: text, layout, metadata, and what cannot be read."""
import json
import unittest

from harness import JOINED, Case
from pdf import make

RELEASE = [
    [(70, 815, 9, "City of Espoo - Press release"),
     (70, 770, 22, "Espoo joins the network of"),
     (70, 745, 22, "learning cities"),
     (70, 715, 11, "Espoo, 14 February 2024"),
     (70, 690, 11, "Espoo is one of 64 new members of the network, which is proud of its age-friendly pro-"),
     (70, 676, 11, "grammes and of the work of its libraries. The network has 356 members in 79 countries,"),
     (70, 662, 11, "the city said on Wednesday (and that is a lot)."),
     (70, 634, 11, "It has been age-friendly since 2018, as it says, and it will be an age-"),
     (70, 620, 11, "friendly city for long."),
     (70, 590, 15, "New members"),
     (80, 570, 11, "\u2022 Graz (Austria)"),
     (80, 556, 11, "\u2022 Sevilla (Spain)"),
     (80, 542, 11, "\u2022 Braga (Portugal)"),
     (70, 500, 11, "The mayor said that the decision of the network was a great day for the city and"),
     (290, 25, 9, "Page 1 of 2")],
    [(70, 815, 9, "City of Espoo - Press release"),
     (70, 770, 11, "for all who learn in it, and thanked the UNESCO-"),
     (70, 756, 11, "Kommission."),
     (70, 720, 15, "Contact"),
     (70, 700, 11, "press@example.org"),
     (290, 25, 9, "Page 2 of 2")]]

WANTED = """header paragraph City of Espoo - Press release
title title Espoo joins the network of learning cities
body paragraph Espoo, 14 February 2024
body paragraph Espoo is one of 64 new members of the network, which is proud of its age-friendly \
programmes and of the work of its libraries. The network has 356 members in 79 countries, the city \
said on Wednesday (and that is a lot).
body paragraph It has been age-friendly since 2018, as it says, and it will be an age-friendly \
city for long.
body heading New members
body item Graz (Austria)
body item Sevilla (Spain)
body item Braga (Portugal)
body paragraph The mayor said that the decision of the network was a great day for the city and for \
all who learn in it, and thanked the UNESCO-Kommission.
footer footer Page 1 of 2
header paragraph City of Espoo - Press release
body heading Contact
body paragraph press@example.org
footer footer Page 2 of 2"""


class Pdf(Case):
    def document(self, body):
        self.dateline("parse", "--json", self.write("a.pdf", body))
        return json.loads(self.out)

    def blocks(self, document):
        text = document["text"].encode()
        return "\n".join("%s %s %s" % (b["zone"], b["type"], text[b["at"][0]:b["at"][1]].decode())
                         for b in document["blocks"])

    def test_text(self):
        document = self.document(make(RELEASE, "release-final.docx", "Anna Virtanen",
                                      "D:20240214093000+02'00'"))
        self.assertEqual(self.blocks(document), WANTED)
        self.assertEqual(document["title"], "Espoo joins the network of learning cities")
        self.assertEqual(document["authors"], ["Anna Virtanen"])
        self.assertEqual(document["published"]["edtf"], "2024-02-14")
        self.assertEqual({d["from"] for d in document["dates"]}, {"pdf CreationDate", "shown"})

    def around(self, lines):
        """A release with lines in its middle: what they become."""
        document = self.document(make([
            [(70, 770, 20, "New members of the network"),
             (70, 740, 11, "The network has 356 members in 79 countries. These cities have joined it:")]
            + lines + [(70, 500, 11, "All of them will meet in the autumn of the year.")]]))
        blocks = self.blocks(document).split("\n")
        self.assertEqual((blocks[0].split()[0], blocks[1].split()[:2], blocks[-1].split()[-1]),
                         ("title", ["body", "paragraph"], "year."))
        return [b.split(" ", 1)[1] for b in blocks[2:-1]], document["blocks"][2:-1]

    def test_tables(self):
        rows = [("City", "Country", "Since"), ("Graz", "Austria", "2019"), ("Vila Nova de Gaia", "Portugal", "2020"),
                ("Braga", "Portugal", "2021"), ("Espoo", "Finland", "2022")]
        for step, places in ((18, (70, 200, 330)), (14, (70, 200, 330)), (13, (70, 185, 250))):
            with self.subTest(step=step):
                # Told by columns where the rows are close, as the file may be, too.
                lines = [(x, 700 - step * i, 11, row[k]) for k, x in enumerate(places) for i, row in enumerate(rows)]
                texts, blocks = self.around(lines)
                self.assertEqual(texts, ["cell " + cell for row in rows for cell in row])
                self.assertEqual([(b["row"], b["column"]) for b in blocks],
                                 [(i + 1, k + 1) for i in range(5) for k in range(3)])

    def test_columns_of_text(self):
        left = ["Graz has joined the network of", "learning cities, as one of ten new",
                "members from six countries. The", "council had applied for it."]
        right = ["The mayor will go to the next", "conference, which is in Espoo in", "the autumn, and will speak there",
                 "of the libraries of the city."]
        document = self.document(make([[(70, 770, 20, "Graz joins the network")] + [
            (x, 700 - 14 * i, 11, t) for x, lines in ((70, left), (320, right)) for i, t in enumerate(lines)]]))
        self.assertEqual(self.blocks(document).split("\n")[1:],
                         ["body paragraph " + " ".join(left), "body paragraph " + " ".join(right)])

    def test_columns_of_items(self):
        cities = ["Graz", "Sevilla", "Braga", "Espoo", "Cork", "Bursa"]
        texts, _ = self.around([(70 + 150 * (i // 3), 700 - 14 * (i % 3), 11, "\u2022 " + c)
                                for i, c in enumerate(cities)])
        self.assertEqual(texts, ["item " + c for c in cities])

    def test_two_rows_are_no_table(self):
        texts, _ = self.around([(x, y, 11, t) for x, y, t in (
            (70, 700, "Press office"), (250, 700, "Telephone"), (70, 686, "Town Hall"), (250, 686, "316"))])
        self.assertEqual({t.split()[0] for t in texts}, {"paragraph"})

    def test_more_pages_than_are_read(self):
        document = self.document(make([[(70, 700, 11, "Espoo joined in %d." % n)]
                                       for n in range(1800, 2030)]))
        self.assertIn("1999.", document["text"])
        self.assertNotIn("2000.", document["text"])
        self.assertEqual([w.split(":")[0] for w in document["warnings"]], ["parse.truncated"])

    def test_in_a_run(self):
        self.write("in/a.pdf", make([[(70, 760, 18, "Graz joins a network of cities"),
                                      (70, 700, 11, JOINED.format(city="Graz"))]]))
        self.run_db(self.dir / "in")
        self.assertEqual(self.problems(), [])
        self.assertIn("Graz", {c["subject"] for c in self.claims()})
        claim = next(c for c in self.claims() if c["subject"] == "Graz")
        self.dateline("audit", "page", "--db", self.db, claim["id"])
        self.assertIn("text that was read of the archived PDF", self.out)
        self.assertIn(f'<mark id="evidence">{claim["evidence"]}</mark>', self.out)

    def test_what_cannot_be_read(self):
        whole = make(RELEASE)
        for name, body, code in (("none", b"%PDF-1.4\n" + b"\0\xff" * 5000, "parse.pdf"),
                                 ("pictures", make([[]]), "parse.no-text"),
                                 ("html", b"%PDF-1.4\n<html>", "parse.pdf")):
            with self.subTest(name):
                self.write("in/%s.pdf" % name, body)
                self.run_db(self.dir / "in", status=3)
                self.assertEqual([p["code"] for p in self.problems()][-1], code)
                (self.dir / "in" / (name + ".pdf")).unlink()
        # Without its end it is mended.
        self.assertIn("356 members", self.document(whole[:whole.rfind(b"startxref")])["text"])


if __name__ == "__main__":
    unittest.main()

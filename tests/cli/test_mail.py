#!/usr/bin/env python3
"""Mail as a source: messages, boxes of them, folders; what they point to."""
import json
import unittest

from harness import JOINED, ROOT, Case
from web import Web

NEWSLETTER = ROOT / "tests/fuzz/corpus/parse_mail/newsletter"
MESSAGE = """From: Council <news@council.example>
Subject: {subject}
Date: Wed, 14 Feb 2024 09:00:00 +0100
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit

{text}
"""
ENVELOPE = "From news@council.example Wed Feb 14 08:00:%02d 2024\n"


def message(city, more=""):
    return MESSAGE.format(subject=city + " news", text=JOINED.format(city=city) + "\n" + more)


def box(*messages):
    return "".join(ENVELOPE % i + m.replace("\nFrom ", "\n>From ") + "\n"
                   for i, m in enumerate(messages))


class Mail(Case):
    def source(self, path, **more):
        row = dict({"name": "letters", "kind": "mail", "url": str(path), "local": True,
                    "tier": "network"}, **more)
        self.yaml = self.write("sources.yaml", "user_agent: \"test/1 (mailto:a@b.example)\"\n"
                               "sources:\n  - %s\n" % json.dumps(row))

    def run_due(self, *more, status=0):
        self.run_db(status=status, more=["--sources", self.yaml, "--force", *more])

    def subjects(self):
        return sorted(c["subject"] for c in self.claims("--kind", "membership"))

    def documents(self):
        self.export()
        return [d for d in self.lines() if d["export"] == "document"]

    def captures(self):
        self.dateline("archive", "list", "--json", "--db", self.db)
        return [r for r in self.lines() if r["type"] in ("resource", "revisit")]


class Files(Mail):
    def test_a_message_that_is_named(self):
        self.small = False  # it says in many ways who has joined
        path = self.write("newsletter.eml", NEWSLETTER.read_bytes())
        self.run_db(path)
        self.assertEqual(self.subjects(), ["Bursa", "Cork", "Espoo", "Graz"])
        doc = self.documents()[0]
        self.assertEqual((doc["title"], doc["published"]),
                         ("Newsletter 3/2024: four new members, and a date for your diary",
                          "2024-03-12"))
        self.assertEqual([r["type"] for r in self.captures()], ["resource"])
        self.dateline("audit", "explain", "--db", self.db, self.claims()[0]["id"])
        self.assertIn("OK", self.out)
        self.dateline("audit", "page", "--db", self.db, self.claims()[0]["id"])
        self.assertIn("text that was read of the archived message", self.out)
        self.assertIn('<mark id="evidence">', self.out)
        before = self.export()
        self.dateline("replay", "--db", self.db)
        self.assertEqual(self.export(), before)

    def test_a_message_as_text(self):
        self.dateline("parse", self.write("a.eml", NEWSLETTER.read_bytes()))
        self.assertIn("\n\nFour new members\n\nDear readers,\n\nOn 14 February 2024 the cities",
                      self.out)
        for furniture in ("View it in your browser", "Members\n\nFour", "Unsubscribe",
                          "max-width", "All rights reserved"):
            self.assertNotIn(furniture, self.out)

    def test_subjects_in_old_charsets_are_read_by_a_worker(self):
        for charset, city in [("iso-8859-2", "Łódź"), ("windows-1254", "Eskişehir"),
                              ("koi8-u", "Київ"), ("windows-1253", "Λάρισα"),
                              ("iso-2022-jp", "岡山"), ("gb18030", "北京"), ("euc-kr", "울산"),
                              ("big5", "台北"), ("utf-8", "Évora")]:
            quoted = "".join("=%02X" % b for b in city.encode(charset))
            text = MESSAGE.format(subject="=?%s?Q?%s?=" % (charset, quoted), text="Hello there.")
            self.write("in/%s.eml" % charset, text)
        self.run_db(self.dir / "in")
        self.assertEqual({d["title"] for d in self.documents()},
                         {"Łódź", "Eskişehir", "Київ", "Λάρισα", "岡山", "北京", "울산", "台北",
                          "Évora"})

    def test_what_is_no_message_is_a_problem(self):
        self.write("in/a.eml", "<p>No message</p>")
        self.write("in/b.eml", b"\x00\x01\x02")
        self.write("in/c.eml", "")
        self.write("in/d.eml", message("Graz"))
        self.run_db(self.dir / "in", status=3)
        self.assertEqual(sorted(p["code"] for p in self.problems()),
                         ["parse.empty", "parse.markup", "parse.markup"])
        self.assertEqual(self.subjects(), ["Graz"])


class Boxes(Mail):
    def test_each_message_of_a_box_is_a_capture(self):
        more = "\nFrom here to there it is far.\n>From the editor.\n"
        path = self.write("letters", box(message("Graz", more), message("Linz")))
        self.source(path)
        self.run_due()
        self.assertEqual(self.subjects(), ["Graz", "Linz"])
        self.assertEqual(len(self.captures()), 2)
        documents = self.documents()
        self.assertEqual(len({d["url"] for d in documents}), 2)
        self.dateline("archive", "get", "--db", self.db, self.captures()[0]["file"],
                      str(self.captures()[0]["offset"]))
        self.assertIn("\nFrom here to there it is far.\nFrom the editor.\n", self.out)
        # The box grows: what was there is not taken again.
        with path.open("a") as f:
            f.write(box(message("Graz", more), message("Linz"), message("Wels"))[
                len(box(message("Graz", more), message("Linz"))):])
        self.run_due()
        self.assertEqual(self.subjects(), ["Graz", "Linz", "Wels"])
        self.assertEqual(len(self.captures()), 3)
        # Nor when one before it is deleted.
        path.write_text(box(message("Linz")).replace(ENVELOPE % 0, ENVELOPE % 1))
        self.run_due()
        self.assertEqual(len(self.captures()), 3)

    def test_a_box_that_is_named(self):
        self.run_db(self.write("a.mbox", box(message("Graz")).replace("\n", "\r\n")))
        self.assertEqual(self.subjects(), ["Graz"])
        self.run_db(self.dir / "none.mbox", status=3)
        self.assertEqual([p["code"] for p in self.problems()], ["fetch.file-missing"])

    def test_a_message_over_its_cap_hides_no_other(self):
        path = self.write("letters.mbox", box(message("Graz"), message("Linz", "x" * 9000),
                                              message("Steyr", "y\n" * 4500), message("Wels")))
        self.source(path, max_bytes=4096)
        self.run_due(status=3)
        self.assertEqual(self.subjects(), ["Graz", "Wels"])
        self.assertEqual([p["code"] for p in self.problems()], ["fetch.body-too-large"] * 2)

    def test_a_folder(self):
        for part, name, city in [("new", "1.a.host", "Graz"), ("cur", "2.b.host:2,S", "Linz"),
                                 ("tmp", "3.c.host", "Wels")]:
            self.write("Maildir/%s/%s" % (part, name), message(city))
        for part in ("new", "cur", "tmp"):
            self.write("Maildir/.Sent/%s/4.d.host" % part, message("Steyr"))
        self.write("Maildir/dovecot.index", b"\x00\x01")
        self.source(self.dir / "Maildir")
        self.run_due()
        self.assertEqual(self.subjects(), ["Graz", "Linz", "Steyr"])
        documents = self.documents()
        # A message that is read moves, and gets flags; it is the same message.
        (self.dir / "Maildir/new/1.a.host").rename(self.dir / "Maildir/cur/1.a.host:2,RS")
        self.run_due()
        self.assertEqual(self.documents(), documents)
        self.assertTrue(documents[1]["url"].endswith("/Maildir/1.a.host"), documents)


class Links(Mail):
    def test_links_are_followed_where_the_source_asks(self):
        web = Web(self)
        web.pages["/c/1"] = "<html><body><h1>News</h1><p>%s</p></body></html>" % JOINED.format(
            city="Espoo")
        html = ("MIME-Version: 1.0\nSubject: Graz\nDate: Wed, 14 Feb 2024 09:00:00 +0100\n"
                "Content-Type: text/html\n\n<p>%s</p><p class=more><a href='%s/c/1'>More</a></p>"
                "<p><a href='%s/unsubscribe/7'>Unsubscribe</a></p>\n"
                % (JOINED.format(city="Graz"), web.url, web.url))
        plain = message("Linz", "See %s/c/2, or leave: %s/unsubscribe/8.\n" % (web.url, web.url))
        self.write("in/a.eml", html)
        self.write("in/b.eml", plain)
        self.source(self.dir / "in")
        self.run_due()
        self.assertEqual(web.asked, [])
        for pattern, paths in [(".more", ["/c/1"]), ("/c/[0-9]+$", ["/c/1", "/c/2"])]:
            with self.subTest(pattern=pattern):
                web.asked.clear()
                self.db = self.dir / ("%d.db" % len(pattern))
                self.source(self.dir / "in", links=pattern)
                self.run_due(status=(0, 3))
                self.assertEqual(sorted(web.paths()), paths)
                self.assertIn("Espoo", self.subjects())


if __name__ == "__main__":
    unittest.main()

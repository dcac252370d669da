#!/usr/bin/env python3
"""A feed with whole texts: documents of its entries, until their pages are there."""
import unittest
import xml.sax.saxutils

from harness import Case, release
from web import Reply


def entry(city):
    return release(city) + "<p>%s</p>" % ("The council had applied for it, with the help of all schools. " * 6)


class Site(Reply):
    """A feed of one entry, whose page may be there."""

    text = entry("Graz")
    page = None

    def do_GET(self):
        item = ("<item><title>News</title><link>/news</link><description>%s</description></item>"
                % xml.sax.saxutils.escape(self.text))
        if self.path == "/feed":
            self.reply(200, {"Content-Type": "application/rss+xml"},
                       ("<rss version=\"2.0\"><channel>%s</channel></rss>" % item).encode())
        elif self.path == "/news" and self.page is not None:
            self.reply(200, {"Content-Type": "text/html"}, self.page.encode())
        else:
            self.reply(404, {}, b"")


class Items(Case):
    def setUp(self):
        super().setUp()
        self.handler = type("Handler", (Site,), {})
        self.site = self.serve(self.handler)
        self.sources = self.write(
            "sources.yaml", "user_agent: \"test/1 (mailto:a@b.example)\"\nsources:\n"
            "  - {name: city, kind: feed, url: \"%s/feed\", local: true}\n" % self.site)

    def run_now(self):
        self.run_db(status=(0, 3), more=["--sources", self.sources, "--force"])

    def joined(self):
        return {c["subject"]: c for c in self.claims("--kind", "membership") if c["zone"] == "body"}

    def test_an_entry_counts_until_its_page_is_there(self):
        self.run_now()
        claim = self.joined()["Graz"]
        self.assertEqual(claim["url"], self.site + "/news")
        self.dateline("audit", "explain", "--db", self.db, claim["id"])
        self.assertIn("an entry of it", self.out)
        self.assertNotIn("BROKEN", self.out)
        self.dateline("audit", "page", "--db", self.db, claim["id"])
        self.assertIn("<mark id=\"evidence\">", self.out)
        first = self.export()
        self.run_now()
        self.assertEqual(self.export(), first)
        self.handler.text = entry("Linz")
        self.run_now()
        self.assertEqual(set(self.joined()), {"Linz"})
        self.handler.page = release("Cork")
        self.run_now()
        self.assertEqual(set(self.joined()), {"Cork"})
        last = self.export()
        self.dateline("replay", "--db", self.db, status=(0, 3))
        self.assertEqual(self.export(), last)


if __name__ == "__main__":
    unittest.main()

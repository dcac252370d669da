#!/usr/bin/env python3
"""dateline probe: one reader on given input, for a person and in batches."""
import json
import unittest

from harness import Case

ROBOTS = b"User-agent: *\nDisallow: /admin/\nCrawl-delay: 3\n"
FEED = (b"<rss version='2.0'><channel><title>News</title><item><title>Graz</title>"
        b"<link>/a</link><pubDate>14 Feb 2024 09:00 GMT</pubDate></item>"
        b"<item><title>Linz</title><pubDate>soon</pubDate></item></channel></rss>")


class Person(Case):
    def test_robots_says_which_line_decides(self):
        self.dateline("probe", "robots", "--agent", "dateline", "https://a.example/admin/x",
                      "https://a.example/news", stdin=ROBOTS, status=3)
        self.assertIn("refused  https://a.example/admin/x\n         line 2: Disallow: /admin/",
                      self.out)
        self.assertIn("allowed  https://a.example/news\n         no rule matches", self.out)
        self.assertIn("3 seconds", self.out)
        self.dateline("probe", "robots", "https://a.example/", stdin=ROBOTS)

    def test_feed_shows_what_is_read_and_what_is_not(self):
        self.dateline("probe", "feed", "--base", "https://a.example/", stdin=FEED, status=3)
        self.assertIn("rss20: News", self.out)
        self.assertIn("https://a.example/a", self.out)
        self.assertIn("2024-02-14T09:00:00Z", self.out)
        self.assertIn("soon (not read as a date)", self.out)
        self.assertIn("no link", self.out)
        path = self.write("feed.xml", FEED)
        self.dateline("probe", "feed", "--json", path)
        self.assertEqual(len(self.lines()[0]["entries"]), 2)

    def test_what_is_no_feed_is_an_error(self):
        for verb in ("feed", "sitemap"):
            self.dateline("probe", verb, stdin=b"<!doctype html><html></html>", status=1)
            self.assertIn("a page of HTML", self.err)
        self.dateline("probe", "feed", self.dir / "none.xml", status=1)
        self.assertIn("none.xml", self.err)

    def test_sitemap(self):
        self.dateline("probe", "sitemap", stdin=b"<urlset><url><loc>https://a.example/1</loc>"
                      b"<lastmod>2024-02-14</lastmod></url></urlset>")
        self.assertIn("urlset: 1 entries", self.out)
        self.assertIn("2024-02-14T00:00:00Z", self.out)

    def test_url(self):
        self.dateline("probe", "url", "HTTPS://www.A.example/x/../b?utm_source=n", "http://10.0.0.1/",
                      "gopher://a.example", status=3)
        self.assertIn("https://www.a.example/b\n  asked as  https://www.a.example/b?utm_source=n\n",
                      self.out)
        self.assertEqual(self.out.count("refused"), 2)
        self.dateline("probe", "url", status=2)

    def test_discover(self):
        home = (b"<html><head><link rel=alternate type=application/rss+xml title=News "
                b"href=/news.rss></head>")
        self.dateline("probe", "discover", "--base", "https://a.example/", stdin=home)
        self.assertTrue(self.out.startswith("feed     https://a.example/news.rss\n         News\n"))
        self.assertIn("sitemap  https://a.example/robots.txt  (a usual place, not named)\n", self.out)
        self.dateline("probe", "discover", "--json", stdin=b"Sitemap: https://a.example/s.xml\n")
        self.assertEqual(self.lines(), [{"offers": [
            {"kind": "sitemap", "url": "https://a.example/s.xml", "guess": False}]}])
        self.dateline("probe", "discover", stdin=b"<html></html>", status=3)
        self.assertEqual(self.out, "")

    def test_charset(self):
        self.dateline("probe", "charset", stdin=b"<meta charset=latin1>caf\xe9")
        self.assertIn("windows-1252", self.out)


class Links(Case):
    def test_a_feed_gives_links_and_no_document(self):
        path = self.write("feed.xml", FEED.replace(b"/a<", b"HTTPS://A.example/x/../a?b#c<"))
        self.dateline("plan", path)
        tasks = self.out.encode()
        self.dateline("fetch", stdin=tasks)
        pages = self.out.encode()
        self.dateline("parse", stdin=pages)
        kinds = [r["kind"] for r in self.lines()]
        self.assertEqual(kinds, ["task", "page", "link"])
        link = self.lines()[2]
        self.assertEqual((link["url"], link["title"], link["published"]),
                         ("https://a.example/a?b", "Graz", "14 Feb 2024 09:00 GMT"))
        self.dateline("parse", path)
        self.assertIn("Graz", self.out)
        # What lies in a directory asks nobody.
        self.write("in/feed.xml", path.read_bytes())
        self.run_db(self.dir / "in")
        self.assertEqual(self.problems(), [])


class Batch(Case):
    def batch(self, verb, cases, status=0):
        text = "".join((c if isinstance(c, str) else json.dumps(c)) + "\n" for c in cases)
        self.dateline("probe", verb, "--batch", stdin=text.encode(), status=status)
        return self.lines()

    def test_answers_come_in_order_and_bad_cases_stop_nothing(self):
        robots = ROBOTS.decode()
        got = self.batch("robots", [
            {"id": "b", "body": robots, "agent": "x", "url": "/admin/"},
            "no json",
            {"id": 7, "file": str(self.dir / "none"), "agent": "x", "url": "/"},
            {"id": "c", "body": robots, "agent": "x"},
            [1],
            {"id": "d", "body": robots, "agent": "x", "url": "/news"}], status=3)
        self.assertEqual([g.get("id") for g in got], ["b", None, 7, "c", None, "d"])
        self.assertEqual(got[0], {"id": "b", "allowed": False, "line": 2, "delay": 3})
        self.assertEqual(got[1]["line"], 2)
        self.assertTrue(all("error" in got[i] for i in (1, 2, 3, 4)))
        self.assertEqual(got[5]["allowed"], True)

    def test_feed(self):
        path = self.write("feed.xml", FEED)
        got = self.batch("feed", [
            {"id": 1, "file": str(path), "base_url": "https://a.example/x/feed"},
            {"id": 2, "body": "<rss><channel><item><link>y</link></item></channel></rss>",
             "base_url": "https://a.example/", "headers": {"Content-Location": "/d/",
                                                          "Content-Language": "de"}}])
        self.assertEqual(got[0]["feed"]["title"], "News")
        self.assertEqual(got[0]["entries"][0]["link"], "https://a.example/a")
        self.assertEqual(got[0]["entries"][0]["published"], "2024-02-14T09:00:00Z")
        self.assertEqual(got[1]["entries"][0]["link"], "https://a.example/d/y")
        self.assertEqual(got[1]["feed"]["language"], "de")
        got = self.batch("feed", [{"id": 1, "hex": "3c7273733e3c6368616e6e656c3e3c7469746c653ee9"
                                   "3c2f7469746c653e3c2f6368616e6e656c3e3c2f7273733e",
                                   "content_type": "text/xml; charset='iso-8859-1'"}])
        self.assertEqual((got[0]["feed"]["title"], got[0]["encoding"]), ("é", "iso-8859-1"))

    def test_sitemap_url_charset(self):
        got = self.batch("sitemap", [{"id": 1, "body": "https://a.example/1\n"}])
        self.assertEqual((got[0]["kind"], got[0]["entries"][0]["loc"]),
                         ("text", "https://a.example/1"))
        got = self.batch("url", [{"id": 1, "url": "../x", "base": "https://www.a.co.uk/b/c"},
                                 {"id": 2, "url": "https://"},
                                 {"id": 3, "url": "https://a.example/c?b=2&a=1"}])
        self.assertEqual((got[2]["url"], got[2]["asked"]),
                         ("https://a.example/c?a=1&b=2", "https://a.example/c?b=2&a=1"))
        self.assertEqual((got[0]["url"], got[0]["host"], got[0]["domain"], got[0]["refused"]),
                         ("https://www.a.co.uk/x", "www.a.co.uk", "a.co.uk", None))
        self.assertIsNone(got[1]["url"])
        self.assertTrue(got[1]["refused"])
        got = self.batch("charset", [{"id": 1, "hex": "3c6d65746120636861727365743d6b6f69382d723e"},
                                     {"id": 2, "body": "plain"},
                                     {"id": 3, "hex": "c3a9"},
                                     {"id": 4, "hex": "c3a"}], status=3)
        self.assertEqual([g.get("encoding") for g in got],
                         ["koi8-r", "windows-1252", "utf-8", None])


if __name__ == "__main__":
    unittest.main()

#!/usr/bin/env python3
"""What a source may be told in sources.yaml does what it says."""
import gzip
import json
import time
import unittest

from harness import JOINED, PAGE, Case, release
from web import Web

FEED = """<rss version="2.0"><channel><title>News</title>%s</channel></rss>"""
ITEM = "<item><link>%s</link><pubDate>%s</pubDate></item>"


def feed(*items):
    return FEED % "".join(ITEM % i for i in items)


class Sources(Case):
    def setUp(self):
        super().setUp()
        self.web = Web(self)

    def sources(self, *rows):
        text = 'user_agent: "test/1 (mailto:a@b.example)"\nsources:\n'
        for row in rows:
            row = dict({"local": True}, **row)
            text += "  - " + json.dumps(row) + "\n"
        self.yaml = self.write("sources.yaml", text)

    def run_due(self, *more, status=0):
        self.run_db(status=status, more=["--sources", self.yaml, *more])

    def plan(self, *more):
        self.dateline("plan", "--db", self.db, "--sources", self.yaml, *more)
        return [(t["url"].rsplit("/", 1)[1], t["reason"]) for t in self.lines()]

    def council(self, **more):
        """A feed of three releases, of 2022, 2024 and no date."""
        self.web.pages["/feed"] = feed(
            (self.web.url + "/old", "Mon, 14 Feb 2022 09:00:00 GMT"),
            (self.web.url + "/new", "Wed, 14 Feb 2024 09:00:00 GMT"),
            (self.web.url + "/undated", "soon"))
        for name, city in [("old", "Graz"), ("new", "Linz"), ("undated", "Wels")]:
            self.web.pages["/" + name] = release(city)
        self.sources(dict({"name": "council", "url": self.web.url + "/feed"}, **more))

    def followed(self):
        return sorted(p for p in self.web.paths() if p != "/feed")

    def everything_written(self):
        text = self.out + self.err
        for path in self.dir.rglob("*"):
            if path.is_file() and path != self.yaml:
                data = path.read_bytes()
                text += data.decode("latin-1")
                if path.suffix == ".gz":
                    text += gzip.decompress(data).decode("latin-1")
        return text


class Settings(Sources):
    def test_a_url_that_would_never_be_asked_for(self):
        for url, why in [("https://u:p@a.example/", "a user name in the URL"),
                         ("https://a.example\\b", "a backslash in the URL"),
                         ("http://a b/", "Bad hostname"),
                         ("http:///a", "not two slashes behind the scheme")]:
            self.sources({"name": "fine", "url": "https://a.example/"},
                         {"name": "council", "url": url})
            with self.subTest(url=url):
                self.dateline("plan", "--sources", self.yaml, "--db", self.db, status=2)
                self.assertIn("sources.yaml:4: source council: url: ", self.err)
                self.assertIn(why, self.err)

    def test_since_leaves_older_links_alone(self):
        self.council(since="2024-01")
        self.run_due()
        self.assertEqual(self.followed(), ["/new", "/undated"])
        self.dateline("status", "--json", "--db", self.db)
        self.assertEqual(json.loads(self.out)["links"], 0)
        # Who asks for more later gets it, though the feed was read before.
        self.council(since="2022")
        self.run_due()
        self.assertEqual(self.followed(), ["/new", "/old", "/undated"])

    def test_max_pages_is_of_one_run_and_takes_the_newest(self):
        self.council(max_pages=1)
        self.run_due()
        self.assertEqual(self.followed(), ["/new"])
        self.run_due()
        self.assertEqual(self.followed(), ["/new", "/old"])

    def test_max_bytes(self):
        self.web.pages["/a"] = release("Graz") + "<!--" + "x" * 5000 + "-->"
        self.sources({"name": "a", "url": self.web.url + "/a", "max_bytes": 4096})
        self.run_due(status=3)
        self.assertEqual([p["code"] for p in self.problems()], ["fetch.body-too-large"])
        self.sources({"name": "a", "url": self.web.url + "/a", "max_bytes": 9000})
        self.run_due("--force")
        self.assertEqual(len(self.claims("--kind", "membership")), 1)

    def test_max_bytes_of_a_file(self):
        self.write("in/a.html", release("Graz") + "<!--" + "x" * 5000 + "-->")
        self.sources({"name": "a", "kind": "directory", "url": str(self.dir / "in"),
                      "max_bytes": 4096})
        self.run_due(status=3)
        self.assertEqual([p["code"] for p in self.problems()], ["fetch.body-too-large"])

    def test_depth(self):
        urlset = "<urlset><url><loc>%s</loc></url></urlset>"
        self.web.pages["/map"] = ("<sitemapindex><sitemap><loc>%s/part</loc></sitemap>"
                                  "</sitemapindex>" % self.web.url)
        self.web.pages["/part"] = urlset % (self.web.url + "/page")
        self.web.pages["/page"] = release("Graz")
        for depth, paths in [(0, ["/map"]), (1, ["/map", "/part"]),
                             (2, ["/map", "/part", "/page"])]:
            with self.subTest(depth=depth):
                self.web.asked.clear()
                self.db = self.dir / ("%d.db" % depth)
                self.sources({"name": "map", "url": self.web.url + "/map", "depth": depth})
                self.run_due()
                self.assertEqual(self.web.paths(), paths)

    def test_timeout(self):
        class Slow(Web):
            def answer(self, host, path):
                if path == "/slow":
                    time.sleep(3)
                return super().answer(host, path)

        web = Slow(self)
        web.pages["/slow"] = release("Graz")
        self.sources({"name": "a", "url": web.url + "/slow", "timeout": 1})
        self.run_due(status=3)
        self.assertEqual([p["code"] for p in self.problems()], ["fetch.timeout"])

    def test_headers_go_to_the_sources_origin_and_nowhere_else(self):
        other = Web(self, "127.0.0.2")
        self.web.pages["/feed"] = feed((self.web.url + "/own", ""), (other.url + "/other", ""),
                                       (self.web.url + "/moved", ""))
        self.web.pages["/own"] = release("Graz")
        self.web.pages["/moved"] = (302, {"Location": other.url + "/landed"}, "")
        other.pages["/other"] = other.pages["/landed"] = release("Linz")
        self.sources({"name": "a", "url": self.web.url + "/feed",
                      "headers": {"Authorization": "Bearer hush-hush", "X-Team": "press"}},
                     {"name": "b", "url": self.web.url + "/own"})
        self.run_due("--verbose", "--source", "a")
        for path in ("/robots.txt", "/feed", "/own", "/moved"):
            for sent in self.web.headers_of(path):
                self.assertEqual((sent.get("Authorization"), sent.get("X-Team")),
                                 ("Bearer hush-hush", "press"), path)
        self.assertEqual(sorted(other.paths()), ["/landed", "/other"])
        for _, path, sent in other.asked:
            self.assertNotIn("Authorization", sent, path)
            self.assertNotIn("X-Team", sent, path)
        # It is a secret: no archive, ledger or log has it.
        self.assertNotIn("hush-hush", self.everything_written())
        # Nor does another source of that site send it.
        self.web.asked.clear()
        self.run_due("--source", "b", "--force")
        self.assertNotIn("Authorization", self.web.headers_of("/own")[0])

    def test_proxy_only_where_it_is_configured(self):
        proxy = Web(self, "127.0.0.3")
        proxy.pages["press.example/robots.txt"] = "User-agent: *\nDisallow: /\n"
        proxy.pages["127.0.0.9:9/news"] = release("Graz")
        self.web.pages["/direct"] = release("Linz")
        # Nobody listens there, and nobody has that name.
        self.sources({"name": "far", "url": "http://127.0.0.9:9/news",
                      "proxy": "http://us:hush-hush@" + proxy.host},
                     {"name": "named", "url": "http://press.example/private", "local": False,
                      "proxy": proxy.url},
                     {"name": "near", "url": self.web.url + "/direct"})
        self.run_due("--verbose", status=3)
        self.assertEqual(proxy.paths(), ["/news"])
        self.assertEqual(self.web.paths(), ["/direct"])
        self.assertEqual([p["code"] for p in self.problems()], ["fetch.robots"])
        self.assertEqual({c["subject"] for c in self.claims("--kind", "membership")},
                         {"Graz", "Linz"})
        self.assertNotIn("hush-hush", self.everything_written())

    def test_a_proxy_does_not_open_private_addresses(self):
        proxy = Web(self, "127.0.0.3")
        self.sources({"name": "a", "url": "http://192.168.7.7/x", "local": False,
                      "proxy": proxy.url})
        self.run_due(status=3)
        self.assertEqual([p["code"] for p in self.problems()], ["fetch.address-refused"])
        self.assertEqual(proxy.asked, [])

    def test_language(self):
        text = "Graz ist am 14. Februar 2024 beigetreten."
        page = "<html><body><h1>Neues</h1><p>%s</p></body></html>" % text
        self.web.pages["/a"] = self.web.pages["/b"] = page
        self.sources({"name": "a", "url": self.web.url + "/a", "language": "de"},
                     {"name": "b", "url": self.web.url + "/b", "language": "pt"})
        self.run_due()
        self.export()
        said = {d["source"]: d["language"] for d in self.lines() if d["export"] == "document"}
        self.assertEqual(said, {"a": "de", "b": "pt"})

    def test_timezone(self):
        page = release("Graz").replace("2024-02-14T09:00:00+00:00", "2024-02-14T23:30:00Z")
        self.web.pages["/vienna"] = self.web.pages["/utc"] = page
        self.web.pages["/denver"] = page.replace("14T23:30:00Z", "14T04:30:00+00:00")
        self.web.pages["/day"] = page.replace("2024-02-14T23:30:00Z", "2024-02-14")
        zones = {"vienna": "Europe/Vienna", "denver": "America/Denver", "utc": None,
                 "day": "Europe/Vienna"}
        self.sources(*({"name": name, "url": "%s/%s" % (self.web.url, name),
                        **({"timezone": zone} if zone else {})} for name, zone in zones.items()))
        self.run_due()
        self.export()
        said = {d["source"]: d["published"] for d in self.lines() if d["export"] == "document"}
        self.assertEqual(said, {"vienna": "2024-02-15", "denver": "2024-02-13",
                                "utc": "2024-02-14", "day": "2024-02-14"})
        self.sources({"name": "a", "url": self.web.url + "/a", "timezone": "Europe/Wien"})
        for verb in ("run", "plan", "check-config"):
            self.dateline(verb, "--sources", self.yaml, status=2)
            self.assertRegex(self.err, r'sources.yaml:3: source a: timezone: "Europe/Wien" is not')

    def test_enabled(self):
        self.council(enabled=False)
        self.run_due()
        self.assertEqual(self.web.asked, [])
        self.council()
        self.run_due()
        self.assertEqual(len(self.followed()), 3)

    def test_interval(self):
        self.council(interval=60)
        self.run_due()
        self.dateline("status", "--json", "--db", self.db)
        row = json.loads(self.out)
        minutes = [row[k][14:19] for k in ("tried_at", "due_at")]
        seconds = [60 * int(m[:2]) + int(m[3:]) for m in minutes]
        self.assertIn((seconds[1] - seconds[0]) % 3600, range(60, 70))


class Options(Sources):
    def test_since_and_until_choose_links(self):
        for more, paths in [(["--since", "2024"], ["/new", "/undated"]),
                            (["--until", "2022-02-14"], ["/old", "/undated"]),
                            (["--until", "2022-02-13"], ["/undated"]),
                            (["--since", "2022-02-15", "--until", "2024-02-13"], ["/undated"]),
                            ([], ["/new", "/old", "/undated"])]:
            with self.subTest(more=more):
                self.web.asked.clear()
                self.db = self.dir / ("-".join(more) + ".db")
                self.council()
                self.run_due(*more)
                self.assertEqual(self.followed(), paths)

    def test_since_widens_what_the_source_says(self):
        self.council(since="2024")
        self.run_due("--since", "2021")
        self.assertEqual(self.followed(), ["/new", "/old", "/undated"])

    def test_plan_takes_them_too(self):
        self.council(max_pages=1)
        self.run_due()
        self.assertEqual(self.plan(), [("old", "link")])
        self.assertEqual(self.plan("--since", "2023"), [("undated", "link")])
        self.dateline("plan", "--since", "soon", status=2)
        self.assertIn('--since: "soon" is not a date', self.err)

    def test_captures_of_an_archive(self):
        def record(date, path, city):
            body = PAGE.format(title=city, date=date, text=JOINED.format(city=city)).encode()
            http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + body
            return (b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:%s>\r\n"
                    b"WARC-Date: %sT10:00:00Z\r\nWARC-Target-URI: https://a.example%s\r\n"
                    b"Content-Type: application/http;msgtype=response\r\n"
                    b"Content-Length: %d\r\n\r\n" % (path.encode(), date.encode(), path.encode(),
                                                     len(http))) + http + b"\r\n\r\n"

        path = self.write("a.warc", record("2022-02-14", "/1", "Graz")
                          + record("2024-02-14", "/2", "Linz"))
        for more, cities in [(["--since", "2023"], {"Linz"}), (["--until", "2023"], {"Graz"}),
                             ([], {"Graz", "Linz"})]:
            with self.subTest(more=more):
                db = self.dir / ("-".join(more) + ".db")
                self.run_db(path, db=db, more=more)
                self.assertEqual({c["subject"] for c in
                                  self.claims("--kind", "membership", db=db)}, cities)
        # A source's own since holds as well.
        self.sources({"name": "w", "kind": "warc", "url": str(path), "since": "2023"})
        self.run_due()
        self.assertEqual({c["subject"] for c in self.claims("--kind", "membership")}, {"Linz"})

    def test_force_asks_again_and_follows_what_is_new(self):
        self.council()
        self.run_due()
        self.web.asked.clear()
        self.run_due()
        self.assertEqual(self.web.asked, [])
        self.web.pages["/newest"] = release("Steyr")
        self.web.pages["/feed"] = feed((self.web.url + "/newest", ""))
        self.run_due("--force")
        self.assertEqual(self.web.paths(), ["/feed", "/newest"])

    def test_force_retries_a_link_that_failed(self):
        self.council()
        del self.web.pages["/new"]
        self.run_due(status=3)
        self.web.asked.clear()
        self.web.pages["/new"] = release("Linz")
        self.run_due()
        self.assertEqual(self.web.paths(), [])
        self.run_due("--force")
        self.assertEqual(self.web.paths(), ["/feed", "/new"])

    def test_one_source(self):
        self.web.pages["/a"] = self.web.pages["/b"] = release("Graz")
        self.sources({"name": "a", "url": self.web.url + "/a"},
                     {"name": "b", "url": self.web.url + "/b"})
        self.run_due("--source", "b")
        self.assertEqual(self.web.paths(), ["/b"])
        for verb in ("run", "plan"):
            self.dateline(verb, "--db", self.db, "--sources", self.yaml, "--source", "c", status=2)
            self.assertIn('no source "c"', self.err)

    def test_what_is_named_may_be_of_a_source(self):
        self.council()
        self.run_due("--source", "council", self.web.url + "/new", self.web.url + "/feed")
        self.assertEqual(self.followed(), ["/new", "/old", "/undated"])
        self.assertEqual({c["source"] for c in self.claims()}, {"council"})

    def test_a_feed_that_is_named_is_followed_once(self):
        path = self.write("list.txt", "http://127.0.0.1:9/private\n")
        self.run_db(path, status=3)
        # What a list has is no name given by hand: no private address.
        self.assertEqual([p["code"] for p in self.problems()], ["fetch.address-refused"])
        self.run_db(self.write("a.html", release("Graz")))
        self.run_db(path)  # It failed a moment ago.
        self.run_db(path, status=3, more=["--force"])

    def test_a_list_that_was_cut_short_goes_on(self):
        self.council(max_pages=1)
        path = self.write("list.txt", "".join("%s/%s\n" % (self.web.url, name)
                                              for name in ("old", "new", "undated")))
        for n in (1, 2, 3, 3):
            self.run_due("--source", "council", path)
            self.assertEqual(len(self.followed()), n)

    def test_a_dry_run_tells_links_and_asks_nobody(self):
        self.council(max_pages=1, interval=86400)
        self.run_due()
        self.web.asked.clear()
        before = self.db.read_bytes()
        self.run_due("--dry-run")
        self.assertEqual([(r["url"].rsplit("/", 1)[1], r["reason"]) for r in self.lines()],
                         [("old", "link")])
        self.run_due("--dry-run", "--force", "--since", "2024")
        self.assertEqual([(r["url"].rsplit("/", 1)[1], r["reason"]) for r in self.lines()],
                         [("feed", "forced"), ("undated", "link")])
        self.assertEqual(self.web.asked, [])
        self.assertEqual(self.db.read_bytes(), before)


if __name__ == "__main__":
    unittest.main()

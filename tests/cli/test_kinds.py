#!/usr/bin/env python3
"""Every kind of source that sources.yaml takes, through run, to the ledger."""
import gzip
import json
import unittest

from harness import JOINED, PAGE, Case, release
from web import Web

CITIES = ["Graz", "Linz"]


def rss(version, items, head=""):
    return ("<?xml version='1.0'?>%s<rss version='%s'><channel><title>N</title>%s</channel></rss>"
            % (head, version, "".join("<item><title>t</title><link>%s</link></item>" % u
                                      for u in items)))


def rdf(namespace, items):
    return ("<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='%s'>"
            "<channel><title>N</title></channel>%s</rdf:RDF>"
            % (namespace, "".join("<item><title>t</title><link>%s</link></item>" % u
                                  for u in items)))


def atom(namespace, items, more=""):
    return ("<feed xmlns='%s'%s><title>N</title>%s</feed>"
            % (namespace, more, "".join("<entry><title>t</title><link rel='alternate' href='%s'/>"
                                        "</entry>" % u for u in items)))


def urlset(items, more=""):
    return ("<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>%s</urlset>"
            % "".join("<url><loc>%s</loc>%s</url>" % (u, more) for u in items))


NEWS = ("<n:news xmlns:n='http://www.google.com/schemas/sitemap-news/0.9'><n:publication><n:name>C"
        "</n:name><n:language>en</n:language></n:publication><n:publication_date>2024-02-14"
        "</n:publication_date><n:title>t</n:title></n:news>")

LISTINGS = {
    "rss 0.90": lambda u: rdf("http://my.netscape.com/rdf/simple/0.9/", u),
    "rss 0.91": lambda u: rss("0.91", u),
    "rss 0.91 of Netscape": lambda u: rss(
        "0.91", u, "<!DOCTYPE rss PUBLIC '-//Netscape Communications//DTD RSS 0.91//EN'"
        " 'http://my.netscape.com/publish/formats/rss-0.91.dtd'>"),
    "rss 0.92": lambda u: rss("0.92", u),
    "rss 1.0": lambda u: rdf("http://purl.org/rss/1.0/", u),
    "rss 2.0": lambda u: rss("2.0", u),
    "atom 0.3": lambda u: atom("http://purl.org/atom/ns#", u, " version='0.3'"),
    "atom 1.0": lambda u: atom("http://www.w3.org/2005/Atom", u),
    "json feed 1": lambda u: json.dumps({
        "version": "https://jsonfeed.org/version/1", "title": "N",
        "items": [{"id": x, "url": x} for x in u]}),
    "json feed 1.1": lambda u: json.dumps({
        "version": "https://jsonfeed.org/version/1.1", "title": "N",
        "items": [{"id": x, "url": x} for x in u]}),
    "sitemap": urlset,
    "news sitemap": lambda u: urlset(u, NEWS),
    "gzipped sitemap": lambda u: (200, {"Content-Type": "application/gzip"},
                                  gzip.compress(urlset(u).encode())),
    "list": lambda u: (200, {"Content-Type": "text/plain"}, "# all\n" + "\n".join(u) + "\n"),
}


class Kinds(Case):
    def setUp(self):
        super().setUp()
        self.web = Web(self)
        for city in CITIES:
            self.web.pages["/" + city.lower()] = release(city)
        self.urls = [self.web.url + "/" + city.lower() for city in CITIES]

    def sources(self, *rows):
        self.yaml = self.write("sources.yaml", 'user_agent: "test/1 (mailto:a@b.example)"\n'
                               "sources:\n" + "".join("  - %s\n" % json.dumps(r) for r in rows))

    def source(self, kind, url, **more):
        self.sources(dict({"name": "a", "kind": kind, "url": str(url), "local": True}, **more))

    def run_due(self, *more, status=0):
        self.run_db(status=status, more=["--sources", self.yaml, *more])

    def subjects(self):
        return sorted(c["subject"] for c in self.claims("--kind", "membership"))

    def problem_codes(self):
        return [p["code"] for p in self.problems()]

    def fresh(self, name):
        self.db = self.dir / ("%s.db" % name.replace(" ", "-"))
        self.web.asked.clear()


class Listings(Kinds):
    def test_every_kind_of_listing(self):
        kinds = {"sitemap": "sitemap", "news sitemap": "sitemap", "gzipped sitemap": "sitemap",
                 "list": "list"}
        rows = []
        for n, (name, make) in enumerate(LISTINGS.items()):
            urls = ["%s/%d/%s" % (self.web.url, n, city.lower()) for city in CITIES]
            self.web.pages["/%d" % n] = make(urls)
            for city in CITIES:
                self.web.pages["/%d/%s" % (n, city.lower())] = release(city)
            rows.append({"name": name.replace(" ", "-"), "kind": kinds.get(name, "feed"),
                         "url": "%s/%d" % (self.web.url, n), "local": True})
        self.sources(*rows)
        self.run_due()
        self.assertEqual(self.problem_codes(), [])
        found = {(c["source"], c["subject"]) for c in self.claims("--kind", "membership")}
        self.assertEqual(found, {(r["name"], city) for r in rows for city in CITIES})
        self.assertEqual(len(self.web.paths()), 3 * len(rows))

    def test_an_index_of_sitemaps_and_opml_are_read_again(self):
        index = ("<sitemapindex><sitemap><loc>%s/part</loc></sitemap></sitemapindex>"
                 % self.web.url)
        opml = ("<opml version='2.0'><body><outline type='rss' xmlUrl='%s/part'/></body></opml>"
                % self.web.url)
        for kind, listing, part in [("sitemap", index, urlset),
                                    ("opml", opml, LISTINGS["rss 2.0"])]:
            with self.subTest(kind):
                self.fresh(kind)
                self.web.pages["/listing"] = listing
                self.web.pages["/part"] = part(self.urls[:1])
                self.source(kind, self.web.url + "/listing")
                self.run_due()
                self.assertEqual(self.subjects(), CITIES[:1])
                self.web.pages["/part"] = part(self.urls)
                self.run_due("--force")
                self.assertEqual(self.subjects(), CITIES)
                self.assertEqual(self.web.paths().count("/graz"), 1)

    def test_an_index_that_leads_back_to_itself(self):
        index = "<sitemapindex>%s</sitemapindex>"
        part = "<sitemap><loc>" + self.web.url + "/%s</loc></sitemap>"
        self.web.pages["/listing"] = index % (part % "listing" + part % "other")
        self.web.pages["/other"] = index % (part % "listing" + part % "other" + part % "pages")
        self.web.pages["/pages"] = urlset(self.urls)
        self.source("sitemap", self.web.url + "/listing")
        self.run_due()
        self.assertEqual(self.subjects(), CITIES)
        self.assertEqual(sorted(self.web.paths()), ["/graz", "/linz", "/listing", "/other", "/pages"])

    def test_as_many_urls_as_a_sitemap_may_have(self):
        self.write("sitemap.xml", urlset("https://a.example/%d?a=1&amp;b" % n for n in range(50000)))
        self.dateline("plan", "sitemap.xml")
        self.dateline("fetch", "--archive", "archive", stdin=self.raw)
        self.dateline("parse", "--archive", "archive", stdin=self.raw)
        self.assertEqual(self.raw.count(b'"kind":"link"'), 50000)

    def test_a_page_that_many_name_is_asked_for_once(self):
        """By several sources, in one run or later; whoever the link says has sent the reader."""
        names, rows = ["a", "b", "c"], []
        for name in names:
            self.web.pages["/" + name] = rss("2.0", [
                "%s?id=1&amp;utm_source=%s" % (self.urls[0], name), self.urls[1], self.web.url + "/gone"])
            rows.append({"name": name, "kind": "feed", "url": self.web.url + "/" + name, "local": True})
        for url in ["/graz?id=1", "/linz"]:
            self.web.pages[url] = release(url[1:5].title())
        self.sources(*rows[:2])
        self.run_due(status=3)
        self.assertEqual(self.web.paths().count("/gone"), 1)
        self.sources(*rows)
        self.run_due(status=3)  # what has failed before is tried for the third
        self.assertEqual(self.subjects(), CITIES)
        self.assertEqual(sorted(self.web.paths()),
                         ["/a", "/b", "/c", "/gone", "/gone", "/graz?id=1", "/linz"])

    def test_what_one_source_may_not_take_is_anothers(self):
        for name in "ab":
            self.web.pages["/" + name] = rss("2.0", self.urls)
        self.sources(*({"name": n, "kind": "feed", "url": self.web.url + "/" + n, "local": True,
                        "max_pages": 1} for n in "ab"))
        self.run_due()
        self.assertEqual(self.subjects(), CITIES)

    def test_robots_txt_is_asked_for_once_a_run(self):
        self.web.pages["/listing"] = rss("2.0", self.urls)
        self.source("feed", self.web.url + "/listing")
        self.run_due()
        self.assertEqual(self.subjects(), CITIES)
        self.assertEqual(len(self.web.headers_of("/robots.txt")), 1)

    def test_a_part_of_an_index_that_has_not_changed_is_left_alone(self):
        index = ("<sitemapindex><sitemap><loc>%s/part</loc><lastmod>%%s</lastmod></sitemap>"
                 "</sitemapindex>" % self.web.url)
        self.source("sitemap", self.web.url + "/listing", interval=60)
        for day, parts in [("2024-02-14", 1), ("2024-02-14", 1), ("2024-02-15", 2)]:
            self.web.pages["/listing"] = index % day
            self.web.pages["/part"] = urlset(self.urls)
            # Asked by its name, so that it alone is forced.
            self.run_db(self.web.url + "/listing", more=["--sources", self.yaml, "--source", "a"])
            self.assertEqual(self.web.paths().count("/part"), parts)

    def test_an_index_page(self):
        self.web.pages["/news"] = (
            "<html><body><a href='/about'>About</a><ul><li class='item x'><a href='/graz'>A</a>"
            "</li><li class='item'><a href='%s'>B</a></li></ul></body></html>" % self.urls[1])
        for pattern in [".item", "/(graz|linz)$"]:
            with self.subTest(pattern):
                self.fresh(pattern.strip("/.")[:4].replace("(", "_"))
                self.source("index", self.web.url + "/news", links=pattern)
                self.run_due()
                self.assertEqual(self.subjects(), CITIES)
                self.assertNotIn("/about", self.web.paths())

    def test_a_page(self):
        self.source("page", self.urls[0])
        self.run_due()
        self.assertEqual(self.subjects(), CITIES[:1])


class Paths(Kinds):
    def test_file_directory_and_archive(self):
        body = PAGE.format(title="Graz", date="2024-02-14",
                           text=JOINED.format(city="Graz")).encode()
        http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + body
        warc = (b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:1>\r\n"
                b"WARC-Date: 2024-02-14T10:00:00Z\r\nWARC-Target-URI: https://a.example/1\r\n"
                b"Content-Type: application/http;msgtype=response\r\nContent-Length: %d\r\n\r\n"
                % len(http)) + http + b"\r\n\r\n"
        self.write("in/a.html", release("Graz"))
        self.write("a.warc", warc)
        self.write("a.warc.gz", gzip.compress(warc))
        for kind, path in [("file", "in/a.html"), ("directory", "in"), ("warc", "a.warc"),
                           ("warc", "a.warc.gz")]:
            with self.subTest(path):
                self.fresh(path.replace("/", "-"))
                self.source(kind, self.dir / path)
                self.run_due()
                self.assertEqual(self.subjects(), CITIES[:1])


class Site(Kinds):
    HOME = ("<html><head><title>City</title>%s</head><body><h1>City</h1><p>%s</p>"
            "<a href='/about'>About</a></body></html>")
    FEED = "<link rel='alternate' type='application/rss+xml' title='News' href='/news.rss'>"
    COMMENTS = ("<link rel='alternate' type='application/rss+xml' title='Comments' "
                "href='/comments/feed/'>")
    USUAL = ["/atom.xml", "/feed", "/feed.xml", "/rss.xml"]

    def site(self, head="", **more):
        self.web.pages["/"] = self.HOME % (head, JOINED.format(city="Wels"))
        self.source("site", self.web.url + "/", **more)

    def test_the_feed_that_a_homepage_names(self):
        self.site(self.FEED + self.COMMENTS)
        self.web.pages["/news.rss"] = rss("2.0", self.urls)
        self.web.pages["/sitemap.xml"] = urlset([self.web.url + "/other"])
        self.run_due()
        # The homepage itself is no release.
        self.assertEqual(self.subjects(), CITIES)
        self.assertEqual(self.web.paths()[:2], ["/", "/news.rss"])
        self.assertEqual(sorted(self.web.paths()), ["/", "/graz", "/linz", "/news.rss"])
        self.assertEqual(self.problem_codes(), [])

    def test_a_feed_that_was_found_is_asked_for_again(self):
        self.site(self.FEED)
        self.web.pages["/news.rss"] = (200, {"ETag": '"1"'}, rss("2.0", self.urls[:1]))
        self.run_due()
        self.run_due()
        self.assertEqual(self.web.paths().count("/news.rss"), 1)
        self.web.pages["/news.rss"] = (200, {"ETag": '"2"'}, rss("2.0", self.urls))
        self.run_due("--force")
        self.assertEqual(self.subjects(), CITIES)
        self.dateline("status", "--json", "--db", self.db)
        self.assertEqual(json.loads(self.out)["links"], 0)

    def test_a_link_for_readers_where_there_is_none_for_programs(self):
        self.site("</head><body><a href='/blog/feed/'>RSS</a>")
        self.web.pages["/blog/feed/"] = rss("2.0", self.urls)
        self.run_due()
        self.assertEqual(self.subjects(), CITIES)

    def test_robots_names_the_sitemaps(self):
        self.site(discover="sitemaps")
        self.web.pages["/robots.txt"] = ("User-agent: *\nDisallow: /admin\nDisallow: /robots\n"
                                         "sitemap : /map.xml  \nSitemap: %s/map2.xml\n"
                                         % self.web.url)
        self.web.pages["/map.xml"] = urlset(self.urls[:1])
        self.web.pages["/map2.xml"] = urlset(self.urls[1:])
        self.run_due()
        self.assertEqual(self.subjects(), CITIES)
        self.assertEqual(self.problem_codes(), [])
        self.assertIn("/sitemap.xml", self.web.paths())

    def test_usual_places(self):
        self.site()
        self.web.pages["/atom.xml"] = LISTINGS["atom 1.0"](self.urls[:1])
        self.web.pages["/sitemap.xml"] = urlset(self.urls[1:])
        # Some sites answer to everything.
        self.web.pages["/feed"] = release("Steyr")
        self.run_due()
        self.assertEqual(self.subjects(), CITIES)
        self.assertEqual(self.problem_codes(), [])
        asked = sorted(p for p in self.web.paths() if p in self.USUAL)
        self.assertEqual(asked, self.USUAL)
        # What is there is asked for like any feed; what is not, in a month.
        self.dateline("plan", "--db", self.db, "--sources", self.yaml, "--force")
        reasons = {t["url"][len(self.web.url):]: t["reason"] for t in self.lines()}
        self.assertEqual(reasons["/atom.xml"], "listing")
        self.assertEqual(reasons["/rss.xml"], "guess")

    def test_what_is_chosen(self):
        for discover, head, wanted in [
                ("auto", self.FEED, {"/news.rss"}),
                ("feeds", self.FEED, {"/news.rss"}),
                ("feeds", "", set(self.USUAL)),
                ("sitemaps", self.FEED, {"/sitemap.xml"}),
                ("all", self.FEED, {"/news.rss", "/sitemap.xml"}),
                ("auto", "", set(self.USUAL) | {"/sitemap.xml"})]:
            with self.subTest(discover=discover, head=head):
                self.fresh(discover + str(len(head)))
                self.web.pages.pop("/news.rss", None)
                self.web.pages["/news.rss"] = rss("2.0", [])
                self.site(head, discover=discover)
                self.run_due()
                self.assertEqual(set(self.web.paths()) - {"/"}, wanted)


if __name__ == "__main__":
    unittest.main()

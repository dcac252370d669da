#!/usr/bin/env python3
"""What stands in the archive behind a run over HTTP, read by a strict reader that is not ours;
its index, looking up, exporting."""
import json
import unittest

import warc_strict
from harness import Case, release
from web import Reply

FEED = """<rss version="2.0"><channel><title>News</title>
<item><title>Graz</title><link>/graz</link></item>
<item><title>Moved</title><link>/old</link></item>
<item><title>Copy</title><link>/copy</link></item></channel></rss>"""


class Site(Reply):
    """A feed, two pages, one of them at two addresses, and one that has moved."""

    pages = {"/feed": ("application/rss+xml", FEED), "/graz": ("text/html", release("Graz")),
             "/copy": ("text/html", release("Graz")), "/new": ("text/html", release("Bursa"))}

    def do_GET(self):
        kind, text = self.pages.get(self.path, (None, ""))
        if self.path == "/old":
            self.reply(301, {"Location": "/new"}, b"")
        elif kind is None:
            self.reply(404, {}, b"")
        else:
            self.reply(200, {"Content-Type": kind, "ETag": '"%s"' % self.path}, text.encode())


class Archive(Case):
    def setUp(self):
        super().setUp()
        self.site = self.serve(Site)
        self.sources = self.write(
            "sources.yaml", "user_agent: \"test/1 (mailto:a@b.example)\"\nsources:\n"
            "  - {name: city, kind: feed, url: \"%s/feed\", local: true, tier: member}\n" % self.site)
        self.archive = self.dir / "facts.db.archive"

    def run_due(self, *more):
        self.run_db(more=["--sources", self.sources, *more])

    def records(self, directory=None):
        directory = directory or self.archive
        records = warc_strict.read(directory)
        return records, warc_strict.check_index(directory, records)

    def parts(self, records, record):
        """The request and the metadata that name a record."""
        of = {r.type: r for r in records if r.fields.get("WARC-Concurrent-To") == record.id}
        meta = of["metadata"].block.decode().splitlines() if "metadata" in of else []
        return of.get("request"), [line.split(": ", 1) for line in meta]

    def test_each_capture_has_its_request_and_what_led_there(self):
        self.run_due()
        records, lines = self.records()
        self.assertEqual(len(lines), 4)
        by_uri = {r.uri: r for r in records if r.type in ("response", "revisit")}
        self.assertEqual(sorted(u.replace(self.site, "") for u in by_uri),
                         ["/copy", "/feed", "/graz", "/new"])
        for uri, record in by_uri.items():
            request, meta = self.parts(records, record)
            self.assertTrue(request.block.startswith(
                ("GET %s HTTP/1.1\r\n" % uri.replace(self.site, "")).encode()), request.block)
            self.assertIn(b"User-Agent: test/1 (mailto:a@b.example)\r\n", request.block)
            self.assertIn(["tier", "member"], meta)
            self.assertEqual(record.fields["WARC-IP-Address"], "127.0.0.1")
            self.assertEqual(record.fields["Dateline-Source"], "city")
            via = [value for name, value in meta if name == "via"]
            self.assertEqual(via, [] if uri.endswith("/feed") else [self.site + "/feed"])
        _, meta = self.parts(records, by_uri[self.site + "/new"])
        self.assertIn(["redirect", "301 " + self.site + "/old"], meta)
        types = [r.type for r in records]
        self.assertEqual((types.count("response"), types.count("revisit")), (3, 1))

    def test_not_modified_is_a_revisit_and_no_capture(self):
        self.run_due()
        self.dateline("plan", "--db", self.db, self.site + "/graz")
        task = dict(json.loads(self.out), source="city")
        want = self.export()
        self.dateline("fetch", "--db", self.db, "--sources", self.sources,
                      stdin=(json.dumps(task) + "\n").encode())
        self.assertEqual([(r["kind"], r["reason"]) for r in self.lines()], [("task", "unchanged")])
        records, lines = self.records()
        self.assertEqual(len(lines), 5)
        last = records[-1]
        self.assertTrue(last.fields["WARC-Profile"].endswith("/server-not-modified"))
        self.assertEqual(last.uri, self.site + "/graz")
        self.assertTrue(last.block.startswith(b"HTTP/1.0 304 ") or
                        last.block.startswith(b"HTTP/1.1 304 "), last.block)
        request, _ = self.parts(records, last)
        self.assertIn(b'If-None-Match: "/graz"\r\n', request.block)
        db = self.dir / "replay.db"
        self.dateline("replay", "--db", db, "--archive", self.archive, "--sources", self.sources)
        self.assertEqual(self.export(db), want)

    def test_the_index_is_made_anew(self):
        self.run_due()
        index = self.archive / "dateline-00001.cdxj"
        want = index.read_bytes()
        for damage in (None, b"", want[:-9], want[:200] + want[300:]):
            if damage is None:
                index.unlink()
            else:
                index.write_bytes(damage)
            db = self.dir / ("replay%d.db" % (len(damage or b"")))
            self.dateline("replay", "--db", db, "--archive", self.archive,
                          "--sources", self.sources)
            self.assertEqual(self.export(db), self.export())
            self.dateline("archive", "index", "--db", self.db)
            self.assertEqual(index.read_bytes(), want)

    def get(self, *args, status=0):
        self.dateline("archive", "get", *args, "--db", self.db, status=status)
        return self.raw.decode()

    def test_the_body_of_a_url(self):
        self.run_due()
        self.assertEqual(self.get(self.site + "/graz"), release("Graz"))
        self.assertEqual(self.get(self.site.upper() + "/new?utm_source=x#top", status=1), "")
        self.assertEqual(self.get(self.site.upper() + "/new#top"), release("Bursa"))
        self.assertEqual(self.get(self.site + "/GRAZ", status=1), "")
        self.assertEqual(self.get(self.site + "/graz", "--at", "2001-02-03T04:05:06Z", status=1), "")
        self.assertIn("no capture of", self.err)
        self.dateline("archive", "get", "x", "--at", "soon", status=2)
        (self.archive / "dateline-00001.cdxj").unlink()
        self.assertEqual(self.get(self.site + "/copy"), release("Graz"))

    def export_to(self, name, *args, status=0):
        self.dateline("archive", "export", self.dir / name, *args, "--db", self.db, status=status)
        return self.dir / name

    def test_an_export_is_an_archive_that_needs_no_other(self):
        self.run_due()
        records, lines = self.records()
        whole = self.export_to("whole")
        again, same = self.records(whole)
        self.assertEqual([r.block for r in again if r.type != "warcinfo"],
                         [r.block for r in records if r.type != "warcinfo"])
        self.assertEqual([r.id for r in again if r.type != "warcinfo"],
                         [r.id for r in records if r.type != "warcinfo"])
        self.dateline("replay", "--db", self.dir / "r.db", "--archive", whole,
                      "--sources", self.sources)
        self.assertEqual(self.export(self.dir / "r.db"), self.export())
        # What was a revisit is whole where its body would be missing.
        copy = self.export_to("copy", self.site + "/copy")
        records, lines = self.records(copy)
        self.assertEqual([r.type for r in records], ["warcinfo", "metadata", "request", "response"])
        self.assertEqual(records[3].payload().decode(), release("Graz"))
        self.assertEqual(lines[0][2]["url"], self.site + "/copy")

    def test_an_export_of_some(self):
        self.run_due()
        for name, args, want in [
                ("a", [self.site + "/g*"], ["/graz"]),
                ("b", [self.site + "/old", self.site + "/feed"], ["/feed", "/new"]),
                ("c", ["--source", "city"], ["/copy", "/feed", "/graz", "/new"]),
                ("d", ["--source", "none"], []),
                ("e", ["--until", "2001"], []),
                ("f", ["--since", "2001-02", "--until", "9998-12"], ["/copy", "/feed", "/graz", "/new"])]:
            _, lines = self.records(self.export_to(name, *args))
            self.assertEqual(sorted(f["url"].replace(self.site, "") for _, _, f in lines), want, args)
        self.export_to("a", status=2)
        self.assertIn("new or empty", self.err)

    def test_bodies_as_files(self):
        self.run_due()
        out = self.export_to("bodies", "--bodies")
        rows = [line.split("\t") for line in self.out.splitlines()]
        self.assertEqual(sorted(url.replace(self.site, "") for _, url in rows),
                         ["/copy", "/feed", "/graz", "/new"])
        self.assertEqual(len(list(out.iterdir())), 3)
        for name, url in rows:
            self.assertEqual(self.get(url), (out / name).read_text(encoding="utf-8"))


if __name__ == "__main__":
    unittest.main()

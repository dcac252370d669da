"""dateline parse FILE: the release of a page, as text, Markdown or a record."""
import gzip
import json
import signal
import subprocess
import unittest

import pdf
import web
from harness import DATELINE, JOINED, Case, release

PAGE = """<!DOCTYPE html><html lang="en"><nav><a href="/">Home</a></nav><main><h1>Ten cities join</h1>
<p>The network promotes learning in its member cities, and adds some every year.</p>
<h2>New members</h2><ul><li><a href="/c">Cork</a><li>Lima<ul><li>Callao</ul></ul><blockquote>Fine.</blockquote></main>
<footer>Imprint</footer>"""


class ParseFiles(Case):
    def setUp(self):
        super().setUp()
        self.page = self.write("page.html", PAGE)

    def parsed(self, *args):
        self.dateline("parse", *args)
        return self.out

    def test_text_is_the_release_alone(self):
        self.assertEqual(
            self.parsed(self.page),
            "Ten cities join\n\nThe network promotes learning in its member cities, and adds some every year.\n\n"
            "New members\n\nCork\nLima\nCallao\n\nFine.\n",
        )

    def test_markdown_keeps_the_structure(self):
        self.assertEqual(
            self.parsed("--markdown", self.page),
            "# Ten cities join\n\nThe network promotes learning in its member cities, and adds some every year.\n\n"
            "## New members\n\n- Cork\n- Lima\n  - Callao\n\n> Fine.\n",
        )

    def test_a_record_has_everything_and_the_url_its_date(self):
        url = "https://example.org/2024/02/14/ten"
        doc = json.loads(self.parsed("--json", "--url", url, self.page))
        self.assertEqual(doc["kind"], "document")
        self.assertEqual(doc["url"], url)
        self.assertEqual(doc["published"]["edtf"], "2024-02-14")
        self.assertIn("Imprint", doc["text"])

    def test_links_where_they_are_asked_for(self):
        page = self.write("links.html", """<title>T</title><nav><a href="/">Home</a></nav><main><h1>Ten cities join</h1>
            <p>Cork joins. <a href="c?a=1&amp;b=2">Cork</a> and <a href="https://b.example/x#y">Lima <b>too</b></a>.</p>
            <ul><li><a href="//d.example/">Cork</a></ul><a href="#top">Top</a><a href="mailto:a@b.example">Mail</a>
            <a href="/p"><img src="p.jpg"></a><p><a href="javascript:x()">Run</a></main>""")
        url = "https://a.example/news/1"
        plain = json.loads(self.parsed("--json", "--url", url, page))
        self.assertNotIn("links", plain)
        doc = json.loads(self.parsed("--json", "--links", "--url", url, page))
        text = doc["text"].encode()
        self.assertEqual(
            [(x["url"], text[slice(*x["at"])].decode() if "at" in x else None) for x in doc["links"]],
            [("https://a.example/", "Home"), ("https://a.example/news/c?a=1&b=2", "Cork"),
             ("https://b.example/x#y", "Lima too"), ("https://d.example/", "Cork"), ("https://a.example/p", None)])
        self.assertEqual(text[doc["links"][1]["at"][0] - 7:][:11], b"joins. Cork")
        self.assertEqual({**doc, "links": None}, {**plain, "links": None})
        self.dateline("parse", "--links", page, status=2)
        self.assertIn("--json", self.err)

    def test_a_file_that_cannot_be_read_hides_no_other(self):
        empty = self.write("empty.html", "")
        self.dateline("parse", empty, self.dir / "missing.html", self.page, status=3)
        self.assertIn("empty.html", self.err)
        self.assertIn("missing.html", self.err)
        self.assertIn("Ten cities join", self.out)

    def test_standard_input_a_directory_and_mail(self):
        self.dateline("parse", "--text", "-", stdin=PAGE.encode())
        self.assertTrue(self.out.startswith("Ten cities join\n"), self.out)
        self.write("in/b/page.html", PAGE)
        self.write("in/a.mbox", "From a@b.example Wed Feb 14 08:00:00 2024\nSubject: Two cities join\n"
                   "Content-Type: text/plain\n\nGraz and Cork are members since today.\n")
        for folder in ("cur", "new", "tmp"):
            self.write("in/mail/%s/.keep" % folder, "")
        self.write("in/mail/cur/1", "Subject: Three cities join\nContent-Type: text/plain\n\nLima, Graz and Cork.\n")
        self.dateline("parse", "in")
        self.assertRegex(self.out, r"/in/mail\S* <==\nThree cities join\n\nLima, Graz and Cork.\n")
        self.assertRegex(self.out, r"==> file://\S+/in/a.mbox#\w+ <==\nTwo cities join\n\nGraz and Cork")
        self.assertIn("\n\n==> %s/in/b/page.html <==\nTen cities join\n" % self.dir, self.out)
        self.dateline("parse", "--quiet", "in")
        self.assertNotIn("==>", self.out)
        self.dateline("parse", "--json", "in")
        self.assertEqual(len(self.lines()), 3)

    def test_a_url_is_fetched_and_leaves_nothing(self):
        class Page(web.Server):
            answer = (200, {"Content-Type": "text/html"}, PAGE.encode())
        url = self.serve(Page) + "/2024/02/14/ten"
        self.dateline("parse", "--json", url, more_env={"TMPDIR": str(self.dir)})
        self.assertEqual([(d["url"], d["published"]["edtf"]) for d in self.lines()], [(url, "2024-02-14")])
        self.assertEqual([p.name for p in self.dir.iterdir()], ["page.html"])

    def test_a_feed_with_whole_texts(self):
        feed = self.write("feed.xml", "<rss version='2.0'><channel><item><title>Graz news</title>"
                          "<link>https://a.example/1</link><description><![CDATA[<p>%s</p>]]></description>"
                          "</item></channel></rss>" % ((JOINED + " ").format(city="Graz") * 20))
        self.dateline("parse", feed)
        self.assertIn("https://a.example/1 Graz news\n", self.out)
        self.assertIn("\n\nGraz has joined", self.out)

    def test_a_reader_that_goes_away_is_no_news(self):
        with subprocess.Popen([DATELINE, "parse", self.page, self.page], stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, cwd=self.dir) as program:
            program.stdout.close()
            self.assertEqual((program.stderr.read(), program.wait()), (b"", -signal.SIGPIPE))

    def test_without_standard_output_nothing_else_has_its_number(self):
        done = subprocess.run(["sh", "-c", '"$0" parse "$1" >&-', DATELINE, self.page], cwd=self.dir,
                              capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 1)
        self.assertIn("Bad file descriptor", done.stderr)

    def test_one_form(self):
        self.dateline("parse", "--text", "--json", self.page, status=2)
        self.assertIn("one of --text", self.err)

    def test_claims_of_files(self):
        page = self.write("graz.html", release("Graz"))
        self.dateline("extract", "--flat", page, self.dir / "missing", status=3)
        self.assertIn(("membership", "Graz", "joined"),
                      [(c["kind"], c["subject"], c["status"]) for c in self.lines()])
        self.assertIn("missing", self.err)

    def test_a_pdf_alone_and_in_an_archive_and_a_packed_page(self):
        body = pdf.make([[(72, 700, 12, "Graz joined Eurocities.")]])
        http = b"HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\n\r\n" + body
        warc = (b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/graz.pdf\r\n"
                b"WARC-Date: 2024-02-14T10:00:00Z\r\nWARC-Record-ID: <urn:uuid:0d1f1e7e-3d0a-4c1f-8b8e-5d2a0a6f9c11>\r\n"
                b"Content-Type: application/http\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n" % (len(http), http))
        for name, data in (("graz.pdf", body), ("years.warc", warc),
                           ("graz.html.gz", gzip.compress(release("Graz").encode()))):
            with self.subTest(name=name):
                self.dateline("extract", "--flat", self.write(name, data))
                self.assertIn("Graz", [c["subject"] for c in self.lines()])


if __name__ == "__main__":
    unittest.main()

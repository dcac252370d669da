"""dateline parse FILE: the release of a page, as text, Markdown or a record."""
import json
import unittest

from harness import Case

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

    def test_a_file_that_cannot_be_read_hides_no_other(self):
        empty = self.write("empty.html", "")
        self.dateline("parse", empty, self.dir / "missing.html", self.page, status=3)
        self.assertIn("empty.html", self.err)
        self.assertIn("missing.html", self.err)
        self.assertIn("Ten cities join", self.out)


if __name__ == "__main__":
    unittest.main()

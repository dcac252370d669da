#!/usr/bin/env python3
"""dateline parse --explain FILE: each block, its zone and the reason for it."""
import os
import re
import subprocess
import unittest

from harness import DATELINE, Case

PROSE = "<p>The network promotes learning in its member cities, and it adds some of them every year.</p>"
LEAD = "<p>Ten more cities have been admitted to the network, which now has members on all of the inhabited continents.</p>"

PAGES = {
    "named.html": """<html><body><div class="c-site-nav"><p>Home</p></div><nav><p>News</p></nav><div><p>Kicker</p></div>
<article><h1>Ten cities join</h1>%s<p>Cork has joined, and is the first to do so there.</p>%s
<p><a href="/r">Read more: how cities join the network</a></p>%s
<h2>Related</h2><p>Another page</p>
<div class="aside relatedPosts_2"><a href="/b">Lima says no</a></div></article>
<div><p>Below</p></div><footer><p>Imprint</p></footer></body></html>""" % (PROSE, PROSE, PROSE),
    "prose.html": """<html><body><div id="x"><h1>Ten cities join</h1>%s%s</div><p>Out</p></body></html>""" % (PROSE, PROSE),
    "page.html": "<html><body><h1>Ten cities join</h1>%s</body></html>" % PROSE,
    "lead.html": """<html><body><h1>Ten cities join</h1><div>%s</div><article>%s%s</article></body></html>"""
                 % (LEAD, PROSE, PROSE),
    "links.html": """<html><body><main><h1>Ten cities join</h1>%s%s<ul><li><a href="/1">Share</a></li>
<li><a href="/2">Print</a></li></ul></main></body></html>""" % (PROSE, PROSE),
    "class.html": """<html><body><p>Kicker</p><div class="story article-body"><h1>Ten cities join</h1>%s</div>
<div role="banner"><p>Below</p></div><div id="x_mostRead"><p><a href="/m">Follow us</a></p></div></body></html>""" % PROSE,
    "plain.txt": "Ten cities join the large network\n\nThe network is for cities.\n\nRelated\n\nAnother page\n",
    "html.eml": """From: a@example.org\nSubject: Ten cities join\nDate: Wed, 14 Feb 2024 09:00:00 +0000
Content-Type: text/html\n\n<html><body><h1>Twenty more cities join</h1>%s
<div class="teaser"><p><a href="/b">Lima says no</a></p></div></body></html>\n""" % PROSE,
    "plain.eml": """From: a@example.org\nSubject: Ten cities join\nDate: Wed, 14 Feb 2024 09:00:00 +0000
Content-Type: text/plain\n\nSee the web version of this message\n\nTwenty more cities now join the network\n
The network promotes learning in its member cities, and adds some every year.\n
The board of the network meets in May, where all of its member cities have a vote.\n
To unsubscribe write to us\n\nTown Hall\n\n-- \nThe press office\n""",
}

# What the blocks that begin so are, and why.
REASONS = {
    "named.html": [
        ("Home", "header", 'menu: class "nav"'),
        ("News", "header", "menu: <nav>"),
        ("Kicker", "header", "in front of the release"),
        ("Ten cities", "title", "the page's heading, <h1>"),
        ("Cork", "body", "release: <article>"),
        ("Read more", "teaser", "a link that leads elsewhere"),
        ("Related", "teaser", 'from the words "Related"'),
        ("Another page", "teaser", 'from the words "Related"'),
        ("Lima", "teaser", 'teaser: class "related"'),
        ("Below", "footer", "behind the release"),
        ("Imprint", "footer", "footer: <footer>"),
    ],
    "prose.html": [("The network", "body", "release: most of the prose, <div>"),
                   ("Out", "footer", "behind the release")],
    "page.html": [("The network", "body", "release: no element of its own")],
    "lead.html": [("Ten more", "body", "whole sentences below the title"),
                  ("The network", "body", "release: <article>")],
    "class.html": [("The network", "body", 'release: class "story article-body"'),
                   ("Below", "header", 'header: role "banner"'),
                   ("Follow us", "teaser", 'teaser: id "mostRead"')],
    "links.html": [("Share", "footer", "links behind the release's last words")],
    "plain.txt": [("Ten cities", "title", "the first line like a title"),
                  ("The network", "body", "text of the release"),
                  ("Another page", "teaser", 'from the words "Related"')],
    "plain.eml": [
        ("Ten cities", "title", "subject of the message"),
        ("See the web", "header", 'above the message, up to "See the web version of this message"'),
        ("Twenty", "body", "text of the release"),
        ("The network", "body", "text of the release"),
        ("Town Hall", "footer", 'below the message, from "To unsubscribe write to us"'),
    ],
    "html.eml": [("Twenty", "body", "the title is the subject"),
                 ("Lima", "body", "a newsletter's own list")],
}


class Explain(Case):
    def explained(self, name, text):
        self.dateline("parse", "--explain", self.write(name, text))
        self.assertNotIn("\x1b", self.out)
        blocks = re.findall(r"(?m)^(\w+) +(\w+) +(\d+)%  (.*)\n {8}(.*)$", self.out)
        self.assertEqual(2 * len(blocks) + 1, self.out.count("\n"), self.out)
        return blocks

    def test_reasons(self):
        for name, wanted in REASONS.items():
            blocks = self.explained(name, PAGES[name])
            for begins, zone, reason in wanted:
                with self.subTest(page=name, block=begins):
                    found = [(b[0], b[3]) for b in blocks if b[4].startswith(begins)]
                    self.assertIn((zone, reason), found[:1], self.out)

    def test_types_and_links(self):
        blocks = self.explained("named.html", PAGES["named.html"])
        self.assertIn(("title", "title", "0"), [b[:3] for b in blocks])
        self.assertIn(("teaser", "paragraph", "100"), [b[:3] for b in blocks])
        self.assertIn(("footer", "footer", "0"), [b[:3] for b in blocks])

    def test_a_page_cannot_write_to_the_terminal(self):
        blocks = self.explained("a.html", "<body><div class='related\x1b[31mposts'><a href='/b'>Lima</a></div>"
                                "<p>A\u202eB</p>%s</body>" % PROSE)
        self.assertIn("A\\u202eB", [b[4] for b in blocks])

    def test_a_long_word_and_a_long_block_are_cut(self):
        long = "x" * 400
        blocks = self.explained("a.html", "<body><h1>%s</h1>%s</body>" % (long, PROSE))
        self.assertEqual(blocks[0][4], "x" * 72 + " …")

    def test_colour_on_a_terminal_unless_unwanted(self):
        page = self.write("page.html", PAGES["page.html"])
        for extra, colours in [({}, True), ({"NO_COLOR": "1"}, False)]:
            env = {k: v for k, v in os.environ.items() if k != "NO_COLOR"}
            ours, theirs = self.terminal()
            subprocess.run([DATELINE, "parse", "--explain", page], stdout=theirs, env=env | extra,
                           check=True, timeout=60)
            os.close(theirs)
            said = os.read(ours, 100000).decode()
            os.close(ours)
            self.assertEqual("\x1b[32mbody    \x1b[0m" in said, colours, said)
            self.assertEqual("\x1b" in said, colours, said)

    def test_of_files_and_for_people_alone(self):
        page = self.write("page.html", PAGES["page.html"])
        for args, says in [((), "--explain is of files"), (("--json", page), "one of --text"),
                           (("--markdown", page), "one of --text")]:
            self.dateline("parse", "--explain", *args, status=2)
            self.assertIn(says, self.err)


if __name__ == "__main__":
    unittest.main()

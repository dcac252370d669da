#!/usr/bin/env python3
"""What a document and a claim say of a page is found again in the page as fetched.

The page's own text is that of html.parser: tags removed (a space where they are
none of a line of text), entities decoded, white space folded.
"""
import html.parser
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unicodedata

PAGES = pathlib.Path(__file__).resolve().parent / "pages"
DATELINE = os.environ["DATELINE"]
SHARE = 0.99  # of the blocks, and of the claims
INLINE = set("a abbr b bdi bdo big cite code data dfn em font i ins label mark q s small span strike strong sub "
             "sup time tt u var wbr".split())


class Text(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.parts, self.dropped = [], 0

    def tag(self, name, step):
        if name in ("script", "style"):
            self.dropped = max(0, self.dropped + step)
        if name not in INLINE:
            self.parts.append(" ")

    def handle_starttag(self, tag, attrs):
        self.tag(tag, 1)

    def handle_endtag(self, tag):
        self.tag(tag, -1)

    def handle_data(self, data):
        if not self.dropped:
            self.parts.append(data)


def folded(text):
    text = re.sub("[\u200b\u00ad\u2060\ufeff]", "", text)  # stand inside words
    return " ".join(unicodedata.normalize("NFC", text).split())


def text_of(path):
    body = path.read_bytes()
    try:
        text = body.decode()
    except UnicodeDecodeError:
        text = body.decode("cp1252", "replace")
    if path.suffix != ".html":
        return folded(text)
    page = Text()
    page.feed(text)
    page.close()
    return folded("".join(page.parts))


def dateline(*args):
    done = subprocess.run([DATELINE, *map(str, args)], capture_output=True, text=True, timeout=60, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def blocks(pages):
    """(name of the page, text) of every block, of one run of the program."""
    for doc in dateline("parse", "--json", *pages):
        text = doc["text"].encode()
        for block in doc["blocks"]:
            yield doc["url"].rsplit("/", 1)[1], text[slice(*block["at"])].decode()


def quotes(pages):
    """(name of the page, prefix + exact + suffix) of every seventh claim: each is a run of the program."""
    with tempfile.TemporaryDirectory() as scratch:
        db = pathlib.Path(scratch) / "facts.db"
        subprocess.run([DATELINE, "run", "--db", db, *pages], capture_output=True, timeout=120, check=True)
        for claim in dateline("audit", "claims", "--json", "--db", db)[::7]:
            said = dateline("audit", "explain", "--json", claim["id"], "--db", db)[0]
            target = said["target"]
            s = target["selector"]
            assert s["type"] == "TextQuoteSelector" and target["source"] == claim["url"], target
            assert s["exact"] == " ".join(claim["evidence"].split()), (s, claim)
            assert max(len(s["prefix"]), len(s["suffix"])) <= 32, s
            yield target["source"].rsplit("/", 1)[1], s["prefix"] + s["exact"] + s["suffix"]


def judge(what, wanted, texts):
    lost = [(page, quote) for page, quote in wanted if quote not in texts[page]]
    for page, quote in lost:
        print("not in %s: %s" % (page, quote))
    print("%s found again: %d of %d" % (what, len(wanted) - len(lost), len(wanted)))
    return len(wanted) > 50 and len(lost) <= (1 - SHARE) * len(wanted)


def main():
    pages = sorted(p for p in PAGES.iterdir() if p.suffix in (".html", ".txt"))
    texts = {p.name: text_of(p) for p in pages}
    found = judge("blocks", list(blocks(pages)), texts)
    found &= judge("quotes", list(quotes(pages)), texts)
    return 0 if found else 1


if __name__ == "__main__":
    sys.exit(main())

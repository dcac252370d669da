#!/usr/bin/env python3
"""Check a gold file against the pages it describes.

Each page has a gold line and each gold line a page; keys and values are known
ones; each evidence, subject, person and list member is found in the page's
visible text.  Prints what is wrong, one finding a line, and the number of facts
of each kind.  Exit status: 0 all is well, 1 findings, 2 unusable input.
"""

import argparse
import collections
import html.parser
import os
import re
import sys

from goldfile import BadInput, KINDS, fold_space, read_gold

# Elements whose text is never shown.
UNSEEN = {"head", "script", "style", "template", "noscript", "object", "svg"}
# Elements that do not part words: "1<sup>er</sup>" is one word.
INLINE = {
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "del",
    "dfn", "em", "font", "i", "ins", "kbd", "label", "mark", "q", "s", "small",
    "span", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
}
VOID = {
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta",
    "param", "source", "track", "wbr",
}


class VisibleText(html.parser.HTMLParser):
    """Collects the text nodes that a reader sees."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.parts = []
        self.unseen = None  # the element that hides what is in it
        self.depth = 0      # how many elements of that name are open

    @staticmethod
    def _hides(tag, attrs):
        attrs = dict(attrs)
        style = (attrs.get("style") or "").replace(" ", "").lower()
        return tag in UNSEEN or "hidden" in attrs or "display:none" in style

    def handle_starttag(self, tag, attrs):
        if self.unseen:
            self.depth += tag == self.unseen
        elif tag not in VOID and self._hides(tag, attrs):
            self.unseen, self.depth = tag, 1
        if tag not in INLINE:
            self.parts.append(" ")

    def handle_startendtag(self, tag, attrs):
        if tag not in INLINE:
            self.parts.append(" ")

    def handle_endtag(self, tag):
        if self.unseen == tag:
            self.depth -= 1
            if self.depth == 0:
                self.unseen = None
        if tag not in INLINE:
            self.parts.append(" ")

    def handle_data(self, data):
        if not self.unseen:
            self.parts.append(data)


def decode(body):
    """The page as text, by its byte order mark or its meta element."""
    if body.startswith(b"\xef\xbb\xbf"):
        return body.decode("utf-8-sig")
    found = re.search(rb"<meta[^>]*charset\s*=\s*[\"']?([\w-]+)", body[:4096],
                      re.IGNORECASE)
    name = found.group(1).decode("ascii").lower() if found else "utf-8"
    # Browsers read ISO-8859-1 as windows-1252 (WHATWG Encoding, section 4.2).
    return body.decode({"iso-8859-1": "cp1252"}.get(name, name))


def visible_text(path):
    with open(path, "rb") as f:
        text = decode(f.read())
    if not path.endswith((".html", ".htm")):
        return fold_space(text)
    parser = VisibleText()
    parser.feed(text)
    parser.close()
    return fold_space("".join(parser.parts))


def findings(docs, pages_dir):
    """Yield a message for each disagreement of the gold and the pages."""
    pages = {n for n in os.listdir(pages_dir) if not n.startswith(".")}
    for name in sorted(pages - {d["doc_id"] for d in docs}):
        yield "%s: page without gold" % name
    for doc in docs:
        name = doc["doc_id"]
        if name not in pages:
            yield "%s: gold without page" % name
            continue
        try:
            text = visible_text(os.path.join(pages_dir, name))
        except (LookupError, UnicodeDecodeError) as e:
            yield "%s: cannot be decoded: %s" % (name, e)
            continue
        lower = text.casefold()
        for i, fact in enumerate(doc["facts"]):
            where = "%s: fact %d (%s)" % (name, i, fact["kind"])
            if fact["evidence"] != fold_space(fact["evidence"]):
                yield where + ": evidence is not folded"
            if fact["evidence"] not in text:
                yield "%s: evidence is not on the page: %r" \
                    % (where, fact["evidence"])
            names = [fact.get("person")] + list(fact.get("members", []))
            if fact["kind"] != "event":
                names.append(fact.get("subject"))
            for value in names:
                # A headline in capitals still carries the name.
                if value and value.casefold() not in lower:
                    yield "%s: %r is not on the page" % (where, value)
            if fact["zone"] in doc.get("unannotated_zones", []):
                yield "%s: zone %r is marked unannotated" \
                    % (where, fact["zone"])


def main():
    parser = argparse.ArgumentParser(
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", metavar="GOLD")
    parser.add_argument("pages", metavar="PAGES_DIR")
    args = parser.parse_args()
    try:
        docs = read_gold(args.gold)
        found = list(findings(docs, args.pages))
    except BadInput as e:
        print("check_gold: %s" % e, file=sys.stderr)
        return 2
    except OSError as e:
        print("check_gold: %s: %s" % (e.filename, e.strerror), file=sys.stderr)
        return 2
    for message in found:
        print(message)
    count = collections.Counter(f["kind"] for d in docs for f in d["facts"])
    optional = sum(f.get("optional", False) for d in docs for f in d["facts"])
    for kind in KINDS:
        print("%-18s %4d" % (kind, count[kind]))
    print("%d documents, %d facts, %d of them optional, %d findings"
          % (len(docs), sum(count.values()), optional, len(found)))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())

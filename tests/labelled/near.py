#!/usr/bin/env python3
"""How far apart, in bits of simhash, edits of one release are and different releases are: what the
threshold of store/witnesses.h stands on.

    DATELINE=build/dev/bin/dateline tests/labelled/near.py

The releases are those of grow/ and of tests/releases; the edits are made of their paragraphs.
"""
import json
import os
import pathlib
import random
import re
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
DATELINE = os.environ.get("DATELINE", str(HERE.parents[1] / "build/dev/bin/dateline"))
OWN = [
    "For more information, please contact the press office of the town hall by telephone or e-mail.",
    "About us: the agency distributes news of towns and regions to subscribers in all countries.",
    "ENDS. Notes to editors: photographs of the event can be downloaded from our press pages.",
]

ABOUT = [
    "About the network: founded twenty years ago by seven towns, it brings together cities that want to "
    "learn from each other. Its members meet once a year, share what worked and what did not, and "
    "publish their results in a handbook that is free for all. The secretariat has its seat in the town "
    "hall of the city that chairs the network for two years, and is paid for by the members' fees.",
    "The network is supported by the national commission and by several foundations. Applications are "
    "open to all towns with a council resolution and a plan of three years; a jury of five reads them "
    "in spring and the general assembly decides in autumn. Journalists find texts, photographs and "
    "figures on the network's website, and may use them without charge if the source is named.",
]


def paragraphs(path):
    done = subprocess.run([DATELINE, "parse", str(path)], capture_output=True, text=True, check=True)
    return [p for p in done.stdout.split("\n\n") if p.strip()]


def edits(ps, rng):
    """Name and paragraphs of each edit of a release."""
    yield "another date", [re.sub(r"\b([12]?\d)\b", lambda m: str(int(m[1]) % 28 + 1), p, count=1)
                           for p in ps[:3]] + ps[3:]
    yield "a line before and one behind", [rng.choice(OWN)] + ps + [rng.choice(OWN)]
    yield "last paragraph gone", ps[:-1]
    yield "last paragraph another", ps[:-1] + [rng.choice(OWN)]
    words = [p.split() for p in ps]
    for _ in range(sum(map(len, words)) // 50):
        p = rng.choice([w for w in words if w])
        p[rng.randrange(len(p))] = rng.choice(["also", "today", "local", "very"])
    yield "one word in fifty another", [" ".join(w) for w in words]
    yield "the first two thirds", ps[:max(1, len(ps) * 2 // 3)]


def simhashes(texts):
    """By name: of releases as pages of their own."""
    with tempfile.TemporaryDirectory(prefix="dateline-near-") as tmp:
        pages = pathlib.Path(tmp) / "pages"
        pages.mkdir()
        for name, ps in texts.items():
            (pages / (name + ".txt")).write_text("\n\n".join(ps) + "\n", encoding="utf-8")
        db = pathlib.Path(tmp) / "near.db"
        subprocess.run([DATELINE, "run", "--quiet", "--db", str(db), str(pages)], check=False)
        out = subprocess.run([DATELINE, "audit", "export", "--db", str(db)], capture_output=True,
                             text=True, check=True).stdout
    rows = [json.loads(line) for line in out.splitlines()]
    return {pathlib.PurePath(r["url"]).stem: int(r["simhash"], 16) for r in rows
            if r["export"] == "document"}


def share(distances, most):
    return sum(d <= most for d in distances) / len(distances)


def main():
    rng = random.Random(20240214)
    files = sorted((HERE / "grow").iterdir()) + sorted((HERE.parent / "releases/pages").iterdir())
    texts, kinds = {}, {}
    for i, path in enumerate(files):
        ps = paragraphs(path)
        texts["%03d" % i] = ps
        for k, (kind, edit) in enumerate(edits(ps, rng)):
            name = "%03d-%d" % (i, k)
            texts[name], kinds[name] = edit, kind
        texts["%03d-about" % i] = ps + ABOUT
    hashes = simhashes(texts)
    bases = [n for n in texts if len(n) == 3 and hashes.get(n)]
    alike = [n for n in texts if n.endswith("about") and hashes.get(n)]
    apart, near = ([bin(hashes[a] ^ hashes[b]).count("1") for i, a in enumerate(names)
                    for b in names[:i]] for names in (bases, alike))
    by_kind = {}
    for name, kind in kinds.items():
        base = name[:3]
        if hashes.get(name) and hashes.get(base):
            by_kind.setdefault(kind, []).append(bin(hashes[name] ^ hashes[base]).count("1"))
    steps = (3, 6, 9, 12, 15, 18)
    print("%d releases, %d with a simhash; within so many bits:" % (len(files), len(bases)))
    print("%-30s %5s" % ("", "pairs"), *("%6d" % s for s in steps), " median")
    for kind, ds in list(by_kind.items()) + [("different releases", apart),
                                         ("the same, one boilerplate", near)]:
        print("%-30s %5d" % (kind, len(ds)), *("%6.3f" % share(ds, s) for s in steps),
              "%7d" % sorted(ds)[len(ds) // 2])
    print("nearest of different releases:", sorted(apart)[:10], sorted(near)[:10])


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
"""Run dateline over unrelated texts and count the claims it should not make.

Each file LANGUAGE.txt holds short texts parted by a line "%".  None of them
says that anybody belongs to a network, so each claim of a core kind is wrong.
Prints how many there are by language and kind; --show prints them.
"""
import argparse
import collections
import json
import os
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
DATELINE = os.environ.get("DATELINE", str(HERE.parents[1] / "build/dev/bin/dateline"))
CORE_KINDS = ("membership", "cohort", "network_total", "exclusivity", "member_list")


def write_texts(folder):
    """One page a text, named LANGUAGE-NN.txt; returns how many by language."""
    count = collections.Counter()
    for file in sorted(HERE.glob("??.txt")):
        for text in file.read_text(encoding="utf-8").split("\n%\n"):
            count[file.stem] += 1
            name = "%s-%02d.txt" % (file.stem, count[file.stem])
            (folder / name).write_text(text.strip() + "\n", encoding="utf-8")
    return count


def claims_of(folder, tmp):
    db = os.path.join(tmp, "facts.db")
    run = subprocess.run([DATELINE, "run", "--db", db, str(folder)], stdout=sys.stderr, check=False)
    if run.returncode not in (0, 3):
        sys.exit(run.returncode)
    out = subprocess.run([DATELINE, "audit", "claims", "--json", "--db", db], stdout=subprocess.PIPE, check=True).stdout
    claims = [json.loads(line) for line in out.splitlines() if line.strip()]
    return [c for c in claims if c.get("kind") in CORE_KINDS]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--show", action="store_true", help="print each claim")
    parser.add_argument("--max", type=int, metavar="N", help="exit with 1 if there are more than N claims")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="dateline-silence-") as tmp:
        folder = pathlib.Path(tmp) / "texts"
        folder.mkdir()
        texts = write_texts(folder)
        claims = claims_of(folder, tmp)
    table = collections.defaultdict(collections.Counter)
    noisy = collections.defaultdict(set)
    for claim in claims:
        name = claim["url"].rsplit("/", 1)[-1]
        table[name[:2]][claim["kind"]] += 1
        noisy[name[:2]].add(name)
        if args.show:
            print("%s: %s" % (name, json.dumps({k: claim[k] for k in (
                "kind", "subject", "network_name", "network", "status", "polarity", "count", "ordinal", "rule",
                "confidence", "evidence") if claim.get(k) is not None}, ensure_ascii=False)))
    for language, number in sorted(texts.items()):
        print("%s: %d texts, %d of them with claims; %s" % (
            language, number, len(noisy[language]),
            ", ".join("%s %d" % (k, table[language][k]) for k in CORE_KINDS if table[language][k]) or "no claims"))
    print("all: %d texts, %d of them with claims, %d claims"
          % (sum(texts.values()), sum(map(len, noisy.values())), len(claims)))
    return int(args.max is not None and len(claims) > args.max)


if __name__ == "__main__":
    sys.exit(main())

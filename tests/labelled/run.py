#!/usr/bin/env python3
"""Run dateline over one half of the labelled releases and score what it claims.

Prints the figures by kind and by language, then those of what is asserted
alone (neither planned, supposed nor denied).  The half "grow" may also print its
errors (--errors N); of "measure" nothing but the figures is ever printed, so
that nobody can write a rule for one of its sentences.
"""
import argparse
import os
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
SCORE = HERE.parent / "score/score.py"
DATELINE = os.environ.get("DATELINE", str(HERE.parents[1] / "build/dev/bin/dateline"))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("half", choices=("grow", "measure"))
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="print the first N errors (grow only)")
    parser.add_argument("--json", action="store_true", help="print the figures as two JSON objects, all and asserted")
    parser.add_argument("--min", action="append", default=[], metavar="KIND=P,R", help="as in score.py")
    args = parser.parse_args()
    if args.errors and args.half == "measure":
        parser.error("the errors of the measuring half are not shown")
    with tempfile.TemporaryDirectory(prefix="dateline-labelled-") as tmp:
        db = os.path.join(tmp, "facts.db")
        run = subprocess.run([DATELINE, "run", "--db", db, str(HERE / args.half)], stdout=sys.stderr, check=False)
        if run.returncode not in (0, 3):
            return run.returncode
        claims = os.path.join(tmp, "claims.ndjson")
        with open(claims, "wb") as out:
            subprocess.run([DATELINE, "audit", "claims", "--json", "--db", db], stdout=out, check=True)
        command = [sys.executable, str(SCORE), "--by-language", str(HERE / (args.half + ".jsonl")), claims]
        command += ["--json"] if args.json else []
        least = [word for one in args.min for word in ("--min", one)]
        status = subprocess.run([*command, *least, "--errors", str(args.errors)], check=False).returncode
        if not args.json:
            print("\nasserted only\n", flush=True)
        subprocess.run([*command, "--polarity", "asserted"], check=True)
        return status


if __name__ == "__main__":
    sys.exit(main())

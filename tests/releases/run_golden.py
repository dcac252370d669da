#!/usr/bin/env python3
"""Run dateline over the bundled releases and score what it claims against their gold.

The least figures below are those reached when they were last raised, a little
rounded down: this test is a ratchet, docs/QUALITY.md has the figures.
"""
import os
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
DATELINE = os.environ.get("DATELINE", str(HERE.parents[1] / "build/dev/bin/dateline"))
LEAST = ["all=0.95,0.78", "membership=0.94,0.76", "cohort=0.95,0.9", "network_total=0.93,0.84", "member_list=0.95,0.85"]


def main():
    with tempfile.TemporaryDirectory(prefix="dateline-golden-") as tmp:
        db = os.path.join(tmp, "facts.db")
        run = subprocess.run([DATELINE, "run", "--db", db, str(HERE / "pages")], check=False)
        if run.returncode not in (0, 3):
            return run.returncode
        claims = os.path.join(tmp, "claims.ndjson")
        with open(claims, "wb") as out:
            subprocess.run([DATELINE, "audit", "claims", "--json", "--db", db], stdout=out, check=True)
        least = [word for one in LEAST for word in ("--min", one)]
        return subprocess.run([sys.executable, str(HERE.parent / "score/score.py"), *least,
                               "--errors", os.environ.get("ERRORS", "0"),
                               str(HERE / "gold.jsonl"), claims], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())

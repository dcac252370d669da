#!/usr/bin/env python3
"""trust.py ROOT: every test that docs/TRUST.md names is there, and every row names one."""
import pathlib
import re
import sys

NAMED = re.compile(r"`(test_\w+\.(?:c|py)): (\w+|\*)`")


def missing(root):
    for number, line in enumerate(
            (root / "docs/TRUST.md").read_text(encoding="utf-8").splitlines(), 1):
        if not line.startswith("| ") or line.startswith("| tried"):
            continue
        named = NAMED.findall(line)
        if not named:
            yield "line %d names no test" % number
        for file, test in named:
            path = root / ("tests/unit" if file.endswith(".c") else "tests/cli") / file
            text = path.read_text(encoding="utf-8") if path.exists() else ""
            if test == "*" and text:
                continue
            if not re.search(r"^(?:    def )?%s\(" % re.escape(test), text, re.M):
                yield "line %d: there is no %s in %s" % (number, test, file)


def main():
    found = list(missing(pathlib.Path(sys.argv[1])))
    for what in found:
        print("docs/TRUST.md: " + what)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())

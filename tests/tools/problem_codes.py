#!/usr/bin/env python3
"""problem_codes.py ROOT [--write]: docs/problems.md says what core/problem.c says."""
import pathlib
import re
import sys

ROW = re.compile(r'\[PROBLEM_\w+\] = \{ "([a-z.-]+)",\s*((?:"[^"]*"\s*)+),\s*(true|false) \}')
HEAD = """# Problem codes

What could not be read becomes a problem record; `dateline audit problems` lists them. Printed from the table in `core/problem.c`
by `tests/tools/problem_codes.py --write`; the tests compare.

| code | meaning | trying again may help |
|---|---|---|
"""


def page(root):
    rows = ROW.findall((root / "core/problem.c").read_text(encoding="utf-8"))
    out = HEAD
    for name, text, retry in rows:
        text = "".join(re.findall(r'"([^"]*)"', text))
        out += "| `%s` | %s | %s |\n" % (name, text, "yes" if retry == "true" else "no")
    return out


def main():
    root = pathlib.Path(sys.argv[1])
    doc = root / "docs/problems.md"
    if "--write" in sys.argv:
        doc.write_text(page(root), encoding="utf-8")
    if doc.read_text(encoding="utf-8") != page(root):
        print("docs/problems.md differs from core/problem.c: run tests/tools/problem_codes.py . --write")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

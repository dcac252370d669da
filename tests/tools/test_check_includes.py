#!/usr/bin/env python3
"""The include check fails on each kind of planted breach, and passes on none."""
import pathlib
import subprocess
import sys
import tempfile
import unittest

CHECK = pathlib.Path(__file__).with_name("check_includes.py")


def run(files):
    with tempfile.TemporaryDirectory() as tmp:
        for name, text in files.items():
            path = pathlib.Path(tmp, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        done = subprocess.run([sys.executable, CHECK, tmp], capture_output=True, text=True)
        return done.returncode, done.stdout


class Breaches(unittest.TestCase):
    def breach(self, name, line, word):
        status, out = run({name: "/* a */\n" + line + "\n"})
        self.assertEqual(status, 1, out)
        self.assertIn(name + ":2:", out)
        self.assertIn(word, out)

    def test_sibling_stage(self):
        self.breach("parse/html.c", '#include "extract/extract.h"', "must not include")

    def test_upwards(self):
        self.breach("core/date.c", '#include "store/store.h"', "must not include")

    def test_past_the_door(self):
        self.breach("store/claims.c", '#include "core/json.h"', "by its door")

    def test_climbing(self):
        self.breach("fetch/http.c", '#include "../parse/parse.h"', "climb")

    def test_library_elsewhere(self):
        self.breach("audit/table.c", "#include <sqlite3.h>", "store only")
        self.breach("fetch/http.c", "#  include <libxml/tree.h>", "parse only")

    def test_clean(self):
        status, out = run({
            "audit/table.c": '#include "table.h"\n#include <stdio.h>\n#include "store/store.h"\n',
            "store/db.c": "#include <sqlite3.h>\n",
        })
        self.assertEqual((status, out), (0, ""))


if __name__ == "__main__":
    unittest.main()

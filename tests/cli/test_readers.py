#!/usr/bin/env python3
"""Who may read a ledger and not write it: an auditor, or a disk that is read-only."""
import json
import os
import subprocess
import unittest

from harness import DATELINE, Case, release

NOBODY = 65534


class Readers(Case):
    def as_reader(self, *args):
        user = {"user": NOBODY, "group": NOBODY, "extra_groups": []} if os.geteuid() == 0 else {}
        try:
            return subprocess.run([DATELINE, *args], cwd=self.dir, capture_output=True, text=True, check=False, **user)
        except PermissionError as e:
            return self.skipTest("the program is where nobody may go: %s" % e)

    def test_a_ledger_that_one_may_only_read(self):
        home = self.dir / "100%41 #1?"
        home.mkdir()
        self.run_db(self.write("graz.html", release("Graz")), db=home / "facts.db")
        (home / "facts.db").chmod(0o444)
        home.chmod(0o555)
        self.dir.chmod(0o755)
        self.addCleanup(home.chmod, 0o755)
        for db in (home / "facts.db", home.relative_to(self.dir) / "facts.db"):
            done = self.as_reader("audit", "claims", "--json", "--db", str(db))
            self.assertEqual((done.returncode, done.stderr), (0, ""))
            self.assertEqual(json.loads(done.stdout)["subject"], "Graz")
        self.assertEqual(sorted(p.name for p in home.iterdir()), ["facts.db", "facts.db.archive", "facts.db.lock"])


if __name__ == "__main__":
    unittest.main()

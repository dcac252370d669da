#!/usr/bin/env python3
"""audit diff: what a changed rule does to a ledger, before it counts."""
import unittest

from harness import RULES, Case

PAGE = "Graz joined Eurocities. Cork entered Eurocities in 2019. Eurocities has 30 members."


class Diff(Case):
    def test_what_changed_rules_do(self):
        page = self.write("page.txt", PAGE)
        config = self.config()
        self.run_db(page, more=["--config", config])
        self.dateline("audit", "diff", "--db", self.db, self.db)
        self.assertEqual(self.out, "no difference\n")
        # joined is read by another rule, entered says less, and the total is gone.
        rules = RULES[:RULES.index("rule test.total")].replace(
            "rule test.entered 1\n  kind   membership\n  set    status=joined",
            "rule test.entered 2\n  kind   membership\n  set    status=applied").replace("(joined|entered)", "joined")
        self.config(rules.replace("test.joined", "test.come"))
        self.dateline("replay", "--db", "new.db", "--archive", "facts.db.archive", "--config", config)
        self.dateline("audit", "diff", "--json", "--db", self.db, "new.db")
        rows = [(r["of"], r["change"], r["subject"], r["before"], r["after"]) for r in self.lines()]
        self.assertEqual(rows, [
            ("fact", "changed", "Cork", "joined from 2019", "applied"),
            ("fact", "closed", None, "30 members", None),
            ("claim", "added", "Cork", None, "applied 2019 by test.entered@2"),
            ("claim", "closed", "Cork", "joined 2019 by test.joined@1", None),
            ("claim", "changed", "Graz", "joined by test.joined@1", "joined by test.come@1"),
            ("claim", "closed", None, "30 members by test.total@1", None)])
        self.dateline("audit", "diff", "--db", self.db, "new.db")
        self.assertRegex(self.out, r"(?m)^changed +fact +\w+ +membership +Cork +eurocities +joined from 2019 +applied")

        before = self.export()
        self.dateline("replay", "--preview", "--json", "--db", self.db, "--config", config,
                      more_env={"TMPDIR": str(self.write("tmp/x", "").parent)})
        self.assertEqual([(r["of"], r["change"], r["subject"], r["before"], r["after"]) for r in self.lines()], rows)
        self.assertEqual((self.export(), [p.name for p in (self.dir / "tmp").iterdir()]), (before, ["x"]))

    def test_no_such_ledger(self):
        self.run_db(self.write("page.txt", PAGE))
        for args in (["audit", "diff", "--db", self.db, "none.db"], ["replay", "--preview", "--db", "none.db"]):
            self.dateline(*args, status=1)
            self.assertIn("none.db: there is no such ledger", self.err)
        self.assertFalse((self.dir / "none.db").exists())


if __name__ == "__main__":
    unittest.main()

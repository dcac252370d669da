#!/usr/bin/env python3
"""What goes to standard error: levels, forms, and nothing that others could forge."""
import json
import unittest

from harness import Case, release

HOSTILE = "http://127.0.0.1:1/\x1b[31mred\x9b\u202e\ndateline: error: forged"


class Logs(Case):
    def setUp(self):
        super().setUp()
        self.page = self.write("a.html", release("Graz"))

    def log(self, *more, status=3):
        self.run_db(self.page, self.dir / "none.html", more=more, status=status)
        # Of the kernel it runs on a test says nothing.
        return [line for line in self.err.splitlines() if "landlock" not in line]

    def objects(self, *more):
        return [json.loads(line) for line in self.log("--log-format", "json", *more)]

    def test_levels(self):
        warning = (r"^dateline: warning: No such file or directory url=file://\S+none\.html "
                   r"stage=fetch code=fetch\.file-missing$")
        lines = self.log()
        self.assertEqual(len(lines), 1)
        self.assertRegex(lines[0], warning)
        self.assertEqual(self.log("--quiet"), [])
        self.assertEqual(self.out, "")
        self.assertEqual(self.log("--log-level", "error"), [])
        self.assertIn("run: ", self.out)
        told = "\n".join(self.log("--quiet", "--log-level", "info"))
        self.assertRegex(told, r"(?m)^dateline: begins verb=run rules=\S+ parser=\S+ workers=")
        self.assertRegex(told, r"(?m)^dateline: ends verb=run status=ok ms=\d+ pages=0 ")
        self.assertRegex(told, "(?m)" + warning)
        self.assertEqual(self.out, "")

    def test_json_has_the_same_members_in_every_line(self):
        rows = self.objects("--verbose")
        for row in rows:
            self.assertEqual(row["program"], "dateline")
            self.assertGreater(row["pid"], 0)
            self.assertRegex(row["at"], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$")
        self.assertEqual([(r["level"], r["message"]) for r in rows],
                         [("info", "begins"), ("info", "tasks to fetch"), ("debug", "fetched"),
                          ("warning", "No such file or directory"), ("debug", "failed"),
                          ("info", "ends")])
        self.assertEqual(rows[1]["tasks"], 2)
        self.assertTrue(rows[2]["url"].endswith("/a.html"))
        self.assertEqual(rows[2]["source"], "command-line")
        self.assertEqual((rows[3]["stage"], rows[3]["code"]), ("fetch", "fetch.file-missing"))
        self.assertEqual((rows[5]["status"], rows[5]["pages"], rows[5]["documents"],
                          rows[5]["problems"]), ("ok", 1, 1, 1))

    def test_what_is_wrong_in_a_page_is_for_who_wants_to_know(self):
        self.page = self.write("empty.html", " ")
        self.assertEqual([r["code"] for r in self.objects()], ["fetch.file-missing"])
        self.page = self.write("blank.html", "  ")
        self.assertEqual([r["code"] for r in self.objects("--log-level", "info") if "code" in r],
                         ["fetch.file-missing", "parse.empty"])

    def test_a_failure_is_an_object_too(self):
        self.write("facts.db", "no ledger " * 1000)
        rows = [json.loads(line) for line in self.log("--log-format", "json", status=1)]
        self.assertEqual([r["level"] for r in rows], ["error"])
        self.assertIn("facts.db", rows[0]["message"])

    def test_nothing_can_be_forged(self):
        self.run_db(HOSTILE, status=3)
        self.assertEqual(len(self.err.splitlines()), 1, self.err)
        self.assertNotRegex(self.err.rstrip("\n"), "[\\x00-\\x1f\\x7f-\\x9f\\u202e]")
        self.run_db(HOSTILE, status=3, more=["--log-format", "json"])
        self.assertEqual(len(self.err.splitlines()), 1, self.err)
        self.assertEqual(json.loads(self.err)["code"], "fetch.url-invalid")

    def test_bad_words(self):
        for option, value in [("--log-level", "loud"), ("--log-format", "xml")]:
            self.dateline("run", option, value, status=2)
            self.assertIn('%s: "%s" is not' % (option, value), self.err)


if __name__ == "__main__":
    unittest.main()

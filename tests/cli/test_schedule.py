#!/usr/bin/env python3
"""Sources that are due, what a server asks for, and how they do."""
import datetime
import json
import unittest

from harness import Case, release
from web import Server


class Schedule(Case):
    def setUp(self):
        super().setUp()
        self.handler = type("Handler", (Server,), {"asked": []})
        self.url = self.serve(self.handler) + "/news"
        self.sources = self.write(
            "sources.yaml", "user_agent: \"test/1 (mailto:a@b.example)\"\nsources:\n"
            "  - {name: city, url: \"%s\", local: true, interval: 3600}\n" % self.url)

    def answer(self, status, headers, body=release("Graz")):
        self.handler.answer = (status, headers, body.encode())

    def run_due(self, *more, status=0):
        self.run_db(status=status, more=["--sources", self.sources, *more])

    def status(self, status=0):
        self.dateline("status", "--json", "--db", self.db, status=status)
        return json.loads(self.out)

    def wait(self, row):
        due, tried = (datetime.datetime.fromisoformat(row[k].replace("Z", "+00:00"))
                      for k in ("due_at", "tried_at"))
        return (due - tried).total_seconds()

    def test_not_before_the_interval(self):
        self.answer(200, {})
        self.run_due()
        self.run_due()
        self.assertEqual(len(self.handler.asked), 1)
        row = self.status()
        self.assertEqual((row["health"], row["errors"], row["source"]), ("ok", 0, "city"))
        self.assertIn("new_at", row)
        self.assertTrue(3600 <= self.wait(row) <= 3960, row)
        self.dateline("plan", "--db", self.db, "--sources", self.sources)
        self.assertEqual(self.out, "")
        self.dateline("plan", "--force", "--db", self.db, "--sources", self.sources)
        self.assertEqual(json.loads(self.out)["url"], self.url)

    def test_a_dry_run_asks_nobody(self):
        self.run_due("--dry-run")
        self.assertEqual([(r["kind"], r["url"], r["reason"]) for r in self.lines()],
                         [("task", self.url, "due")])
        self.assertEqual(self.handler.asked, [])
        self.assertFalse((self.dir / "facts.db.archive").exists())

    def test_what_stays_fresh_is_left_alone(self):
        self.answer(200, {"Cache-Control": "public, max-age=36000"})
        self.run_due()
        self.assertTrue(36000 <= self.wait(self.status()) <= 39600, self.out)

    def test_what_would_stay_fresh_for_ever_is_not_believed(self):
        self.answer(200, {"Cache-Control": "max-age=31536000, immutable"})
        self.run_due()
        self.assertTrue(604800 <= self.wait(self.status()) <= 608400, self.out)

    def test_the_ttl_of_a_feed(self):
        for ttl, least in [("600", 36000), ("10081", 3600), ("-5", 3600), ("soon", 3600)]:
            with self.subTest(ttl=ttl):
                self.db = self.dir / ("%s.db" % ttl)
                self.answer(200, {"Cache-Control": "max-age=60"},
                            "<rss version='2.0'><channel><ttl>%s</ttl></channel></rss>" % ttl)
                self.run_due()
                wait = self.wait(self.status())
                self.assertTrue(least <= wait <= least * 1.1, self.out)
        # A replay says it again, and it is no later.
        self.db = self.dir / "600.db"
        before = self.status()
        self.dateline("replay", "--db", self.db, "--sources", self.sources)
        self.assertEqual(self.status(), before)

    def test_unchanged_is_a_success(self):
        self.answer(200, {"ETag": '"1"'})
        self.dateline("plan", "--db", self.db, "--sources", self.sources)
        self.dateline("fetch", "--db", self.db, "--sources", self.sources, stdin=self.out.encode())
        self.assertEqual([(r["kind"], r.get("reason")) for r in self.lines()],
                         [("task", "fetched"), ("page", None)])
        task = json.dumps({"v": 1, "kind": "task", "url": self.url, "source": "city",
                           "etag": '"1"'}) + "\n"
        self.dateline("fetch", "--db", self.db, "--sources", self.sources, stdin=task.encode())
        self.assertEqual([(r["kind"], r.get("reason")) for r in self.lines()],
                         [("task", "unchanged")])
        self.dateline("store", "--db", self.db, "--sources", self.sources, stdin=self.out.encode())
        row = self.status()
        self.assertEqual((row["health"], row["errors"]), ("ok", 0))
        self.assertIn("success_at", row)
        self.assertNotIn("new_at", row)

    def test_errors_back_off_and_raise_an_alarm(self):
        self.answer(500, {})
        for errors, status in [(1, 0), (2, 0), (3, 3)]:
            self.run_due("--force", status=3)
            row = self.status(status)
            self.assertEqual((row["health"], row["errors"]), ("failing", errors))
            least = 3600 * 2 ** (errors - 1)
            self.assertTrue(least <= self.wait(row) <= least * 1.1, row)

    def test_silence_is_an_alarm(self):
        # Something new each day for four days of 2024, and nothing since.
        pages = "".join(json.dumps({
            "v": 1, "kind": "page", "id": "%032x" % n, "body": "sha256:%064x" % n,
            "url": self.url, "final_url": self.url, "source": "city", "status": 200, "bytes": 1,
            "fetched_at": "2024-02-%02dT09:00:00Z" % (10 + n),
            "archive": {"file": "f", "offset": n, "length": 1}}) + "\n" for n in range(1, 5))
        three = "".join(pages.splitlines(keepends=True)[:3])
        for lines, health in [(three, "new"), (pages, "silent")]:
            self.dateline("store", "--db", self.db, "--sources", self.sources,
                          stdin=lines.encode())
            row = self.status(3 if health == "silent" else 0)
            self.assertEqual((row["health"], row["silent"]), (health, health == "silent"))
        self.dateline("status", "--db", self.db, status=3)
        self.assertRegex(self.out, r"(?m)^city +silent")

    def test_retry_after(self):
        self.answer(503, {"Retry-After": "50000"})
        self.run_due(status=3)
        self.assertTrue(50000 <= self.wait(self.status()) <= 55000, self.out)
        self.run_due()
        self.assertEqual(len(self.handler.asked), 1)

    def test_a_directory_is_walked_when_it_is_due(self):
        self.write("in/a.html", release("Graz"))
        self.sources = self.write(
            "s.yaml", "sources:\n  - {name: spool, kind: directory, url: %s, local: true}\n"
            % (self.dir / "in"))
        self.run_due()
        self.assertEqual({c["source"] for c in self.claims()}, {"spool"})
        self.assertEqual(self.status()["health"], "ok")
        self.write("in/b.html", release("Linz"))
        self.run_due()
        self.assertEqual({c["subject"] for c in self.claims("--kind", "membership")}, {"Graz"})
        self.run_due("--force")
        self.assertEqual({c["subject"] for c in self.claims("--kind", "membership")},
                         {"Graz", "Linz"})

    def test_one_source_that_is_due_leaves_the_others_schedule(self):
        self.answer(200, {})
        self.run_due()
        before = self.status()
        self.write("in/a.html", release("Graz"))
        self.sources.write_text(self.sources.read_text() + "  - {name: spool, kind: directory, "
                                "url: %s, local: true}\n" % (self.dir / "in"))
        self.run_due()
        self.dateline("status", "--json", "--db", self.db)
        self.assertEqual(json.loads(self.out.splitlines()[0]), before)

    def test_a_table_for_people(self):
        self.answer(200, {})
        self.run_due()
        self.dateline("status", "--db", self.db)
        self.assertRegex(self.out, r"(?m)^source +health +last success")
        self.assertRegex(self.out, r"(?m)^city +ok +20")


if __name__ == "__main__":
    unittest.main()

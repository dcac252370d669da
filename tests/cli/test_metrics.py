#!/usr/bin/env python3
"""The file for Prometheus: well-formed, true, and never half there."""
import os
import re
import shutil
import stat
import subprocess
import time
import unittest

from harness import ROOT, Case, release

MANUAL = (ROOT / "docs/dateline.1").read_text(encoding="utf-8")
NAME = r"[a-z][a-z0-9_]*"
SAMPLE = re.compile(r"^(%s)(?:\{((?:%s=\"(?:[^\"\\\n]|\\[\\\"n])*\",?)+)\})? (\d+(?:\.\d+)?)$"
                    % (NAME, NAME))


class Metrics(Case):
    def setUp(self):
        super().setUp()
        self.file = self.dir / "dateline.prom"
        self.write("in/graz.html", release("Graz"))
        self.write("in/blank.html", " \n")
        self.sources = self.write(
            "s.yaml", "user_agent: 'test/1 (mailto:a@b.example)'\nsources:\n"
            "  - {name: spool, kind: directory, local: true, url: '%s'}\n"
            "  - {name: gone, local: true, url: 'http://127.0.0.1:1/'}\n" % (self.dir / "in"))

    def run_all(self, *more, status=3):
        self.run_db(status=status, more=["--sources", self.sources, "--metrics", self.file, *more])

    def read(self):
        """{name: {labels: value}}, or a failure if the format is not kept."""
        found, types = {}, {}
        text = self.file.read_text("utf-8")
        self.assertTrue(text.endswith("\n"))
        for line in text.splitlines():
            if line.startswith("# HELP "):
                name = line.split()[2]
                self.assertNotIn(name, types)
                self.assertRegex(line, r"^# HELP %s [A-Z1].+\.$" % name)
            elif line.startswith("# TYPE "):
                name, kind = line.split()[2:]
                self.assertIn(kind, ("counter", "gauge"))
                self.assertEqual(kind == "counter", name.endswith("_total"))
                types[name] = kind
            else:
                sample = SAMPLE.match(line)
                self.assertIsNotNone(sample, line)
                self.assertEqual(sample.group(1), name, "samples stand below their HELP and TYPE")
                rows = found.setdefault(name, {})
                self.assertNotIn(sample.group(2), rows)
                rows[sample.group(2)] = float(sample.group(3))
        self.assertEqual(sorted(found), sorted(types))
        self.assertTrue(all(name.startswith("dateline_") for name in found))
        return found

    def test_figures_of_a_run(self):
        before = int(time.time())
        self.run_all()
        now, m = time.time() + 1, self.read()
        self.assertEqual(m["dateline_pages_total"], {None: 2})
        self.assertEqual(m["dateline_page_bytes_total"], {None: len(release("Graz")) + 2})
        self.assertEqual(m["dateline_documents_total"], {None: 1})
        self.assertEqual(m["dateline_problems_total"],
                         {'code="fetch.connect"': 1, 'code="parse.empty"': 1})
        self.assertEqual(m["dateline_runs_total"], {'status="ok"': 1})
        self.assertEqual(m["dateline_claims"]['kind="membership"'], 1)
        self.assertEqual(m["dateline_facts"]['kind="membership"'], 1)
        self.assertEqual(m["dateline_last_run_success"], {'verb="run"': 1})
        self.assertEqual(m["dateline_last_run_pages"], {'verb="run"': 2})
        self.assertEqual(m["dateline_last_run_problems"], {'verb="run"': 2})
        self.assertTrue(0 < m["dateline_last_run_duration_seconds"]['verb="run"'] < 60)
        self.assertTrue(before <= m["dateline_last_run_timestamp_seconds"]['verb="run"'] <= now)
        self.assertEqual(m["dateline_archive_backlog_bytes"], {None: 0})
        self.assertEqual(m["dateline_archive_bytes"], {None: sum(
            f.stat().st_size for f in (self.dir / "facts.db.archive").glob("*.warc.gz"))})

    def test_figures_of_sources(self):
        self.run_all()
        m = self.read()
        self.assertEqual(m["dateline_source_errors"], {'source="spool"': 0, 'source="gone"': 1})
        self.assertEqual(list(m["dateline_source_last_success_timestamp_seconds"]),
                         ['source="spool"'])
        self.assertEqual(m["dateline_source_silent"], {'source="spool"': 0, 'source="gone"': 0})

    def test_the_manual_knows_each(self):
        self.run_all()
        for name in self.read():
            for family in ("dateline_last_run_", "dateline_source_"):
                if name.startswith(family):
                    self.assertIn(family + "*", MANUAL)
                    name = name[len(family):]
            self.assertRegex(MANUAL, r"[ ,]%s\b" % name)

    def test_totals_grow_and_figures_of_a_run_do_not(self):
        self.run_all()
        self.write("in/linz.html", release("Linz"))
        self.run_all("--force")
        m = self.read()
        self.assertEqual(m["dateline_documents_total"], {None: 2})
        self.assertEqual(m["dateline_last_run_documents"], {'verb="run"': 1})
        self.assertEqual(m["dateline_runs_total"], {'status="ok"': 2})
        self.dateline("replay", "--db", self.dir / "new.db", "--archive", self.dir /
                      "facts.db.archive", "--metrics", self.file, status=3)
        m = self.read()
        self.assertEqual(m["dateline_last_run_success"], {'verb="replay"': 1})
        self.assertEqual(m["dateline_documents_total"], {None: 2})

    def test_everybody_may_read_it_and_nothing_stays_beside_it(self):
        old = os.umask(0o077)
        self.addCleanup(os.umask, old)
        self.run_all()
        self.assertEqual(stat.S_IMODE(self.file.stat().st_mode), 0o644)
        self.assertEqual([f.name for f in self.dir.glob("*.prom*")], ["dateline.prom"])

    def test_a_file_that_cannot_be_written_fails_the_run(self):
        self.file = self.dir / "none" / "dateline.prom"
        self.run_all(status=1)
        self.assertIn("none/dateline.prom.new: No such file", self.err)
        self.file = self.dir / "in"  # a directory
        self.run_all(status=1)
        self.assertEqual(list(self.dir.glob("in.new")), [])
        # What was fetched is in the ledger all the same.
        self.assertEqual(len(self.claims("--kind", "membership")), 1)

    @unittest.skipUnless(shutil.which("promtool"), "promtool is not installed")
    def test_promtool_has_nothing_to_say(self):
        self.run_all()
        done = subprocess.run(["promtool", "check", "metrics"], input=self.file.read_bytes(),
                              capture_output=True, timeout=60, check=False)
        self.assertEqual((done.returncode, done.stdout, done.stderr), (0, b"", b""))


if __name__ == "__main__":
    unittest.main()

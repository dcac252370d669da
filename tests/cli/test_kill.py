#!/usr/bin/env python3
"""A run over HTTP that is ended by SIGKILL at random moments and run again.

    DATELINE_KILLS=200 python3 tests/cli/test_kill.py     # the long version
    DATELINE_SEED=N ...                                   # the moments of a run that failed
"""
import collections
import os
import random
import signal
import subprocess
import time
import unittest

import warc_strict
from harness import Case, release
from web import Reply

KILLS = int(os.environ.get("DATELINE_KILLS", "5"))
SEED = int(os.environ.get("DATELINE_SEED", random.SystemRandom().randrange(10 ** 9)))
CITIES = ["Graz", "Bursa", "Espoo", "Cork", "Evora", "Turin", "Lyon", "Sevilla", "Hamburg", "Osijek"]
PAGES = 40


class Site(Reply):
    """A feed of as many pages, each with a text of its own."""

    def do_GET(self):
        text, status = "", 404
        if self.path == "/feed":
            items = "".join("<item><link>/p/%d</link></item>" % i for i in range(PAGES))
            text, status = "<rss version=\"2.0\"><channel>%s</channel></rss>" % items, 200
        elif self.path.startswith("/p/"):
            i = int(self.path[3:])
            text = release(CITIES[i % len(CITIES)], "2024-%02d-%02d" % (i // 28 + 1, i % 28 + 1))
            status = 200
        self.reply(status, {"Content-Type": "text/html; charset=utf-8"}, text.encode())


class Kill(Case):
    def setUp(self):
        super().setUp()
        self.site = self.serve(Site)
        self.sources = self.write(
            "sources.yaml", "user_agent: \"test/1 (mailto:a@b.example)\"\nsources:\n"
            "  - {name: city, kind: feed, url: \"%s/feed\", local: true}\n" % self.site)

    def kill_after(self, db, seconds):
        child = subprocess.Popen(self.command("run", "--db", db, "--sources", self.sources),
                                 cwd=self.dir, stdout=subprocess.DEVNULL,
                                 stderr=subprocess.DEVNULL, start_new_session=True)
        try:
            child.wait(seconds)
            return False
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()
            return True

    def check(self, db, want, why):
        self.run_db(db=db, more=["--sources", self.sources])
        self.assertEqual(self.export(db), want, why)
        self.dateline("archive", "verify", "--db", db)
        archive = db.with_name(db.name + ".archive")
        records = warc_strict.read(archive)
        warc_strict.check_index(archive, records)
        times = collections.Counter(r.uri for r in records if r.type in ("response", "revisit"))
        pages = {self.site + "/p/%d" % i: 1 for i in range(PAGES)}
        times.pop(self.site + "/feed")
        self.assertEqual(dict(times), pages, why)

    def test_no_page_is_lost_or_comes_twice(self):
        print("seed %d, %d kills" % (SEED, KILLS), flush=True)
        rng = random.Random(SEED)
        start = time.monotonic()
        self.run_db(more=["--sources", self.sources])
        whole = time.monotonic() - start
        want = self.export()
        self.assertEqual(want.count('"joined"') > 0, True)
        kills = runs = 0
        while kills < KILLS:
            runs += 1
            db = self.dir / ("k%d.db" % runs)
            for _ in range(rng.choice((1, 1, 1, 2, 3))):
                kills += self.kill_after(db, rng.uniform(0, whole))
            self.check(db, want, "run %d of seed %d" % (runs, SEED))
            self.assertLess(runs, 10 * KILLS, "runs end before they are killed")


if __name__ == "__main__":
    unittest.main()

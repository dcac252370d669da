#!/usr/bin/env python3
"""Unattended: one run at a time, signals, what the samples of config/service start."""
import os
import pathlib
import re
import shlex
import shutil
import signal
import subprocess
import threading
import time
import unittest

from harness import DATELINE, ROOT, Case, release
from web import Server

SERVICE = ROOT / "config/service"
PAGES = 5


class Held(Server):
    """Answers to a page when the test lets it."""

    def do_GET(self):
        if self.path not in ("/robots.txt", "/list.txt"):
            self.reached.release()
            self.may_answer.acquire(timeout=30)
        # One connection may serve the list and pages.
        self.answer = ((200, {"Content-Type": "text/plain"}, self.links)
                       if self.path == "/list.txt" else type(self).answer)
        try:
            super().do_GET()
        except ConnectionError:
            pass  # who asked was killed


class Network(Case):
    """A list of pages on a server that stops at each."""

    def setUp(self):
        super().setUp()
        self.handler = type("Handler", (Held,), {
            "asked": [], "answer": (200, {"Content-Type": "text/html"}, release("Graz").encode()),
            "reached": threading.Semaphore(0), "may_answer": threading.Semaphore(0)})
        base = self.serve(self.handler)
        self.handler.links = "".join("%s/%d\n" % (base, i) for i in range(PAGES)).encode()
        self.urls = self.handler.links.decode().split()
        self.sources = self.write(
            "s.yaml", "user_agent: 'test/1 (mailto:a@b.example)'\nsources:\n"
            "  - {name: all, kind: list, local: true, url: '%s/list.txt'}\n" % base)

    def start(self, *more):
        child = subprocess.Popen(
            self.command("run", "--db", self.db, "--sources", self.sources, *more),
            cwd=self.dir, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True)
        self.addCleanup(child.stdout.close)
        self.addCleanup(child.stderr.close)
        return child

    def let(self, n):
        """n pages, one after the other."""
        for _ in range(n):
            self.assertTrue(self.handler.reached.acquire(timeout=30))
            self.handler.may_answer.release()

    def archived(self):
        self.dateline("archive", "list", "--json", "--db", self.db)
        return sorted(r["uri"] for r in self.lines()
                      if r["type"] in ("response", "revisit") and r["uri"] in self.urls)

    def stored(self):
        self.dateline("audit", "export", "--db", self.db)
        return sorted(r["url"] for r in self.lines() if r["export"] == "document")

    def finish(self):
        """Another run does the rest, and asks for nothing that is there."""
        self.handler.may_answer.release(PAGES)
        self.run_db(more=["--sources", self.sources])
        self.assertEqual(self.stored(), sorted(self.urls))
        self.dateline("archive", "verify", "--db", self.db)

    def pages_asked(self):
        return len(self.handler.asked) - 1  # the list itself


class Signals(Network):
    def stop_at_the_second_page(self, send):
        """It comes to its end and into the archive, and no third is asked for."""
        child = self.start("--log-level", "info")
        self.let(1)
        self.assertTrue(self.handler.reached.acquire(timeout=30))
        send(child)
        told = b""  # the signal is there before the answer
        while b"asked to end" not in told:
            told = child.stderr.readline()
            self.assertNotEqual(told, b"")
        self.handler.may_answer.release()
        err = child.communicate(timeout=60)[1].decode()
        self.assertEqual(child.returncode, 0, err)
        self.assertIn("status=stopped", err)
        self.assertEqual(self.archived(), sorted(self.urls)[:2])
        self.assertEqual(self.pages_asked(), 2)
        self.finish()
        self.assertEqual(self.pages_asked(), PAGES)

    def test_sigterm(self):
        self.stop_at_the_second_page(lambda child: child.terminate())

    def test_sighup(self):
        self.stop_at_the_second_page(lambda child: child.send_signal(signal.SIGHUP))

    def test_interrupt_from_the_terminal(self):
        self.stop_at_the_second_page(lambda child: os.killpg(child.pid, signal.SIGINT))

    def kill_in_the_middle_of_a_page(self, done):
        child = self.start()
        self.let(done)
        self.assertTrue(self.handler.reached.acquire(timeout=30))
        os.killpg(child.pid, signal.SIGKILL)
        child.communicate(timeout=60)
        self.handler.may_answer.release()
        self.finish()
        # Only the page in hand, and what the disk had not yet, comes again.
        self.assertLessEqual(self.pages_asked(), PAGES + 1 + done)

    def test_killed_at_the_first_page(self):
        self.kill_in_the_middle_of_a_page(0)

    def test_killed_at_the_last_page(self):
        self.kill_in_the_middle_of_a_page(PAGES - 1)


class Children(Network):
    def strange(self, pid):
        """Files of the ledger, and pipes of others, that the process holds."""
        held = [os.readlink(fd) for fd in pathlib.Path("/proc", pid, "fd").iterdir()]
        pipes = [path for path in held if path.startswith("pipe:")]
        return [path for path in held if re.match(re.escape(str(self.db)) + r"(?!\.archive)", path)] + pipes[4:]

    def test_they_hold_no_file_of_the_ledger(self):
        child = self.start("--workers", "2")
        self.assertTrue(self.handler.reached.acquire(timeout=30))
        pids = pathlib.Path("/proc/%d/task/%d/children" % (child.pid, child.pid)).read_text().split()
        # What fetches, and who has read the page of links; the other worker has nothing to do yet.
        self.assertEqual(len(pids), 2)
        # They close what is not theirs first; one may not have begun yet.
        end = time.monotonic() + 30
        while any(map(self.strange, pids)) and time.monotonic() < end:
            time.sleep(0.01)
        self.assertEqual([self.strange(pid) for pid in pids], [[]] * 2)
        self.handler.may_answer.release(PAGES)
        child.communicate(timeout=60)
        self.assertEqual(child.returncode, 0)


class Lock(Network):
    def test_a_run_keeps_others_from_beginning(self):
        child = self.start()
        self.assertTrue(self.handler.reached.acquire(timeout=30))
        self.run_db(more=["--quiet", "--sources", self.sources], status=75)
        self.assertEqual(self.err, "")  # nothing is wrong, and nothing for cron to mail
        self.dateline("status", "--db", self.db)  # who only reads may
        self.handler.may_answer.release(PAGES)
        child.communicate(timeout=60)
        self.assertEqual(child.returncode, 0)
        self.assertEqual(self.pages_asked(), PAGES)

    def test_a_killed_run_leaves_no_lock(self):
        child = self.start()
        self.assertTrue(self.handler.reached.acquire(timeout=30))
        child.kill()  # its children end with it
        child.communicate(timeout=60)
        self.handler.may_answer.release(PAGES + 1)
        self.run_db(more=["--sources", self.sources])
        self.assertEqual(self.stored(), sorted(self.urls))


class Samples(Case):
    def setUp(self):
        super().setUp()
        self.write("sources.yaml", "sources: []\n")

    def command(self, line):
        """A command of a sample, in this directory."""
        line = line.replace("/var/lib/dateline", str(self.dir))
        line = line.replace("/etc/dateline", str(self.dir))
        return re.sub(r"\bdateline (?=run|status)", shlex.quote(DATELINE) + " ", line)

    def sh(self, command):
        return subprocess.run(["sh", "-c", command], cwd=self.dir, capture_output=True, text=True,
                              timeout=60, check=False)

    def test_crontab(self):
        lines = [line for line in (SERVICE / "dateline.crontab").read_text().splitlines()
                 if not line.startswith("#")]
        self.assertEqual(len(lines), 2)
        for line in lines:
            times, user, command = line.split()[:5], line.split()[5], line.split(None, 6)[6]
            self.assertTrue(all(re.fullmatch(r"[\d*/,-]+", t) for t in times), line)
            self.assertEqual(user, "dateline")
            done = self.sh(self.command(command))
            self.assertEqual((done.returncode, done.stdout, done.stderr), (0, "", ""), line)

    def test_service(self):
        text = (SERVICE / "dateline.service").read_text()
        start = re.search(r"^ExecStart=/usr/bin/(.*)$", text, re.M).group(1)
        done = self.sh(self.command(start))
        self.assertEqual((done.returncode, done.stdout), (0, ""), done.stderr)
        self.assertTrue((self.dir / "dateline.prom").exists())

    @unittest.skipUnless(shutil.which("systemd-analyze"), "systemd is not installed")
    def test_units_are_well_formed_and_locked_in(self):
        for name in ("dateline.service", "dateline.timer"):
            text = (SERVICE / name).read_text().replace("/usr/bin/dateline", DATELINE)
            # Its manual is perhaps not installed.
            self.write(name, re.sub(r"^Documentation=.*\n", "", text, flags=re.M))
        units = [str(self.dir / "dateline.service"), str(self.dir / "dateline.timer")]
        done = subprocess.run(["systemd-analyze", "verify", *units], capture_output=True,
                              text=True, timeout=60, check=False)
        self.assertNotIn("dateline", done.stdout + done.stderr)
        done = subprocess.run(["systemd-analyze", "security", "--offline=true", "--threshold=20",
                               units[0]], capture_output=True, text=True, timeout=60, check=False)
        self.assertEqual(done.returncode, 0, done.stdout[-200:])


if __name__ == "__main__":
    unittest.main()

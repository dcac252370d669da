#!/usr/bin/env python3
"""The progress bar on a terminal of any width; none in a pipe; log lines stay whole."""
import fcntl
import json
import os
import re
import select
import signal
import struct
import subprocess
import termios
import threading
import time
import unittest

from harness import Case, release
from web import Server

WIPE = "\r\x1b[J"
PAGES = 5
SLOW_S = 0.15  # of each answer: long enough for several looks of the bar
LONG_S = 30  # for which the last page waits, at most


class Slow(Server):
    """The last page waits until the terminal has shown what it has to."""

    shown = None

    def do_GET(self):
        if self.path != "/robots.txt":
            time.sleep(SLOW_S)
        if self.path.endswith("/%d" % (PAGES - 1)):
            self.shown.wait(LONG_S)
        super().do_GET()


class Progress(Case):
    def setUp(self):
        super().setUp()
        handler = type("Handler", (Slow,), {
            "asked": [], "answer": (200, {}, release("Graz").encode()),
            "shown": threading.Event()})
        self.shown = handler.shown
        self.addCleanup(self.shown.set)
        self.base = self.serve(handler)
        self.args = ["%s/%d" % (self.base, i) for i in range(PAGES)] + ["nothing-here.html"]

    def on_terminal(self, *more, columns=100, term="xterm", narrower=None,
                    end_with=None, until=""):
        """Run with a terminal as standard error; what was written there.

        The last page comes when a bar matches `until`.
        """
        ours, theirs = self.terminal()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        env = dict(os.environ, TERM=term)
        child = subprocess.Popen(
            self.command("run", "--db", self.db, *more, *self.args),
            cwd=self.dir, env=env, stdout=subprocess.PIPE, stderr=theirs)
        os.close(theirs)
        seen = b""
        while True:
            if select.select([ours], [], [], 60)[0]:
                try:
                    part = os.read(ours, 65536)
                except OSError:
                    break
                seen += part
                if any(re.search(until, bar) for bar in self.bars(seen.decode(errors="replace"))):
                    self.shown.set()
                if narrower and b"%" in seen:
                    fcntl.ioctl(ours, termios.TIOCSWINSZ, struct.pack("HHHH", 24, narrower, 0, 0))
                    self.narrow_from, narrower = len(seen), None
                if end_with and b"%" in seen:
                    child.send_signal(end_with)
                    end_with = None
        os.close(ours)
        self.stdout = child.communicate(timeout=60)[0].decode()
        self.assertIn(child.returncode, (0, 3))
        return seen.decode()

    def bars(self, seen):
        return [b for b in re.findall(re.escape(WIPE) + r"([^\r\n\x1b]*%[^\r\n\x1b]*)\r", seen)]

    def test_a_bar_that_goes_when_it_is_done(self):
        whole = r"^run +\d+% \[#+-+\] [1-5]/6 pages [\d.]+ kB 1 site [\d.]+/s"
        seen = self.on_terminal(until=whole)
        bars = self.bars(seen)
        self.assertTrue(any(re.search(whole, b) for b in bars), bars)
        share = [int(re.search(r"(\d+)%", b).group(1)) for b in bars]
        self.assertEqual(share, sorted(share))
        self.assertTrue(seen.endswith(WIPE), seen[-200:])
        self.assertIn("run: 5 pages", self.stdout)
        # Lines of the log stay whole, and each wipes the bar before it.
        left = re.sub(re.escape(WIPE) + r"[^\r\n\x1b]*%[^\r\n\x1b]*\r", "", seen).replace(WIPE, "")
        self.assertEqual(len(left.splitlines()), 1, left)
        self.assertRegex(left, r"^dateline: warning: No such file .* code=fetch.file-missing\r\n$")
        self.assertIn(WIPE + "dateline: warning", seen)

    def test_it_fits_and_follows_the_window(self):
        seen = self.on_terminal(columns=40, narrower=20, until=r"^.{1,19}$")
        before, later = (self.bars(part) for part in (
            seen[:self.narrow_from], seen[self.narrow_from:]))
        self.assertTrue(before and later)
        self.assertTrue(20 < max(map(len, before)) < 40, before)
        self.assertLess(max(map(len, later)), 20)

    def test_no_bar(self):
        self.args = self.args[-1:]
        self.assertIn(WIPE, self.on_terminal())
        for more, term in [(("--no-progress",), "xterm"), (("--quiet",), "xterm"), ((), "dumb"),
                           ((), ""), (("--log-format", "json"), "xterm")]:
            with self.subTest(more=more, term=term):
                seen = self.on_terminal("--force", *more, term=term)
                self.assertNotIn("%", seen)
                self.assertNotIn("\x1b", seen)

    def test_asked_for(self):
        self.args = self.args[-1:]
        self.assertIn(WIPE, self.on_terminal("--quiet", "--progress"))
        self.assertEqual(self.stdout, "")

    def test_in_a_pipe_there_is_none(self):
        self.run_db(self.args[-1], status=3)
        self.assertEqual(len(self.err.splitlines()), 1)
        self.assertNotIn("\x1b", self.err)

    def test_a_run_that_is_ended_leaves_the_terminal_as_it_was(self):
        seen = self.on_terminal(end_with=signal.SIGTERM)
        self.assertTrue(seen.endswith(WIPE), seen)
        self.assertNotIn("\x1b[?", seen)  # no mode was switched


class Lines(Case):
    def test_a_line_now_and_then_if_asked_for(self):
        # A line comes every ten seconds; a short run has none, and is none the worse.
        page = self.write("a.html", release("Graz"))
        self.run_db(page, more=["--progress", "--log-format", "json"])
        self.assertEqual([json.loads(line) for line in self.err.splitlines()], [])


if __name__ == "__main__":
    unittest.main()

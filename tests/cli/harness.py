"""What the CLI tests share: the program, scratch directories, small releases."""
import atexit
import functools
import json
import os
import pathlib
import pty
import shutil
import subprocess
import tempfile
import unittest

import web

ROOT = pathlib.Path(__file__).resolve().parents[2]
DATELINE = os.environ.get("DATELINE", str(ROOT / "build/dev/bin/dateline"))
RELEASES = ROOT / "tests/releases/pages"

PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{title}</title>
<meta property="article:published_time" content="{date}T09:00:00+00:00"></head>
<body><nav><a href="/">Home</a> <a href="/news">News</a></nav>
<main><article><h1>{title}</h1>
<p>{text}</p>
<p>The council thanked everybody who had worked on the application over the past two years.</p>
</article></main>
<footer><p>Town Hall, Main Street 1</p></footer></body></html>
"""
JOINED = "{city} has joined the UNESCO Global Network of Learning Cities."


def release(city, date="2024-02-14"):
    return PAGE.format(title=city + " news", date=date, text=JOINED.format(city=city))


RULES = """%dateline-rules 1
let NET = {NETWORK|TITLE:network}
rule test.joined 1
  kind   membership
  set    status=joined
  match  {CITY:subject} ~4 !(joined|entered) ~2 <NET>
  match  <NET> ~2 !admitted {CITY:subject}
  unless joined ~2 {NETWORK} fans => only fans
  yes    [CITY Graz] joined the [NETWORK Eurocities] => subject=Graz
  no     [CITY Graz] joined the [NETWORK Eurocities] fans
  live   Graz joined Eurocities. => subject=Graz
rule test.entered 1
  kind   membership
  set    status=joined
  match  {CITY:subject} ~4 !entered ~2 <NET>
  yes    [CITY Graz] entered [NETWORK Eurocities] => subject=Graz
  no     [CITY Graz] entered the race
  live   Cork entered Eurocities. => subject=Cork
rule test.total 1
  kind   network_total
  match  <NET> !has {COUNT.member:count}
  guard  count 2..400
  yes    [NETWORK Eurocities] has 30 members => count=30 members
  no     [NETWORK Eurocities] has 30 offices
  live   Eurocities has 30 members. => count=30 members
"""


def make_config(directory, rules, name="en.rules", languages=("en",)):
    """The shipped configuration in directory, with other rules and without cues."""
    for path in (ROOT / "config").iterdir():
        link = directory / path.name
        if path.name in ("rules", "cues") or link.exists():
            continue
        directory.mkdir(exist_ok=True)
        if path.name == "lang":
            link.mkdir()
            for language in languages:
                (link / language).symlink_to(path / language)
        else:
            link.symlink_to(path)
    for path, text in (("cues/weights.tsv", "membership\tthreshold\t2\n"), ("rules/" + name, rules)):
        (directory / path).parent.mkdir(exist_ok=True)
        (directory / path).write_text(text, encoding="utf-8")
    return directory


@functools.cache
def small_config():
    """A configuration that is read in a quarter of the time, made once a program."""
    directory = pathlib.Path(tempfile.mkdtemp(prefix="dateline-config-"))
    atexit.register(shutil.rmtree, directory)
    return make_config(directory, RULES)


class Case(unittest.TestCase):
    """A scratch directory, and the program run in it."""

    maxDiff = 4000
    small = True  # what needs rules is run with few, where the test names none

    def setUp(self):
        self.tmp = tempfile.TemporaryDirectory(prefix="dateline-test-")
        self.addCleanup(self.tmp.cleanup)
        self.dir = pathlib.Path(self.tmp.name)
        self.db = self.dir / "facts.db"

    @classmethod
    def once(cls):
        """A case that lasts as long as the class, for what all its tests begin with."""
        case = Case("export")
        case.small = cls.small
        case.setUp()
        cls.addClassCleanup(case.doCleanups)
        return case

    def write(self, name, data):
        path = self.dir / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data if isinstance(data, bytes) else data.encode("utf-8"))
        return path

    def config(self, rules=RULES, name="en.rules", languages=("en",)):
        """The shipped configuration, with other rules and without cues; its directory."""
        return make_config(self.dir / "config", rules, name, languages)

    def serve(self, handler):
        """A server on loopback until the test ends; its URL without a path."""
        return "http://127.0.0.1:%d" % web.start(self, handler).server_port

    def terminal(self):
        """A pseudo-terminal, our end and the program's; without one there is nothing to see."""
        try:
            return pty.openpty()
        except OSError as e:
            return self.skipTest(str(e))

    def command(self, *args):
        """The program and these arguments, to start."""
        if self.small and args[:1] in (("run",), ("replay",), ("extract",)) and "--config" not in args:
            args = (args[0], "--config", small_config(), *args[1:])
        return [DATELINE, *map(str, args)]

    def dateline(self, *args, stdin=b"", status=0, more_env=None):
        env = {**(more_env or {}), "PATH": os.environ["PATH"], "HOME": str(self.dir), "LC_ALL": "C"}
        for key in ("ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS"):
            if key in os.environ:
                env[key] = os.environ[key]
        done = subprocess.run(self.command(*args), input=stdin, cwd=self.dir, env=env,
                              capture_output=True, timeout=120, check=False)
        self.raw = done.stdout
        self.out = done.stdout.decode("utf-8", "replace")
        self.err = done.stderr.decode("utf-8", "replace")
        if status is not None:
            wanted = status if isinstance(status, tuple) else (status,)
            self.assertIn(done.returncode, wanted, "dateline %s\n%s%s" % (args, self.out, self.err))
        return done.returncode

    def run_db(self, *inputs, status=0, db=None, more=()):
        return self.dateline("run", "--db", db or self.db, *more, *inputs, status=status)

    def lines(self):
        """What was printed, as JSON; which is UTF-8, or this fails."""
        return [json.loads(line) for line in self.raw.decode("utf-8").splitlines() if line]

    def claims(self, *args, db=None):
        self.dateline("audit", "claims", "--json", "--db", db or self.db, *args)
        return self.lines()

    def export(self, db=None):
        self.dateline("audit", "export", "--db", db or self.db)
        return self.out

    def problems(self):
        self.dateline("audit", "problems", "--json", "--db", self.db)
        return self.lines()

#!/usr/bin/env python3
"""What the shells offer is what --help says, verb by verb."""
import re
import shutil
import subprocess
import unittest

from harness import Case
from test_usage import VERBS

SOURCED = """source {script}
{body}
"""
# Word by word, as bash hands a command line over.
BASH = """COMP_WORDS=({words}); COMP_CWORD={at}; _dateline; printf '%s\\n' "${{COMPREPLY[@]}}"
"""
# The functions that would draw a menu print what they are given.
ZSH = """_arguments() {{ print -rl -- "$@" }}
_describe() {{ print -rl -- $verbs }}
compdef() {{ }}
source {script}
words=({words}); CURRENT={at}; _dateline
"""


class Completion(Case):
    shell = None

    def setUp(self):
        super().setUp()
        if self.shell:
            self.script = self.write_script(self.shell)

    def write_script(self, shell):
        self.dateline("completion", shell)
        return self.write("completion." + shell, self.out)

    def run_shell(self, *command):
        done = subprocess.run([str(c) for c in command], cwd=self.dir, capture_output=True,
                              text=True, timeout=60, check=False)
        self.assertEqual((done.returncode, done.stderr), (0, ""), command[-1])
        return done.stdout

    def options_of(self, verb):
        self.dateline(*verb, "--help")
        return set(re.findall(r"^  (--[a-z-]+)", self.out, re.M))

    def families(self):
        return sorted({verb[0] for verb in VERBS if len(verb) > 1})

    def check(self):
        """offered() is the shell's; what it offers at each place is what there is."""
        self.assertEqual({o for o in self.offered([""]) if o[0] != "-"}, {v[0] for v in VERBS})
        for family in self.families():
            self.assertEqual(set(self.offered([family, ""])),
                             {v[1] for v in VERBS if v[0] == family})
        for verb in VERBS:
            self.assertEqual(set(self.offered(verb + ["--"])), self.options_of(verb), verb)


class Bash(Completion):
    shell = "bash"

    def offered(self, words):
        line = " ".join(["dateline"] + [w or "''" for w in words])
        return self.run_shell("bash", "-c", SOURCED.format(
            script=self.script, body=BASH.format(words=line, at=len(words)))).split()

    def test_verbs_and_options(self):
        self.check()

    def test_values(self):
        claims = ["audit", "claims"]
        self.assertEqual(self.offered(claims + ["--polarity", "p"]), ["planned"])
        self.assertEqual(self.offered(claims + ["--polarity", "=", "p"]), ["planned"])
        self.assertEqual(self.offered(claims + ["--log-format", "="]), ["text", "json"])
        self.assertEqual(self.offered(claims + ["--kin"]), ["--kind"])
        # Of files bash itself knows more.
        self.assertEqual(self.offered(["run", "--db", "f"]), [])
        self.assertEqual(self.offered(["run", "f"]), [])
        self.assertEqual(self.offered(["completion", ""]), ["bash", "zsh", "fish"])


@unittest.skipUnless(shutil.which("zsh"), "zsh is not installed")
class Zsh(Completion):
    shell = "zsh"

    def offered(self, words):
        line = " ".join(["dateline"] + [w or "''" for w in words])
        told = self.run_shell("zsh", "-f", "-c", ZSH.format(
            script=self.script, words=line, at=len(words) + 1)).splitlines()
        return [re.match(r"[a-z-]*", row).group() for row in told if row[0] not in "*1"]

    def test_verbs_and_options(self):
        self.check()

    def test_specs_are_well_formed(self):
        text = self.script.read_text().replace("'\\''", "")
        specs = re.findall(r"^\t\t\t'(--.*)'(?: \\)?$", text, re.M)
        self.assertGreater(len(specs), 100)
        for spec in specs:
            self.assertRegex(spec, r"^--[a-z-]+=?\[(?:[^\[\]\\]|\\[\[\]:\\])+\](?::[A-Z]+:.+)?$")


@unittest.skipUnless(shutil.which("fish"), "fish is not installed")
class Fish(Completion):
    shell = "fish"

    def offered(self, words):
        told = self.run_shell("fish", "--no-config", "-c", "source %s; complete -C 'dateline %s'"
                              % (self.script, " ".join(words)))
        return [line.split("\t")[0] for line in told.splitlines()]

    def test_verbs_and_options(self):
        self.check()

    def test_values(self):
        self.assertEqual(self.offered(["audit", "claims", "--polarity", "p"]), ["planned"])
        self.write("some.db", "")
        self.assertIn("some.db", self.offered(["run", "--db", "so"]))
        self.assertEqual(self.offered(["probe", "url", "so"]), [])


class Words(Completion):
    def test_another_shell(self):
        self.dateline("completion", "tcsh", status=2)
        self.assertIn('"tcsh" is not bash, zsh or fish', self.err)
        self.dateline("completion", status=2)


if __name__ == "__main__":
    unittest.main()

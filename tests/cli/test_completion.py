#!/usr/bin/env python3
"""What the shells offer is what --help says, verb by verb."""
import functools
import re
import shutil
import subprocess
import unittest

from harness import DATELINE, Case
from test_usage import VERBS

SOURCED = """source {script}
{body}
"""
MARK = "---"  # behind what is offered for one line
# Word by word, as bash hands a command line over.
BASH = """COMP_WORDS=({words}); COMP_CWORD={at}; COMPREPLY=(); _dateline; printf '%s\\n' "${{COMPREPLY[@]}}" ---
"""
# The functions that would draw a menu print what they are given.
ZSH = """_arguments() {{ print -rl -- "$@" }}
_describe() {{ print -rl -- $verbs }}
compdef() {{ }}
source {script}
{body}
"""
ZSH_LINE = "words=({words}); CURRENT={at}; _dateline; print -r -- ---\n"


@functools.cache
def options_of(verb):
    told = subprocess.run([DATELINE, *verb, "--help"], capture_output=True, text=True, check=True).stdout
    return set(re.findall(r"^  (--[a-z-]+)", told, re.M))


def quoted(words):
    return " ".join(["dateline"] + [w or "''" for w in words])


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

    def families(self):
        return sorted({verb[0] for verb in VERBS if len(verb) > 1})

    def offered(self, words):
        return self.offers([words])[0]

    def check(self):
        """offers() is the shell's, asked once; what it offers at each place is what there is."""
        families = self.families()
        first, *rest = self.offers([[""], *([family, ""] for family in families),
                                    *(verb + ["--"] for verb in VERBS)])
        self.assertEqual({o for o in first if o[0] != "-"}, {v[0] for v in VERBS})
        for family, offered in zip(families, rest):
            self.assertEqual(set(offered), {v[1] for v in VERBS if v[0] == family})
        for verb, offered in zip(VERBS, rest[len(families):], strict=True):
            self.assertEqual(set(offered), options_of(tuple(verb)), verb)

    @staticmethod
    def parted(lines):
        """What stands before each MARK."""
        parts = [[]]
        for line in lines:
            if line == MARK:
                parts.append([])
            elif line:
                parts[-1].append(line)
        return parts[:-1]


class Bash(Completion):
    shell = "bash"

    def offers(self, lines):
        body = "".join(BASH.format(words=quoted(words), at=len(words)) for words in lines)
        return self.parted(self.run_shell("bash", "-c", SOURCED.format(script=self.script, body=body)).split("\n"))

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

    def offers(self, lines):
        body = "".join(ZSH_LINE.format(words=quoted(words), at=len(words) + 1) for words in lines)
        told = self.run_shell("zsh", "-f", "-c", ZSH.format(script=self.script, body=body)).split("\n")
        return [[re.match(r"[a-z-]*", row).group() for row in part if row[0] not in "*1"]
                for part in self.parted(told)]

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

    def offers(self, lines):
        body = "".join("complete -C 'dateline %s'; echo ---\n" % " ".join(words) for words in lines)
        told = self.run_shell("fish", "--no-config", "-c", "source %s\n%s" % (self.script, body)).split("\n")
        return [[line.split("\t")[0] for line in part] for part in self.parted(told)]

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

#!/usr/bin/env python3
"""The manual's examples run, its verbs and options are the program's, and the README's too."""
import gzip
import re
import shlex
import subprocess
import unittest

from harness import DATELINE, ROOT, Case, release

MANUAL = (ROOT / "docs/dateline.1").read_text(encoding="utf-8")
SOURCES = (ROOT / "docs/dateline-sources.5").read_text(encoding="utf-8")
RULES = (ROOT / "docs/dateline-rules.5").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")


class Manual(Case):
    def setUp(self):
        super().setUp()
        self.write("saved/graz.html", release("Graz"))
        self.write("saved-pages/graz.html", release("Graz"))
        self.write("crawl.warc.gz", gzip.compress(
            b"WARC/1.0\r\nWARC-Type: warcinfo\r\nWARC-Date: 2024-02-14T10:00:00Z\r\nContent-Length: 0\r\n"
            b"WARC-Record-ID: <urn:uuid:0d1f1e7e-3d0a-4c1f-8b8e-5d2a0a6f9c11>\r\n\r\n\r\n\r\n"))
        self.write("page.html", release("Bursa"))
        self.write("robots.txt", "User-agent: *\nDisallow: /admin/\n")
        self.write("feed.xml", "<rss><channel><item><link>/a</link></item></channel></rss>")
        self.write("sitemap.xml", "<urlset><url><loc>https://example.org/a</loc></url></urlset>")
        self.write("sources.yaml", "sources: []\n")

    def sh(self, command):
        command = re.sub(r"\bdateline (?=[a-z])", shlex.quote(DATELINE) + " ", command)
        done = subprocess.run(["bash", "-o", "pipefail", "-c", command], cwd=self.dir,
                              capture_output=True, text=True, timeout=60, check=False)
        self.assertEqual(done.returncode, 0, command + "\n" + done.stderr)
        return done.stdout

    def test_examples(self):
        commands = re.findall(r"^\$ ((?:echo .* \| )?dateline .*)$", MANUAL, re.M)
        self.assertGreaterEqual(len(commands), 4)
        out = "".join(self.sh(c) for c in commands)
        self.assertIn("Graz", out)
        self.assertIn("Bursa", out)

    def test_examples_of_sources(self):
        example = re.search(r"^(user_agent:.*?)^\.Ed", SOURCES, re.M | re.S).group(1)
        self.write("sources.yaml", example)
        commands = re.findall(r"^\$ (dateline .*)$", SOURCES, re.M)
        self.assertEqual(len(commands), 3)
        plan, _, status = [self.sh(c) for c in commands]
        self.assertIn("https://network.example.org/news/members", plan)
        self.assertIn("graz.html", plan)
        self.assertRegex(status, r"(?m)^spool +ok ")
        self.assertRegex(status, r"(?m)^network-news +new ")

    def test_examples_of_rules(self):
        """One after the other they are a file of rules, whose own examples hold."""
        stanzas = re.findall(r"^\.Bd -literal\n((?:let|rule|frame|discard) .*?)^\.Ed", RULES, re.M | re.S)
        self.assertGreaterEqual(len(stanzas), 10)
        text = "%dateline-rules 1\n" + "\n".join(stanzas).replace("\\e", "\\")
        self.config(text, "en.manual.rules")
        examples = len(re.findall(r"^  (?:yes|no|live|todo) ", text, re.M))
        self.assertIn(" %d examples, 0 failed, 1 to do;" % examples,
                      self.sh("dateline check-config --config config"))
        # Without its pattern, no example of a rule holds by chance.
        for match in re.findall(r"^  match .*$", text, re.M):
            self.config(text.replace(match, "  match nothingofthekind"), "en.manual.rules")
            self.dateline("check-config", "--config", "config", status=(0, 2))
            if "family of" not in match and "that {CITY:subject}" not in match:
                self.assertRegex(self.err, "(yes|live) ", match)

    def test_tutorial(self):
        tutorial = RULES[RULES.index(".Sh TUTORIAL"):RULES.index(".Sh EDITORS")]
        for path in (ROOT / "config").rglob("*"):
            link = self.dir / "my" / path.relative_to(ROOT / "config")
            # In the tutorial's own language, which is half as much to read.
            if path.is_file() and not re.search(r"config/(rules|lang)/(?!en|all)", str(path)):
                link.parent.mkdir(parents=True, exist_ok=True)
                link.symlink_to(path)
        commands = re.findall(r"^\$ ((?:echo|dateline) .*)$", tutorial, re.M)
        self.assertEqual(len(commands), 8)
        before = [self.sh(c) for c in commands[:4]]
        self.assertIn("Graz has pitched its tent", before[1])
        self.assertRegex(before[3], r"wanted (~\d )?!<JOINS>")
        self.assertIn('stands "has pitched its tent with"', before[3])
        rule = re.search(r"^%dateline-rules 1\n.*?(?=^\.Ed)", tutorial, re.M | re.S).group()
        more = re.search(r"^  unless .*?(?=^\.Ed)", tutorial, re.M | re.S).group()
        self.write("my/rules/en-own.rules", rule + "  no" + more.split("  no", 1)[1])
        self.dateline("check-config", "--config", "my", status=2)
        self.write("my/rules/en-own.rules", rule + more)
        check, explain, stats, gaps = [self.sh(c) for c in commands[4:]]
        self.assertIn(" 0 failed", check)
        self.assertIn("own.lot@1 makes a claim", explain)
        self.assertRegex(stats, r"(?m)^own\.lot@1 +1 +\d +0 +1 +1 ")
        self.assertEqual(gaps, "no gaps\n")

    def test_the_shipped_example_is_read(self):
        self.sh("dateline plan --source network-news --sources %s"
                % (ROOT / "config/sources.example.yaml"))

    def test_readme(self):
        commands = re.findall(r"^    (dateline .*?)(?: +#.*)?$", README, re.M)
        self.assertGreaterEqual(len(commands), 6)
        for command in commands:
            if "explain" in command:
                claim = self.claims(db=self.dir / "facts.db")[0]["id"]
                command = re.sub(r"[0-9a-f]{6}$", claim[:8], command)
            out = self.sh(command)
            if "audit" in command and "problems" not in command and "gaps" not in command:
                self.assertIn("Graz", out, command)

    def test_every_verb_and_option_is_in_the_manual(self):
        self.dateline("--help")
        verbs = re.findall(r"^  ([a-z-]+(?: [a-z]+)?) {2,}", self.out, re.M)
        self.assertGreaterEqual(len(verbs), 15)
        for verb in verbs:
            self.assertRegex(MANUAL, r"(Cm|,) %s\b" % re.escape(verb), verb)
            self.dateline(*verb.split(), "--help")
            for option in re.findall(r"^  --([a-z-]+)", self.out, re.M):
                if option != "help":
                    self.assertIn("-%s" % option, MANUAL, option)

    def test_it_is_well_formed(self):
        for page in ("dateline.1", "dateline-sources.5", "dateline-rules.5"):
            done = subprocess.run(["mandoc", "-T", "lint", "-W", "warning",
                                   str(ROOT / "docs" / page)],
                                  capture_output=True, text=True, check=False)
            self.assertEqual(done.stdout, "")


if __name__ == "__main__":
    unittest.main()

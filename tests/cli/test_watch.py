#!/usr/bin/env python3
"""check-config --watch: checks again when a file changes, tells what is new, ends when told."""
import os
import re
import select
import signal
import subprocess
import unittest

import harness
from harness import DATELINE, Case

# Without the rule that another one leaves nothing to.
RULES = re.sub(r"rule test\.entered.*?(?=rule)", "", harness.RULES, flags=re.S)

WAIT = 20  # seconds, on the busiest machine


class Watch(Case):
    def setUp(self):
        super().setUp()
        self.cfg = self.config(RULES)

    def start(self, *args):
        self.p = subprocess.Popen([DATELINE, "check-config", "--watch", "--config", str(self.cfg),
                                   *map(str, args)], cwd=self.dir, stdout=subprocess.PIPE,
                                  stderr=subprocess.PIPE)
        self.addCleanup(self.end, self.p)
        self.rest = b""

    @staticmethod
    def end(p):
        if p.poll() is None:
            p.kill()
        p.wait()
        p.stdout.close()
        p.stderr.close()

    def told(self):
        """The lines up to the next sum: of the files that changed, or of all."""
        lines = []
        while not lines or not (lines[-1].endswith("cannot be read") or " examples, " in lines[-1]):
            if b"\n" not in self.rest:
                self.assertTrue(select.select([self.p.stdout], [], [], WAIT)[0], lines)
                more = os.read(self.p.stdout.fileno(), 65536)
                self.assertTrue(more, lines)
                self.rest += more
                continue
            line, self.rest = self.rest.split(b"\n", 1)
            lines.append(line.decode())
        return lines

    def test_what_changes_is_told(self):
        self.start()
        self.assertRegex(self.told()[0], r"^0 sources, 6 examples, 0 failed; rules [0-9a-f]+$")
        self.write("config/rules/en.rules", RULES.replace("(joined|entered)", "went"))
        lines = self.told()
        self.assertEqual([line.split(" ")[0] for line in lines[:-1]], ["wrong:", "wrong:"])
        self.assertIn("en.rules:9: a yes that the rule does not read", lines[0])
        self.assertEqual(lines[-1], "1 file, 6 examples, 2 failed; the rest is being checked")
        self.assertRegex(self.told()[0], "^0 sources, 6 examples, 2 failed; rules ")
        self.write("config/rules/en.rules", RULES.replace("(joined|entered)", "went")
                   .replace("live   Graz joined", "live   Graz went to"))
        lines = self.told()
        self.assertEqual(len(lines), 2, lines)
        self.assertRegex(lines[0], r"^right: .*en.rules:11: a live text")
        self.assertRegex(self.told()[0], "^0 sources, 6 examples, 1 failed; rules ")

    def test_other_files_stay_as_they_stood(self):
        """Those that have not changed are looked at behind those that have."""
        self.write("config/rules/de.rules", RULES.replace("test.", "de.").replace("(joined|entered)", "went"))
        self.start()
        self.assertIn("12 examples, 2 failed", self.told()[-1])
        self.write("config/rules/en.rules", RULES.replace("(joined|entered)", "went"))
        lines = self.told()
        self.assertEqual(len(lines), 3, lines)
        self.assertTrue(all("/en.rules:" in line for line in lines[:-1]), lines)
        self.assertRegex(self.told()[0], "^0 sources, 12 examples, 4 failed")

    def test_what_is_no_rule_is_checked_with_all(self):
        self.start()
        self.told()
        self.write("config/rules/en.rules", RULES + "# Done.\n")
        self.assertRegex(self.told()[0], "^1 file")
        self.told()
        self.write("config/rules/en.rules~", "")
        self.assertRegex(self.told()[0], "^0 sources, 6 examples")
        self.write("config/cues/weights.tsv", "membership\tbias\tx\n")
        self.assertIn("weights.tsv:1", self.told()[0])

    def test_a_file_that_cannot_be_read(self):
        self.start()
        self.told()
        self.write("config/rules/en.rules", RULES.replace("kind ", "kin "))
        lines = self.told()
        self.assertIn('en.rules:4: unknown key "kin"', lines[0])
        self.write("config/rules/en.rules", RULES.replace("kind ", "kin ") + "# Still.\n")
        self.assertEqual(self.told(), ["the configuration cannot be read"])
        self.write("config/rules/en.rules", RULES)
        lines = self.told()
        self.assertTrue(lines[0].startswith("right: "), lines)
        self.assertIn("0 failed", lines[1])
        self.assertRegex(self.told()[0], "^0 sources, 6 examples, 0 failed")

    def test_what_cannot_be_read_is_told_once(self):
        self.start()
        self.told()
        self.write("config/rules/en.rules", RULES.replace("kind ", "kin "))
        self.told()
        self.p.send_signal(signal.SIGTERM)
        self.assertEqual(self.p.wait(WAIT), 2)
        self.assertEqual(self.rest + self.p.stdout.read(), b"")

    def test_a_change_ends_the_check_of_all(self):
        """As many rules as take a while: of a check that is not done nothing is told."""
        for path in (harness.ROOT / "config/rules").glob("*.rules"):
            if path.name.startswith(("all.", "en-")):
                (self.cfg / "rules" / path.name).symlink_to(path)
        os.remove(self.cfg / "rules/en.rules")
        self.start()
        all_of_them = self.told()[-1]
        for i in range(3):
            self.write("config/rules/en-own.rules", RULES + "# %d\n" % i)
            self.assertRegex(self.told()[-1], "^1 file, 6 examples")
        self.assertRegex(self.told()[-1], "^0 sources, %d examples" % (int(all_of_them.split()[2]) + 6))

    def test_a_file_put_there_by_rename_and_one_in_a_new_directory(self):
        self.start()
        self.told()
        self.write("new.rules", RULES.replace("test.", "more."))
        os.rename(self.dir / "new.rules", self.cfg / "rules/en-more.rules")
        self.assertIn("1 file, 6 examples", self.told()[-1])
        self.assertIn(" 12 examples", self.told()[-1])
        os.remove(self.cfg / "rules/en-more.rules")
        self.assertIn(" 6 examples", self.told()[-1])

    def test_sources_are_watched(self):
        self.write("sources.yaml", "sources: []\n")
        self.start("--sources", "sources.yaml")
        self.told()
        self.write("sources.yaml", "sauces: []\n")
        self.assertIn("sources.yaml:1", self.told()[0])

    def test_it_ends_when_told(self):
        for number in (signal.SIGINT, signal.SIGTERM):
            self.start()
            self.told()
            self.p.send_signal(number)
            self.assertEqual(self.p.wait(WAIT), 0)
            self.assertEqual(self.p.stderr.read(), b"")

    def test_its_end_tells_how_it_stood(self):
        self.cfg = self.config(RULES.replace("(joined|entered)", "went"))
        self.start()
        self.told()
        self.p.send_signal(signal.SIGTERM)
        self.assertEqual(self.p.wait(WAIT), 2)

    def test_a_directory_that_is_not_there(self):
        self.dateline("check-config", "--watch", "--config", "nowhere", status=1)
        self.assertIn("nowhere", self.err)


if __name__ == "__main__":
    unittest.main()

#!/usr/bin/env python3
"""vim, where it is installed, finds nothing wrong in the rules that are shipped, and what is wrong."""
import shutil
import subprocess
import unittest

from harness import ROOT, RULES, Case

VIM = ROOT / "config/vim"
SCRIPT = """set nocompatible
set runtimepath^={vim}
filetype plugin on
syntax on
let told = []
for file in {files}
	execute "silent edit " . file
	call add(told, &filetype)
	for line in range(1, line("$"))
		let names = map(synstack(line, match(getline(line), '\\S') + 1), 'synIDattr(v:val, "name")')
		if index(names, "dlrBad") >= 0 || index(names, "dlrUnknown") >= 0
			call add(told, file . ":" . line . ": " . getline(line))
		endif
	endfor
endfor
call writefile(told, "{out}")
quitall!
"""


def has_syntax():
    if shutil.which("vim") is None:
        return False
    told = subprocess.run(["vim", "--version"], capture_output=True, text=True, check=False).stdout
    return "+syntax" in told and "+eval" in told


@unittest.skipUnless(has_syntax(), "vim with syntax is not installed")
class Vim(Case):
    def read(self, *files):
        script = self.write("script.vim", SCRIPT.format(
            vim=VIM, out=self.dir / "out", files=[str(f) for f in files]))
        subprocess.run(["vim", "-N", "-u", "NONE", "-es", "-S", str(script)], cwd=self.dir,
                       stdin=subprocess.DEVNULL, capture_output=True, timeout=60, check=False)
        return (self.dir / "out").read_text().split("\n")[:-1]

    def test_what_is_shipped(self):
        files = sorted((ROOT / "config/rules").glob("*.rules"))
        self.assertEqual(self.read(*files), ["dateline-rules"] * len(files))

    def test_what_is_wrong(self):
        bad = self.write("bad.rules", RULES.replace("  kind ", "  kin  ", 1)
                         .replace("rule test.total", "rules test.total"))
        told = self.read(bad)
        self.assertEqual(told[0], "dateline-rules")
        self.assertEqual([line.rsplit(": ", 1)[1].split()[0] for line in told[1:]],
                         ["kin", "rules"])

    def test_rules_of_other_programs(self):
        other = self.write("70-disks.rules", 'KERNEL=="sda"\n')
        self.assertNotEqual(self.read(other)[0], "dateline-rules")


if __name__ == "__main__":
    unittest.main()

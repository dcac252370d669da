#!/usr/bin/env python3
"""What the stages print fits docs/schema/, and the schemas can fail."""
import json
import subprocess
import unittest

import jsonschema
from harness import DATELINE, RELEASES, ROOT, Case

SCHEMAS = {p.stem: json.loads(p.read_text(encoding="utf-8"))
           for p in (ROOT / "docs/schema").glob("*.json")}


def validator(kind):
    jsonschema.Draft202012Validator.check_schema(SCHEMAS[kind])
    return jsonschema.Draft202012Validator(SCHEMAS[kind])


class Schema(Case):
    def test_every_record_of_the_chain(self):
        pipe = ("'{0}' plan --db p.db '{1}' | tee plan | '{0}' fetch --db p.db |"
                " '{0}' parse --db p.db | '{0}' extract").format(DATELINE, RELEASES)
        done = subprocess.run(["bash", "-c", pipe], cwd=self.dir, capture_output=True, check=False,
                              timeout=120)
        text = (self.dir / "plan").read_text() + done.stdout.decode("utf-8")
        seen = {}
        check = {kind: validator(kind) for kind in SCHEMAS}
        for line in text.splitlines():
            record = json.loads(line)
            check[record["kind"]].validate(record)
            seen[record["kind"]] = seen.get(record["kind"], 0) + 1
        for kind in ("task", "page", "document", "extraction"):
            self.assertGreaterEqual(seen.get(kind, 0), 12, kind)

    def test_problems_and_flat_claims(self):
        self.write("in/empty.html", b"")
        self.run_db(self.dir / "in", RELEASES, status=3)
        for problem in self.problems():
            validator("problem").validate(problem)
        claims = self.claims()
        self.assertGreater(len(claims), 30)
        for claim in claims:
            validator("flat").validate(claim)

    def test_the_schemas_refuse(self):
        for kind, record in [("task", {"v": 1, "kind": "task", "url": "u"}),
                             ("page", {"v": 2, "kind": "page"}),
                             ("problem", {"v": 1, "kind": "problem", "stage": "dinner"}),
                             ("flat", {"id": "x"})]:
            with self.subTest(kind=kind):
                self.assertFalse(validator(kind).is_valid(record))


if __name__ == "__main__":
    unittest.main()

#!/usr/bin/env python3
"""Read each text of LANG.tsv through `dateline extract --flat` and compare its claims with those expected.

README.md beside this file has the form.  Exit status 1 where the file's own floor is not reached.
"""
import collections
import hashlib
import json
import os
import pathlib
import re
import subprocess
import sys
import unicodedata

HERE = pathlib.Path(__file__).resolve().parent
DATELINE = os.environ.get("DATELINE", str(HERE.parents[1] / "build/dev/bin/dateline"))
COMPLETE = {"membership", "cohort", "network_total", "member_list", "exclusivity", "programme_launch"}
GROUPS = {
    "in": "joined member founding_member associate_member designated renewed reinstated",
    "out": "withdrawn excluded suspended lost expired",
    "pending": "candidate nominated applied",
    "unsuccessful": "unsuccessful",
}
GROUP = {status: group for group, statuses in GROUPS.items() for status in statuses.split()}
POLARITIES = {"asserted", "planned", "hypothetical", "negated"}
NUMBERS = {"count", "countries", "ordinal"}
PRINTED = ("kind", "status", "polarity", "subject", "network", "count", "countries", "scope", "ordinal", "date", "rule", "evidence")
BESIDE = ("date", "bound")  # counted apart: a claim that lacks them is found all the same


def fold(text):
    text = unicodedata.normalize("NFKD", str(text or "")).lower()
    return re.sub(r"[\W_]+", " ", "".join(c for c in text if not unicodedata.combining(c))).strip()


def document(name, text):
    """The record that parse would make of a page with that text."""
    day = re.match(r"@(\S+) ", text)
    record = {"v": 1, "kind": "document", "id": name, "page": name, "body": "sha256:" + "0" * 64, "parser": "1",
              "url": "file:///" + name, "source": "test", "language": re.split(r"[.-]", name)[0], "blocks": []}
    if day:
        record["published"] = {"edtf": day[1], "basis": "explicit"}
        text = text[day.end():]
    at, parts = 0, []
    for part in text.split(" / "):
        kind = {"# ": "heading", "* ": "item"}.get(part[:2], "paragraph")
        part = part if kind == "paragraph" else part[2:]
        end = at + len(part.encode())
        record["blocks"].append({"at": [at, end], "type": kind, "level": 2 if kind == "heading" else 0, "zone": "body"})
        parts.append(part)
        at = end + 2
    record["text"] = "\n\n".join(parts)
    record["text_sha256"] = hashlib.sha256(record["text"].encode()).hexdigest()
    return record


def expected(column, where):
    claims = []
    for part in column.split(" | ") if column.strip() != "-" else []:
        optional, part = part.startswith("?"), part.strip().lstrip("?")
        words, *pairs = re.split(r" (?=\w+=)", part)
        claim = {"kind": words.split()[0], "polarity": "asserted", "optional": optional}
        for word in words.split()[1:]:
            if word not in GROUP and word not in POLARITIES:
                raise SystemExit(f"{where}: neither status nor polarity: {word}")
            claim["polarity" if word in POLARITIES else "status"] = word
        claim.update(pair.split("=", 1) for pair in pairs)
        if claim.get("date") == "none":
            claim["date"] = None
        claims.append(claim)
    return claims


def agrees(key, want, got):
    """Is what the claim says of that key what is wanted?"""
    if key == "status":
        return GROUP[want] == GROUP.get(got["status"])
    if key == "network":
        return any(fold(want) in fold(got[name]) for name in ("network", "network_name"))
    if key == "members":
        return {fold(m) for m in want.split(";")} == {fold(m["name"]) for m in got["members"] or []}
    if key in NUMBERS and want.isdigit():
        return got[key] == int(want)
    if key in ("kind", "polarity", "date", "bound"):
        return got[key] == want
    return bool(fold(got[key])) and (fold(want) == fold(got[key]) or f" {fold(want)} " in f" {fold(got[key])} ")


def unfold(wants, gots):
    """A list of members where single memberships are wanted tells the same."""
    subjects = {fold(w.get("subject")) for w in wants if w["kind"] == "membership"}
    told = {fold(g["subject"]) for g in gots if g["kind"] == "membership"}
    out = []
    for got in gots:
        names = {fold(m["name"]): m["name"] for m in got["members"] or []}
        if got["kind"] != "member_list" or not subjects & set(names) or any(w["kind"] == "member_list" for w in wants):
            out.append(got)
            continue
        out += [{**got, "kind": "membership", "subject": name, "status": got["status"] or "member", "count": None, "members": None}
                for key, name in names.items() if key not in told]
    return out


def compare(wants, gots):
    """Pairs of claims that agree, claims missed, claims too many."""
    left, pairs, missed = unfold(wants, gots), [], []
    for want in sorted(wants, key=lambda w: w["optional"]):
        keys = [k for k in want if k != "optional" and k not in BESIDE]
        fits = [g for g in left if all(agrees(k, want[k], g) for k in keys)]
        if fits:
            fits.sort(key=lambda g: (g["status"] != want.get("status"), g["date"] != want.get("date")))
            left.remove(fits[0])
            if not want["optional"]:
                pairs.append((want, fits[0]))
        elif not want["optional"]:
            missed.append(want)
    return pairs, missed, [g for g in left if g["kind"] in COMPLETE or not wants]


def run(path):
    lang = re.split("[.-]", path.name)[0]
    rows, least = [], {}
    for n, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("#least "):
            least = {k: float(v) for k, v in (pair.split("=") for pair in line.split()[1:])}
        if line.startswith("#") or not line.strip():
            continue
        if line.count("\t") != 1:
            raise SystemExit(f"{path}:{n}: not a text, a tab and claims")
        text, column = line.split("\t")
        rows.append((f"{lang}.{n}", text, expected(column, f"{path}:{n}")))
    stdin = "".join(json.dumps(document(name, text), ensure_ascii=False) + "\n" for name, text, _ in rows)
    said = subprocess.run([DATELINE, "extract", "--flat"], input=stdin.encode(), stdout=subprocess.PIPE, check=False)
    if said.returncode != 0:
        raise SystemExit(f"dateline extract: exit status {said.returncode}")
    claims = collections.defaultdict(list)
    for line in said.stdout.splitlines():
        claim = json.loads(line)
        # A sentence alone is no document, by which the cue layer goes: tests/labelled measures it.
        if "document" in claim and not claim["rule"].startswith("cue."):
            claims[claim["document"]].append(claim)
    return report(path, rows, claims, least)


def report(path, rows, claims, least):
    shown, limit = 0, int(os.environ.get("ERRORS", "0"))
    right, missed, wrong = collections.Counter(), collections.Counter(), collections.Counter()
    exact, told = collections.Counter(), collections.Counter()
    for name, text, wants in rows:
        pairs, lost, extra = compare(wants, claims[name])
        for want, got in pairs:
            right[want["kind"]] += 1
            for key in {"status", *BESIDE} & set(want):
                told[key] += 1
                exact[key] += want[key] == got[key]
                if want[key] != got[key] and shown < limit:
                    print(f"{path.name}:{name.split('.')[1]}: {key} {got[key]}, not {want[key]}: {text}")
        for want in lost:
            missed[want["kind"]] += 1
        for got in extra:
            wrong[got["kind"]] += 1
        if (lost or extra) and shown < limit:
            shown += 1
            print(f"{path.name}:{name.split('.')[1]}: {text}")
            for want in lost:
                print("   missed", " ".join(f"{k}={v}" for k, v in want.items() if k != "optional"))
            for got in extra:
                print("   wrong ", " ".join(f"{k}={got[k]}" for k in PRINTED if got.get(k) is not None))
    total = {}
    for kind in sorted(set(right) | set(missed) | set(wrong)) + ["all"]:
        r, m, w = (sum(c.values()) if kind == "all" else c[kind] for c in (right, missed, wrong))
        p, q = r / (r + w) if r + w else 1.0, r / (r + m) if r + m else 1.0
        print(f"{path.name:14} {kind:17} right {r:4} wrong {w:4} missed {m:4}   P {p:.3f} R {q:.3f}")
        total = {"precision": p, "recall": q}
    for key in sorted(told):
        print(f"{path.name:14} {key + ' exact':17} {exact[key] / told[key]:.3f}")
        total[key] = exact[key] / told[key]
    low = [k for k, v in least.items() if total[k] < v]
    for k in low:
        print(f"{path}: {k} {total[k]:.3f} is below {least[k]}")
    return not low


if __name__ == "__main__":
    files = [pathlib.Path(a) for a in sys.argv[1:]] or sorted(HERE.glob("*.tsv"))
    sys.exit(0 if all([run(f) for f in files]) else 1)

#!/usr/bin/env python3
"""Learn the weights of the cue layer, config/cues/weights.tsv.

Reads the growing half and the sample releases, never the measuring half.  A candidate of
`dateline extract --candidates` is right if it says what the gold says, and wrong if it does not; what the
gold leaves open teaches nothing.  One logistic regression a kind, over features and, but for runs, pairs of them ("a member"
told "near" a name), with an L1 penalty, which leaves most pairs out (scikit-learn; Debian's python3-sklearn).
The threshold of a kind is the lowest probability from which on, in cross-validation over documents, what
the layer says is surely right often enough, be it new or said by a rule, and what is new is mostly right: the
rules have seen these sentences and leave it what is hard; elsewhere they leave more.  The same input gives the same output.

    tests/labelled/train_cues.py            print the figures
    tests/labelled/train_cues.py --write    and write the weights
"""
import argparse
import collections
import itertools
import json
import math
import os
import pathlib
import subprocess
import sys
import tempfile
import urllib.parse

import numpy as np
from scipy import sparse
from sklearn.linear_model import LogisticRegression

HERE = pathlib.Path(__file__).resolve().parent
TOP = HERE.parents[1]
sys.path.insert(0, str(TOP / "tests/score"))
import score  # noqa: E402
from goldfile import read_gold  # noqa: E402

DATELINE = os.environ.get("DATELINE", str(TOP / "build/dev/bin/dateline"))
SETS = ((HERE / "grow", HERE / "grow.jsonl"),
        (TOP / "tests/releases/pages", TOP / "tests/releases/gold.jsonl"))
WEIGHTS = TOP / "config/cues/weights.tsv"
KINDS = ("membership", "run", "cohort", "network_total")
FOLDS = 10
OF_RULES = ("sentence.claimed", "run.shared")  # what a rule that says it as well gives a candidate
PAIRED = ("membership", "cohort", "network_total")  # kinds whose features are taken in pairs as well; runs gain nothing
PAIR_DOCUMENTS = 25  # that have a pair, at least
PENALTY = (1.0, 5.0)  # L1, without and with pairs
NEW = 3          # weight of what no rule says, with pairs: it is what the layer is for
LEAST = 0.9      # precision of what the layer says ...
Z = 0.7          # ... of which its count must leave no more doubt than one in four
FAIR = {"run": 0.77}  # least share that is right of what the rules do not say: a run that is wrong is wrong in all its names
FAIR_ELSE = 0.7
HEAD = """# Weights of the cue layer: kind, feature, weight; learnt by tests/labelled/train_cues.py.  The probability of a
# candidate is the logistic function of the sum of its features' weights; from the kind's threshold on it becomes a
# claim (a threshold over 1: never).  "a&b" is a feature of those that have both.  extract/cues.h says what each is.
"""


def run_chain(pages, db, *options):
    """Flat claims of a folder's pages, by document name."""
    data = None
    files = sorted(str(p) for p in pages.iterdir() if p.is_file())
    for verb in (["plan", "--db", db, *files], ["fetch", "--db", db], ["parse", "--db", db],
                 ["extract", *options]):
        run = subprocess.run([DATELINE, *verb, "--quiet"], input=data, stdout=subprocess.PIPE, check=False)
        if run.returncode not in (0, 3):
            sys.exit("%s %s: exit status %d" % (DATELINE, verb[0], run.returncode))
        data = run.stdout
    out = collections.defaultdict(list)
    for line in data.decode().splitlines():
        raw = json.loads(line)
        if raw.get("kind") in score.KINDS and "document" in raw:
            name = urllib.parse.urlsplit(raw["url"]).path.rsplit("/", 1)[-1]
            out[urllib.parse.unquote(name)].append(raw)
    return out


class Document:
    """One page: gold, what the rules claim, and the candidates."""

    def __init__(self, gold, rules, candidates):
        self.gold = gold
        self.facts = [score.Statement(f, gold.get("network_names")) for f in gold["facts"]]
        zones = set(score.VOICE) - set(gold.get("unannotated_zones", []))
        self.props = score.propositions(f for f in self.facts if f.zone in zones)
        self.rules = [score.Statement(r) for r in rules]
        self.candidates = [Candidate(c, self) for c in candidates
                           if c["zone"] in zones and "network.told" in c["features"]]

    def label(self, statement):
        fitting = [p for p in self.props if p.matches(statement)]
        if fitting:
            return None if all(p.optional for p in fitting) else 1
        return None if score.same_content(self.facts, statement) else 0


class Candidate:
    def __init__(self, raw, doc):
        self.statement = score.Statement(raw)
        self.kind = "run" if raw["rule"].startswith("cue.run") else raw["kind"]
        self.label = doc.label(self.statement)
        # A rule says it too: nothing is added, but it teaches as if no rule had.
        self.told = any(score.says_same(r, self.statement) for r in doc.rules) or any(
            p.matches(self.statement) and any(p.matches(r) for r in doc.rules) for p in doc.props)
        self.features = tuple(sorted(
            f for f in raw["features"] if "&" not in f and not (self.told and f in OF_RULES)))
        self.document = doc.gold["doc_id"]
        self.p = 0.0


def read_documents():
    out = []
    for pages, gold in SETS:
        with tempfile.TemporaryDirectory(prefix="dateline-train-") as tmp:
            rules = run_chain(pages, os.path.join(tmp, "a.db"), "--flat")
            candidates = run_chain(pages, os.path.join(tmp, "b.db"), "--candidates")
        for doc in read_gold(gold):
            name = doc["doc_id"]
            out.append(Document(doc, [r for r in rules[name] if not r["rule"].startswith("cue.")],
                                candidates[name]))
    return sorted(out, key=lambda d: d.gold["doc_id"])


def terms(features):
    """Themselves, and the pairs of them but for the bias."""
    return [*features, *map("&".join, itertools.combinations((f for f in features if f != "bias"), 2))]


def learn(kind, candidates):
    """Weights by feature or pair of features."""
    candidates = [c for c in candidates if c.label is not None]
    seen = collections.defaultdict(set)
    for c in candidates:
        for term in terms(c.features) if kind in PAIRED else c.features:
            seen[term].add(c.document)
    names = sorted(term for term, documents in seen.items() if "&" not in term or len(documents) >= PAIR_DOCUMENTS)
    index = {term: i for i, term in enumerate(names)}
    rows = [[index[t] for t in terms(c.features) if t in index] for c in candidates]
    table = sparse.csr_matrix((np.ones(sum(map(len, rows))), np.concatenate(rows), np.cumsum([0, *map(len, rows)])),
                              shape=(len(rows), len(names)))
    model = LogisticRegression(penalty="l1", C=1 / PENALTY[kind in PAIRED], solver="liblinear", fit_intercept=False, tol=1e-5,
                               max_iter=1000, random_state=1)
    model.fit(table, [c.label for c in candidates], [1 if c.told or kind not in PAIRED else NEW for c in candidates])
    return {term: round(float(model.coef_[0][i]), 3) for term, i in index.items()}


def judge(candidates, weights):
    for c in candidates:
        total = sum(weights.get(f, 0.0) for f in terms(c.features))
        c.p = round(1 / (1 + math.exp(-max(-50.0, min(50.0, total)))), 3)


def told(docs, kind, new):
    """What the layer would say, or what of it is new, once each: (probability, right, language)."""
    out = []
    for doc in docs:
        said = []
        for c in sorted((c for c in doc.candidates if c.kind == kind), key=lambda c: -c.p):
            if c.label is None or (new and c.told) or any(score.says_same(s, c.statement) for s in said):
                continue
            said.append(c.statement)
            out.append((c.p, c.label, doc.gold["language"]))
    return sorted(out, key=lambda a: (-a[0], a[1], a[2]))


def curve(points):
    """(threshold, right, wrong) at each probability, falling."""
    out, right, wrong = [], 0, 0
    for i, (p, label, _) in enumerate(points):
        right += label
        wrong += 1 - label
        if i + 1 == len(points) or points[i + 1][0] < p:
            out.append((p, right, wrong))
    return out


def lower_bound(right, wrong):
    """Of a share that so many show: Wilson's interval."""
    n = right + wrong
    p, z2 = right / n, Z * Z / n
    return (p + z2 / 2 - Z * math.sqrt(p * (1 - p) / n + z2 / (4 * n))) / (1 + z2)


def choose(said, new, share):
    """The least probability at which both hold; 2, which is never reached, when none does."""
    good = [t for t, right, wrong in curve(said) if lower_bound(right, wrong) >= LEAST]
    fair = [t for t, right, wrong in curve(new) if right >= share * (right + wrong)]
    return max(min(good), min(fair)) if good and fair else 2


def report(docs, thresholds):
    """Of rules alone, and with the layer, each kind in all and by language."""
    for kind in KINDS:
        found, missed = collections.Counter(), collections.Counter()
        for doc in docs:
            lang = doc.gold["language"]
            for prop in doc.props:
                if prop.first.kind != ("membership" if kind == "run" else kind) or prop.optional:
                    continue
                hit = any(prop.matches(r) for r in doc.rules)
                (found if hit else missed)[lang] += 1
        points = told(docs, kind, True)
        said = told(docs, kind, False)
        total = sum(found.values()) + sum(missed.values())
        reachable = sum(label for _, label, _ in points)
        print("%s: %d facts, rules find %d, candidates say %d more" % (kind, total, sum(found.values()), reachable))
        shown = 2.0
        for t, right, wrong in curve(points):
            chosen = t <= thresholds[kind] < shown
            if t <= shown - 0.05 or chosen:
                shown = t
                mine = [label for p, label, _ in said if p >= t]
                print("  threshold %.3f  says %4d right %4d wrong  P %.3f R %.3f  adds %4d right %4d wrong  R of both %.3f%s" % (
                    t, sum(mine), len(mine) - sum(mine), sum(mine) / len(mine), sum(mine) / total, right, wrong,
                    (sum(found.values()) + right) / total, "  <- chosen: %g" % thresholds[kind] if chosen else ""))
        for lang in sorted(set(found) | set(missed)):
            mine = [label for p, label, of in points if of == lang and p >= thresholds[kind]]
            print("    %s  facts %4d  rules %4d  adds %3d right %3d wrong" % (
                lang, found[lang] + missed[lang], found[lang], sum(mine), len(mine) - sum(mine)))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="write " + str(WEIGHTS.relative_to(TOP)))
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="print N wrong candidates of each kind")
    args = parser.parse_args()
    docs = read_documents()
    lines, thresholds = [HEAD], {}
    for kind in KINDS:
        for fold in range(FOLDS):
            rest = [c for i, d in enumerate(docs) if i % FOLDS != fold for c in d.candidates if c.kind == kind]
            weights = learn(kind, rest)
            for doc in docs[fold::FOLDS]:
                judge([c for c in doc.candidates if c.kind == kind], weights)
        thresholds[kind] = choose(told(docs, kind, False), told(docs, kind, True), FAIR.get(kind, FAIR_ELSE))
        weights = learn(kind, [c for d in docs for c in d.candidates if c.kind == kind])
        lines.append("%s\tthreshold\t%g\n" % (kind, thresholds[kind]))
        lines += ["%s\t%s\t%g\n" % (kind, f, w) for f, w in sorted(weights.items()) if w]
    report(docs, thresholds)
    for kind in KINDS if args.errors else ():
        wrong = [(c.p, d.gold["doc_id"], c) for d in docs for c in d.candidates if c.kind == kind and c.label == 0 and not c.told]
        for p, name, c in sorted(wrong, key=lambda a: (-a[0], a[1]))[:args.errors]:
            print("%.3f" % p, name, ",".join(f for f in c.features if f != "bias"), "|", c.statement.subject, c.statement.status, c.statement.polarity, c.statement.count,
                  c.statement.raw["network_name"], "|", c.statement.raw["evidence"])
    if args.write:
        WEIGHTS.write_text("".join(lines), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
"""Learn config/parse/trees.tsv: which blocks of a page's body are the release's own.

    train_blocks.py GOLD PAGES [--build DIR] [--write]

GOLD is JSON {id: {"url": ..., "articleBody": text}}, PAGES a folder of ID.html or ID.html.gz.  What a block
is worth is the share of its four-word shingles that the text has, each as often as it has it; gradient-boosted trees over the traits that
parse/traits.h lists learn its log-odds (scikit-learn; Debian's python3-sklearn), a block counting by its share of the page.
Prints body precision, recall and F1 by shingles, F1 by words, in ten-fold cross-validation, folds of whole sites, each page
read by `dateline parse` with the trees of the other nine.  --write learns from all and writes the trees.  The same
input gives the same trees.
"""
import argparse
import collections
import gzip
import json
import os
import pathlib
import random
import re
import subprocess
import tempfile

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

TOP = pathlib.Path(__file__).resolve().parents[2]
TREES = TOP / "config/parse/trees.tsv"
FOLDS = 10
UNIT = 1000        # of a leaf's value, log-odds
MOST_OF_PAGE = .3  # what one block counts at most
ASKED = {"panel"}  # traits that parse/verdict.c asks for itself: too few pages have them to learn from
HEAD = """# Trees that tell which blocks of a page's body are the release's own.
# TRAIT<TAB>MOST: up to MOST goes on with the next row, more behind that branch;
# leaf<TAB>VALUE: the values of all trees add up to the log-odds that a block
# is, in thousandths.  Learnt by tests/tools/train_blocks.py.
"""


def shingles(text, n=4):
    words = re.findall(r"\w+", text)
    return [tuple(words[i:i + n]) for i in range(max(1, len(words) - n + 1))] if words else []


def site(url):
    """Its registrable domain, nearly."""
    labels = re.sub(r"^\w+://", "", url).split("/")[0].split(":")[0].split(".")
    return ".".join(labels[-3 if len(labels) > 2 and len(labels[-2]) <= 3 and len(labels[-1]) == 2 else -2:])


class Page:
    def __init__(self, entry):
        self.site = site(entry["url"])
        self.text = entry["articleBody"] or ""
        self.rows, self.worth, self.weights = [], [], []
        self.left = None  # shingles of the text that no block had so far

    def add(self, row, text):
        words = re.findall(r"\w+", text)
        if len(words) >= 4:
            own = collections.Counter(shingles(text))
            common = own & self.left
            worth = sum(common.values()) / sum(own.values())
            if worth >= .5:
                self.left -= common
        else:
            worth = float(bool(words) and f" {' '.join(words)} " in self.words)
        self.rows.append(row)
        self.worth.append(worth)
        self.weights.append(min(len(words) / max(100, sum(self.gold.values())), MOST_OF_PAGE) * 100 + .1)

    def prepare(self):
        self.gold = collections.Counter(shingles(self.text))
        self.left = self.gold.copy()
        self.words = " " + " ".join(re.findall(r"\w+", self.text)) + " "


def read_traits(build, folder, pages):
    """Fill the pages; the names of the traits."""
    files = [str(folder / f"{key}.html") for key in pages]
    out = subprocess.run([build / "bin/traits", TOP / "config", *files], capture_output=True, check=True).stdout
    names, kept, page = [], [], None
    for line in out.decode("utf-8").split("\n"):
        if line.startswith("# "):
            names = line.split()[1:]
            kept = [i for i, name in enumerate(names) if name not in ASKED]
        elif line.startswith("page "):
            page = pages[pathlib.Path(line[5:]).stem]
            page.prepare()
        elif line:
            row, _, text = line.partition("\t")
            row = row.split()
            page.add([int(row[i]) for i in kept], text)
    return [names[i] for i in kept]


def learn(pages):
    pages = [p for p in pages if p.rows]
    rows = np.vstack([np.array(p.rows, dtype=np.float32) for p in pages])
    worth, weights = (np.concatenate([getattr(p, name) for p in pages]) for name in ("worth", "weights"))
    # What is worth a third is a row that is, counting a third, and one that is not, counting two.
    weights = np.concatenate([weights * worth, weights * (1 - worth)])
    counts = weights > 0
    model = HistGradientBoostingClassifier(max_iter=250, learning_rate=.06, max_leaf_nodes=16, min_samples_leaf=150,
                                           l2_regularization=20, random_state=1)
    return model.fit(np.vstack([rows, rows])[counts], np.repeat([1, 0], len(rows))[counts],
                     sample_weight=weights[counts])


def write(model, names, path):
    lines = [f"leaf\t{round(UNIT * float(model._baseline_prediction.ravel()[0]))}"]

    def branch(nodes, i):
        node = nodes[i]
        if node["is_leaf"]:
            lines.append(f"leaf\t{round(UNIT * float(node['value']))}")
            return
        lines.append(f"{names[node['feature_idx']]}\t{int(np.floor(node['num_threshold']))}")
        branch(nodes, node["left"])
        branch(nodes, node["right"])

    for tree in model._predictors:
        branch(tree[0].nodes, 0)
    path.write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")


def bodies(build, config, files):
    """{id: text of the blocks in the body}"""
    out = subprocess.run([build / "bin/dateline", "parse", "--json", "--quiet", "--config", config, *files],
                         capture_output=True).stdout
    found = {}
    for record in map(json.loads, filter(None, out.decode("utf-8").split("\n"))):
        if record["kind"] == "document":
            text = record["text"].encode()
            found[pathlib.Path(record["url"]).stem] = "\n".join(
                text[b["at"][0]:b["at"][1]].decode() for b in record["blocks"] if b["zone"] == "body")
    return found


def words_f1(gold, own):
    a, b = (collections.Counter(re.findall(r"\w+", text.lower())) for text in (gold, own))
    return 2 * sum((a & b).values()) / (sum(a.values()) + sum(b.values())) if a or b else 1


def measure(pages, found):
    precision, recall = [], []
    words = np.mean([words_f1(page.text, found.get(key, "")) for key, page in pages.items()])
    for key, page in pages.items():
        own = collections.Counter(shingles(found.get(key, "")))
        common = sum((page.gold & own).values())
        if own:
            precision.append(common / sum(own.values()))
        if page.gold:
            recall.append(common / sum(page.gold.values()))
    p, r = np.mean(precision), np.mean(recall)
    return f"F1 {2 * p * r / (p + r):.4f}  precision {p:.4f}  recall {r:.4f}  words F1 {words:.4f}"


def cross_validate(build, folder, pages, names, work):
    sites = sorted({p.site for p in pages.values()})
    random.Random(7).shuffle(sites)
    fold = {s: i % FOLDS for i, s in enumerate(sites)}
    config = work / "config"
    (config / "parse").mkdir(parents=True)
    for path in [*TOP.glob("config/*"), *TOP.glob("config/parse/*")]:
        target = config / path.relative_to(TOP / "config")
        if path.name != "parse" and path != TREES:
            target.symlink_to(path)
    found = {}
    for i in range(FOLDS):
        write(learn([p for p in pages.values() if fold[p.site] != i]), names, config / "parse/trees.tsv")
        found |= bodies(build, config, [str(folder / f"{k}.html") for k, p in pages.items() if fold[p.site] == i])
    print("cross-validated:", measure(pages, found), flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold")
    parser.add_argument("pages", type=pathlib.Path)
    parser.add_argument("--build", type=pathlib.Path, default=TOP / "build/dev")
    parser.add_argument("--write", action="store_true")
    a = parser.parse_args()
    pages = {k: Page(e) for k, e in sorted(json.loads(pathlib.Path(a.gold).read_text(encoding="utf-8")).items())}
    with tempfile.TemporaryDirectory() as work:
        folder = pathlib.Path(work) / "pages"
        folder.mkdir()
        for key in pages:
            path = a.pages / f"{key}.html"
            data = path.read_bytes() if path.exists() else gzip.decompress((a.pages / f"{key}.html.gz").read_bytes())
            (folder / f"{key}.html").write_bytes(data)
        names = read_traits(a.build, folder, pages)
        if a.write:
            write(learn(pages.values()), names, TREES)
            print("fitted:", measure(pages, bodies(a.build, TOP / "config", [str(folder / f"{k}.html") for k in pages])),
                  flush=True)
        else:
            cross_validate(a.build, folder, pages, names, pathlib.Path(work))


if __name__ == "__main__":
    os.environ["LC_ALL"] = "C.UTF-8"
    main()

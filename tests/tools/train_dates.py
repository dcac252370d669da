#!/usr/bin/env python3
"""Learn config/parse/dates.tsv from pages whose day of publication is known.

    train_dates.py GOLD DOCUMENTS

GOLD is JSON {url: {"date": "2024-02-14"}}, DOCUMENTS the records of those pages
as `dateline parse --json --url URL` prints them, one a line.  Prints how many days
are right in two-fold cross-validation, and the rows.  Conditional logit over
the days of each page, by plain gradient steps: the same input gives the same
weights.
"""
import json
import math
import sys

PUBLISHED = ["json-ld", "meta", "time", "labelled", "shown", "dateline", "url", "url-month", "shown-before", "shown-aside",
             "labelled-elsewhere", "shown-elsewhere", "time-elsewhere",
             "shown-of-change", "time-of-change", "hinted"]
CHANGED = ["changed-json-ld", "changed-meta", "changed-shown", "changed-time", "changed-elsewhere"]
# Articles of the web hardly ever begin with a dateline; releases do, and mean it.
# That a URL's month is another one than the day's speaks against the day, and hints are for pages
# that say nothing else.
GIVEN = {"dateline": 2.0, "url-month": 4.0, "hinted": 0.0}
STEPS, RATE, DECAY = 400, 1.5, 0.002


def way(origin):
    """The first word of what a day is from: "meta article:published_time"."""
    return origin.split(" ")[0]


def days_of(document):
    """[(day, ways that give it)], of publication or else of change."""
    said = [(d["edtf"], way(d["from"])) for d in document.get("dates", [])]
    usable = [day for day, how in said if how in PUBLISHED] or [day for day, how in said]
    return [(day, {how for d, how in said if d == day}) for day in dict.fromkeys(usable)]


def score(weights, ways):
    return sum(weights[w] for w in ways)


def learn(pages):
    weights = dict.fromkeys(PUBLISHED + CHANGED, 0.0)
    usable = [(gold, days) for gold, days in pages if len(days) > 1 and any(day == gold for day, _ in days)]
    for _ in range(STEPS):
        gradient = {w: -DECAY * value * len(usable) for w, value in weights.items()}
        for gold, days in usable:
            scores = [score(weights, ways) for _, ways in days]
            most = max(scores)
            shares = [math.exp(s - most) for s in scores]
            total = sum(shares)
            for (day, ways), share in zip(days, shares):
                for w in ways:
                    gradient[w] += (day == gold) - share / total
        for w in weights:
            # That something is said never speaks against it.
            weights[w] = max(0.0, weights[w] + RATE * gradient[w] / max(1, len(usable)))
        weights.update(GIVEN)
    return weights


def right(weights, pages):
    return sum(bool(days) and max(days, key=lambda d: score(weights, d[1]))[0] == gold for gold, days in pages)


def main():
    gold_path, documents_path = sys.argv[1:]
    with open(gold_path, encoding="utf-8") as f:
        gold = json.load(f)
    documents = {}
    with open(documents_path, encoding="utf-8") as f:
        for line in f:
            record = json.loads(line)
            if record.get("kind") == "document":
                documents[record["url"]] = record
    pages = [(entry["date"], days_of(documents.get(url, {}))) for url, entry in sorted(gold.items()) if entry.get("date")]
    halves = pages[0::2], pages[1::2]
    crossed = right(learn(halves[0]), halves[1]) + right(learn(halves[1]), halves[0])
    weights = learn(pages)
    print(f"# cross-validated {crossed / len(pages):.3f}, fitted {right(weights, pages) / len(pages):.3f}, of {len(pages)}",
          file=sys.stderr)
    for w in PUBLISHED + CHANGED:
        print(f"{w}\t{round(100 * weights[w])}")


if __name__ == "__main__":
    main()

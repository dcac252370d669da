#!/usr/bin/env python3
"""Other people's suites, where they stand, put to `dateline probe` and `archive list`.

    python3 tests/suites/suites.py DIR [SUITE ...]

DIR holds the suites in neutral form (robots/, feeds/, sitemaps/, warc/, url/); nothing of them is
in this tree.  A line each: right, of how many, wanted.  Exit status 1 when one falls short.
DATELINE names the program, VERBOSE=1 shows what differs.
"""
import json
import os
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
DATELINE = os.environ.get("DATELINE", str(ROOT / "build/dev/bin/dateline"))
VERBOSE = bool(os.environ.get("VERBOSE"))
SUITES = []


def suite(name, wanted):
    """A function of DIR that yields (what, right, got, expected) of each case."""
    return lambda function: SUITES.append((name, wanted, function)) or function


def read(path):
    return json.loads(path.read_text(encoding="utf-8"))


def read_lines(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def probe(reader, cases):
    """The answers, in the order of the cases."""
    text = "".join(json.dumps(dict(case, id=str(i))) + "\n" for i, case in enumerate(cases))
    done = subprocess.run([DATELINE, "probe", reader, "--batch"], input=text.encode(),
                          stdout=subprocess.PIPE, check=False)
    answers = [json.loads(line) for line in done.stdout.decode().split("\n")[:-1]]
    if done.returncode not in (0, 3):  # 3: some of the input is bad
        sys.exit("probe %s: exit status %d" % (reader, done.returncode))
    # A case that is no JSON to a strict reader (half a surrogate) is answered without its id.
    if [a.get("id", str(i)) for i, a in enumerate(answers)] != [str(i) for i in range(len(cases))]:
        sys.exit("probe %s: the answers are not those of the cases" % reader)
    return answers


# ---- robots ----

@suite("robots, google", 1)
def robots_google(top):
    cases = read(top / "robots/google.json")
    answers = probe("robots", [{"body": c["robots_txt"], "agent": c["agent"], "url": c["url"]}
                               for c in cases])
    for case, got in zip(cases, answers):
        yield case["url"], got["allowed"] == case["allowed"], got, case["allowed"]


@suite("robots, real", 0.995)
def robots_real(top):
    cases = read_lines(top / "robots/real.jsonl")
    folder = top / "robots"

    def path(name):
        return str(folder / name if (folder / name).exists() else folder / "real" / name)

    answers = probe("robots", [{"file": path(c["file"]), "agent": c["agent"], "url": c["url"]}
                               for c in cases])
    for case, got in zip(cases, answers):
        yield (case["file"], case["url"]), got["allowed"] == case["allowed"], got, case["allowed"]


# ---- feeds ----

def value_at(answer, path):
    """entries[0].author, entries.length ..."""
    for step in path.replace("]", "").replace("[", ".").split("."):
        if step == "length" and not isinstance(answer, dict):
            answer = len(answer or [])
        elif isinstance(answer, list):
            answer = answer[int(step)] if int(step) < len(answer) else None
        else:
            answer = answer.get(step) if isinstance(answer, dict) else None
    return answer


def as_text(value, wanted):
    """A person as one string, where one string is wanted."""
    if isinstance(value, dict) and isinstance(wanted, str):
        value = value.get("name", "") + (" (%s)" % value["email"] if value.get("email") else "")
    return value.strip() if isinstance(value, str) else value


@suite("feeds, consensus", 0.97)
def feeds(top):
    cases = [c for c in read_lines(top / "feeds/cases.jsonl") if c.get("consensus")]
    answers = probe("feed", [{"file": str(top / "feeds" / c["file"]),
                              "base_url": c.get("base_url"),
                              "headers": c.get("headers", {}),
                              "content_type": c.get("headers", {}).get("content-type")}
                             for c in cases])
    for case, got in zip(cases, answers):
        found = [as_text(value_at(got, e["path"]), e["eq"]) for e in case["expect"]]
        wanted = [as_text(e["eq"], "") for e in case["expect"]]
        yield case["id"], found == wanted, found, wanted


@suite("feeds, dates", 0.95)
def feed_dates(top):
    cases = read(top / "feeds/dates.json")
    feed = "<rss version='2.0'><channel><item><title>a</title><pubDate>%s</pubDate></item></channel></rss>"
    answers = probe("feed", [{"body": feed % c["input"].replace("&", "&amp;").replace("<", "&lt;")}
                             for c in cases])
    for case, answer in zip(cases, answers):
        got = value_at(answer, "entries[0].published")
        right = got is not None if case["utc"] == "ANY" else got == case["utc"]
        yield case["input"], right, got, case["utc"]


# ---- sitemaps ----

def holds(got, wanted):
    """Everything that is wanted is there."""
    if isinstance(wanted, dict):
        return isinstance(got, dict) and all(holds(got.get(k), v) for k, v in wanted.items())
    return got == wanted


@suite("sitemaps", 1)
def sitemaps(top):
    cases = read(top / "sitemaps/expected.json")
    answers = probe("sitemap", [{"file": str(top / "sitemaps" / c["file"])} for c in cases])
    for case, got in zip(cases, answers):
        # Which languages a page has besides is none of what is read.
        wanted = [{k: v for k, v in e.items() if k != "alternate"} for e in case["entries"]]
        right = (got["kind"] == case["kind"] and len(got["entries"]) == len(wanted)
                 and all(holds(g, w) for g, w in zip(got["entries"], wanted)))
        yield case["file"], right, got["kind"], case["kind"]


# ---- archives ----

def listed(path):
    out = subprocess.run([DATELINE, "archive", "list", "--json", str(path)],
                         stdout=subprocess.PIPE, check=False)
    return out.returncode, [json.loads(line) for line in out.stdout.decode().split("\n")[:-1]]


def archive_files(top):
    for case in read(top / "warc/expected.json"):
        status, got = listed(top / "warc/files" / case["file"])
        yield case, status, got


@suite("archives, records", 1)
def archive_records(top):
    for case, _, got in archive_files(top):
        for r in case["records"]:
            status = int(r["status"]) if (r["status"] or "").isdigit() else None
            wanted = (r["type"], r["uri"], r["date"], r["offset"], status, r["body_sha1"])
            found = [(g["type"], g["uri"] or None, g["date"], g["offset"], g.get("status"),
                      g.get("payload_sha1")) for g in got]
            yield case["file"], wanted in found, None, wanted


@suite("archives, bad ones told", 1)
def archive_bad(top):
    for case, status, got in archive_files(top):
        if case["error"]:
            told = [g["message"] for g in got if not g["ok"]]
            yield case["file"], status == 3 and all(told) and bool(told), told, case["error"]


# ---- URLs ----

def urls(cases):
    return probe("url", [{"url": url, "base": base} for url, base in cases])


@suite("URLs, crawler-commons", 100 / 112)
def url_normal(top):
    cases = read(top / "url/normalize_crawler_commons.json")
    for case, got in zip(cases, urls([(c["input"], None) for c in cases])):
        # Nothing is their way to refuse.
        yield (case["input"], (got.get("url") or "") == case["expected"],
               got.get("url") or got.get("refused"), case["expected"])


@suite("URLs, WHATWG failures", 1)
def url_failures(top):
    cases = [c for c in read(top / "url/urltestdata.json")
             if not isinstance(c, str) and c.get("failure")
             and (c["input"].strip().lower().startswith("http")
                  or (c.get("base") or "").startswith("http"))]
    for case, got in zip(cases, urls([(c["input"], c.get("base")) for c in cases])):
        yield case["input"], bool(got.get("refused") or got.get("error")), got, "refused"


@suite("URLs, addresses refused", 1)
def url_addresses(top):
    cases = read(top / "url/ssrf_cases.json")
    for case, got in zip(cases, urls([(c["url"], None) for c in cases])):
        yield (case["url"], bool(got.get("refused")) == (case["expect"] != "allowed"), got,
               case["expect"])


@suite("URLs, public suffixes", 1)
def url_suffixes(top):
    cases = [c for c in read(top / "url/psl_cases.json") if c["input"]]
    for case, got in zip(cases, urls([("http://%s/" % c["input"], None) for c in cases])):
        wanted = (case["registrable"] or "").encode("idna").decode() or None
        yield case["input"], got.get("domain") == wanted, got.get("domain"), wanted


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    top, chosen, short = pathlib.Path(sys.argv[1]).resolve(), sys.argv[2:], 0
    for name, wanted, function in SUITES:
        if chosen and not any(name.startswith(c) for c in chosen):
            continue
        results = list(function(top))
        right = sum(ok for _, ok, _, _ in results)
        enough = bool(results) and right >= wanted * len(results)
        short += not enough
        print("%-24s %5d of %5d, wanted %5.1f %%%s"
              % (name, right, len(results), 100 * wanted, "" if enough else "  TOO FEW"))
        if VERBOSE or not enough:
            for what, ok, got, expected in results:
                if not ok:
                    print("   %r: %r, not %r" % (what, got, expected))
    return short > 0


if __name__ == "__main__":
    sys.exit(main())

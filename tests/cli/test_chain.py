#!/usr/bin/env python3
"""The chain: run, filters, replay; the same facts whatever happens on the way."""
import json
import os
import random
import shutil
import signal
import subprocess
import time
import unittest

from harness import DATELINE, RELEASES, Case, release

KILLS = int(os.environ.get("DATELINE_KILLS", "4"))


class Run(Case):
    def test_a_file_becomes_a_claim_with_its_words(self):
        page = self.write("in/graz.html", release("Graz"))
        self.run_db(page)
        joined = [c for c in self.claims("--kind", "membership") if c["zone"] == "body"]
        self.assertEqual(len(joined), 1)
        c = joined[0]
        self.assertEqual((c["subject"], c["subject_country"], c["status"], c["polarity"]),
                         ("Graz", "AT", "joined", "asserted"))
        self.assertEqual(c["url"], page.as_uri())
        self.assertEqual(c["source"], "command-line")
        self.assertIn("Graz has joined the UNESCO Global Network of Learning Cities", c["evidence"])
        self.assertEqual(c["witnesses"], 1)

    def test_a_second_run_changes_nothing(self):
        self.run_db(RELEASES, status=(0, 3))
        first = self.export()
        self.run_db(RELEASES, status=(0, 3))
        self.assertRegex(self.out, r"claims: 0 new, 0 closed; facts: 0 new, 0 changed")
        self.assertEqual(self.export(), first)
        self.assertGreater(len(first.splitlines()), 50)

    def test_a_run_by_force_changes_nothing_either(self):
        page = self.write("in/graz.html", release("Graz"))
        self.run_db(page)
        first = self.export()
        self.run_db(page, more=["--force"])
        self.assertEqual(self.export(), first)
        self.dateline("archive", "list", "--json", "--db", self.db)
        self.assertEqual([r["type"] for r in self.lines() if r["type"] != "warcinfo"],
                         ["resource", "revisit"])

    def test_a_changed_page_supersedes(self):
        page = self.write("in/a.html", release("Graz"))
        self.run_db(page)
        page.write_text(release("Linz"), encoding="utf-8")
        os.utime(page, (time.time() + 5, time.time() + 5))
        self.run_db(page)
        self.assertEqual({c["subject"] for c in self.claims("--kind", "membership")}, {"Linz"})

    def test_filters_of_audit_claims(self):
        self.write("in/a.html", release("Graz", "2024-02-14"))
        self.write("in/b.html", release("Cork", "2019-06-01"))
        self.run_db(self.dir / "in")
        for args, subjects in [
                (["--subject", "graz"], {"Graz"}),
                (["--subject", "Cork"], {"Cork"}),
                (["--network", "GNLC"], {"Graz", "Cork"}),
                (["--network", "unesco-gnlc"], {"Graz", "Cork"}),
                (["--network", "unesco global network of learning cities"], {"Graz", "Cork"}),
                (["--network", "nlc"], set()),
                (["--network", "%"], set()),
                (["--kind", "award"], set()),
                (["--polarity", "negated"], set()),
                (["--source", "nobody"], set()),
                (["--zone", "comment"], set())]:
            with self.subTest(args=args):
                self.assertEqual({c["subject"] for c in self.claims(*args)}, subjects)
        self.dateline("audit", "facts", "--db", self.db, "--network", "gnlc")
        self.assertIn("Cork", self.out)

    def test_tables_say_when_they_are_empty(self):
        self.run_db(self.write("in/empty.html", "<p>Nothing happened today at the town hall.</p>"))
        self.dateline("audit", "claims", "--db", self.db)
        self.assertIn("no claims", self.out)
        self.dateline("audit", "facts", "--db", self.db)
        self.assertIn("no facts", self.out)


class Explain(Case):
    @classmethod
    def setUpClass(cls):
        cls.first = cls.once()
        cls.first.run_db(cls.first.write("in/graz.html", release("Graz")))
        cls.claim = cls.first.claims("--kind", "membership")[0]

    def setUp(self):
        super().setUp()
        shutil.copytree(self.first.dir, self.dir, dirs_exist_ok=True)

    def explain(self, status):
        self.dateline("audit", "explain", self.claim["id"][:10], "--db", self.db, status=status)

    def test_an_intact_chain_is_ok(self):
        self.explain(0)
        for word in ("Graz", "membership", self.claim["rule"], "dateline-00001.warc.gz", "sha256",
                     "command-line", "OK"):
            self.assertIn(word, self.out)
        self.assertNotIn("BROKEN", self.out)

    def test_what_to_look_for_in_the_page(self):
        self.explain(0)
        self.assertRegex(self.out, r"(?m)^  in page\n    \| \[\[Graz has joined the UNESCO Global Network of "
                                   r"Learning Cities\]\]\.$")
        self.dateline("audit", "explain", "--json", self.claim["id"], "--db", self.db)
        self.assertEqual(self.lines()[0]["target"], {
            "source": self.claim["url"],
            "selector": {"type": "TextQuoteSelector", "prefix": "", "suffix": ".",
                         "exact": "Graz has joined the UNESCO Global Network of Learning Cities"}})

    def test_a_fact_is_explained_by_its_claims(self):
        self.dateline("audit", "facts", "--json", "--db", self.db, "--kind", "membership")
        fact = self.lines()[0]
        self.dateline("audit", "explain", fact["id"], "--db", self.db)
        self.assertIn(self.claim["id"][:8], self.out)

    def test_an_edited_copy_is_no_second_witness(self):
        more = ("The mayor said that the town had worked for this for many years, with schools, "
                "libraries, clubs and firms, and that the work would now begin in earnest: a house "
                "of learning is to open in the old tram depot, with courses in the evening and a "
                "workshop for those who want to repair what others throw away.")
        page = release("Linz").replace("The council thanked", more + "</p><p>The council thanked")
        self.run_db(self.write("in/a.html", page),
                    self.write("in/b.html", page.replace("many years", "six years")))
        self.dateline("audit", "facts", "--json", "--db", self.db, "--subject", "Linz",
                      "--kind", "membership")
        fact = self.lines()[0]
        self.assertEqual((fact["claims"], fact["witnesses"]), (2, 1))
        self.dateline("audit", "explain", fact["id"], "--db", self.db)
        first = next(line.split()[0] for line in self.out.splitlines() if "a.html" in line)
        self.assertEqual(self.out.count("a copy of " + first), 1, self.out)

    def test_a_lost_archive_breaks_it(self):
        (self.dir / "facts.db.archive/dateline-00001.warc.gz").unlink()
        self.explain(3)
        self.assertIn("BROKEN", self.out)

    def test_a_changed_archive_breaks_it(self):
        path = self.dir / "facts.db.archive/dateline-00001.warc.gz"
        data = bytearray(path.read_bytes())
        data[-40] ^= 0x55
        path.write_bytes(data)
        self.explain(3)
        self.assertIn("BROKEN", self.out)

    def test_an_id_that_is_not_there(self):
        self.dateline("audit", "explain", "ffffffffffff", "--db", self.db, status=1)
        self.assertIn("ffffffffffff", self.err)


class Filters(Case):
    def test_a_stage_passes_on_what_it_does_not_consume(self):
        line = (b'{"v":1,"kind":"link","url":"https://a.example/","page":"p","source":"s",'
                b'"extra":[1,2]}\n')
        for verb in (["extract"], ["fetch", "--db", self.db]):
            with self.subTest(verb=verb):
                self.dateline(*verb, stdin=line)
                self.assertEqual(self.out.encode(), line)

    def test_bad_lines_are_problem_records(self):
        for data, code in [(b"not json\n", "record.invalid"), (b'{"v":1}\n', "record.invalid"),
                           (b'{"v":9,"kind":"document"}\n', "record.invalid"),
                           (b"\x00\xff\n", "record.invalid"),
                           (b'{"x":' + b"[" * 100 + b"\n", "record.too-long"),
                           (b'"' + b"x" * (17 << 20) + b'"\n', "record.too-long")]:
            with self.subTest(data=data[:20]):
                self.dateline("extract", stdin=data + data, status=3)
                self.assertEqual([(p["kind"], p["code"]) for p in self.lines()],
                                 [("problem", code)] * 2)
                self.assertEqual([p["ref"] for p in self.lines()], ["line 1", "line 2"])

    def test_flat_claims_on_their_own(self):
        page = self.write("in/graz.html", release("Graz"))
        pipe = ("'{0}' plan --db p.db '{1}' | '{0}' fetch --db p.db | '{0}' parse --db p.db |"
                " '{0}' extract --flat").format(DATELINE, page)
        done = subprocess.run(["bash", "-c", pipe], cwd=self.dir, capture_output=True, check=False)
        flat = [json.loads(line) for line in done.stdout.splitlines()]
        self.assertIn("Graz", {c["subject"] for c in flat})

    def test_flat_output_has_claims_only(self):
        self.dateline("extract", "--flat", stdin=b'{"bad":1}\n', status=3)
        self.assertEqual(self.out, "")
        self.assertIn("line 1: record: ", self.err)

    def test_a_page_of_another_archive_is_not_read(self):
        for name in ("Graz", "Cork"):
            page = self.write("in/%s.html" % name, release(name))
            pipe = "'{0}' plan --db {1}.db '{2}' | '{0}' fetch --db {1}.db > {1}.pages"
            subprocess.run(["bash", "-c", pipe.format(DATELINE, name, page)], cwd=self.dir, check=True)
        for db, documents, codes in [("Graz", 1, []), ("Cork", 0, ["archive.digest"])]:
            with self.subTest(db):
                self.dateline("parse", "--db", self.dir / (db + ".db"), status=3 if codes else 0,
                              stdin=(self.dir / "Graz.pages").read_bytes())
                kinds = [r["kind"] for r in self.lines()]
                self.assertEqual(kinds.count("document"), documents)
                self.assertEqual([r["code"] for r in self.lines() if r["kind"] == "problem"], codes)


class ForeignArchives(Case):
    """WARC files that others made: their pages become ours, each once."""

    def warc(self, *bodies):
        import gzip
        out = b""
        for i, body in enumerate(bodies):
            body = body.encode("utf-8")
            http = (b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"
                    b"Transfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n0\r\n\r\n" % (len(body), body))
            head = ("WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:x:%d>\r\n"
                    "WARC-Date: 2024-02-15T10:00:00Z\r\nWARC-Target-URI: https://city.example/%d\r\n"
                    "Content-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n")
            out += gzip.compress((head % (i, i, len(http))).encode() + http + b"\r\n\r\n")
        return out

    def test_pages_are_read_and_come_once(self):
        path = self.write("in/others.warc.gz", self.warc(release("Graz"), release("Cork")))
        self.run_db(path)
        claims = self.claims("--kind", "membership")
        self.assertEqual({(c["subject"], c["url"]) for c in claims},
                         {("Graz", "https://city.example/0"), ("Cork", "https://city.example/1")})
        first = self.export()
        size = (self.dir / "facts.db.archive/dateline-00001.warc.gz").stat().st_size
        self.run_db(path)
        self.assertEqual(self.export(), first)
        self.assertEqual((self.dir / "facts.db.archive/dateline-00001.warc.gz").stat().st_size, size)

    def test_a_bad_record_costs_itself_alone(self):
        data = self.warc(release("Graz"), release("Cork"), release("Linz"))
        second = data.index(b"\x1f\x8b\x08", 10)
        broken = data[:second + 20] + b"\0" * 8 + data[second + 28:]
        self.run_db(self.write("in/others.warc.gz", broken), status=3)
        self.assertEqual({c["subject"] for c in self.claims("--kind", "membership")}, {"Graz", "Linz"})
        self.assertEqual([p["code"] for p in self.problems()], ["archive.record"])

    def test_they_can_be_listed_and_verified(self):
        path = self.write("others.warc.gz", self.warc("one", "two"))
        self.dateline("archive", "list", "--json", path)
        self.assertEqual([(r["uri"], r["status"], r["payload_length"]) for r in self.lines()],
                         [("https://city.example/0", 200, 3), ("https://city.example/1", 200, 3)])
        self.dateline("archive", "verify", path)
        self.assertIn("2 records, 0 bad", self.out)
        self.dateline("archive", "verify", self.write("x.warc", "nothing"), status=3)
        self.assertIn("BAD", self.out)


    def test_what_others_wrote_is_json_all_the_same(self):
        path = self.write("x.warc", b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 0\r\n"
                          b"WARC-Target-URI: http://a.example/\xff\"\x1b\r\n\r\n\r\n\r\n")
        self.dateline("archive", "list", "--json", path)
        self.assertEqual([r["uri"] for r in self.lines()], ["http://a.example/\ufffd\"\x1b"])
        self.assertNotIn("\x1b", self.out)

    def test_what_others_wrote_drives_no_terminal(self):
        path = self.write("x.warc", b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 0\r\nWARC-Target-URI: "
                          b"http://a.example/\x1b[2J\xc2\x9b2J\xe2\x80\xae\xff\r\n\r\n\r\n\r\n")
        self.dateline("archive", "list", path)
        self.assertIn("http://a.example/\\x1b[2J\\x9b2J\\u202e\\xff", self.raw.decode("utf-8"))


class BadInput(Case):
    """A clear problem record each, exit status 3, and the good page beside it still read."""

    def test_a_record_each(self):
        wanted = set()
        for name, data, code in [
                ("empty.html", b"", "parse.empty"),
                ("white.html", b" \n\t" * 50, "parse.empty"),
                ("binary.html", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40, "parse.binary"),
                ("unknown.docx", b"PK\x03\x04" + b"\0" * 500, "parse.binary"),
                ("scripts.html", b"<html><body><script>var x = 'Graz joined';</script></body></html>",
                 "parse.no-text"),
                ("fifty-megabytes.html", b"<p>" + b"word " * (10 << 20) + b"</p>", "fetch.body-too-large")]:
            self.write("in/" + name, data)
            wanted.add((code, name))
        self.write("in/good.html", release("Graz"))
        self.run_db(self.dir / "in", status=3)
        found = {(p["code"], p["url"].rsplit("/", 1)[-1]) for p in self.problems()}
        self.assertEqual(found, wanted)
        self.assertIn("Graz", {c["subject"] for c in self.claims()})

    def test_a_pipe(self):
        (self.dir / "in").mkdir()
        os.mkfifo(self.dir / "in/fifo.html")
        self.write("in/good.html", release("Graz"))
        self.run_db(self.dir / "in", status=3)
        self.assertIn("fetch.file-type", [p["code"] for p in self.problems()])

    def test_a_missing_file(self):
        self.run_db(self.dir / "nowhere.html", status=3)
        self.assertEqual([p["code"] for p in self.problems()], ["fetch.file-missing"])

    def test_an_unreadable_directory(self):
        if os.geteuid() == 0:
            self.skipTest("root reads everything")
        self.write("in/sub/a.html", release("Graz"))
        (self.dir / "in/sub").chmod(0)
        self.addCleanup((self.dir / "in/sub").chmod, 0o700)
        self.run_db(self.dir / "in", status=3)
        self.assertIn("fetch.file-unreadable", [p["code"] for p in self.problems()])

    def test_private_address(self):
        self.run_db("http://user:secret@127.0.0.1:9/", status=3)
        self.assertIn("fetch.url-invalid", [p["code"] for p in self.problems()])
        self.run_db("gopher://example.org/", status=(2, 3))

    def test_a_private_address_needs_a_local_source(self):
        for local, code in [("false", "fetch.address-refused"), ("true", "fetch.connect")]:
            sources = self.write("s-%s.yaml" % local,
                                 "user_agent: \"test/1 (mailto:a@b.example)\"\n"
                                 "sources:\n  - name: city\n    url: http://127.0.0.1:9/\n"
                                 "    local: %s\n" % local)
            self.db = self.dir / (local + ".db")
            self.run_db(status=3, more=["--sources", sources])
            self.assertEqual([p["code"] for p in self.problems()], [code])


class Repaired(Case):
    """Input that is read all the same, with what was done told."""

    def test_encodings(self):
        text = release("M\u00fcnster")
        pages = {"utf8.html": text.encode(),
                 "bom16.html": text.replace('charset="utf-8"', 'charset="utf-16"').encode("utf-16"),
                 "latin.html": text.replace("utf-8", "iso-8859-1").encode("latin-1"),
                 "lies.html": text.encode("latin-1")}
        for name, data in pages.items():
            self.write("in/" + name, data)
        self.run_db(self.dir / "in", status=(0, 3))
        self.assertEqual({(c["url"].rsplit("/", 1)[-1], c["subject"]) for c in self.claims("--zone", "body")},
                         {(name, "M\u00fcnster") for name in pages})

    def test_invalid_utf8_and_nul_bytes(self):
        data = release("Graz").encode().replace(b"past two", b"past \xff\xfe\x00 two")
        self.run_db(self.write("in/a.html", data), status=(0, 3))
        self.assertIn("Graz", {c["subject"] for c in self.claims()})


class Determinism(Case):
    """What is shipped gives the same of the same pages, in whatever way."""

    small = False

    @classmethod
    def setUpClass(cls):
        first = cls.once()
        first.run_db(RELEASES, status=(0, 3))
        cls.want, cls.archive = first.export(), first.dir / "facts.db.archive"

    def test_the_filters_give_what_run_gives(self):
        pipe = ("'{0}' plan --db p.db '{1}' | '{0}' fetch --db p.db | '{0}' parse --db p.db |"
                " '{0}' extract | '{0}' store --db p.db").format(DATELINE, RELEASES)
        subprocess.run(["bash", "-c", pipe], cwd=self.dir, check=False, timeout=120)
        self.assertEqual(self.export(self.dir / "p.db"), self.want)

    def test_replay_with_one_worker_and_with_two(self):
        for workers in (1, 2, 3):
            db = self.dir / ("replay%d.db" % workers)
            self.dateline("replay", "--db", db, "--archive", self.archive, "--workers", workers,
                          status=(0, 3))
            self.assertEqual(self.export(db), self.want)

    def test_the_order_of_pages_does_not_matter(self):
        pages = sorted(RELEASES.iterdir())
        self.run_db(*reversed(pages), db=self.dir / "r.db", status=(0, 3))
        half = len(pages) // 2
        self.run_db(*pages[half:], db=self.dir / "h.db", status=(0, 3))
        self.run_db(*pages[:half], db=self.dir / "h.db", status=(0, 3))
        self.assertEqual(self.export(self.dir / "r.db"), self.want)
        self.assertEqual(self.export(self.dir / "h.db"), self.want)


class Interrupted(Case):
    def test_kill_at_random_moments(self):
        start = time.monotonic()
        self.run_db(RELEASES, status=(0, 3))
        whole = time.monotonic() - start
        want = self.export()
        rng = random.Random(20240214)
        for i in range(KILLS):
            db = self.dir / ("k%d.db" % i)
            child = subprocess.Popen(self.command("run", "--db", db, RELEASES), cwd=self.dir, stdout=subprocess.DEVNULL,
                                     stderr=subprocess.DEVNULL, start_new_session=True)
            time.sleep(rng.uniform(0, whole))
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()
            self.run_db(RELEASES, db=db, status=(0, 3))
            self.assertEqual(self.export(db), want, "killed in run %d" % i)
            self.dateline("archive", "verify", "--db", db)

    def test_sigterm_ends_in_order(self):
        child = subprocess.Popen(self.command("run", "--db", self.db, RELEASES), cwd=self.dir, stdout=subprocess.DEVNULL,
                                 stderr=subprocess.PIPE)
        time.sleep(0.08)
        child.terminate()
        child.communicate(timeout=60)
        self.assertIn(child.returncode, (0, 3, -15))
        self.run_db(RELEASES, status=(0, 3))
        self.dateline("archive", "verify", "--db", self.db)


if __name__ == "__main__":
    unittest.main()

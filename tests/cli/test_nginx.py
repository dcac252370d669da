#!/usr/bin/env python3
"""A real server: nginx with pages of many names, each asked at its own pace.

DATELINE_SITES, DATELINE_PAGES and DATELINE_DELAY set how many names, pages of each and seconds
between two requests; the defaults are small.
"""
import collections
import os
import shutil
import socket
import subprocess
import time
import unittest

from harness import Case, release

NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
SITES = int(os.environ.get("DATELINE_SITES", "5"))
PAGES = int(os.environ.get("DATELINE_PAGES", "20"))
DELAY = float(os.environ.get("DATELINE_DELAY", "0.03"))
ROUNDING = 0.002  # nginx tells milliseconds, of when it began to look at a request
START_S = 20  # for nginx to listen

CONFIG = """daemon off;
master_process off;
worker_processes 1;
error_log {dir}/error.log;
pid {dir}/pid;
events {{ worker_connections 256; }}
http {{
	log_format times '$msec $host $request_uri $status';
	access_log {dir}/access.log times;
	client_body_temp_path {dir}/t1;
	proxy_temp_path {dir}/t2;
	fastcgi_temp_path {dir}/t3;
	uwsgi_temp_path {dir}/t4;
	scgi_temp_path {dir}/t5;
	gzip on;
	types {{ text/html html; text/plain txt; }}
	server {{
		listen 127.0.0.1:{port};
		root {dir}/sites/$host;
		location = /robots.txt {{
			default_type text/plain;
			return 200 "User-agent: *\\nCrawl-delay: {delay}\\n";
		}}
	}}
}}
"""


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


@unittest.skipUnless(NGINX, "nginx is not installed")
class Nginx(Case):
    def setUp(self):
        super().setUp()
        self.port = free_port()
        # Names below .localhost are this machine's (RFC 6761), and each is a domain by itself.
        self.hosts = ["site%d.localhost" % i for i in range(SITES)]
        urls = []
        for host in self.hosts:
            for i in range(PAGES):
                self.write("sites/%s/%d.html" % (host, i), release("Graz %d" % i))
                urls.append("http://%s:%d/%d.html" % (host, self.port, i))
        self.urls = set(urls)
        self.write("sites/list.localhost/list.txt", "\n".join(urls) + "\n")
        self.sources = self.write(
            "s.yaml", "user_agent: 'test/1 (mailto:a@b.example)'\nsources:\n"
            "  - {name: all, kind: list, local: true, url: 'http://list.localhost:%d/list.txt'}\n"
            % self.port)
        conf = self.write("nginx.conf", CONFIG.format(dir=self.dir, port=self.port, delay=DELAY))
        self.nginx = subprocess.Popen([NGINX, "-p", str(self.dir), "-c", str(conf)],
                                      stderr=subprocess.DEVNULL)
        self.addCleanup(self.nginx.wait)
        self.addCleanup(self.nginx.terminate)
        self.wait_until_it_listens()

    def wait_until_it_listens(self):
        end = time.monotonic() + START_S
        while time.monotonic() < end:
            with socket.socket() as s:
                if s.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.01)
        self.fail((self.dir / "error.log").read_text())

    def requests(self):
        """What nginx was asked, by name: [(seconds, path, status)]."""
        by_host = collections.defaultdict(list)
        for line in (self.dir / "access.log").read_text().splitlines():
            when, host, path, status = line.split()
            by_host[host].append((float(when), path, int(status)))
        return by_host

    def run_sources(self, *more):
        self.run_db(more=["--sources", self.sources, *more])

    def archived(self):
        self.dateline("archive", "list", "--json", "--db", self.db)
        return sorted(r["uri"] for r in self.lines()
                      if r["type"] in ("response", "revisit") and r["uri"] in self.urls)

    def test_every_page_comes_once_and_at_its_pace(self):
        self.run_sources()
        asked = self.requests()
        self.assertEqual(sorted(asked), sorted(self.hosts + ["list.localhost"]))
        for host in self.hosts:
            paths = [path for _, path, _ in asked[host]]
            self.assertEqual(paths[0], "/robots.txt")
            self.assertEqual(sorted(paths[1:]), sorted("/%d.html" % i for i in range(PAGES)))
            self.assertEqual({status for _, _, status in asked[host]}, {200})
            times = [when for when, _, _ in asked[host]]
            self.assertGreater(min(b - a for a, b in zip(times, times[1:])), DELAY - ROUNDING)
        # Side by side: all of them take about as long as one.
        times = sorted(when for host in self.hosts for when, _, _ in asked[host])
        self.assertLess(times[-1] - times[0], SITES * PAGES * DELAY)
        self.assertEqual(self.archived(), sorted(self.urls))
        self.assertEqual(self.problems(), [])

    def test_what_has_not_changed_does_not_come_again(self):
        self.run_sources()
        before, asked = self.export(), self.requests()
        self.run_sources()
        self.assertEqual(self.requests(), asked)  # nothing is due
        self.run_db(min(self.urls))  # named, so asked for: with the validators that came
        self.assertEqual([status for _, path, status in self.requests()["site0.localhost"]
                          if path == "/0.html"], [200, 304])
        # The answer that nothing has changed is archived, too.
        self.assertEqual(self.archived(), sorted([*self.urls, min(self.urls)]))
        self.assertEqual(self.export(), before)


if __name__ == "__main__":
    unittest.main()

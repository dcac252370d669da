#!/usr/bin/env python3
"""An internet of its own: public and private addresses, and names that lead to either.

Runs again in namespaces where the loopback device has these addresses, and /etc/resolv.conf
names a server of the test; where that is not allowed, nothing is tested.
"""
import collections
import http.server
import os
import pathlib
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time
import unittest

from harness import Case, release

SKIPPED = 77  # says so to ctest
INSIDE = "DATELINE_TEST_INTERNET"
NAMESPACES = ["unshare", "--map-root-user", "--net", "--mount"]
PUBLIC, OTHER, NOBODY = "93.184.216.34", "93.184.216.35", "93.184.216.99"
PUBLIC6 = "2606:2800:220:1::1"
PRIVATE, METADATA = "10.1.2.3", "169.254.169.254"
GAP_S = 2  # between two requests to one domain, if its robots.txt asks for no more

# name: addresses, in the order they are given
ZONE = {
    "mixed.example": [NOBODY, PRIVATE],
    "private.example": [PRIVATE],
    "mapped.example": ["::ffff:" + PRIVATE],
    "six.example": [PUBLIC6],
    "other.example": [OTHER],
    "a.same.example": [PUBLIC],
    "b.same.example": [OTHER],
    "flip.example": [PUBLIC],
}
SILENT = "silent.example"  # its question is never answered

# Where a public page redirects to that nothing may follow.
TRAPS = {
    "t1.example": "http://%s/secret" % PRIVATE,
    "t2.example": "http://%s/latest/meta-data/" % METADATA,
    "t3.example": "http://private.example/secret",
    "t4.example": "http://[::ffff:%s]/secret" % PRIVATE,
    "t5.example": "http://0x0a.1.515/secret",
    "t6.example": "http://mixed.example/secret",
    "t7.example": "http://localhost/secret",
}
ZONE.update({name: [PUBLIC] for name in TRAPS})
ZONE["cookies.example"] = [PUBLIC]


class Names(threading.Thread):
    """A name server for ZONE: A and AAAA, no more."""

    def __init__(self):
        super().__init__(daemon=True)
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind(("127.0.0.1", 53))

    def run(self):
        while True:
            question, who = self.socket.recvfrom(512)
            labels, at = [], 12
            while question[at]:
                labels.append(question[at + 1:at + 1 + question[at]].decode())
                at += 1 + question[at]
            kind = struct.unpack(">H", question[at + 1:at + 3])[0]
            name = ".".join(labels).lower()
            if name != SILENT:
                self.socket.sendto(self.answer(question, at + 5, name, kind), who)

    @staticmethod
    def answer(question, end, name, kind):
        family = {1: socket.AF_INET, 28: socket.AF_INET6}.get(kind)
        records = [socket.inet_pton(family, a) for a in ZONE.get(name, [])
                   if family and (":" in a) == (kind == 28)]
        head = question[:2] + struct.pack(
            ">HHHHH", 0x8180 if name in ZONE else 0x8183, 1, len(records), 0, 0)
        return head + question[12:end] + b"".join(
            struct.pack(">HHHIH", 0xC00C, kind, 1, 0, len(r)) + r for r in records)


class Handler(http.server.BaseHTTPRequestHandler):
    asked = []  # (seconds, address that was reached, Host, path, headers)

    def do_GET(self):
        host = self.headers["Host"]
        here = self.connection.getsockname()[0]
        self.asked.append((time.monotonic(), here, host, self.path, self.headers))
        to = TRAPS.get(host)
        if host == "cookies.example":
            to = "http://other.example/page"
        if self.path == "/robots.txt":
            self.send_response(404)
            to = None
        elif to:
            self.send_response(302)
            self.send_header("Location", to)
            self.send_header("Set-Cookie", "secret=1; Domain=example; Path=/")
        else:
            self.send_response(200)
            self.send_header("Content-Type",
                             "text/plain" if self.path == "/list" else "text/html")
        body = release("Graz").encode()
        if self.path == "/list":
            body = b"http://b.same.example/1\nhttp://a.same.example/2\n"
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


class Server6(http.server.ThreadingHTTPServer):
    address_family = socket.AF_INET6

    def server_bind(self):
        self.socket.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        super().server_bind()


def make_internet():
    for command in [["ip", "link", "set", "lo", "up"]] + [
            ["ip", "addr", "add", a, "dev", "lo"]
            for a in (PUBLIC, OTHER, PRIVATE, METADATA, PUBLIC6 + "/128")]:
        subprocess.run(command, check=True)
    with tempfile.TemporaryDirectory() as tmp:
        for name, text in (("resolv.conf", "nameserver 127.0.0.1\noptions timeout:1 attempts:1\n"),
                           ("hosts", "127.0.0.1 localhost\n")):
            path = pathlib.Path(tmp, name)
            path.write_text(text)
            subprocess.run(["mount", "--bind", str(path), "/etc/" + name], check=True)
        Names().start()
        for kind, address in ((http.server.ThreadingHTTPServer, "0.0.0.0"), (Server6, "::")):
            server = kind((address, 80), Handler)
            threading.Thread(target=server.serve_forever, daemon=True).start()
        return unittest.main(exit=False).result.wasSuccessful()


class Internet(Case):
    def run_urls(self, *urls):
        Handler.asked.clear()
        self.run_db(*urls, status=(0, 3))
        return {p["url"]: p["code"] for p in self.problems()}

    def test_nothing_leads_where_it_should_not(self):
        pathlib.Path(self.dir, ".netrc").write_text("machine other.example login u password p\n")
        traps = ["http://%s/" % name for name in TRAPS]
        direct = ["http://private.example/", "http://mixed.example/", "http://mapped.example/"]
        flip = "http://flip.example/"
        began = time.monotonic()
        got = self.run_urls(*traps, *direct, flip, "http://six.example/", "http://none.example/",
                            "http://%s/" % SILENT, "http://cookies.example/")
        self.assertLess(time.monotonic() - began, 20)
        for url in traps + direct:
            self.assertEqual(got.pop(url), "fetch.address-refused", url)
        self.assertEqual(got.pop("http://none.example/"), "fetch.dns")
        self.assertIn(got.pop("http://%s/" % SILENT), ("fetch.dns", "fetch.timeout"))
        self.assertEqual(got, {})
        reached = {(address, host, path) for _, address, host, path, _ in Handler.asked}
        self.assertEqual({address for address, _, _ in reached}, {PUBLIC, OTHER, PUBLIC6})
        # What is public came, over IPv6 and from another host as well.
        self.assertLessEqual({(PUBLIC, "flip.example", "/"), (PUBLIC6, "six.example", "/"),
                              (OTHER, "other.example", "/page")}, reached)
        # And nothing secret went along.
        for _, _, _, _, headers in Handler.asked:
            for name in ("Cookie", "Authorization", "Referer", "Proxy-Authorization"):
                self.assertNotIn(name, headers)
        # A name that was public is asked for again before each connection.
        ZONE["flip.example"] = [PRIVATE]
        self.assertEqual(self.run_urls(flip)[flip], "fetch.address-refused")
        self.assertEqual(Handler.asked, [])

    def check_gaps(self, requests):
        """So many of each host, and the pace of their domain held."""
        times = [when for when, _, _, _, _ in Handler.asked]
        self.assertEqual(collections.Counter(host for _, _, host, _, _ in Handler.asked), requests)
        self.assertGreater(min(b - a for a, b in zip(times, times[1:])), GAP_S - 0.05)

    def test_hosts_of_one_domain_share_its_pace(self):
        self.assertEqual(self.run_urls("http://a.same.example/", "http://b.same.example/"), {})
        self.check_gaps({"a.same.example": 2, "b.same.example": 2})

    def test_what_a_listing_names_keeps_its_pace(self):
        yaml = self.write("sources.yaml", "user_agent: 'test/1 (mailto:a@b.example)'\nsources:\n"
                          "  - {name: a, kind: list, url: 'http://a.same.example/list'}\n")
        Handler.asked.clear()
        self.run_db(more=["--sources", yaml])
        self.check_gaps({"a.same.example": 3, "b.same.example": 2})


if __name__ == "__main__":
    if INSIDE in os.environ:
        sys.exit(0 if make_internet() else 1)
    try:
        ALLOWED = subprocess.run(NAMESPACES + ["ip", "link"], capture_output=True,
                                 check=False).returncode == 0
    except FileNotFoundError:
        ALLOWED = False
    if not ALLOWED:
        print("skipped: no namespaces here")
        sys.exit(SKIPPED)
    os.execvpe(NAMESPACES[0], NAMESPACES + [sys.executable, *sys.argv],
               dict(os.environ, **{INSIDE: "1"}))

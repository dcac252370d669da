"""Loopback web servers for the CLI tests: of one answer, or of a table that serves as a proxy, too."""
import http.server
import threading


def start(case, handler, address="127.0.0.1"):
    """A server until the test ends; who asks may be killed, which is no news."""
    server = http.server.ThreadingHTTPServer((address, 0), handler)
    server.daemon_threads = True
    server.handle_error = lambda *args: None
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    case.addCleanup(server.server_close)
    case.addCleanup(server.shutdown)
    return server


class Reply(http.server.BaseHTTPRequestHandler):
    """Without a word in the log."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # the body is a write of its own

    def reply(self, status, headers, body):
        if "ETag" in headers and self.headers.get("If-None-Match") == headers["ETag"]:
            status, body = 304, b""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status != 304:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


class Server(Reply):
    """Answers as its class is told."""

    answer = (200, {}, b"")
    asked = []

    def do_GET(self):
        if self.path == "/robots.txt":
            self.reply(404, {}, b"")
        else:
            self.asked.append(dict(self.headers))
            self.reply(*self.answer)


class Handler(Reply):
    """Answers as the server's table says."""

    def do_GET(self):
        web = self.server.web
        host = self.headers.get("Host", "")
        path = self.path
        if path.startswith("http://"):
            path = "/" + path.split("/", 3)[3]
        web.asked.append((host, path, dict(self.headers)))
        self.reply(*web.answer(host, path))


class Web:
    """pages: path, or host:port and path -> body, or (status, headers, body)."""

    def __init__(self, case, address="127.0.0.1"):
        self.pages = {}
        self.asked = []
        server = start(case, Handler, address)
        server.web = self
        self.host = "%s:%d" % (address, server.server_port)
        self.url = "http://" + self.host

    def answer(self, host, path):
        page = self.pages.get(host + path, self.pages.get(path))
        if page is None:
            return 404, {}, b""
        status, headers, body = page if isinstance(page, tuple) else (200, {}, page)
        if isinstance(body, str):
            body = body.encode()
        if "Content-Type" not in headers and body.lstrip()[:1] == b"<":
            kind = "text/html" if b"<html" in body[:200] else "application/xml"
            headers = dict(headers, **{"Content-Type": kind})
        return status, headers, body

    def paths(self):
        """What was asked for, in order, without robots.txt."""
        return [path for _, path, _ in self.asked if path != "/robots.txt"]

    def headers_of(self, path):
        return [headers for _, asked, headers in self.asked if asked == path]

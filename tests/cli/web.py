"""A loopback web server of a table, for the CLI tests; it also serves as a proxy."""
import http.server
import threading


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        web = self.server.web
        host = self.headers.get("Host", "")
        path = self.path
        if path.startswith("http://"):
            path = "/" + path.split("/", 3)[3]
        web.asked.append((host, path, dict(self.headers)))
        status, headers, body = web.answer(host, path)
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


class Web:
    """pages: path, or host:port and path -> body, or (status, headers, body)."""

    def __init__(self, case, address="127.0.0.1"):
        self.pages = {}
        self.asked = []
        server = http.server.ThreadingHTTPServer((address, 0), Handler)
        server.web = self
        server.daemon_threads = True
        self.host = "%s:%d" % (address, server.server_port)
        self.url = "http://" + self.host
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        case.addCleanup(server.server_close)
        case.addCleanup(server.shutdown)

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

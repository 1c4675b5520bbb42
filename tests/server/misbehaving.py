"""The server: each path is one way to behave, most of them bad."""

import gzip
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ssl import SSLContext
from threading import Thread
from typing import Any

PAGE = b"""<!doctype html><html><head><title>Bus leaves the road</title>
<meta property="og:site_name" content="Selba Gazette">
<meta property="article:published_time" content="2024-03-25"></head><body>
<article><p>Four passengers were killed and eleven were injured when a bus left the road near Selba on Monday, the
fire brigade said. All of this is invented.</p></article></body></html>"""
LATIN = "<html><body><article><p>Neuf mineurs ont été tués à Selba, a déclaré la société.</p></article></body></html>"
ENTRY = "<item><title>Fire</title><link>{link}</link><description>{words}</description></item>"
FEED = '<rss version="2.0"><channel><title>Selba Gazette</title>{entries}</channel></rss>'
CHUNK = 64 * 1024


class Handler(BaseHTTPRequestHandler):
    """Answers by path; what was asked is noted on the server."""

    protocol_version = "HTTP/1.1"
    server: Any

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        self.server.asked.append((self.path, dict(self.headers)))
        name = "answer_" + self.path.split("?")[0].strip("/").replace("/", "_").replace(".", "_").replace("-", "_")
        getattr(self, name, self.answer_missing)()

    def give(self, content: bytes, media: str = "text/html", status: int = 200, **headers: str) -> None:
        self.send_response(status)
        for key, value in {"Content-Type": media, "Content-Length": str(len(content)), **headers}.items():
            self.send_header(key.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(content)

    def answer_missing(self) -> None:
        self.give(b"<p>not here</p>", status=404)

    def answer_robots_txt(self) -> None:
        status, rules = self.server.robots
        self.give(rules.encode(), "text/plain", status)

    def answer_page(self) -> None:
        self.give(PAGE)

    def answer_latin(self) -> None:
        self.give(LATIN.encode("latin-1"), "text/html; charset=iso-8859-1")

    def answer_closed(self) -> None:
        self.give(PAGE)

    def answer_picture(self) -> None:
        self.give(b"\x89PNG", "image/png")

    def answer_endless(self) -> None:
        """Never end, and never say how long."""
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Connection", "close")
        self.end_headers()
        try:
            while True:
                self.wfile.write(b"<p>Nine people died.</p>" * 2000)
        except OSError:
            self.close_connection = True

    def answer_drip(self) -> None:
        """A byte now and then, each within every patience."""
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", "100000")
        self.end_headers()
        try:
            while True:
                self.wfile.write(b"x")
                self.wfile.flush()
                time.sleep(0.05)
        except OSError:
            self.close_connection = True

    def answer_silent(self) -> None:
        time.sleep(3)
        self.close_connection = True

    def answer_bomb(self) -> None:
        """Ten megabytes of nothing in ten kilobytes."""
        self.give(gzip.compress(bytes(10_000_000)), Content_Encoding="gzip")

    def answer_broken_gzip(self) -> None:
        self.give(b"no gzip at all", Content_Encoding="gzip")

    def answer_cut(self) -> None:
        """Say more than there is, and hang up."""
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", "100000")
        self.end_headers()
        self.wfile.write(PAGE)
        self.close_connection = True

    def answer_no_http(self) -> None:
        self.wfile.write(b"220 mail.example.org ready\r\n")
        self.close_connection = True

    def redirect(self, to: str, status: int = 302) -> None:
        self.give(b"", status=status, Location=to)

    def answer_moved(self) -> None:
        self.redirect("/page", 301)

    def answer_round(self) -> None:
        self.redirect("/round")

    def answer_to_private(self) -> None:
        self.redirect("http://10.0.0.1/admin")

    def answer_to_metadata(self) -> None:
        self.redirect("http://169.254.169.254/latest/meta-data/")

    def answer_to_loopback(self) -> None:
        self.redirect("http://127.0.0.1:1/")

    def answer_to_file(self) -> None:
        self.redirect("file:///etc/passwd")

    def answer_to_closed(self) -> None:
        self.redirect("/closed")

    def answer_error(self) -> None:
        self.give(b"", status=500)

    def answer_feed(self) -> None:
        """A feed that knows what has changed."""
        mark = f'"{len(self.server.entries)}"'
        if self.headers.get("If-None-Match") == mark:
            self.give(b"", status=304)
        else:
            entries = "".join(ENTRY.format(link=link, words=words) for link, words in self.server.entries)
            self.give(FEED.format(entries=entries).encode(), "application/rss+xml", ETag=mark)


@contextmanager
def serve(certificate: SSLContext | None = None) -> Iterator[ThreadingHTTPServer]:
    """Run the server on a port of its own as long as the block runs; with a certificate it speaks TLS."""
    server: Any = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    if certificate:
        server.socket = certificate.wrap_socket(server.socket, server_side=True)
        # A client that goes away because of the certificate is what is tested, no mistake of the server.
        server.handle_error = lambda *_: None
    server.daemon_threads = True
    server.asked, server.entries, server.robots = [], [], (200, "User-agent: *\nDisallow: /closed\n")
    thread = Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()

#!/usr/bin/env python3
"""A publisher of feeds with the habits of real ones, for `testudo intel update`, on a free port of this machine.

  feed_publisher.py LOG [CERTIFICATE KEY]

Writes its port on the first line, and a line into LOG for each request: path, If-None-Match, If-Modified-Since. Ends with
its input. What is served under /file/NAME stands in the folder of LOG as NAME, with the digest of its octets as ETag.
"""
import email.utils
import gzip
import hashlib
import http.server
import os
import socketserver
import ssl
import sys
import threading
import zlib

log = sys.argv[1]
folder = os.path.dirname(log)
seen = {}
BODY = b"one.test\ntwo.test\n"
CHANGED = "Thu, 01 Oct 2026 10:00:00 GMT"


class Publisher(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def send(self, status, body=b"", **headers):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        if "Content_Length" not in headers:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        etag, since = self.headers.get("If-None-Match", "-"), self.headers.get("If-Modified-Since", "-")
        with open(log, "a") as out:
            out.write(f"{self.path} {etag} {since}\n")
        seen[self.path] = seen.get(self.path, 0) + 1
        getattr(self, "get_" + self.path.split("/")[1], self.get_nothing)(etag, since)

    def get_file(self, etag, _):
        path = os.path.join(folder, os.path.basename(self.path))
        if not os.path.exists(path):
            return self.send(404)
        with open(path, "rb") as file:
            body = file.read()
        tag = '"' + hashlib.sha256(body).hexdigest()[:16] + '"'
        self.send(304, ETag=tag) if etag == tag else self.send(200, body, ETag=tag)

    def get_dated(self, _, since):  # no ETag, as plain servers of files
        same = since != "-" and email.utils.parsedate(since) >= email.utils.parsedate(CHANGED)
        self.send(304) if same else self.send(200, BODY, Last_Modified=CHANGED)

    def get_busy(self, *_):  # twice, then answers
        if seen[self.path] <= 2:
            self.send(503, Retry_After="0")
        else:
            self.send(200, BODY)

    def get_patient(self, *_):
        self.send(429, Retry_After="86400")

    def get_cut(self, *_):  # breaks off once, then answers
        if seen[self.path] > 1:
            return self.send(200, BODY)
        self.send(200, BODY[:9], Content_Length=str(len(BODY)))
        self.close_connection = True

    def get_large(self, *_):
        self.send(200, BODY, Content_Length=str(2 << 30))
        self.close_connection = True

    def get_bomb(self, *_):  # a few KiB that are 8 MiB
        self.send(200, gzip.compress(b"\n" * (8 << 20)), Content_Encoding="gzip")

    def get_packed(self, *_):
        self.send(200, gzip.compress(BODY), Content_Encoding="gzip")

    def get_gzip(self, *_):  # a file that is packed, as files are
        self.send(200, gzip.compress(BODY), Content_Type="application/gzip")

    def get_zip(self, *_):
        self.send(200, b"PK\x03\x04" + bytes(60), Content_Type="application/zip")

    def get_deflate(self, *_):  # in a coding that nobody asked for
        self.send(200, zlib.compress(BODY), Content_Encoding="deflate")

    def get_half(self, *_):  # as long as it says, and the second half of what was packed is missing
        packed = gzip.compress(BODY * 500)
        self.send(200, packed[: len(packed) // 2], Content_Encoding="gzip")

    def get_moved(self, *_):
        self.send(302, Location="/packed")

    def get_elsewhere(self, *_):
        self.send(301, Location=f"{scheme}://localhost:{port}/packed")

    def get_circle(self, *_):
        self.send(302, Location="/circle")

    def get_down(self, *_):  # from TLS to plain text
        self.send(302, Location=f"http://127.0.0.1:{port}/packed")

    def get_page(self, *_):  # what a publisher's server says of a feed that moved, with status 200
        self.send(200, b"<!DOCTYPE html><html><body><p>Not here any more.</p></body></html>", Content_Type="text/html")

    def get_empty(self, *_):
        self.send(200)

    def get_stale(self, *_):  # says that nothing changed to who never asked before
        self.send(304)

    def get_nothing(self, *_):
        self.send(404, b"not here\n")


class Server(socketserver.ThreadingMixIn, http.server.HTTPServer):
    daemon_threads = True


server = Server(("127.0.0.1", 0), Publisher)
port = server.server_address[1]
scheme = "http"
if len(sys.argv) > 2:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(sys.argv[2], sys.argv[3])
    server.socket = context.wrap_socket(server.socket, server_side=True)
    scheme = "https"
threading.Thread(target=server.serve_forever, daemon=True).start()
print(port, flush=True)
sys.stdin.read()

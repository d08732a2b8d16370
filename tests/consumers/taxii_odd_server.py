#!/usr/bin/env python3
"""A TAXII 2.1 server with one oddity an API root, for the client's tests. Prints its port; ends when its input does.

  /dates/      pages without `next`: the client must move added_after
  /busy/       says 503 with Retry-After to every second request
  /loop/       its pages never end and repeat
  /empty/      its pages never end and hold nothing
  /away/       sends the client to another host
  /near/       sends the client to another path of this host
  /old/        answers with another media type
  /html/       answers with something else than JSON
  /broken/     one object of three is none
  /cursor/     its `next` keeps its name while the pages move on
  /number/     its `next` is a number
  /many/       a page of 100,001 objects, none of which is one
  /usual/      a discovery resource that names its default API root alone
  /forgetful/  takes objects, says that they wait, and keeps no account of them; answers 201
  /some/       a discovery resource: of its four API roots one can be read
  /none/       a discovery resource, of whose API roots none is there
  /two/        has two collections, of which the first refuses its objects
  /small/      takes bodies of 900 octets, as it says, but finds those above 700 too large
"""
import http.server
import json
import sys
import threading
import urllib.parse

MEDIA = "application/taxii+json;version=2.1"
asked = {}


def indicator(n):
    return {"type": "indicator", "spec_version": "2.1", "id": f"indicator--00000000-0000-4000-8000-00000000{1000 + n}",
            "created": "2026-01-01T00:00:00.000Z", "modified": "2026-01-01T00:00:00.000Z", "pattern_type": "stix",
            "pattern": f"[domain-name:value = 'odd{n}.test']", "valid_from": "2026-01-01T00:00:00Z"}


def date(n):
    return f"2026-01-01T00:00:{n:02}.000000Z"


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def answer(self, body, status=200, media=MEDIA, **headers):
        text = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", media)
        self.send_header("Content-Length", str(len(text)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(text)

    def page(self, first, last, **more):
        self.answer({**more, "objects": [indicator(n) for n in range(first, last)]},
                    X_TAXII_Date_Added_First=date(first), X_TAXII_Date_Added_Last=date(last - 1))

    def do_GET(self):
        url = urllib.parse.urlsplit(self.path)
        query = dict(urllib.parse.parse_qsl(url.query))
        parts = url.path.strip("/").split("/")
        root, rest = parts[0], parts[1:]
        asked[root] = asked.get(root, 0) + 1
        if root == "busy" and asked[root] % 2 == 1:
            return self.answer({"title": "busy"}, 503, Retry_After="0")
        if root == "old":
            return self.answer({"title": "old"}, media="application/vnd.oasis.taxii+json; version=2.0")
        if root == "html":
            return self.answer(b"<html>", media=MEDIA)
        here = f"http://127.0.0.1:{self.server.server_address[1]}/"
        if root == "some":
            return self.answer({"title": root, "api_roots": [here + "gone/", "/good/", "http://localhost.example/api/",
                                                             here + "denied/"]})
        if root == "usual":
            return self.answer({"title": root, "default": here + "good/"})
        if root == "none":
            return self.answer({"title": root, "api_roots": [here + "gone/"]})
        if root == "gone" or root == "denied" and rest:
            return self.answer({"title": root}, 404 if root == "gone" else 403)
        if not rest and root == "small":
            return self.answer({"title": root, "versions": [MEDIA], "max_content_length": 900})
        if not rest:
            return self.answer({"title": root, "versions": [MEDIA], "max_content_length": 100000})
        if root == "two" and rest == ["collections"]:
            return self.answer({"collections": [{"id": f"{n}" * 8 + "-1111-4111-8111-111111111111", "title": str(n),
                                                 "can_read": True, "can_write": False} for n in (3, 4)]})
        if root == "two" and rest[1].startswith("3"):
            return self.answer({"title": root}, 401)
        if rest == ["collections"]:
            return self.answer({"collections": [{"id": "11111111-1111-4111-8111-111111111111", "title": root,
                                                 "can_read": True, "can_write": root in ("small", "forgetful")}]})
        if rest[0] == "status":
            return self.answer({"title": root}, 404)
        if root == "away":
            return self.answer(b"", 302, Location="http://localhost.example/" + root)
        if root == "near" and "moved" not in query:
            return self.answer(b"", 307, Location=self.path + "&moved=1")
        if root == "loop":
            return self.page(0, 2, more=True, next="again")
        if root == "cursor":
            at = asked["at"] = asked.get("at", -1) + 1
            return self.page(at, at + 1, more=at < 3, next="cursor")
        if root == "many":
            return self.answer({"objects": [{}] * 100001})
        if root == "number":
            return self.page(0, 2, more=True, next=2) if "next" not in query else self.page(2, 3)
        if root == "empty":
            return self.answer({"more": True, "next": str(asked[root])})
        if root == "broken":
            return self.answer({"objects": [indicator(0), {"type": "indicator", "id": "no"}, indicator(2)]})
        if root == "dates":
            begin = int(query["added_after"][17:19]) + 1 if "added_after" in query else 0
            return self.page(begin, min(begin + 3, 10), more=begin + 3 < 10) if begin < 10 else self.answer({})
        return self.page(0, 3, more=False)


    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if len(body) > 700:
            return self.answer({"title": "too large"}, 413)
        count = len(json.loads(body)["objects"])
        if self.path.startswith("/forgetful/"):
            return self.answer({"id": "22222222-2222-4222-8222-222222222222", "status": "pending", "total_count": count,
                                "success_count": 0, "failure_count": 0, "pending_count": count}, 201)
        self.answer({"id": "22222222-2222-4222-8222-222222222222", "status": "complete", "total_count": count,
                     "success_count": count, "failure_count": 0, "pending_count": 0}, 202)


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
print(server.server_address[1], flush=True)
threading.Thread(target=server.serve_forever, daemon=True).start()
sys.stdin.read()

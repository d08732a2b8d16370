#!/usr/bin/env python3
"""A TAXII 2.1 client written from the specification alone, with nothing but Python's library: it shares no code with the
server that it looks at. Prints a line for each rule that does not hold; ends with status 1 if there was one.

  taxii_client.py URL USER PASSWORD TOKEN_USER_TOKEN COLLECTION_ID [CA_FILE]

URL is the discovery resource. USER may read and write the collection; the token is of a user who may only read it.
"""
import base64
import http.client
import json
import random
import socket
import ssl
import sys
import threading
import urllib.parse
import uuid

MEDIA = "application/taxii+json;version=2.1"
url, user, password, token, collection = sys.argv[1:6]
ca_file = sys.argv[6] if len(sys.argv) > 6 else None
parts = urllib.parse.urlsplit(url)
failures = []


def expect(what, seen, wanted):
    if seen != wanted:
        failures.append(f"{what}: {seen!r}, not {wanted!r}")


def connect():
    if parts.scheme == "https":
        context = ssl.create_default_context(cafile=ca_file)
        return http.client.HTTPSConnection(parts.hostname, parts.port, timeout=60, context=context)
    return http.client.HTTPConnection(parts.hostname, parts.port, timeout=60)


class Client:
    """One connection that is kept open, as clients do."""

    def __init__(self, authorization):
        self.authorization, self.connection = authorization, connect()

    def ask(self, method, path, body=None, **headers):
        sent = {"Accept": MEDIA}
        if self.authorization:
            sent["Authorization"] = self.authorization
        if body is not None:
            sent["Content-Type"] = MEDIA
        sent.update({name.replace("_", "-"): value for name, value in headers.items()})
        self.connection.request(method, path, body, sent)
        answer = self.connection.getresponse()
        text = answer.read()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, text

    def json(self, method, path, body=None, **headers):
        status, answered, text = self.ask(method, path, body, **headers)
        return status, answered, json.loads(text)


def indicator(spec="2.1", modified="2026-01-01T00:00:00.000Z", name=None):
    return {"type": "indicator", "spec_version": spec, "id": f"indicator--{name or uuid.uuid4()}",
            "created": "2026-01-01T00:00:00.000Z", "modified": modified, "pattern_type": "stix",
            "pattern": "[domain-name:value = 'a.test']", "valid_from": "2026-01-01T00:00:00Z"}


basic = "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()
writer, reader, nobody = Client(basic), Client("Bearer " + token), Client(None)


def discovery():
    status, headers, body = writer.json("GET", parts.path)
    expect("discovery", status, 200)
    expect("media type", headers["content-type"], MEDIA)
    root = urllib.parse.urlsplit(urllib.parse.urljoin(url, body["api_roots"][0]))
    expect("API root is on this server", root.netloc, parts.netloc)
    status, _, body = writer.json("GET", root.path)
    expect("root names its versions", (status, body["versions"]), (200, [MEDIA]))
    expect("root names its limit", isinstance(body["max_content_length"], int), True)
    status, _, body = writer.json("GET", root.path + "collections/")
    expect("collection is listed", collection in [one["id"] for one in body["collections"]], True)
    return root.path, root.path + f"collections/{collection}/"


def identity(objects):
    expect("nobody", nobody.ask("GET", objects)[0], 401)
    expect("challenge", "www-authenticate" in nobody.ask("GET", objects)[1], True)
    wrong = Client("Basic " + base64.b64encode(f"{user}:wrong".encode()).decode())
    expect("wrong password", wrong.ask("GET", objects)[0], 401)
    expect("reader reads", reader.ask("GET", objects)[0], 200)
    expect("reader writes", reader.ask("POST", objects, json.dumps({"objects": []}))[0], 403)


def negotiation(objects):
    expect("406", writer.ask("GET", objects, Accept="application/json")[0], 406)
    expect("415", writer.ask("POST", objects, "{}", Content_Type="application/json")[0], 415)
    expect("422", writer.ask("POST", objects, json.dumps(indicator()))[0], 422)
    expect("400", writer.ask("GET", objects + "?limit=-1")[0], 400)
    expect("404", writer.ask("GET", objects + f"indicator--{uuid.uuid4()}/")[0], 404)
    expect("406 for TAXII 2.0", writer.ask("GET", objects, Accept="application/taxii+json;version=2.0")[0], 406)
    expect("any version", writer.ask("GET", objects, Accept="application/taxii+json")[0], 200)
    status, headers, body = writer.ask("HEAD", objects)
    expect("HEAD", (status, body, headers["content-length"]),
           (200, b"", str(len(writer.ask("GET", objects)[2]))))


def adding(root, objects):
    good, bad = indicator(), dict(indicator(), id="indicator--none")
    status, _, told = writer.json("POST", objects, json.dumps({"objects": [good, bad]}))
    expect("202", (status, told["success_count"], told["failure_count"], told["status"]), (202, 1, 1, "complete"))
    expect("status resource", writer.json("GET", f"{root}status/{told['id']}/")[2], told)
    status, _, page = writer.json("GET", objects + good["id"] + "/")
    expect("what was posted comes back", (status, page["objects"]), (200, [good]))
    later = dict(good, modified="2026-03-01T00:00:00.000Z")
    writer.ask("POST", objects, json.dumps({"objects": [later]}))
    expect("versions", writer.json("GET", objects + good["id"] + "/versions/")[2]["versions"],
           [good["modified"], later["modified"]])
    expect("last version", writer.json("GET", objects + f"?match[id]={good['id']}")[2]["objects"], [later])
    expect("deleted", writer.ask("DELETE", objects + good["id"] + "/")[0], 200)
    expect("gone", writer.ask("GET", objects + good["id"] + "/")[0], 404)


def pages(objects, by_next):
    """Others add while we read: each object comes once."""
    chance, expected, seen, after, following = random.Random(7), set(), [], None, None
    _, headers, _ = writer.ask("GET", objects + "?match[version]=all")
    after = headers.get("x-taxii-date-added-last")
    start, other = after, Client(basic)
    for step in range(400):
        if step < 30:
            new = [indicator() for _ in range(chance.randrange(8))]
            expected.update(one["id"] for one in new)
            other.ask("POST", objects, json.dumps({"objects": new}))
        since = start if by_next else after
        query = "?limit=3" + (f"&added_after={since}" if since else "")
        status, headers, page = reader.json("GET", objects + query + (f"&next={following}" if following else ""))
        expect("page", status, 200)
        seen += [one["id"] for one in page.get("objects", [])]
        after = headers.get("x-taxii-date-added-last", after)
        following = page.get("next") if by_next else None
        if not page.get("more") and step >= 30:
            break
        if not page.get("more"):
            start = after
    expect("nothing is skipped", set(seen), expected)
    expect("nothing is repeated", len(seen), len(set(seen)))


def two_writers(objects):
    mine = [[indicator() for _ in range(40)] for _ in range(2)]

    def write(own):
        client = Client(basic)
        for one in own:
            expect("write", client.ask("POST", objects, json.dumps({"objects": [one]}))[0], 202)

    threads = [threading.Thread(target=write, args=(own,)) for own in mine]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    listed, following = [], ""
    while True:
        page = reader.json("GET", objects.replace("/objects/", "/manifest/") + "?limit=50" + following)[2]
        listed += [one["id"] for one in page.get("objects", [])]
        if not page.get("more"):
            break
        following = "&next=" + page["next"]
    expect("both wrote all", {one["id"] for own in mine for one in own} - set(listed), set())
    expect("manifest repeats nothing", len(listed), len(set(listed)))


def hostile(objects):
    """Whatever is sent, the answer is a refusal, and the server goes on."""
    if parts.scheme == "https":
        return
    head = f"POST {objects} HTTP/1.1\r\nHost: x\r\nAuthorization: {basic}\r\nContent-Type: {MEDIA}\r\n".encode()
    cases = {
        "two lengths": (head + b"Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}", 400),
        "length and chunks": (head + b"Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400),
        "another coding": (head + b"Transfer-Encoding: gzip\r\n\r\n", 501),
        "negative length": (head + b"Content-Length: -1\r\n\r\n", 400),
        "huge length": (head + b"Content-Length: 99999999999\r\n\r\n", 413),
        "huge chunk": (head + b"Transfer-Encoding: chunked\r\n\r\nfffffffff\r\n", 413),
        "bad chunk": (head + b"Transfer-Encoding: chunked\r\n\r\n-1\r\n", 400),
        "folded header": (b"GET /taxii2/ HTTP/1.1\r\nHost: x\r\nA: b\r\n c\r\n\r\n", 400),
        "space before colon": (b"GET /taxii2/ HTTP/1.1\r\nHost : x\r\n\r\n", 400),
        "no host": (b"GET /taxii2/ HTTP/1.1\r\n\r\n", 400),
        "two hosts": (b"GET /taxii2/ HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n", 400),
        "other version": (b"GET /taxii2/ HTTP/3.0\r\nHost: x\r\n\r\n", 505),
        "no request": (b"hello\r\n\r\n", 400),
        "control character": (b"GET /taxii2/ HTTP/1.1\r\nHost: x\r\nA: \x00\r\n\r\n", 400),
        "many headers": (b"GET /taxii2/ HTTP/1.1\r\nHost: x\r\n" + b"A: b\r\n" * 200 + b"\r\n", 431),
        "long head": (b"GET /taxii2/ HTTP/1.1\r\nHost: x\r\nA: " + b"b" * 40000, 431),
        "long line": (b"G" * 40000, 431),
    }
    for what, (octets, wanted) in cases.items():
        with socket.create_connection((parts.hostname, parts.port), timeout=30) as raw:
            raw.sendall(octets)
            expect(what, raw.recv(4096).split(b" ")[1:2], [str(wanted).encode()])
    with socket.create_connection((parts.hostname, parts.port), timeout=30) as raw:  # two requests in one go, in chunks
        ask = head + b"Transfer-Encoding: chunked\r\n\r\n5\r\n{\"obj\r\n9;x=y\r\nects\":[]}\r\n0\r\n\r\n"
        raw.sendall(ask + ask.replace(b"POST", b"POST", 1))
        answer = b""
        while answer.count(b"pending_count") < 2:
            more = raw.recv(65536)
            if not more:
                break
            answer += more
        expect("two requests at once", answer.count(b"HTTP/1.1 202"), 2)
    idle = [socket.create_connection((parts.hostname, parts.port), timeout=30) for _ in range(300)]
    # More than the server holds: idle ones, ours among them, make room.
    expect("idle connections", Client(basic).ask("GET", objects)[0], 200)
    for one in idle:
        one.close()
    deep = '{"objects":[{"type":"indicator","id":"%s","x":%s}]}' % (indicator()["id"], "[" * 100000 + "]" * 100000)
    expect("deep object", Client(basic).json("POST", objects, deep)[2]["failure_count"], 1)
    large = json.dumps({"objects": [dict(indicator(), x="y" * (3 << 20))]})
    expect("413", Client(basic).ask("POST", objects, large)[0], 413)


root_path, collection_path = discovery()
objects_path = collection_path + "objects/"
identity(objects_path)
negotiation(objects_path)
adding(root_path, objects_path)
pages(objects_path, by_next=True)
pages(objects_path, by_next=False)
two_writers(objects_path)
hostile(objects_path)
for failure in failures:
    print(failure)
sys.exit(1 if failures else 0)

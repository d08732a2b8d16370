#!/usr/bin/python3
"""Reads Suricata rules by the grammar of its user guide (chapters "Rules Format", "Meta Keywords", "Payload Keywords",
"Transformations", and those on DNS, TLS, QUIC, HTTP and JA3), and asks them about names. It shares no code with the
exporter, and refuses whatever it does not know.

check_suricata.py FILE [PROTOCOL:TEXT]...   e.g. dns:a.evil.test  http:pages.test/Drop/x1
Prints what is wrong, a line each; else "ok COUNT", and for each question the number of rules that match.
"""
import ipaddress
import re
import sys

ACTIONS = {"alert", "drop", "reject", "pass"}
# Of the classification.config that Suricata ships.
CLASSES = {"trojan-activity", "bad-unknown", "misc-activity", "command-and-control", "domain-c2"}
BUFFERS = {"dns.query": "dns", "tls.sni": "tls", "quic.sni": "quic", "http.host": "http", "http.uri.raw": "http",
           "tls.cert_fingerprint": "tls", "ja3.hash": "tls"}
LOWER_CASE = {"http.host"}  # normalised by Suricata: an upper-case content never matches, nocase is refused
OPTION = re.compile(r'\s*([a-z0-9_.]+)(?:\s*:\s*((?:"(?:[^"\\]|\\.)*"|[^;"\\]|\\.)*))?;')


def octets(content):
    """A content: text, with |xx xx| for octets; ';', '"', '\\' and '|' only there or escaped."""
    if not (content.startswith('"') and content.endswith('"') and len(content) > 2):
        raise ValueError("content is not quoted")
    out, rest = bytearray(), content[1:-1]
    while rest:
        if rest[0] == "|":
            end = rest.index("|", 1)
            if not re.fullmatch(r"([0-9a-fA-F]{2} ?)+", rest[1:end]):
                raise ValueError("bad octets in content")
            out += bytes.fromhex(rest[1:end])
            rest = rest[end + 1:]
        elif rest[0] == "\\":
            if rest[1] not in '\\";:':
                raise ValueError("bad escape in content")
            out += rest[1].encode()
            rest = rest[2:]
        elif rest[0] in '";' or not 0x20 <= ord(rest[0]) < 0x7F:
            raise ValueError("a character that content must escape")
        else:
            out += rest[0].encode()
            rest = rest[1:]
    return bytes(out)


def header(text, rule):
    fields = text.split()
    if len(fields) != 7:
        raise ValueError("a header has seven fields")
    action, rule["protocol"], source, port, way, target, target_port = fields
    if action not in ACTIONS or rule["protocol"] not in {"dns", "tls", "quic", "http", "ip"} or way != "->":
        raise ValueError("header")
    if (source, port, target_port) != ("$HOME_NET", "any", "any"):
        raise ValueError("header: source or ports")
    rule["target"] = None
    if target != "any":
        if not (target.startswith("[") and target.endswith("]")):
            raise ValueError("header: target")
        rule["target"] = ipaddress.ip_network(target[1:-1])


def option(key, value, rule):
    if key in BUFFERS:
        if value is not None or BUFFERS[key] != rule["protocol"]:
            raise ValueError(f"{key} in a rule of {rule['protocol']}")
        rule["parts"].append({"buffer": key, "dot": False, "marks": set()})
    elif key == "dotprefix":
        if value is not None or "content" in rule["parts"][-1]:
            raise ValueError("a transformation stands between buffer and content")
        rule["parts"][-1]["dot"] = True
    elif key == "content":
        if not rule["parts"] or "content" in rule["parts"][-1]:
            raise ValueError("content without a buffer of its own")
        rule["parts"][-1]["content"] = octets(value)
    elif key in ("nocase", "startswith", "endswith"):
        part = rule["parts"][-1]
        if value is not None or "content" not in part or key in part["marks"]:
            raise ValueError(key)
        if key == "nocase" and part["buffer"] in LOWER_CASE:
            raise ValueError("nocase on a buffer that is lower case")
        part["marks"].add(key)
    elif key in ("msg", "classtype", "sid", "rev", "metadata", "reference"):
        if value is None or key in rule:
            raise ValueError(key)
        rule[key] = value.strip()
    else:
        raise ValueError(f"unknown keyword {key}")


def meta(rule):
    if not re.fullmatch(r'"[^"\\;:|\x00-\x1f]+"', rule.get("msg", "")):
        raise ValueError("msg")
    if rule.get("classtype") not in CLASSES or not re.fullmatch(r"[1-9][0-9]{0,9}", rule.get("rev", "")):
        raise ValueError("classtype or rev")
    if not re.fullmatch(r"[1-9][0-9]{0,9}", rule.get("sid", "")) or int(rule["sid"]) >= 2 ** 32:
        raise ValueError("sid")
    for item in rule.get("metadata", "").split(","):
        if not re.fullmatch(r" ?[A-Za-z0-9_]+ [^,;\" ]+", item):
            raise ValueError(f"metadata {item!r}")
    if not re.fullmatch(r"url,[^;\"\s]+", rule.get("reference", "url,x")):
        raise ValueError("reference")
    if not rule["parts"] and rule["target"] is None:
        raise ValueError("a rule that matches everything")
    for part in rule["parts"]:
        if "content" not in part:
            raise ValueError("a buffer without content")
        if part["buffer"] in LOWER_CASE and part["content"] != part["content"].lower():
            raise ValueError("upper case never matches here")


def parse(line):
    rule = {"parts": []}
    if not line.endswith(")") or " (" not in line:
        raise ValueError("no options in parentheses")
    head, body = line[:-1].split(" (", 1)
    header(head, rule)
    while body.strip():
        found = OPTION.match(body)
        if not found:
            raise ValueError(f"not an option: {body[:40]!r}")
        option(found[1], found[2], rule)
        body = body[found.end():]
    meta(rule)
    return rule


def matches(rule, protocol, text):
    if protocol == "ip":
        return rule["target"] is not None and ipaddress.ip_address(text) in rule["target"]
    if rule["protocol"] != protocol or not rule["parts"]:
        return False
    host, slash, path = text.partition("/")
    values = {"http.uri.raw": slash + path, "http.host": host.lower()}
    for part in rule["parts"]:
        value = values.get(part["buffer"], text).encode()
        value = b"." + value if part["dot"] else value
        wanted = part["content"]
        if "nocase" in part["marks"]:
            value, wanted = value.lower(), wanted.lower()
        if "startswith" in part["marks"] and not value.startswith(wanted):
            return False
        if "endswith" in part["marks"] and not value.endswith(wanted):
            return False
        if wanted not in value or ({"startswith", "endswith"} <= part["marks"] and wanted != value):
            return False
    return True


def main():
    rules, wrong = {}, 0
    for number, line in enumerate(open(sys.argv[1], encoding="ascii"), 1):
        line = line.rstrip("\n")
        if not line or line.startswith("#"):
            continue
        try:
            rule = parse(line)
            if rule["sid"] in rules:
                raise ValueError("sid twice")
            rules[rule["sid"]] = rule
        except (ValueError, KeyError, IndexError) as why:
            wrong += 1
            print(f"line {number}: {why}: {line[:200]}")
    if wrong:
        return 1
    print("ok", len(rules))
    for question in sys.argv[2:]:
        protocol, text = question.split(":", 1)
        print(question, sum(matches(rule, protocol, text) for rule in rules.values()))
    return 0


sys.exit(main())

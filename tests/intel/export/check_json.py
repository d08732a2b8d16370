#!/usr/bin/python3
"""Validates exports against JSON schemas, object by object.

check_json.py stix SCHEMAS FILE...   OASIS schemas for STIX 2.1, each object by its type
check_json.py xarf SCHEMAS FOLDER    X-ARF 4 schemas, each report by its category and type; evidence hashes recomputed
check_json.py misp FILE...           the facts of the MISP core format that PyMISP's schema holds
check_json.py sigma FILE             the required parts of a Sigma rule, document by document
Prints what is wrong, a line each, and "ok COUNT" where nothing is.
"""
import base64
import hashlib
import json
import pathlib
import re
import sys

UUID = re.compile(r"^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$")


def validator(path):
    import jsonschema

    store = {}
    root = path.parent
    while root.name not in ("schemas", "") and root != root.parent:
        root = root.parent
    for file in root.rglob("*.json"):
        schema = json.loads(file.read_text())
        store[file.resolve().as_uri()] = schema
        if "$id" in schema:
            store[schema["$id"]] = schema
    schema = json.loads(path.read_text())
    uri = path.resolve().as_uri()
    schema.pop("$id", None)
    resolver = jsonschema.RefResolver(uri, schema, store=store)
    kind = jsonschema.validators.validator_for(schema)
    return kind(schema, resolver=resolver, format_checker=jsonschema.FormatChecker())


def check_stix(folder, files):
    folder = pathlib.Path(folder)
    validators, count = {}, 0
    for file in files:
        bundle = json.load(open(file))
        ids, references = set(), []
        for item in [dict(bundle, objects=[])] + bundle["objects"]:
            kind = item["type"]
            if kind not in validators:
                found = [p for p in folder.rglob(kind + ".json") if "interop" not in p.parts]
                validators[kind] = validator(found[0]) if found else None
            if validators[kind] is None:
                yield f"{kind}: no schema"
                continue
            if kind == "bundle":
                item = {key: value for key, value in item.items() if key != "objects"}
            for problem in validators[kind].iter_errors(item):
                yield f"{item.get('id')}: {problem.message[:300]} at {list(problem.path)}"
            if item.get("id") in ids:
                yield f"{item['id']}: twice"
            ids.add(item.get("id"))
            references += [value for key, value in item.items() if key.endswith("_ref")]
            references += [one for key, value in item.items() if key.endswith("_refs") for one in value]
            references += [key for key in item.get("extensions", {}) if key.startswith("extension-definition--acdd")]
            count += 1
        for reference in set(references) - ids:
            yield f"{reference}: referred to and absent"
    yield f"ok {count}"


def check_xarf(folder, reports):
    folder = pathlib.Path(folder)
    count = 0
    for file in sorted(pathlib.Path(reports).glob("*.json")):
        report = json.loads(file.read_text())
        name = (report["category"] + "-" + report["type"]).replace("_", "-")
        for schema in (folder / "types" / (name + ".json"), folder / "xarf-v4-master.json"):
            for problem in validator(schema).iter_errors(report):
                yield f"{file.name}: {problem.message[:300]} at {list(problem.path)}"
        for item in report["evidence"]:
            payload = base64.b64decode(item["payload"], validate=True)
            if item["hash"] != "sha256:" + hashlib.sha256(payload).hexdigest() or item["size"] != len(payload):
                yield f"{file.name}: an untrue hash"
        count += 1
    yield f"ok {count}"


EVENT_TEXTS = ("uuid", "info", "date", "threat_level_id", "analysis", "timestamp", "distribution", "publish_timestamp")
ATTRIBUTE_TEXTS = ("uuid", "type", "category", "value", "distribution", "timestamp")


def check_attribute(attribute, known):
    for key in ATTRIBUTE_TEXTS:
        if not isinstance(attribute.get(key), str) or not attribute[key]:
            yield f"attribute {attribute.get('uuid')}: {key}"
    if not UUID.match(attribute["uuid"]) or attribute["uuid"] in known:
        yield f"attribute {attribute['uuid']}: uuid"
    known.add(attribute["uuid"])
    if not isinstance(attribute["to_ids"], bool) or not attribute["timestamp"].isdigit():
        yield f"attribute {attribute['uuid']}: to_ids or timestamp"
    for tag in attribute.get("Tag", []):
        if not re.match(r'^[a-z0-9_-]+:[a-z0-9_+-]+(="[^"\n]+")?$', tag["name"]):
            yield f"attribute {attribute['uuid']}: tag {tag['name']!r}"


def check_misp(files):
    count, known = 0, set()
    for file in files:
        event = json.load(open(file))["Event"]
        for key in EVENT_TEXTS:
            if not isinstance(event.get(key), str):
                yield f"{file}: event {key}"
        if not isinstance(event["published"], bool) or not UUID.match(event["uuid"]):
            yield f"{file}: event published or uuid"
        attributes = event["Attribute"] + [a for o in event["Object"] for a in o["Attribute"]]
        for attribute in attributes:
            yield from check_attribute(attribute, known)
        for item in event["Object"]:
            if not UUID.match(item["uuid"]) or not all(a.get("object_relation") for a in item["Attribute"]):
                yield f"object {item['uuid']}"
        count += len(attributes)
    yield f"ok {count}"


def check_sigma(file):
    import yaml

    count, ids = 0, set()
    for rule in yaml.safe_load_all(open(file)):
        for key in ("title", "id", "status", "logsource", "detection", "level"):
            if key not in rule:
                yield f"rule {count}: no {key}"
        if set(rule) - {"title", "id", "status", "description", "author", "references", "tags", "logsource", "detection",
                        "level"}:
            yield f"rule {count}: other keys"
        if not set(rule.get("tags", [])) <= {f"tlp.{level}" for level in ("clear", "green", "amber", "amber-strict", "red")}:
            yield f"rule {count}: tags"
        if not UUID.match(rule["id"]) or rule["id"] in ids or len(rule["title"]) > 256:
            yield f"rule {count}: id or title"
        ids.add(rule["id"])
        selections = set(rule["detection"]) - {"condition"}
        if not selections or any(not re.match(r"^selection_\d+$", name) for name in selections):
            yield f"rule {count}: selections"
        for name in selections:
            for values in rule["detection"][name].values():
                if not all(isinstance(value, str) and value for value in values):
                    yield f"rule {count}: values"
        count += 1
    yield f"ok {count}"


def main():
    what, rest = sys.argv[1], sys.argv[2:]
    if what == "stix":
        found = check_stix(rest[0], rest[1:])
    elif what == "xarf":
        found = check_xarf(rest[0], rest[1])
    elif what == "misp":
        found = check_misp(rest)
    else:
        found = check_sigma(rest[0])
    lines = list(found)
    print("\n".join(lines))
    return 0 if len(lines) == 1 else 1


if __name__ == "__main__":
    sys.exit(main())

"""Writes random property lists with Python's plistlib, and what it reads from a list, in the words of to_json.

    plist_oracle.py generate SEED COUNT FOLDER   writes N.bplist, N.xml and N.json
    plist_oracle.py read FILE...                 a line of JSON each, empty if plistlib refuses the file
"""
import base64
import datetime
import json
import math
import plistlib
import random
import sys

EPOCH = datetime.datetime(2001, 1, 1)


def plain(value):
    if isinstance(value, (bytes, bytearray)):
        return base64.b64encode(value).decode()
    if isinstance(value, datetime.datetime):
        text = value.strftime("%Y-%m-%dT%H:%M:%S")
        return text + (f".{value.microsecond:06d}".rstrip("0") if value.microsecond else "") + "Z"
    if isinstance(value, plistlib.UID):
        return {"CF$UID": value.data}
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value


def text(rng):
    alphabet = rng.choice(["abcXYZ019 ._-/:", "<>&\"'", "\u00e4\u00df\u4e2d\U0001F600", "a\u00e9b"])
    return "".join(rng.choice(alphabet) for _ in range(rng.choice([0, 1, 3, 14, 15, 16, 40, 300])))


def scalar(rng):
    kind = rng.randrange(7)
    if kind == 0:
        return text(rng)
    if kind == 1:
        return rng.choice([0, 1, -1, 127, 128, 255, 256, 65535, 65536, 2**31, 2**32, 2**63 - 1, -(2**63), 2**64 - 1])
    if kind == 2:
        return rng.choice([True, False])
    if kind == 3:
        return rng.uniform(-1e6, 1e6)
    if kind == 4:
        return rng.randbytes(rng.choice([0, 1, 14, 15, 100]))
    if kind == 5:
        return EPOCH + datetime.timedelta(seconds=rng.randrange(-10**9, 10**9))
    return text(rng)


def value(rng, depth):
    kind = rng.randrange(4)
    if depth == 0 or kind > 1:
        return scalar(rng)
    size = rng.choice([0, 1, 3, 14, 15, 16, 20])
    if kind == 0:
        return [value(rng, depth - 1) for _ in range(size)]
    return {text(rng) + str(i): value(rng, depth - 1) for i in range(size)}


def generate(seed, count, folder):
    rng = random.Random(seed)
    for i in range(count):
        root = {"root": value(rng, 4), "more": value(rng, 3)}
        with open(f"{folder}/{i}.json", "w", encoding="utf-8") as file:
            json.dump(plain(root), file, ensure_ascii=False, separators=(",", ":"))
        for suffix, form in (("bplist", plistlib.FMT_BINARY), ("xml", plistlib.FMT_XML)):
            with open(f"{folder}/{i}.{suffix}", "wb") as file:
                plistlib.dump(root, file, fmt=form, sort_keys=False)


def read(path):
    try:
        with open(path, "rb") as file:
            text = json.dumps(plain(plistlib.load(file)), separators=(",", ":"))
    except Exception:  # whatever plistlib raises: it refuses the list
        text = ""
    print(text)


if __name__ == "__main__":
    if sys.argv[1] == "generate":
        generate(int(sys.argv[2]), int(sys.argv[3]), sys.argv[4])
    else:
        for name in sys.argv[2:]:
            read(name)

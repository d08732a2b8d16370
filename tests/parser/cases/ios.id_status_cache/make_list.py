#!/usr/bin/env python3
"""Makes the binary list of the case double_nul: XML cannot hold a NUL character. Run in this folder."""
import plistlib
from pathlib import Path

PATH = "double_nul/evidence/HomeDomain/Library/Preferences/com.apple.identityservices.idstatuscache.plist.hex"
LIST = {
    "CacheVersion": 1,
    "com.apple.madrid": {
        "mailto:friend@example.test": {"LookupDate": 635290963.186637, "IDStatus": 1},
        "tel:+15550102": {"LookupDate": 635455007.5, "IDStatus": 2, "ValidExpiry": 604799.5}},
    "com.apple.private.alloy.willow": {
        "mailto:attacker@example.test\0\0trailer": {"LookupDate": 635290964.0, "IDStatus": 1},
        "mailto:friend@example.test": {"LookupDate": 635290965.0, "IDStatus": 1},
        "urn:ds:12345": {"IDStatus": 1},
        "mailto:single@example.test\0x": {"LookupDate": 0.0, "IDStatus": 1}},
    "com.apple.ess": {}}

digits = plistlib.dumps(LIST, fmt=plistlib.FMT_BINARY, sort_keys=False).hex()
lines = ["# binary property list: two addresses of one service, one with two NUL characters, one with a single one"]
lines += [digits[i:i + 96] for i in range(0, len(digits), 96)]
(Path(__file__).parent / PATH).write_text("\n".join(lines) + "\n")

#!/usr/bin/env python3
"""Writes the property lists that the cases of ios.safari_state hold: session.bplist (a tab's back and forward list
behind its header), extra.bplist and local.bplist (attributes of a tab in SafariTabs.db)."""
import datetime
import pathlib
import plistlib

here = pathlib.Path(__file__).parent
HEADER = bytes([0, 0, 0, 2])


def frame_state(*texts):
    """Like WebKit's encoding of a page: an unused number, the version, then strings as their length in characters (32
    bits), in octets (64 bits, aligned) and two octets a character."""
    out = bytes(8) + (2).to_bytes(4, "little")
    for text in texts:
        out += bytes(-len(out) % 4) + len(text).to_bytes(4, "little")
        out += bytes(-len(out) % 8) + (2 * len(text)).to_bytes(8, "little") + text.encode("utf-16-le")
    return out + bytes(-len(out) % 4) + bytes([255, 255, 255, 255])


def session(entries, current):
    listed = [{"SessionHistoryEntryURL": url, "SessionHistoryEntryOriginalURL": original,
               "SessionHistoryEntryTitle": title, "SessionHistoryEntryData": data,
               "SessionHistoryEntryShouldOpenExternalURLsPolicyKey": 1} for url, original, title, data in entries]
    history = {"SessionHistoryVersion": 1, "SessionHistoryCurrentIndex": current, "SessionHistoryEntries": listed}
    body = {"RenderTreeSize": 3, "IsAppInitiated": False, "SessionHistory": history}
    return HEADER + plistlib.dumps(body, fmt=plistlib.FMT_BINARY)


TWO = session([
    ("https://mail.example/inbox", "https://mail.example/", "Inbox", b"\x00\x00"),
    ("https://hop.example.test/lure", "http://short.example/x9", "Parcel",
     frame_state("https://hop.example.test/lure", "https://frame.example.test/pixel?u=1")),
], 1)
(here / "tabs" / "session.bplist").write_bytes(TWO)
(here / "old_schema" / "session.bplist").write_bytes(session([("http://old.example/", "http://old.example/", "Old", b"")], 0))
moment = datetime.datetime(2024, 2, 3, 4, 5, 6)
groups = here / "tab_groups"
(groups / "session.bplist").write_bytes(TWO)
(groups / "extra.bplist").write_bytes(plistlib.dumps({
    "DateLastViewed": moment, "LocalURL": "https://landing.example.test/p", "LocalTitle": "Landing",
    "DeviceIdentifier": "00000000-0000-4000-8000-0000000000AA",
    "com.apple.Bookmark": {"DateAdded": moment - datetime.timedelta(hours=1)}}, fmt=plistlib.FMT_BINARY))
(groups / "local.bplist").write_bytes(plistlib.dumps({
    "LastVisitTime": moment + datetime.timedelta(minutes=1), "OpenedFromLink": True,
    "DateClosed": moment + datetime.timedelta(minutes=2), "SessionState": TWO, "TabIndex": 3, "version": 1},
    fmt=plistlib.FMT_BINARY))


def packed(octets):
    """LZ4 in Apple's frames: a block as it stands, and one of literals alone."""
    head, rest = octets[:100], octets[100:]
    out = b"bv4-" + len(head).to_bytes(4, "little") + head
    extra = len(rest) - 15
    block = b"\xf0" + b"\xff" * (extra // 255) + bytes([extra % 255]) + rest
    out += b"bv41" + len(rest).to_bytes(4, "little") + len(block).to_bytes(4, "little") + block
    return out + b"bv4$"


(here / "packed" / "session.lz4").write_bytes(packed(TWO))
(here / "packed" / "cut.lz4").write_bytes(packed(TWO)[:-9])

# The system fields of iCloud's record of a tab: an archive whose times stand at its top.
uid = plistlib.UID
(here / "other_devices" / "fields.bplist").write_bytes(plistlib.dumps({
    "$version": 100000, "$archiver": "NSKeyedArchiver",
    "$top": {"RecordType": uid(1), "RecordCtime": uid(2), "RecordMtime": uid(3)},
    "$objects": ["$null", "Tab", {"NS.time": 720000010.5, "$class": uid(4)}, {"NS.time": 720000099.0, "$class": uid(4)},
                 {"$classname": "NSDate", "$classes": ["NSDate", "NSObject"]}]}, fmt=plistlib.FMT_BINARY))

#!/usr/bin/env python3
"""Writes the databases of the ios.sms and ios.sms_attachment cases. Everything in them is invented."""
import pathlib
import plistlib
import sys

here = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(here.parent))
from archives import attributed, insert, keyed  # noqa: E402

IOS17 = """-- Made by tests/parser/cases/ios.sms/make.py. Columns of iOS 17, without those of iCloud sync.
CREATE TABLE message (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, guid TEXT UNIQUE NOT NULL, text TEXT, replace INTEGER
  DEFAULT 0, service_center TEXT, handle_id INTEGER DEFAULT 0, subject TEXT, country TEXT, attributedBody BLOB, version
  INTEGER DEFAULT 0, type INTEGER DEFAULT 0, service TEXT, account TEXT, account_guid TEXT, error INTEGER DEFAULT 0,
  date INTEGER, date_read INTEGER, date_delivered INTEGER, is_delivered INTEGER DEFAULT 0, is_finished INTEGER DEFAULT 0,
  is_from_me INTEGER DEFAULT 0, is_read INTEGER DEFAULT 0, is_sent INTEGER DEFAULT 0, cache_has_attachments INTEGER
  DEFAULT 0, cache_roomnames TEXT, item_type INTEGER DEFAULT 0, other_handle INTEGER DEFAULT 0, group_title TEXT,
  group_action_type INTEGER DEFAULT 0, associated_message_guid TEXT, associated_message_type INTEGER DEFAULT 0,
  balloon_bundle_id TEXT, payload_data BLOB, message_summary_info BLOB, destination_caller_id TEXT, reply_to_guid TEXT,
  is_spam INTEGER DEFAULT 0, thread_originator_guid TEXT, date_retracted INTEGER DEFAULT 0, date_edited INTEGER DEFAULT 0,
  part_count INTEGER);
CREATE TABLE handle (ROWID INTEGER PRIMARY KEY AUTOINCREMENT UNIQUE, id TEXT NOT NULL, country TEXT, service TEXT NOT
  NULL, uncanonicalized_id TEXT, person_centric_id TEXT, UNIQUE (id, service));
CREATE TABLE chat (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, guid TEXT UNIQUE NOT NULL, style INTEGER, chat_identifier
  TEXT, service_name TEXT, room_name TEXT, display_name TEXT, properties BLOB);
CREATE TABLE chat_handle_join (chat_id INTEGER, handle_id INTEGER, UNIQUE(chat_id, handle_id));
CREATE TABLE chat_message_join (chat_id INTEGER, message_id INTEGER, message_date INTEGER DEFAULT 0,
  PRIMARY KEY (chat_id, message_id));
CREATE TABLE chat_recoverable_message_join (chat_id INTEGER, message_id INTEGER, delete_date INTEGER, ck_sync_state
  INTEGER DEFAULT 0, PRIMARY KEY (chat_id, message_id), CHECK (delete_date != 0));
CREATE TABLE recoverable_message_part (chat_id INTEGER, message_id INTEGER, part_index INTEGER, delete_date INTEGER,
  part_text BLOB NOT NULL, ck_sync_state INTEGER DEFAULT 0, PRIMARY KEY (chat_id, message_id, part_index));
CREATE TABLE attachment (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, guid TEXT UNIQUE NOT NULL, created_date INTEGER
  DEFAULT 0, start_date INTEGER DEFAULT 0, filename TEXT, uti TEXT, mime_type TEXT, transfer_state INTEGER DEFAULT 0,
  is_outgoing INTEGER DEFAULT 0, user_info BLOB, transfer_name TEXT, total_bytes INTEGER DEFAULT 0, is_sticker INTEGER
  DEFAULT 0, sticker_user_info BLOB, attribution_info BLOB, hide_attachment INTEGER DEFAULT 0, original_guid TEXT,
  is_commsafety_sensitive INTEGER DEFAULT 0);
CREATE TABLE message_attachment_join (message_id INTEGER, attachment_id INTEGER, UNIQUE(message_id, attachment_id));
"""

IOS12 = """-- Made by tests/parser/cases/ios.sms/make.py. The columns that iOS 12 has too.
CREATE TABLE message (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, guid TEXT UNIQUE NOT NULL, text TEXT, handle_id INTEGER
  DEFAULT 0, subject TEXT, country TEXT, attributedBody BLOB, service TEXT, account TEXT, error INTEGER DEFAULT 0, date
  INTEGER, date_read INTEGER, date_delivered INTEGER, is_from_me INTEGER DEFAULT 0, is_read INTEGER DEFAULT 0,
  cache_has_attachments INTEGER DEFAULT 0, item_type INTEGER DEFAULT 0, group_title TEXT, associated_message_guid TEXT,
  balloon_bundle_id TEXT, payload_data BLOB);
CREATE TABLE handle (ROWID INTEGER PRIMARY KEY AUTOINCREMENT UNIQUE, id TEXT NOT NULL, country TEXT, service TEXT);
CREATE TABLE chat (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, guid TEXT, chat_identifier TEXT, service_name TEXT,
  display_name TEXT);
CREATE TABLE chat_handle_join (chat_id INTEGER, handle_id INTEGER);
CREATE TABLE chat_message_join (chat_id INTEGER, message_id INTEGER);
"""

DAY = 86400 * 10**9
START = 738000000 * 10**9  # 2024-05-21T16:00:00Z


def people():
    return (insert("handle", ROWID=1, id="+15550120", country="us", service="iMessage")
            + insert("handle", ROWID=2, id="friend@mail.example", country="us", service="iMessage")
            + insert("handle", ROWID=3, id="PARCEL", service="SMS")
            + insert("chat", ROWID=1, guid="iMessage;-;+15550120", chat_identifier="+15550120", service_name="iMessage")
            + insert("chat", ROWID=2, guid="iMessage;+;chat100200", chat_identifier="chat100200",
                     service_name="iMessage", display_name="Desk & friends")
            + insert("chat", ROWID=3, guid="SMS;-;PARCEL", chat_identifier="PARCEL", service_name="SMS")
            + insert("chat", ROWID=4, guid="iMessage;-;gone", chat_identifier="gone@mail.example")
            + "INSERT INTO chat_handle_join VALUES (1, 1), (2, 1), (2, 2), (3, 3);\n")


class Messages:
    def __init__(self):
        self.out, self.number = "", 0

    def add(self, chat=1, **columns):
        self.number += 1
        row = dict(ROWID=self.number, guid="G-%d" % self.number, handle_id=1, service="iMessage",
                   account="P:+15550199", date=START + self.number * 60 * 10**9, date_read=0, date_delivered=0)
        row.update(columns)
        self.out += insert("message", **row)
        if chat:
            self.out += insert("chat_message_join", chat_id=chat, message_id=self.number)
        return self.number


def note(text):
    return "-- " + text + "\n"


def ios17():
    m = Messages()
    m.out += note("A plain text, held in both columns.")
    m.add(text="See you at 8", attributedBody=attributed("See you at 8"), date_read=START + DAY, is_read=1)
    m.out += note("The text is in attributedBody alone.")
    m.add(text=None, attributedBody=attributed("Read this: https://only-in-body.test/a"))
    m.out += note("handle_id 0 in an incoming message.")
    m.add(text="http://zero-handle.test/", handle_id=0)
    m.out += note("A link behind other words.")
    m.add(text="Click here", attributedBody=attributed("Click here", link="https://hidden.test/x?y=1"))
    m.out += note("A link that a data detector found stands in a list inside the attributes.")
    m.add(text="tomorrow", attributedBody=attributed("tomorrow", detected=plistlib.dumps(
        {"scanner-results": ["https://detected.test/"]}, fmt=plistlib.FMT_BINARY)))
    m.out += note("A preview whose address the text does not show.")
    m.add(text="\ufffc", attributedBody=attributed("\ufffc"), balloon_bundle_id="com.apple.messages.URLBalloonProvider",
          payload_data=keyed("RichLink", {"richLinkMetadata": {"originalURL": ("https://short.test/1",),
                                                               "URL": ("https://target.test/2",), "title": "A title"},
                                          "nested": plistlib.dumps(["deep.test/3"], fmt=plistlib.FMT_BINARY)}))
    m.out += note("Edited: two earlier versions in message_summary_info.")
    m.add(text="Third", attributedBody=attributed("Third"), date_edited=START + DAY, is_from_me=1, is_sent=1,
          message_summary_info=plistlib.dumps(
              {"ust": True, "ec": {"0": [{"d": 738000000.0, "t": attributed("First http://first-version.test")},
                                         {"d": 738000010.0, "t": attributed("Second")},
                                         {"d": 738000020.0, "t": attributed("Third")}]}}, fmt=plistlib.FMT_BINARY))
    m.out += note("Unsent: the text is left in recoverable_message_part.")
    unsent = m.add(text=None, date_retracted=START + DAY)
    m.out += insert("recoverable_message_part", chat_id=1, message_id=unsent, part_index=0, delete_date=START + DAY,
                    part_text=attributed("I take this back: unsent.test/q"))
    m.out += note("A part whose message is gone.")
    m.out += insert("recoverable_message_part", chat_id=1, message_id=9999, part_index=0, delete_date=START + 2 * DAY,
                    part_text=attributed("left of it: part-alone.test"))
    m.out += note("In Recently Deleted.")
    deleted = m.add(chat=None, text="deleted later", handle_id=2)
    m.out += insert("chat_recoverable_message_join", chat_id=2, message_id=deleted, delete_date=START + 2 * DAY)
    m.out += note("Sent to a group: no handle.")
    m.add(chat=2, text="hello all", handle_id=0, is_from_me=1, date_delivered=START + DAY, account="e:me@mail.example",
          destination_caller_id="me@mail.example")
    m.out += note("A reaction, and an event that names a group.")
    m.add(chat=2, text="Liked \u201chello all\u201d", handle_id=2, associated_message_type=2001, associated_message_guid="p:0/G-10",
          message_summary_info=plistlib.dumps({"amc": 1, "ams": "hello all"}, fmt=plistlib.FMT_BINARY))
    m.add(chat=2, item_type=2, group_title="Desk & friends", handle_id=0, other_handle=2)
    m.out += note("A text message by name, filtered as junk.")
    m.add(chat=3, text="Your parcel: hxxp parcel.test/t", handle_id=3, service="SMS", is_spam=1, subject="Parcel")
    m.out += note("Archives that cannot be read, with a link in what is left.")
    m.add(text=None, attributedBody=attributed("cut short https://cut.test/" + "a" * 40)[:120])
    m.add(text="x", payload_data=b"\x00\x01garbage https://in-garbage.test/ \x00\xff", attributedBody=b"\x04\x0bstreamtyped")
    m.out += note("A handle that is gone; a chat that is gone.")
    m.add(chat=77, text="orphan", handle_id=55)
    m.out += note("An archive that is damaged behind its text, before a link; Digital Touch sends a protocol buffer message.")
    damaged = attributed("look", link="https://behind-damage.test/").replace(b"\x84\x05NSURL", b"\x84\x04NSURL")
    m.add(text=None, attributedBody=damaged)
    m.add(text=None, balloon_bundle_id="com.apple.DigitalTouchBalloonProvider",
          payload_data=b"\x08\x01\x12\x04\xff\xfe\x01\x02\x1a\x10" + bytes(range(16)))
    return IOS17 + people() + m.out


def ios12():
    m = Messages()
    m.out += note("Dates in seconds, as before iOS 11, and in nanoseconds.")
    m.add(text="old", date=400000000, date_read=400000060)
    m.add(text=None, attributedBody=attributed("new http://twelve.test"), account="p:+15550199")
    return IOS12 + people() + m.out


def odd_values():
    m = Messages()
    m.out += note("Wrong storage classes, dates out of range, text that is not UTF-8.")
    m.add(text=b"\xff\xfe\x00blob", date="never", is_from_me="yes", service=7, handle_id="x")
    m.add(text="big date", date=2**63 - 1, date_read=-(2**63))
    m.out += insert("message", ROWID=3, guid="G-3", date=1.5e17, handle_id=1)
    m.out += "UPDATE message SET text = CAST(x'68ff69' AS TEXT), attributedBody = 'text' WHERE ROWID = 3;\n"
    return IOS17 + people() + m.out


def attachments():
    m = Messages()
    first = m.add(text="\ufffc", cache_has_attachments=1)
    second = m.add(text=None, is_from_me=1, handle_id=0, cache_has_attachments=1)
    out = IOS17 + people() + m.out
    out += note("Received; with the sender's address of the file.")
    out += insert("attachment", ROWID=1, guid="at_0_G-1", created_date=738000060, start_date=738000061,
                  filename="~/Library/SMS/Attachments/ab/11/at_0_G-1/IMG_0001.HEIC", uti="public.heic",
                  mime_type="image/heic", transfer_state=5, transfer_name="IMG_0001.HEIC", total_bytes=123456,
                  user_info=plistlib.dumps({"mmcs-url": "https://files.test/x", "file-size": "123456"},
                                           fmt=plistlib.FMT_BINARY))
    out += note("The shape of a known exploit's leftovers: a temporary path that ends in -1.")
    out += insert("attachment", ROWID=2, guid="at_0_G-1b", created_date=738000062, filename="/var/tmp/com.apple.x/file-1",
                  uti="com.compuserve.gif", mime_type="image/gif", transfer_state=0, total_bytes=10)
    out += note("Sent; without a file; attached to no message.")
    out += insert("attachment", ROWID=3, guid="at_0_G-2", created_date=738000120, is_outgoing=1, transfer_name="a.pdf",
                  filename="/var/mobile/Library/SMS/Attachments/cd/13/a.pdf", total_bytes=5)
    out += insert("attachment", ROWID=4, guid="lonely", created_date=0)
    out += "INSERT INTO message_attachment_join VALUES (%d, 1), (%d, 2), (%d, 3);\n" % (first, first, second)
    return out


def write(path, text):
    target = here.parent / path / "evidence/HomeDomain/Library/SMS"
    target.mkdir(parents=True, exist_ok=True)
    (target / "sms.db.sql").write_text(text)
    return target


write("ios.sms/ios17", ios17())
write("ios.sms/ios12", ios12())
write("ios.sms/odd-values", odd_values())
folder = write("ios.sms/log", IOS12 + people() + insert("message", ROWID=1, guid="G-1", text="stays", handle_id=1, date=START)
               + insert("message", ROWID=2, guid="G-2", text="http://was-here.test", handle_id=1, date=START))
(folder / "sms.db.wal.sql").write_text(
    "DELETE FROM message WHERE ROWID = 2;\n" + insert("message", ROWID=3, guid="G-3", text="newest", handle_id=2, date=START))
folder = write("ios.sms/schema-in-log", "CREATE TABLE _SqliteDatabaseProperties (key TEXT, value TEXT);\n")
(folder / "sms.db.wal.sql").write_text(IOS12 + people() + insert("message", ROWID=1, guid="G-1", text="first", handle_id=1, date=START))
write("ios.sms/no-handles", IOS12.replace("CREATE TABLE handle", "CREATE TABLE other") +
      insert("message", ROWID=1, guid="G-1", text="still read", handle_id=1, date=START))
write("ios.sms/unknown-schema", "CREATE TABLE messages_v2 (id INTEGER PRIMARY KEY, body TEXT);\n")
# Enough messages that a page in the middle can be destroyed: the others are read, and recovery finds no more or less.
many = "".join(insert("message", ROWID=i, guid="G-%d" % i, text="number %d " % i + "x" * 60, handle_id=1, date=START + i)
               for i in range(1, 121))
folder = write("ios.sms/damaged-page", "PRAGMA page_size=1024;\n" + IOS12 + people() + many)
(folder / "sms.db.zap").write_text("# the header of a leaf page\n%d %s\n" % (14 * 1024, "ff" * 16))
write("ios.sms_attachment/ios17", attachments())

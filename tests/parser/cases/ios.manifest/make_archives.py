#!/usr/bin/env python3
"""Makes the Manifest.db.sql files of these cases: rows whose `file` column is a binary keyed archive (MBFile), as phones
write them. Run in this folder; the output is the same on every run."""
import hashlib
import plistlib
from pathlib import Path

UID = plistlib.UID
T = 1_700_000_000
HEADER = ("-- The archives are binary, as phones write them; made by tests/parser/cases/ios.manifest/make_archives.py.\n"
          "CREATE TABLE Files (fileID TEXT PRIMARY KEY, domain TEXT, relativePath TEXT, flags INTEGER, file BLOB);\n")


def archive(objects):
    return plistlib.dumps({"$version": 100000, "$archiver": "NSKeyedArchiver", "$top": {"root": UID(1)},
                           "$objects": objects}, fmt=plistlib.FMT_BINARY, sort_keys=False)


def mbfile(path, mode, size, birth=T, modified=T, changed=T, protection=3, inode=1234, uid=501, gid=501, digest=None,
           target=None, key=None):
    objects = ["$null", None, path]
    fields = {"$class": None, "LastModified": modified, "LastStatusChange": changed, "Birth": birth, "Mode": mode,
              "Size": size, "ProtectionClass": protection, "Flags": 0, "InodeNumber": inode, "UserID": uid,
              "GroupID": gid, "RelativePath": UID(2)}

    def add(value):
        objects.append(value)
        return UID(len(objects) - 1)

    if digest:
        fields["Digest"] = add(digest)
    if target:
        fields["Target"] = add(target)
    if key:
        data = {"NS.data": key, "$class": None}
        fields["EncryptionKey"] = add(data)
    fields["$class"] = add({"$classname": "MBFile", "$classes": ["MBFile", "NSObject"]})
    if key:
        data["$class"] = add({"$classname": "NSMutableData", "$classes": ["NSMutableData", "NSData", "NSObject"]})
    objects[1] = fields
    return archive(objects)


def row(domain, path, flags, blob):
    file_id = hashlib.sha1(f"{domain}-{path}".encode()).hexdigest()
    value = f"x'{blob.hex()}'" if isinstance(blob, bytes) else blob
    return f"INSERT INTO Files VALUES ('{file_id}', '{domain}', '{path}', {flags}, {value});\n"


FILE, FOLDER, LINK = 0o100644, 0o040755, 0o120755
CASES = {
    "files_folders_links": [
        row("HomeDomain", "Library/SMS/sms.db", 1, mbfile("Library/SMS/sms.db", FILE, 4096, T, T + 60, T + 61, inode=77,
                                                           digest=hashlib.sha1(b"").digest())),
        row("HomeDomain", "Library/SMS", 2, mbfile("Library/SMS", FOLDER, 0)),
        row("RootDomain", "Library/Preferences/com.apple.ImageIO.plist", 1,
            mbfile("Library/Preferences/com.apple.ImageIO.plist", 0o100600, 181, uid=0, gid=0)),
        row("AppDomain-com.example.browser", "Library/WebKit/WebsiteData/IndexedDB/https_www.mercenary.test_0", 2,
            mbfile("x", FOLDER, 0)),
        row("AppDomain-com.example.browser", "Library/WebKit/LocalStorage/http_163.example_0.localstorage", 1,
            mbfile("x", FILE, 1)),
        row("CameraRollDomain", "Media/DCIM/100APPLE/IMG_0001.JPG", 1, mbfile("x", FILE, 2, protection=4)),
        row("MediaDomain", "Library/SMS/Attachments/0a/10/AT_0_1/evil_mercenary.test", 1, mbfile("x", FILE, 2)),
        row("WirelessDomain", "Library/link", 4, mbfile("x", LINK, 0, target="/private/var/tmp/elsewhere")),
        row("HomeDomain", "", 2, mbfile("", FOLDER, 0)),
        row("HomeDomain", "Library/secret", 1,
            mbfile("x", 0o100600, 32, protection=1, key=b"\1\0\0\0" + b"\xaa" * 40)),
    ],
    "unreadable_info": [
        row("HomeDomain", "a", 1, "NULL"),
        row("HomeDomain", "b", 2, "x'62706C6973743030'"),
        row("", "c", 4, "'text'"),
        row("HomeDomain", "d", 1, mbfile("d", FILE, 2**63 - 1, -1, 2**62, T)),
        row("KeychainDomain", "e", 16, archive(["$null", {}])),
    ],
}

for case, rows in CASES.items():
    folder = Path(__file__).parent / case / "evidence/@"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "Manifest.db.sql").write_text(HEADER + "".join(rows))

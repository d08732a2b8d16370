#!/usr/bin/env python3
"""Checks the laboratory with other people's tools: SQLite, plistlib, plistutil, hashlib and the openssl program.

Usage: lab_test.py TESTUDO_LAB [WORK_FOLDER]. Prints one line a check; exit 1 if one failed.
"""
import glob
import hashlib
import json
import os
import plistlib
import shutil
import sqlite3
import struct
import subprocess
import sys
import tempfile

LAB = sys.argv[1]
WORK = sys.argv[2] if len(sys.argv) > 2 else tempfile.mkdtemp(prefix='testudo-lab-')
GENERATIONS = (12, 14, 17, 26)
FEW = ['--messages', '200', '--visits', '100', '--whatsapp', '100', '--files', '300']
PASSWORD = 'correct horse'
# File ids that published tools for reading backups name.
KNOWN_IDS = {
    'Library/SMS/sms.db': '3d0d7e5fb2ce288813306e4d4636395e047a3d28',
    'Library/CallHistoryDB/CallHistory.storedata': '5a4935c78a5255723f707230a451d79c540d2741',
    'Library/AddressBook/AddressBook.sqlitedb': '31bb7ba8914766d4ba40d6dfb6113c8b614be442',
    'Library/Calendar/Calendar.sqlitedb': '2041457d5fe04d39d0ab481178355df6781e6858',
    'Library/CoreDuet/People/interactionC.db': '1f5a521220a3ad80ebfdc196978df8e7a2e49dee',
    'Library/Shortcuts/Shortcuts.sqlite': '5b4d0b44b5990f62b9f4d34ad8dc382bf0b01094',
    'Library/TCC/TCC.db': '64d0019cb3d46bfc8cce545a8ba54b93e7ea9347',
    'Library/Databases/DataUsage.sqlite': '0d609c54856a9bb2d56729df1d68f2958a88426b',
    'Library/Caches/locationd/clients.plist': 'a690d7769cce8904ca2b67320b107c8fe5f79412',
    'Library/Preferences/com.apple.osanalytics.addaily.plist': 'f65b5fafc69bbd3c60be019c6e938e146825fa83',
    'Library/Preferences/com.apple.identityservices.idstatuscache.plist': '6b97989189901ceaa4e5be9b7f05fb584120e27b',
    'Library/Preferences/.GlobalPreferences.plist': '0dc926a1810f7aee4e8f38793ed788701f93bf9d',
    'ChatStorage.sqlite': '7c7fba66680ef796b916b067077cc246adacf01d',
    'ContactsV2.sqlite': 'b8548dc30aa1030df0ce18ef08b882cf7ab5212f',
    'LID.sqlite': 'e794f6ffcc3c222535f47684a63d5178da3c4500',
    'profile.profile/browser.db': '2e57c396a35b0d1bcbc624725002d98bd61d142b',
    'Library/Application Support/Google/Chrome/Default/History': 'faf971ce92c3ac508c018dce1bef2a8b8e9838f1',
    'Library/Application Support/Google/Chrome/Default/Favicons': '55680ab883d0fdcffd94f959b1632e5fbbb18c5b',
}
KNOWN_IDS_SAFARI = {True: '1a0e7afc19d307da602ccdcece51af33afe92c53', False: 'e74113c185fd8297e140cfcf9c99436c5cc06b57'}
DAMAGES = ['truncated-manifest', 'missing-manifest', 'half-copied', 'corrupt-sms', 'zero-byte', 'null-everywhere',
           'missing-table', 'missing-column', 'not-utf8', 'hostile-text', 'dates-out-of-range']
FIELDS = {'name', 'source', 'expect', 'value', 'indicator', 'severity_at_least', 'note', 'blind_spot'}
KEYBAG = {'VERS', 'TYPE', 'UUID', 'HMCK', 'WRAP', 'SALT', 'ITER', 'DPWT', 'DPIC', 'DPSL'}
failures = 0


def check(truth, what):
    global failures
    if not truth:
        failures += 1
        print('FAILED', what)


def make(name, *options):
    out = os.path.join(WORK, name)
    shutil.rmtree(out, ignore_errors=True)
    made = subprocess.run([LAB, 'backup', '--out', out, *FEW, *options], capture_output=True, text=True)
    check(made.returncode == 0, f'{name}: testudo-lab {options}: {made.stderr}')
    return out, glob.glob(out + '/backup/*')[0]


def open_database(path):
    database = sqlite3.connect(f'file:{path}?mode=ro&immutable=1', uri=True)
    database.text_factory = bytes
    return database


def manifest_rows(path):
    rows = open_database(path).execute('SELECT fileID, domain, relativePath, flags, file FROM Files').fetchall()
    return [(a.decode(), b.decode(), c.decode(), d, e) for a, b, c, d, e in rows]


def check_content(name, path, content_path):
    """A file's plain content: databases are sound, property lists are read by two readers."""
    with open(content_path, 'rb') as file:
        head = file.read(16)
    if head.startswith(b'SQLite format 3'):
        answer = open_database(content_path).execute('PRAGMA integrity_check').fetchall()
        check(answer == [(b'ok',)], f'{name}: {path}: {answer[:3]}')
    elif head.startswith((b'bplist00', b'<?xml')):
        with open(content_path, 'rb') as file:
            plistlib.load(file)
        if shutil.which('plistutil') and not path.startswith('Library/Preferences/com.'):
            read = subprocess.run(['plistutil', '-i', content_path], capture_output=True)
            check(read.returncode == 0 and read.stdout, f'{name}: plistutil reads {path}')


def check_row(name, backup, row):
    file_id, domain, path, flags, blob = row
    check(hashlib.sha1(f'{domain}-{path}'.encode()).hexdigest() == file_id, f'{name}: id of {domain}-{path}')
    objects = plistlib.loads(blob)['$objects']
    root = objects[plistlib.loads(blob)['$top']['root'].data]
    check(objects[root['$class'].data]['$classname'] == 'MBFile', f'{name}: {path} is an MBFile')
    check(objects[root['RelativePath'].data] == path, f'{name}: {path} is named in its MBFile')
    on_disk = os.path.join(backup, file_id[:2], file_id)
    check(os.path.exists(on_disk) == (flags == 1), f'{name}: {path} on disk')
    return root, objects, on_disk


def check_plain(ios):
    name = f'plain {ios}'
    out, backup = make(name.replace(' ', '-'), '--ios', str(ios))
    info = plistlib.load(open(backup + '/Info.plist', 'rb'))
    check(info['Product Version'].split('.')[0] == str(ios), f'{name}: version')
    for app in info['Applications'].values():
        plistlib.loads(app['iTunesMetadata'])
    check(plistlib.load(open(backup + '/Manifest.plist', 'rb'))['IsEncrypted'] is False, f'{name}: not encrypted')
    plistlib.load(open(backup + '/Status.plist', 'rb'))
    rows = manifest_rows(backup + '/Manifest.db')
    for row in rows:
        root, _, on_disk = check_row(name, backup, row)
        if row[3] == 1:
            check(os.path.getsize(on_disk) == root['Size'], f'{name}: size of {row[2]}')
            check_content(name, row[2], on_disk)
        known = KNOWN_IDS.get(row[2])
        if row[2] == 'Library/Safari/History.db':
            known = KNOWN_IDS_SAFARI[ios == 12]
        check(known in (None, row[0]), f'{name}: published id of {row[2]}')
    paths = {row[2] for row in rows}
    for path in KNOWN_IDS:
        check(path in paths or (ios == 12 and 'Shortcuts' in path), f'{name}: {path} is there')
    check_planted(name, out)


def feed_values(out):
    objects = json.load(open(out + '/indicators.stix2'))['objects']
    return {o['pattern'].split("='", 1)[1][:-2] for o in objects if o['type'] == 'indicator'}


def check_planted(name, out):
    planted = json.load(open(out + '/planted.json'))
    values = feed_values(out)
    check(len({p['name'] for p in planted}) == len(planted) > 80, f'{name}: {len(planted)} traces')
    for trace in planted:
        check(set(trace) == FIELDS, f'{name}: fields of {trace["name"]}')
        if trace['expect'].startswith('indicator.'):
            check(trace['indicator'] in values, f'{name}: {trace["indicator"]} is in the feed')


def check_bodies():
    """The typed stream of an ordinary message holds its text, and the preview of a link its address."""
    _, backup = make('bodies', '--ios', '14')
    sms = open_database(f'{backup}/3d/{KNOWN_IDS["Library/SMS/sms.db"]}')
    count = 0
    both = 'SELECT text, attributedBody FROM message WHERE text NOT NULL AND attributedBody NOT NULL'
    for text, body in sms.execute(both):
        check(body.startswith(b'\x04\x0bstreamtyped\x81\xe8\x03'), 'bodies: header')
        at = body.index(b'\x84\x01+') + 3
        size = body[at]
        at += 1
        if size == 0x81:
            size = struct.unpack('<H', body[at:at + 2])[0]
            at += 2
        check(body[at:at + size] == text, f'bodies: {text[:40]}')
        check(body.endswith(b'\x86'), 'bodies: ended')
        count += 1
    check(count > 150, f'bodies: {count} read')
    for (payload,) in sms.execute('SELECT payload_data FROM message WHERE payload_data NOT NULL'):
        objects = plistlib.loads(payload)['$objects']
        metadata = objects[objects[1]['richLinkMetadata'].data]
        url = objects[metadata['originalURL'].data]
        check(objects[url['NS.relative'].data].startswith('https://'), 'bodies: preview')


# --- decryption, with nothing of ours ---

def aes(mode, key, data):
    run = subprocess.run(['openssl', 'enc', '-d', '-aes-256-' + mode, '-K', key.hex(), '-nopad',
                          *(['-iv', '0' * 32] if mode == 'cbc' else [])], input=data, capture_output=True, check=True)
    return run.stdout


def unwrap(key, wrapped):
    """RFC 3394, section 2.2.2."""
    n = len(wrapped) // 8 - 1
    a, r = wrapped[:8], [wrapped[8 * i:8 * i + 8] for i in range(1, n + 1)]
    for j in range(5, -1, -1):
        for i in range(n, 0, -1):
            mixed = (int.from_bytes(a, 'big') ^ (n * j + i)).to_bytes(8, 'big')
            block = aes('ecb', key, mixed + r[i - 1])
            a, r[i - 1] = block[:8], block[8:]
    return b''.join(r) if a == b'\xa6' * 8 else None


def read_keybag(blob):
    header, classes, at = {}, [], 0
    while at < len(blob):
        tag, size = blob[at:at + 4].decode(), int.from_bytes(blob[at + 4:at + 8], 'big')
        value = blob[at + 8:at + 8 + size]
        at += 8 + size
        if tag == 'UUID' and header.get('UUID'):
            classes.append({})
        (classes[-1] if classes else header)[tag] = value
    return header, {int.from_bytes(c['CLAS'], 'big'): c['WPKY'] for c in classes}


def key_of(password, header):
    first = hashlib.pbkdf2_hmac('sha256', password.encode(), header['DPSL'], int.from_bytes(header['DPIC'], 'big'), 32)
    return hashlib.pbkdf2_hmac('sha1', first, header['SALT'], int.from_bytes(header['ITER'], 'big'), 32)


def check_encrypted(ios):
    name = f'encrypted {ios}'
    _, backup = make(name.replace(' ', '-'), '--ios', str(ios), '--password', PASSWORD, '--rounds', '2000')
    _, plain = make('same-plain', '--ios', str(ios))
    manifest = plistlib.load(open(backup + '/Manifest.plist', 'rb'))
    check(manifest['IsEncrypted'] is True, f'{name}: says so')
    header, wrapped = read_keybag(manifest['BackupKeyBag'])
    check(set(header) == KEYBAG, f'{name}: header')
    check(int.from_bytes(header['DPIC'], 'big') == 2000, f'{name}: rounds')
    key = key_of(PASSWORD, header)
    check(unwrap(key_of('wrong', header), wrapped[3]) is None, f'{name}: a wrong password is refused')
    class_keys = {3: unwrap(key, wrapped[3])}
    check(class_keys[3] is not None, f'{name}: the password opens class 3')
    sealed = manifest['ManifestKey']
    number = struct.unpack('<I', sealed[:4])[0]
    manifest_key = unwrap(class_keys[number], sealed[4:])
    opened = os.path.join(WORK, 'opened')
    with open(opened, 'wb') as file:
        file.write(aes('cbc', manifest_key, open(backup + '/Manifest.db', 'rb').read()))
    plain_rows = {row[0]: row for row in manifest_rows(plain + '/Manifest.db')}
    rows = manifest_rows(opened)
    check({row[0] for row in rows} == set(plain_rows), f'{name}: the same files as without a password')
    compared = 0
    for row in rows:
        root, objects, on_disk = check_row(name, backup, row)
        if row[3] != 1 or row[2] not in ('Library/SMS/sms.db', '.GlobalPreferences.plist', 'ChatStorage.sqlite'):
            continue
        sealed = objects[root['EncryptionKey'].data]['NS.data']
        check(struct.unpack('<I', sealed[:4])[0] == root['ProtectionClass'], f'{name}: class of {row[2]}')
        content = aes('cbc', unwrap(class_keys[root['ProtectionClass']], sealed[4:]), open(on_disk, 'rb').read())
        padding = content[-1]
        check(content[-padding:] == bytes([padding]) * padding, f'{name}: padding of {row[2]}')
        check(len(content) - padding == root['Size'], f'{name}: size of {row[2]}')
        same = open(os.path.join(plain, row[0][:2], row[0]), 'rb').read()
        check(content[:-padding] == same, f'{name}: {row[2]} decrypts to the plain backup\'s')
        compared += 1
    check(compared >= 2, f'{name}: {compared} files compared')


def check_same_bytes():
    digests = []
    for name in ('first', 'second'):
        out, _ = make(name, '--seed', '7', '--wal')
        digest = hashlib.sha256()
        for folder, folders, files in os.walk(out):
            folders.sort()
            for file in sorted(files):
                digest.update(file.encode() + open(os.path.join(folder, file), 'rb').read())
        digests.append(digest.hexdigest())
    check(digests[0] == digests[1], 'one seed, the same bytes')
    out, _ = make('other', '--seed', '8', '--wal')
    check(open(out + '/indicators.stix2').read() == open(os.path.join(WORK, 'first', 'indicators.stix2')).read(),
          'the feed does not depend on the seed')


def check_clean():
    out, backup = make('clean', '--clean')
    check(json.load(open(out + '/planted.json')) == [], 'clean: nothing planted')
    values = [value.encode() for value in feed_values(out)]
    check(len(values) > 70, f'clean: {len(values)} indicators')
    for folder, _, files in os.walk(backup):
        for file in files:
            content = open(os.path.join(folder, file), 'rb').read()
            for value in values:
                check(value not in content, f'clean: {value} in {file}')
    check(b'-lure' not in b''.join(open(backup + '/Manifest.db', 'rb')), 'clean: manifest')


def check_log():
    _, backup = make('log', '--wal')
    rows = {row[2]: row for row in manifest_rows(backup + '/Manifest.db')}
    main, log = rows['Library/SMS/sms.db'][0], rows['Library/SMS/sms.db-wal'][0]
    check(log == hashlib.sha1(b'HomeDomain-Library/SMS/sms.db-wal').hexdigest(), 'log: its own id')
    both = os.path.join(WORK, 'both.db')
    for end, file_id in (('', main), ('-wal', log)):
        shutil.copy(os.path.join(backup, file_id[:2], file_id), both + end)
    if os.path.exists(both + '-shm'):
        os.remove(both + '-shm')
    found = "SELECT count(*) FROM message WHERE text LIKE ?"
    before = open_database(both)
    check(before.execute(found, ('%log-only-lure%',)).fetchone()[0] == 0, 'log: the new one is not in the main file')
    check(before.execute(found, ('%deleted-in-log-lure%',)).fetchone()[0] == 1, 'log: the old one is')
    before.close()
    after = sqlite3.connect(both)
    check(after.execute(found, ('%log-only-lure%',)).fetchone()[0] == 1, 'log: the new message is in the log')
    check(after.execute(found, ('%deleted-in-log-lure%',)).fetchone()[0] == 0, 'log: and the old one deleted')
    check(after.execute('PRAGMA integrity_check').fetchone()[0] == 'ok', 'log: sound together')


def check_damage(kind):
    _, backup = make('damaged', '--damage', kind)
    sms_path = f'{backup}/3d/{KNOWN_IDS["Library/SMS/sms.db"]}'
    manifest = backup + '/Manifest.db'
    if kind == 'missing-manifest':
        return check(not os.path.exists(manifest), kind)
    if kind == 'truncated-manifest':
        return check(0 < os.path.getsize(manifest) % 4096, kind)
    if kind == 'zero-byte':
        return check(os.path.getsize(sms_path) == 0, kind)
    if kind == 'half-copied':
        absent = [r for r in manifest_rows(manifest) if r[3] == 1 and not os.path.exists(f'{backup}/{r[0][:2]}/{r[0]}')]
        return check(len(absent) > 20, f'{kind}: {len(absent)} absent')
    sms = open_database(sms_path)
    if kind == 'corrupt-sms':
        try:
            return check(sms.execute('PRAGMA integrity_check').fetchall() != [(b'ok',)], kind)
        except sqlite3.DatabaseError:
            return None
    check(sms.execute('PRAGMA integrity_check').fetchall() == [(b'ok',)], f'{kind}: still a database')
    names = {row[1].decode() for row in sms.execute('PRAGMA table_info(message)')}
    if kind == 'missing-table':
        return check(not names, kind)
    if kind == 'missing-column':
        return check(names and 'date' not in names, kind)
    query = {'null-everywhere': 'SELECT count(*) FROM message WHERE text IS NULL AND date IS NULL',
             'not-utf8': "SELECT count(*) FROM message WHERE instr(CAST(text AS BLOB), X'EDA080') > 0",
             'hostile-text': "SELECT count(*) FROM message WHERE text LIKE '%<script>%'",
             'dates-out-of-range': 'SELECT count(*) FROM message WHERE abs(date) > 1e18'}[kind]
    check(sms.execute(query).fetchone()[0] > 30, f'{kind}: rows are damaged')


def main():
    for ios in GENERATIONS:
        check_plain(ios)
        check_encrypted(ios)
    check_bodies()
    check_same_bytes()
    check_clean()
    check_log()
    for kind in DAMAGES:
        check_damage(kind)
    refused = subprocess.run([LAB, 'backup', '--out', WORK + '/x', '--ios', '11'], capture_output=True)
    check(refused.returncode == 2, 'an unknown iOS is refused')
    helped = subprocess.run([LAB, '--help'], capture_output=True, text=True)
    check(helped.returncode == 0 and not helped.stderr, 'help is no error')
    check([f'testudo-lab {verb} --' in helped.stdout for verb in ('backup', 'feed', 'lists')] == [True] * 3,
          'help names every verb')
    print('failed:' if failures else 'passed', failures or '')
    if len(sys.argv) <= 2:
        shutil.rmtree(WORK, ignore_errors=True)
    return 1 if failures else 0


sys.exit(main())

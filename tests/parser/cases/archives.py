"""Writers of the archives that Apple's apps keep in database columns, for the generators of cases.

typedstream: the archive of NSArchiver, as Messages writes it into `attributedBody` (docs/formats/typedstream.md).
keyed: the property list of NSKeyedArchiver. Written from the format's description, apart from the readers under test.
"""
import plistlib


class TypedStream:
    """Objects and classes are numbered together, shared strings apart; both are referred to by 0x92 + number."""

    def __init__(self):
        self.out = bytearray(b"\x04\x0bstreamtyped\x81\xe8\x03")
        self.strings, self.objects = {}, {}
        self.count = 0

    def number(self, n):
        if -110 <= n <= 127:
            self.out += bytes([n & 0xFF])
        elif -32768 <= n <= 32767:
            self.out += b"\x81" + (n & 0xFFFF).to_bytes(2, "little")
        else:
            self.out += b"\x82" + (n & 0xFFFFFFFF).to_bytes(4, "little")

    def shared(self, text):
        if text in self.strings:
            return self.number(self.strings[text] - 110)
        self.strings[text] = len(self.strings)
        self.out += b"\x84"
        self.raw(text.encode())

    def raw(self, octets):
        self.number(len(octets))
        self.out += octets

    def label(self, key=None):
        if key is not None:
            self.objects[key] = self.count
        self.count += 1

    def class_chain(self, *names):
        """names: (class, version)…, from the object's class to its root."""
        for name, version in names:
            if name in self.objects:
                return self.number(self.objects[name] - 110)
            self.out += b"\x84"
            self.shared(name)
            self.number(version)
            self.label(name)
        self.out += b"\x85"

    def begin(self, *classes):
        self.out += b"\x84"
        self.label()
        self.class_chain(*classes)

    def end(self):
        self.out += b"\x86"

    def string(self, text):
        self.shared("@")
        self.begin(("NSString", 1), ("NSObject", 0))
        self.shared("+")
        self.raw(text.encode())
        self.end()

    def url(self, text):
        self.shared("@")
        self.begin(("NSURL", 0), ("NSObject", 0))
        self.shared("c")
        self.number(0)
        self.string(text)
        self.end()

    def small_number(self, n):
        self.shared("@")
        self.begin(("NSNumber", 0), ("NSValue", 0), ("NSObject", 0))
        self.shared("*")
        self.out += b"\x84"
        self.label()
        self.shared("i")
        self.shared("i")
        self.number(n)
        self.end()

    def data(self, octets):
        self.shared("@")
        self.begin(("NSMutableData", 0), ("NSData", 0), ("NSObject", 0))
        self.shared("i")
        self.number(len(octets))
        self.shared("[%dc]" % len(octets))
        self.out += octets
        self.end()


def utf16_length(text):
    return len(text.encode("utf-16-le")) // 2


def attributed(text, link=None, detected=None):
    """The text as one run; `link` hides behind it, `detected` are octets of a data detector's result."""
    s = TypedStream()
    s.shared("@")
    s.begin(("NSAttributedString", 0), ("NSObject", 0))
    s.string(text)
    s.shared("iI")
    s.number(1)
    s.number(utf16_length(text))
    s.shared("@")
    s.begin(("NSDictionary", 0), ("NSObject", 0))
    s.shared("i")
    s.number(1 + (link is not None) + (detected is not None))
    if link is not None:
        s.string("__kIMLinkAttributeName")
        s.url(link)
    if detected is not None:
        s.string("__kIMDataDetectedAttributeName")
        s.data(detected)
    s.string("__kIMMessagePartAttributeName")
    s.small_number(0)
    s.end()
    s.end()
    return bytes(s.out)


def keyed(root_class, fields):
    """A keyed archive of one object with text, URL (a tuple with one text), octets or nested dictionary fields."""
    objects = ["$null"]

    def put(value):
        objects.append(value)
        return plistlib.UID(len(objects) - 1)

    def class_of(name, *parents):
        return put({"$classname": name, "$classes": [name, *parents, "NSObject"]})

    def archive(value):
        if isinstance(value, tuple):
            inner = put(value[0])
            return put({"$class": class_of("NSURL"), "NS.base": plistlib.UID(0), "NS.relative": inner})
        if isinstance(value, dict):
            filled = {k: archive(v) for k, v in value.items()}
            filled["$class"] = class_of("LPLinkMetadata")
            return put(filled)
        return put(value)

    place = len(objects)
    objects.append(None)
    filled = {k: archive(v) for k, v in fields.items()}
    filled["$class"] = class_of(root_class)
    objects[place] = filled
    return plistlib.dumps({"$version": 100000, "$archiver": "NSKeyedArchiver", "$top": {"root": plistlib.UID(place)},
                           "$objects": objects}, fmt=plistlib.FMT_BINARY)


def sql(value):
    if value is None:
        return "NULL"
    if isinstance(value, bytes):
        return "x'" + value.hex() + "'"
    if isinstance(value, str):
        return "'" + value.replace("'", "''") + "'"
    return repr(value)


def insert(table, **columns):
    return "INSERT INTO %s (%s) VALUES (%s);\n" % (table, ", ".join(columns), ", ".join(map(sql, columns.values())))

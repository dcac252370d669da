"""A strict reader of WARC 1.1 with a gzip member a record, and of CDXJ: written from ISO
28500:2017 and from what replay tools expect, and not from our own reader."""
import base64
import hashlib
import json
import re
import zlib

NEEDED = {"WARC-Type", "WARC-Record-ID", "WARC-Date", "Content-Length"}
TYPES = {"warcinfo", "response", "resource", "request", "metadata", "revisit"}
PROFILES = {"http://netpreserve.org/warc/1.1/revisit/identical-payload-digest",
            "http://netpreserve.org/warc/1.1/revisit/server-not-modified"}
UUID = re.compile(r"<urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-"
                  r"[0-9a-f]{12}>")
FIELD = re.compile(r"([!#$%&'*+.^_`|~0-9A-Za-z-]+): ?(.*)")


class Bad(Exception):
    pass


def must(good, *why):
    if not good:
        raise Bad(" ".join(map(str, why)))


def digest_is(said, data):
    algorithm, value = said.split(":", 1)
    digest = hashlib.new(algorithm, data).digest()
    return value.lower() in (digest.hex(), base64.b32encode(digest).decode().lower())


class Record:
    """One record: its fields, its block, where it stands."""

    def __init__(self, name, offset, length, plain):
        head, sep, rest = plain.partition(b"\r\n\r\n")
        lines = head.decode("utf-8").split("\r\n")
        must(sep and lines[0] == "WARC/1.1", name, offset, "version", lines[0])
        self.file, self.offset, self.length, self.fields = name, offset, length, {}
        for line in lines[1:]:
            field = FIELD.fullmatch(line)
            must(field, name, offset, "field", line)
            must(field[1] not in self.fields, name, offset, "twice", field[1])
            self.fields[field[1]] = field[2]
        must(NEEDED <= set(self.fields), name, offset, "lacks", NEEDED - set(self.fields))
        size = int(self.fields["Content-Length"])
        must(rest[size:] == b"\r\n\r\n", name, offset, "does not end behind its block")
        self.block, self.type = rest[:size], self.fields["WARC-Type"]
        self.id, self.uri = self.fields["WARC-Record-ID"], self.fields.get("WARC-Target-URI")

    def payload(self):
        if self.fields["Content-Type"].startswith("application/http"):
            return self.block.partition(b"\r\n\r\n")[2]
        return self.block

    def check(self):
        must(self.type in TYPES, self.offset, "type", self.type)
        must(UUID.fullmatch(self.id), self.offset, "id", self.id)
        must(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", self.fields["WARC-Date"]), self.offset)
        must(not self.block or "Content-Type" in self.fields, self.offset, "no Content-Type")
        must((self.uri is None) == (self.type == "warcinfo"), self.offset, "target")
        must(self.uri is None or " " not in self.uri, self.offset, self.uri)
        if "WARC-Block-Digest" in self.fields:
            must(digest_is(self.fields["WARC-Block-Digest"], self.block), self.offset, "block digest")
        if self.type == "response":
            must(re.match(rb"HTTP/\d(\.\d)? \d{3}", self.block), self.offset, "no HTTP answer")
        if self.type == "request":
            must(re.match(rb"GET \S+ HTTP/\d(\.\d)?\r\n", self.block) and
                 self.block.endswith(b"\r\n\r\n"), self.offset, self.block)
        if self.type in ("response", "resource"):
            must(digest_is(self.fields["WARC-Payload-Digest"], self.payload()), self.offset, "payload")
        if self.type == "revisit":
            must(self.fields["WARC-Profile"] in PROFILES, self.offset, "profile")
            must(self.payload() == b"", self.offset, "a revisit with a payload")


def members(data, name):
    at = 0
    while at < len(data):
        z = zlib.decompressobj(31)
        plain = z.decompress(data[at:])
        must(z.eof, name, at, "an unfinished member")
        length = len(data) - at - len(z.unused_data)
        yield at, length, plain
        at += length


def read(directory):
    """All records of an archive, in order, each checked."""
    records, ids = [], {}
    for path in sorted(directory.glob("*.warc.gz")):
        first = True
        for offset, length, plain in members(path.read_bytes(), path.name):
            r = Record(path.name, offset, length, plain)
            r.check()
            must(r.id not in ids, path.name, offset, "id of another:", r.id)
            must((r.type == "warcinfo") == first, path.name, offset, "warcinfo first, and once")
            first = False
            ids[r.id] = r
            records.append(r)
    for r in records:
        of = r.fields.get("WARC-Concurrent-To")
        must((of is not None) == (r.type in ("request", "metadata")), r.offset, "concurrent")
        must(of is None or (ids[of].uri == r.uri and ids[of].type in
                            ("response", "resource", "revisit")), r.offset, "concurrent to", of)
        if r.type == "revisit":
            to = ids[r.fields["WARC-Refers-To"]]
            must(to.type in ("response", "resource"), r.offset, "refers to", to.type)
            must(r.fields["WARC-Refers-To-Target-URI"] == to.uri, r.offset)
            must(r.fields["WARC-Refers-To-Date"] == to.fields["WARC-Date"], r.offset)
            must(r.fields["WARC-Payload-Digest"] == to.fields["WARC-Payload-Digest"], r.offset)
    return records


def check_index(directory, records):
    """The CDXJ beside each file has a line for each capture, sorted, and no other."""
    lines = []
    for path in sorted(directory.glob("*.warc.gz")):
        cdxj = path.with_name(path.name.replace(".warc.gz", ".cdxj"))
        own = cdxj.read_bytes().splitlines(keepends=True)
        must(own == sorted(own), cdxj.name, "is not sorted")
        meta = json.loads(own[0].split(b" ", 2)[2])
        must(int(meta["bytes"]) == path.stat().st_size, cdxj.name, meta)
        for line in own[1:]:
            must(line.endswith(b"\n"), line)
            key, time, value = line.decode("utf-8").rstrip("\n").split(" ", 2)
            fields = json.loads(value)
            must(fields["filename"] == path.name, line)
            lines.append((key, time, fields))
    where = {(r.file, str(r.offset)): r for r in records}
    for key, time, fields in lines:
        r = where.pop((fields["filename"], fields["offset"]))
        must(str(r.length) == fields["length"] and r.uri == fields["url"], fields)
        must(re.sub(r"\D", "", r.fields["WARC-Date"]) == time, fields)
        must(r.fields["WARC-Payload-Digest"] == fields["digest"], fields)
        must((r.type == "revisit") == (fields["mime"] == "warc/revisit"), fields)
    left = {r.type for r in where.values()}
    must(left <= {"warcinfo", "request", "metadata"}, "not in the index:", left)
    return lines

#!/usr/bin/env python3
"""check_includes.py [ROOT]: includes go one way, and libraries stay in their rooms.

docs/ARCHITECTURE.md has the table.  The build enforces the doors (a room's other headers
are on nobody's include path); this check also sees what a compiler accepts: a sibling's
door included through a path, a library's header in the wrong room.
Exit status 0, or 1 with one line "file:line: what" a breach.
"""
import pathlib
import re
import sys

# Whose doors a room may enter.
ROOMS = {
    "core": [],
    "archive": ["core"],
    "fetch": ["archive", "core"],
    "parse": ["core"],
    "extract": ["core"],
    "store": ["archive", "core"],
    "audit": ["store", "archive", "core"],
    "cli": ["audit", "store", "fetch", "parse", "extract", "archive", "core"],
}

# The only rooms that may use a library, by the beginning of its headers.
LIBRARIES = {
    "curl/": ["fetch"],
    "libpsl": ["fetch"],
    "idn2": ["fetch"],
    "libxml/": ["parse"],
    "uchardet": ["parse"],
    "libexttextcat": ["parse"],
    "gmime": ["parse"],
    "glib.h": ["parse"],
    "iconv.h": ["parse"],
    "pcre2.h": ["extract", "parse"],
    "sqlite3.h": ["store"],
    "libdeflate.h": ["archive"],
    "zlib.h": ["archive", "fetch", "parse"],
    "brotli/": ["fetch"],
    "yaml.h": ["core"],
    "utf8proc.h": ["core"],
    "openssl/": ["core"],
    "microhttpd.h": ["audit"],
    "seccomp.h": ["cli"],
    "linux/landlock.h": ["cli"],
}

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')


def quoted(room, path, allowed):
    """What is wrong with #include "path" in a room, or None."""
    if "/" not in path:
        return None  # private header of the same room: the compiler finds it or not
    if ".." in path.split("/"):
        return 'an include must not climb: "%s"' % path
    target, rest = path.split("/", 1)
    if target == room:
        return None if rest == room + ".h" else 'inside a room write "%s"' % rest
    if target not in ROOMS:
        return 'no room "%s"' % target
    if target not in allowed:
        return "%s must not include %s" % (room, target)
    if rest != target + ".h":
        return 'enter %s by its door, "%s/%s.h", not "%s"' % (target, target, target, path)
    return None


def angled(room, path):
    for start, rooms in LIBRARIES.items():
        if path.startswith(start) and room not in rooms:
            return "<%s> may be used in %s only" % (path, " and ".join(rooms))
    return None


def check(root):
    bad = []
    for room, allowed in ROOMS.items():
        for file in sorted((root / room).glob("**/*.[ch]")):
            for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
                m = INCLUDE.match(line)
                if not m:
                    continue
                why = quoted(room, m[2], allowed) if m[1] == '"' else angled(room, m[2])
                if why:
                    bad.append("%s:%d: %s" % (file.relative_to(root), number, why))
    return bad


def main():
    root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ".")
    bad = check(root)
    for line in bad:
        print(line)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())

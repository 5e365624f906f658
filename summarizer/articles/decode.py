"""Bytes to text: the byte order mark, UTF-8, the charset that a page declares, then an educated guess."""

from __future__ import annotations

import codecs
import re

from summarizer.errors import InputError

MAX_BYTES = 20_000_000

_ARTICLE = "expected an article as plain text, Markdown, HTML, JSON or JSON Lines"
# The first bytes of files that people pass by mistake.
_BINARY = {
    b"%PDF-": "a PDF file; extract its text first",
    b"PK\x03\x04": "a zip archive or an office document; export its text first",
    b"\xd0\xcf\x11\xe0": "an office document; export its text first",
    b"{\\rtf": "an RTF document; export its text first",
    b"\x89PNG": "a PNG image",
    b"\xff\xd8\xff": "a JPEG image",
    b"GIF8": "a GIF image",
    b"\x1f\x8b": "a gzip file; unpack it first",
    b"BZh": "a bzip2 file; unpack it first",
    b"\xfd7zXZ": "an xz file; unpack it first",
    b"SQLite format 3": "an SQLite database",
    b"\x7fELF": "a program",
}
# The longest marks first: that of UTF-32 begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s{0,9}=\s{0,9}["']?\s{0,9}([\w.:-]{2,40})""", re.IGNORECASE
)
# Browsers read these labels as the larger encodings, and pages rely on it (WHATWG Encoding Standard, 4.2).
_AS_BROWSERS = {
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
}
# Python's text codecs that are no encodings of pages, and those in which nobody could have read the declaration.
_NO_CHARSETS = {
    *("idna", "punycode", "raw-unicode-escape", "unicode-escape", "utf-7"),
    *("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"),
}
_JAPANESE_ESCAPE = re.compile(rb"\x1b\$[@B]")
# Of ISO 2022, and of terminals.
_ESCAPE = re.compile(rb"\x1b[$(\[]")
# How much of a UTF-8 file may be damaged before it is taken for another encoding.
_DAMAGE = 0.02


def decode(data: bytes, source: str, expected: str = _ARTICLE) -> str:
    """The text of a file, without its byte order mark; the charset that HTML declares counts where UTF-8 does not fit.

    `expected` is what an error says that the file should be.

    Raises:
        InputError: nothing in it, more than 20 MB, or not text.
    """
    if len(data) > MAX_BYTES:
        raise InputError(source, f"larger than {MAX_BYTES // 1_000_000} MB, the most that an article may have")
    if not data.strip(b" \t\r\n\0\x0b\x0c"):
        raise InputError(source, f"empty; {expected}")
    for magic, meaning in _BINARY.items():
        if data.startswith(magic):
            raise InputError(source, f"{meaning}; {expected}")
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace").removeprefix("\ufeff")
    if b"\0" in data:
        raise InputError(source, f"binary data (it holds NUL bytes); {expected}")
    return _without_mark(data, source, expected)


def _without_mark(data: bytes, source: str, expected: str) -> str:
    if data.isascii() and _JAPANESE_ESCAPE.search(data):
        return data.decode("iso2022_jp_ext", errors="replace")
    if _ESCAPE.search(data):
        raise InputError(source, f"escape codes, of a terminal or an old encoding; {expected}, best in UTF-8")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    declared = _declared(data)
    if declared and declared != "utf-8":
        return data.decode(declared, errors="replace")
    if _nearly_utf8(data):
        return data.decode("utf-8", errors="replace")
    return _guess(data, source, expected)


def _declared(data: bytes) -> str | None:
    """The text codec that an HTML or XML file names in its first kilobytes, as browsers understand the name."""
    found = _DECLARED.search(data[:4096])
    if found is None:
        return None
    try:
        name = codecs.lookup(found[1].decode("ascii")).name
        b"0".decode(name, errors="replace")  # Python looks up base64 as well, which is no encoding of text
    except (LookupError, UnicodeError):
        return None
    return None if name.replace("_", "-") in _NO_CHARSETS else _AS_BROWSERS.get(name, name)


def _nearly_utf8(data: bytes) -> bool:
    """Whether this is UTF-8 in which a few bytes were damaged, rather than another encoding."""
    text = data.decode("utf-8", errors="replace")
    beyond_ascii = sum(1 for character in text if character > "\x7f")
    return text.count("\ufffd") <= _DAMAGE * beyond_ascii


def _guess(data: bytes, source: str, expected: str) -> str:
    from charset_normalizer import from_bytes  # only for old encodings that nothing names

    best = from_bytes(data).best()
    if best is None:
        raise InputError(source, f"binary data, or an unknown encoding; {expected}, best in UTF-8")
    return str(best)

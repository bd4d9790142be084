"""What a file says, in plain words: every way its bytes can be read, folded for comparison."""

from __future__ import annotations

import gzip
import logging
import re
import unicodedata
import zipfile
from collections.abc import Iterator
from html import unescape
from io import BytesIO
from urllib.parse import unquote_to_bytes

_NESTED = 5  # files within files; more is a trap, not a site
WORD = re.compile(r"[^\W\d_]+|\d+")
_LABELS = frozenset({"nom", "noms", "prenom", "prenoms"})  # « Nom : EXEMPLE, prénom : Camille »
_TAG = re.compile(r"""<(?:[^<>"']|"[^"<]*"|'[^'<]*')*+>|<[^<>]*>""")
# These do not part the letters that they stand between.
_INLINE = re.compile(
    r"</?(?:a|abbr|b|bdi|bdo|big|cite|code|del|dfn|em|font|i|ins|kbd|mark|q|s|samp|small|span"
    r"|strike|strong|sub|sup|tspan|u|var|wbr)(?=[\s/>])[^<>]*>|\u200b"
)
_ESCAPE = re.compile(r"\\(?:u\{0*([0-9a-f]{1,5})\}|u([0-9a-f]{4})|x([0-9a-f]{2}))", re.IGNORECASE)
_BLANK = re.compile(r"\\[bfnrtv]")
_PERCENT = re.compile(r"(?:%[0-9a-fA-F]{2})+")
_STROKE = re.compile(r"LATIN SMALL LETTER ([A-Z]) WITH ")
_ALONE = {"œ": "oe", "æ": "ae", "ð": "d", "þ": "th", "ı": "i", "\u200b": "\u200b"}

# UTF-16 in the midst of anything: European letters, punctuation.
_LITTLE = re.compile(rb"(?:[^\0]\0|.[\x01-\x05\x1e\x20]){4,}", re.DOTALL)
_BIG = re.compile(rb"(?:\0[^\0]|[\x01-\x05\x1e\x20].){4,}", re.DOTALL)


def texts_of(content: bytes, suffix: str = "", depth: int = 0) -> Iterator[str]:
    """Everything that these bytes can be read as, files within files included."""
    if depth > _NESTED:
        raise ValueError(depth)
    yield from _decodings(content)
    for part in _parts(content, suffix.lower()):
        yield from texts_of(part, depth=depth + 1)


def _decodings(content: bytes) -> Iterator[str]:
    try:
        text = content.decode()
    except UnicodeDecodeError:
        yield content.decode(errors="replace")
        yield content.decode("latin-1")
    else:
        yield text
    if b"\0" in content:
        yield from (run[0].decode("utf-16-le", "replace") for run in _LITTLE.finditer(content))
        yield from (run[0].decode("utf-16-be", "replace") for run in _BIG.finditer(content))


def _parts(content: bytes, suffix: str) -> Iterator[bytes]:
    if content.startswith(b"\x1f\x8b"):
        yield gzip.decompress(content)
    elif content.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(BytesIO(content)) as archive:
            for name in archive.namelist():
                yield name.encode(errors="replace")
                yield archive.read(name)
    elif suffix == ".pdf" or content[:1024].lstrip().startswith(b"%PDF-"):
        yield from _pdf(content)


def _pdf(content: bytes) -> Iterator[bytes]:
    from pypdf import PdfReader

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it would speak English, and quote
    reader = PdfReader(BytesIO(content))
    if not reader.pages:
        raise ValueError
    for page in reader.pages:
        yield page.extract_text().encode(errors="replace")
    yield from _pdf_strings(reader.trailer)


def _pdf_strings(trailer: object) -> Iterator[bytes]:
    """Metadata, outline, links, alternative texts, attachments…: every string of the document."""
    from pypdf.generic import IndirectObject, StreamObject

    waiting, seen = [trailer], set()
    while waiting:
        thing = waiting.pop()
        if isinstance(thing, IndirectObject):
            if thing.idnum not in seen:
                seen.add(thing.idnum)
                waiting.append(thing.get_object())
        elif isinstance(thing, dict):
            waiting += [*dict.keys(thing), *dict.values(thing)]
            if isinstance(thing, StreamObject) and thing.get("/Type") == "/Metadata":
                yield thing.get_data()
            if "/EF" in thing:  # an attachment, once for each form of its name
                yield from (file.get_object().get_data() for file in dict.values(thing["/EF"]))
        elif isinstance(thing, list):
            waiting += list.__iter__(thing)
        elif isinstance(thing, str | bytes):
            yield thing.encode(errors="replace") if isinstance(thing, str) else thing


def readings(text: str) -> Iterator[list[str]]:
    """The words of a text, as it is written and as it is shown."""
    written = fold(_decoded(text))
    spaced = _BLANK.sub(" ", written)
    shown = _TAG.sub(" ", spaced)
    joined = _TAG.sub(" ", _INLINE.sub("", spaced))
    for reading in dict.fromkeys((written, spaced, shown, joined)):
        words = WORD.findall(reading)
        yield words
        if not _LABELS.isdisjoint(words):
            yield [word for word in words if word not in _LABELS]


def _decoded(text: str) -> str:
    """Without escapes of JSON and JavaScript, HTML entities and percents, even nested."""
    for _ in range(4):
        before = text
        if "\\" in text:
            text = _ESCAPE.sub(lambda m: chr(int(m[1] or m[2] or m[3], 16)), text)
        text = unescape(text)
        if "%" in text:
            text = _PERCENT.sub(_percent, text)
        if text == before:
            break
    return text


def _percent(match: re.Match[str]) -> str:
    content = unquote_to_bytes(match[0])
    try:
        return content.decode()
    except UnicodeDecodeError:
        return content.decode("latin-1")


class _Folding(dict[int, str]):
    """What each character is worth in a comparison, worked out the first time it is met."""

    def __missing__(self, code: int) -> str:
        apart = unicodedata.normalize("NFKD", chr(code)).casefold()
        self[code] = "".join(map(_base, unicodedata.normalize("NFKD", apart)))
        return self[code]


def _base(char: str) -> str:
    if char in _ALONE:
        return _ALONE[char]
    category = unicodedata.category(char)
    if category in ("Mn", "Me", "Cf"):  # accents; what has no width
        return ""
    if category == "Lm":  # such as the apostrophe that Unicode takes for a letter
        return " "
    stroke = _STROKE.match(unicodedata.name(char, ""))
    return stroke[1].lower() if stroke else char


_FOLDING = _Folding()


def fold(text: str) -> str:
    return re.sub(r"[^\x00-\x7f]+", lambda m: m[0].translate(_FOLDING), text).lower()

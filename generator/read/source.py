"""Bytes (never a path) become a tree with marks, or French errors. The one door to YAML.

The tree is built from the parser's events, without recursion: libyaml crashes when it composes
100,000 brackets. YAML's own typing is never applied: `1.10`, `no` and `12:30` stay what they
look like. A mistake that can be stepped over (anchor, duplicate key…) does not hide the next.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml

from generator.errors import Erreur, Lieu, erreur
from generator.read.builder import FORBIDDEN, MAX_DEPTH, Builder, code_point
from generator.read.tree import Node

try:
    from yaml import CSafeLoader as _LOADER
except ImportError:  # no libyaml: same tree, some columns of syntax errors differ
    from yaml import SafeLoader as _LOADER  # type: ignore[assignment]

MAX_BYTES = 2_000_000

_OPENING = ('"', "'", "[", "{")
_TAB_INDENT = re.compile(r" *\t")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_UTF16_BARE = re.compile(rb"[^\0]\0|\0[^\0]")  # without its mark: one byte in two is empty
_BOM = b"\xef\xbb\xbf"


def parse(
    data: bytes,
    fichier: str,
    *,
    montrables: frozenset[str] | None = None,
    loader: Any = _LOADER,
) -> tuple[Node | None, list[Erreur]]:
    """The tree of a YAML file, and what is wrong in it.

    `fichier` is only the name that errors give. No tree means that nothing can be read further;
    a tree with errors can still be checked, so that the reader gets everything at once.
    """
    if len(data) > MAX_BYTES:
        return None, [erreur(Lieu(fichier), "fichier_trop_gros", limite=MAX_BYTES // 1_000_000)]
    text, problem = _decode(data, fichier)
    if problem:
        return None, [problem]
    if forbidden := _forbidden(text, fichier):
        return None, forbidden
    builder = Builder(fichier, montrables, escapes="\\" in text)
    try:
        for event in _events(text, loader):
            if not builder.feed(event):
                break
    except yaml.MarkedYAMLError as problem_found:
        return None, [*builder.errors, _syntax(problem_found, text, builder)]
    except (yaml.YAMLError, ValueError):  # e.g. the escape of a character that does not exist
        return None, [*builder.errors, erreur(Lieu(fichier, 1, 1), "yaml")]
    if builder.root is None and not builder.errors:
        return None, [erreur(Lieu(fichier), "fichier_vide")]
    return builder.root, builder.errors


def _events(text: str, loader: Any) -> Iterator[yaml.Event]:
    opened = loader(text)
    try:
        yield from iter(opened.get_event, None)
    finally:
        opened.dispose()


def split_lines(text: str) -> list[str]:
    """The lines as marks count them (`str.splitlines` also cuts at form feeds and others)."""
    return re.split(r"\r\n|\r|\n", text)


def _decode(data: bytes, fichier: str) -> tuple[str, Erreur | None]:
    if data.startswith(_UTF16) or _UTF16_BARE.match(data):
        return "", erreur(Lieu(fichier, 1, 1), "utf16")
    if data.startswith(_BOM):
        return "", erreur(Lieu(fichier, 1, 1), "bom")
    try:
        return data.decode(), None
    except UnicodeDecodeError as problem:
        before = data[: problem.start].decode()
        return "", erreur(_place(before, len(before), fichier), "pas_utf8")


def _place(text: str, index: int, fichier: str) -> Lieu:
    lines = split_lines(text[:index])
    return Lieu(fichier, len(lines), len(lines[-1]) + 1)


def _forbidden(text: str, fichier: str) -> list[Erreur]:
    """The first of each line: a file full of them must not give a million errors."""
    if not FORBIDDEN.search(text):
        return []
    return [
        erreur(
            Lieu(fichier, rank, match.start() + 1), "caractere_interdit", valeur=code_point(match)
        )
        for rank, line in enumerate(split_lines(text), 1)
        if (match := FORBIDDEN.search(line))
    ]


def _syntax(problem: yaml.MarkedYAMLError, text: str, builder: Builder) -> Erreur:
    """Our own reading of a syntax error: from its marks and from what was read before it."""
    mark, start = problem.problem_mark or problem.context_mark, problem.context_mark
    fichier = builder.fichier
    if mark is None:
        return erreur(Lieu(fichier, 1, 1), "yaml")
    if "nesting depth" in (problem.problem or ""):  # libyaml looks far ahead of its events
        place = Lieu(fichier, mark.line + 1, mark.column + 1)
        return erreur(place, "profondeur", limite=MAX_DEPTH)
    lines = split_lines(text)
    line = lines[mark.line] if mark.line < len(lines) else ""
    if tab := _TAB_INDENT.match(line):
        return erreur(Lieu(fichier, mark.line + 1, tab.end()), "tabulation")
    rest = "".join(lines[mark.line + 1 :]) + line[mark.column :]
    at_end = not rest.strip()
    opening = lines[start.line][start.column :] if start and start.line < len(lines) else ""
    if start and at_end and opening.startswith(_OPENING):
        return erreur(Lieu(fichier, start.line + 1, start.column + 1), "non_ferme")
    if opened := builder.unclosed(mark.line + 1, at_end):
        return erreur(Lieu(fichier, opened.line, opened.column), "non_ferme")
    return erreur(Lieu(fichier, mark.line + 1, mark.column + 1), "yaml")

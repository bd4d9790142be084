"""Bytes (never a path) become a tree with marks, or French errors. The one door to YAML.

The tree is built from the parser's events, without recursion: libyaml crashes when it composes
100,000 brackets. YAML's own typing is never applied: `1.10`, `no` and `12:30` stay what they
look like. A mistake that can be stepped over (anchor, duplicate key…) does not hide the next.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import yaml

from generator.errors import Erreur, Lieu, erreur
from generator.read.tree import Node

try:
    from yaml import CSafeLoader as _LOADER
except ImportError:  # no libyaml: same tree, some columns of syntax errors differ
    from yaml import SafeLoader as _LOADER  # type: ignore[assignment]

MAX_BYTES = 2_000_000
MAX_DEPTH = 50

# Controls, line separators that only YAML knows, marks that reverse the direction of a text.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069"
    "\ud800-\udfff\ufeff\ufffe\uffff]"
)
_TAB_INDENT = re.compile(r" *\t")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_BOM = b"\xef\xbb\xbf"


def parse(data: bytes, fichier: str, *, loader: Any = _LOADER) -> tuple[Node | None, list[Erreur]]:
    """The tree of a YAML file, and what is wrong in it.

    `fichier` is only the name that errors give. No tree means that nothing can be read further;
    a tree with errors can still be checked, so that the reader gets everything at once.
    """
    if len(data) > MAX_BYTES:
        return None, [erreur(Lieu(fichier), "fichier_trop_gros", limite=MAX_BYTES // 1_000_000)]
    text, problem = _decode(data, fichier)
    if problem:
        return None, [problem]
    if forbidden := [_forbidden(text, m, fichier) for m in _FORBIDDEN.finditer(text)]:
        return None, forbidden
    builder = _Builder(fichier)
    try:
        for event in yaml.parse(text, Loader=loader):
            if not builder.feed(event):
                break
    except yaml.MarkedYAMLError as problem_found:
        return None, [*builder.errors, _syntax(problem_found, text, fichier)]
    except (yaml.YAMLError, ValueError):  # e.g. the escape of a character that does not exist
        return None, [*builder.errors, erreur(Lieu(fichier, 1, 1), "yaml")]
    if builder.root is None and not builder.errors:
        return None, [erreur(Lieu(fichier), "fichier_vide")]
    return builder.root, builder.errors


def _decode(data: bytes, fichier: str) -> tuple[str, Erreur | None]:
    if data.startswith(_UTF16):
        return "", erreur(Lieu(fichier, 1, 1), "utf16")
    if data.startswith(_BOM):
        return "", erreur(Lieu(fichier, 1, 1), "bom")
    try:
        return data.decode(), None
    except UnicodeDecodeError as problem:
        before = data[: problem.start].decode()
        return "", erreur(_place(before, len(before), fichier), "pas_utf8")


def _place(text: str, index: int, fichier: str) -> Lieu:
    lines = re.split(r"\r\n|\r|\n", text[:index])
    return Lieu(fichier, len(lines), len(lines[-1]) + 1)


def _forbidden(text: str, match: re.Match[str], fichier: str) -> Erreur:
    place = _place(text, match.start(), fichier)
    return erreur(place, "caractere_interdit", valeur=f"U+{ord(match[0]):04X}")


def _syntax(problem: yaml.MarkedYAMLError, text: str, fichier: str) -> Erreur:
    """Our own reading of a syntax error: from its marks, never from the library's words."""
    mark, start = problem.problem_mark or problem.context_mark, problem.context_mark
    if mark is None:
        return erreur(Lieu(fichier, 1, 1), "yaml")
    lines = re.split(r"\r\n|\r|\n", text)
    line = lines[mark.line] if mark.line < len(lines) else ""
    if tab := _TAB_INDENT.match(line):
        return erreur(Lieu(fichier, mark.line + 1, tab.end()), "tabulation")
    rest = "".join(lines[mark.line + 1 :]) + line[mark.column :]
    if start and not rest.strip() and start.line < len(lines):
        if lines[start.line][start.column : start.column + 1] in tuple("\"'[{"):
            return erreur(Lieu(fichier, start.line + 1, start.column + 1), "non_ferme")
    return erreur(Lieu(fichier, mark.line + 1, mark.column + 1), "yaml")


@dataclass(slots=True)
class _Builder:
    """Stacks the open lists and mappings; `key` waits for its value."""

    fichier: str
    root: Node | None = None
    errors: list[Erreur] = field(default_factory=list)
    stack: list[Node] = field(default_factory=list)
    keys: list[Node | None] = field(default_factory=list)
    documents: int = 0

    def feed(self, event: yaml.Event) -> bool:
        """Takes one event; False stops the reading."""
        if isinstance(event, yaml.DocumentStartEvent):
            return self._document(event)
        if isinstance(event, yaml.CollectionEndEvent):
            self._close()
        elif isinstance(event, yaml.NodeEvent):
            node = self._node(event)
            if len(self.stack) > MAX_DEPTH:
                place = Lieu(self.fichier, node.line, node.column)
                self.errors.append(erreur(place, "profondeur", limite=MAX_DEPTH))
                self.root = None
                return False
        return True

    def _document(self, event: yaml.DocumentStartEvent) -> bool:
        self.documents += 1
        if self.documents == 1:
            return True
        mark = event.start_mark
        place = Lieu(self.fichier, mark.line + 1, mark.column + 1)
        self.errors.append(erreur(place, "second_document"))
        return False

    def _node(self, event: yaml.NodeEvent) -> Node:
        mark = event.start_mark
        node = Node(mark.line + 1, mark.column + 1)
        if isinstance(event, yaml.ScalarEvent):
            node.value = event.value
        elif isinstance(event, yaml.MappingStartEvent):
            node.value = {}
        elif isinstance(event, yaml.SequenceStartEvent):
            node.value = []
        self._attach(node)
        self._refuse(event, node)
        if isinstance(event, yaml.CollectionStartEvent):
            self.stack.append(node)
            self.keys.append(None)
        return node

    def _attach(self, node: Node) -> None:
        if not self.stack:
            node.fichier, self.root = self.fichier, node
            return
        node.parent = parent = self.stack[-1]
        if isinstance(parent.value, list):
            parent.value.append(node)
        elif isinstance(parent.value, dict):
            if self.keys[-1] is None:
                self.keys[-1] = node
                return
            node.key, self.keys[-1] = self.keys[-1], None
            self._set(parent.value, node, node.key)

    def _set(self, mapping: dict[str, Node], node: Node, key: Node) -> None:
        if not isinstance(key.value, str):
            self.errors.append(key.error("cle_non_texte"))
        elif key.value in mapping:
            first = mapping[key.value].key or node
            self.errors.append(
                node.error("cle_double", of_key=True, valeur=key.value, ligne=first.line)
            )
        else:
            mapping[key.value] = node

    def _close(self) -> None:
        self.stack.pop()
        self.keys.pop()

    def _refuse(self, event: yaml.NodeEvent, node: Node) -> None:
        if isinstance(event, yaml.AliasEvent):
            node.refused = True
            self.errors.append(node.error("alias"))
        elif event.anchor:
            self.errors.append(node.error("ancre"))
        if getattr(event, "tag", None):
            self.errors.append(node.error("etiquette"))
        if match := _FORBIDDEN.search(node.text):  # written as an escape
            self.errors.append(node.error("caractere_interdit", valeur=f"U+{ord(match[0]):04X}"))

"""The parser's events become a tree, without recursion and without YAML's own typing."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import yaml

from generator.errors import Erreur, Lieu, erreur
from generator.read.tree import Node

MAX_DEPTH = 50

# Controls, line separators that only YAML knows, marks that reverse the direction of a text.
FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069"
    "\ud800-\udfff\ufeff\ufffe\uffff]"
)


def code_point(match: re.Match[str]) -> str:
    """As "U+0007"."""
    return f"U+{ord(match[0]):04X}"


@dataclass(slots=True)
class Builder:
    """Stacks the open lists and mappings; `keys` wait for their values.

    `flows` says which of them are between brackets or braces; `quoted` is the text between
    quotes that has just been read, when it runs over several lines, and its last line.
    `escapes` is False for a file without a backslash: no text of it can hide a character.
    """

    fichier: str
    montrables: frozenset[str] | None = None
    escapes: bool = True
    root: Node | None = None
    errors: list[Erreur] = field(default_factory=list)
    stack: list[Node] = field(default_factory=list)
    keys: list[Node | None] = field(default_factory=list)
    flows: list[bool] = field(default_factory=list)
    quoted: tuple[Node, int] | None = None
    documents: int = 0

    def feed(self, event: yaml.Event) -> bool:
        """Takes one event; False stops the reading."""
        # By exact class: this runs once a word, and isinstance would look at it five times.
        kind = type(event)
        if kind is yaml.ScalarEvent:
            self._scalar(event)
        elif kind is yaml.MappingStartEvent:
            return self._open(event, {})
        elif kind is yaml.SequenceStartEvent:
            return self._open(event, [])
        elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            self.stack.pop()
            self.keys.pop()
            self.flows.pop()
        elif kind is yaml.AliasEvent:
            node = self._attach(event, "")
            node.refused = True
            self.errors.append(node.error("alias"))
        elif kind is yaml.DocumentStartEvent:
            return self._document(event)
        return True

    def unclosed(self, line: int, at_end: bool) -> Node | None:
        """What was opened before that line and explains that nothing can be read there.

        A quote that is missing is closed by the next one, often far below: the text between
        quotes that ends where the trouble starts is the culprit.
        """
        if self.quoted and self.quoted[1] == line:
            return self.quoted[0]
        opened = [node for node, flow in zip(self.stack, self.flows, strict=True) if flow]
        return next((n for n in reversed(opened) if n.line < line or at_end), None)

    def _document(self, event: Any) -> bool:
        self.documents += 1
        if self.documents == 1:
            return True
        self.errors.append(erreur(self._place(event), "second_document"))
        self.root = None  # half of the file is unread: what it lacks may be there
        return False

    def _scalar(self, event: Any) -> None:
        node, self.quoted = self._attach(event, event.value), None
        if event.style and event.style in "'\"" and event.end_mark.line >= node.line:
            self.quoted = (node, event.end_mark.line + 1)
        if event.anchor or event.tag:
            self._refuse(event, node)
        if self.escapes and (match := FORBIDDEN.search(event.value)):
            node.refused = True
            self.errors.append(node.error("caractere_interdit", valeur=code_point(match)))

    def _open(self, event: Any, value: list[Node] | dict[str, Node]) -> bool:
        node, self.quoted = self._attach(event, value), None
        if event.anchor or event.tag:
            self._refuse(event, node)
        self.stack.append(node)
        self.keys.append(None)
        self.flows.append(bool(event.flow_style))
        if len(self.stack) <= MAX_DEPTH:
            return True
        self.errors.append(erreur(self._place(event), "profondeur", limite=MAX_DEPTH))
        self.root = None
        return False

    def _refuse(self, event: Any, node: Node) -> None:
        if event.anchor:
            self.errors.append(node.error("ancre"))
        if event.tag:
            self.errors.append(node.error("etiquette"))

    def _attach(self, event: Any, value: str | list[Node] | dict[str, Node]) -> Node:
        """Its node, hung at its place in the tree."""
        mark = event.start_mark
        node = Node(mark.line + 1, mark.column + 1, value)
        if not self.stack:
            node.fichier, self.root = self.fichier, node
            node.montrables = self.montrables
            return node
        node.parent = parent = self.stack[-1]
        siblings = parent.value
        if type(siblings) is list:
            siblings.append(node)
            node.rank = len(siblings)
        elif (key := self.keys[-1]) is None:
            self.keys[-1] = node
        else:
            node.key, self.keys[-1] = key, None
            self._set(parent.keys, node, key)
        return node

    def _set(self, mapping: dict[str, Node], node: Node, key: Node) -> None:
        if key.refused:
            return
        if type(key.value) is not str or not key.value:
            self.errors.append(key.error("cle_non_texte"))
        elif key.value in mapping:
            first = mapping[key.value].key or node
            self.errors.append(
                node.error("cle_double", of_key=True, valeur=key.value, ligne=first.line)
            )
        else:
            mapping[key.value] = node

    def _place(self, event: Any) -> Lieu:
        mark = event.start_mark
        return Lieu(self.fichier, mark.line + 1, mark.column + 1)

"""The parser's events become a tree, without recursion and without YAML's own typing."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

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


def _at(event: yaml.Event) -> Node:
    mark = event.start_mark
    return Node(mark.line + 1, mark.column + 1) if mark else Node(1, 1)


@dataclass(slots=True)
class Builder:
    """Stacks the open lists and mappings; `keys` wait for their values.

    `flows` says which of them are between brackets or braces; `quoted` is the text between
    quotes that has just been read, when it runs over several lines, and its last line.
    """

    fichier: str
    root: Node | None = None
    errors: list[Erreur] = field(default_factory=list)
    stack: list[Node] = field(default_factory=list)
    keys: list[Node | None] = field(default_factory=list)
    flows: list[bool] = field(default_factory=list)
    quoted: tuple[Node, int] | None = None
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

    def unclosed(self, line: int, at_end: bool) -> Node | None:
        """What was opened before that line and explains that nothing can be read there.

        A quote that is missing is closed by the next one, often far below: the text between
        quotes that ends where the trouble starts is the culprit.
        """
        if self.quoted and self.quoted[1] == line:
            return self.quoted[0]
        opened = [node for node, flow in zip(self.stack, self.flows, strict=True) if flow]
        return next((n for n in reversed(opened) if n.line < line or at_end), None)

    def _document(self, event: yaml.DocumentStartEvent) -> bool:
        self.documents += 1
        if self.documents == 1:
            return True
        node = _at(event)
        place = Lieu(self.fichier, node.line, node.column)
        self.errors.append(erreur(place, "second_document"))
        self.root = None  # half of the file is unread: what it lacks may be there
        return False

    def _node(self, event: yaml.NodeEvent) -> Node:
        node, self.quoted = _at(event), None
        if isinstance(event, yaml.ScalarEvent):
            node.value = event.value
            last = event.end_mark.line + 1 if event.end_mark else node.line
            if event.style in ("'", '"') and last > node.line:
                self.quoted = (node, last)
        elif isinstance(event, yaml.MappingStartEvent):
            node.value = {}
        elif isinstance(event, yaml.SequenceStartEvent):
            node.value = []
        self._attach(node)
        self._refuse(event, node)
        if isinstance(event, yaml.CollectionStartEvent):
            self.stack.append(node)
            self.keys.append(None)
            self.flows.append(bool(event.flow_style))
        return node

    def _attach(self, node: Node) -> None:
        if not self.stack:
            node.fichier, self.root = self.fichier, node
            return
        node.parent = parent = self.stack[-1]
        if isinstance(parent.value, list):
            parent.value.append(node)
            node.rank = len(parent.value)
        elif isinstance(parent.value, dict):
            if self.keys[-1] is None:
                self.keys[-1] = node
                return
            node.key, self.keys[-1] = self.keys[-1], None
            self._set(parent.value, node, node.key)

    def _set(self, mapping: dict[str, Node], node: Node, key: Node) -> None:
        if key.refused:
            return
        if not isinstance(key.value, str) or not key.value:
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
        self.flows.pop()

    def _refuse(self, event: yaml.NodeEvent, node: Node) -> None:
        if isinstance(event, yaml.AliasEvent):
            node.refused = True
            self.errors.append(node.error("alias"))
        elif event.anchor:
            self.errors.append(node.error("ancre"))
        if getattr(event, "tag", None):
            self.errors.append(node.error("etiquette"))
        if match := FORBIDDEN.search(node.text):  # written as an escape
            node.refused = True
            self.errors.append(node.error("caractere_interdit", valeur=code_point(match)))

"""The tree that a YAML file becomes: every value is a text, a list or keys, with its place."""

from __future__ import annotations

import re
from dataclasses import dataclass

from generator.errors import Erreur, Lieu, displayable, erreur


@dataclass(slots=True, eq=False)
class Node:
    """A value and where it starts (line and column from 1).

    `fichier` is set on the root of a file: a pôle's root hangs under the referential's list,
    and its errors still name its own file. `refused` marks a value that has its error already.
    `rank` is its place in its list, from 1. `montrables`, on the root of a pupil's file, are the
    names that its errors may show: whatever else is written there stays unsaid.
    """

    line: int
    column: int
    value: str | list[Node] | dict[str, Node] = ""
    key: Node | None = None
    parent: Node | None = None
    fichier: str = ""
    refused: bool = False
    rank: int = 0
    montrables: frozenset[str] | None = None

    @property
    def keys(self) -> dict[str, Node]:
        return self.value if isinstance(self.value, dict) else {}

    @property
    def text(self) -> str:
        return self.value if isinstance(self.value, str) else ""

    def items(self, key: str) -> list[Node]:
        """The elements of the list under that key; none where it is absent or no list."""
        child = self.keys.get(key)
        return child.value if child and isinstance(child.value, list) else []

    def plain(self) -> object:
        """The same as plain Python: str, list, dict."""
        if isinstance(self.value, dict):
            return {key: child.plain() for key, child in self.value.items()}
        if isinstance(self.value, list):
            return [child.plain() for child in self.value]
        return self.value

    def at(self, path: tuple[str | int, ...]) -> Node:
        """The node at that path, or the deepest one on the way to it."""
        node = self
        for segment in path:
            if isinstance(node.value, dict) and segment in node.value:
                node = node.value[str(segment)]
            elif isinstance(node.value, list) and isinstance(segment, int):
                node = node.value[segment]
        return node

    def forget(self) -> None:
        """Cuts the tree into pieces, so that its memory is free at once: it points both ways."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            inside = node.value
            waiting += inside.values() if isinstance(inside, dict) else ()
            waiting += inside if isinstance(inside, list) else ()
            node.value, node.parent, node.key = "", None, None

    def root(self) -> Node:
        """The top of its file."""
        node = self
        while node.parent is not None and not node.fichier:
            node = node.parent
        return node

    def lieu(self, *, of_key: bool = False) -> Lieu:
        """Its place, with its path from the root of its file."""
        root, names = self.root(), []
        node = self
        while node is not root and node.parent is not None:
            names.append(_shown(node._name(), root.montrables))
            node = node.parent
        path = ".".join(name for name in reversed(names) if name).replace(".[", "[")
        spot = self.key if of_key and self.key else self
        return Lieu(root.fichier, spot.line, spot.column, path)

    def error(self, kind: str, *, of_key: bool = False, **details: object) -> Erreur:
        """An error about this node (`of_key`: about its key)."""
        montrables = self.root().montrables
        for name in ("valeur", "autre"):
            if name in details:
                details[name] = _shown(str(details[name]), montrables)
        return erreur(self.lieu(of_key=of_key), kind, **details)  # type: ignore[arg-type]

    def _name(self) -> str:
        """Its key; in a list its `code`, which a reader knows better than a rank from 1."""
        if self.key:
            return displayable(self.key.text)
        code = self.keys.get("code")
        if code and code.text:
            return displayable(code.text)
        return f"[{self.rank}]" if self.rank else ""


def _shown(word: str, montrables: frozenset[str] | None) -> str:
    """The word, or a mark that hides it. A code is known by its digits: no name has any."""
    if montrables is None or word in montrables or re.fullmatch(_CODE, word):
        return word
    return "…"


# A rank in a list, U+0007, or a code such as 1.1.9, C1.2, P7: never a year nor a telephone.
_CODE = r"\[[0-9]+\]|U\+[0-9A-F]{4,6}|[A-Za-z]{0,2}[0-9]{1,2}(\.[0-9]{1,2}){0,3}"

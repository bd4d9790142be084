"""The words of the glossary where they stand in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from generator.model import Terme
from generator.values import slug


class Entree(NamedTuple):
    """A term of the glossary and the anchor of its address."""

    ancre: str
    terme: str
    definition: str


class Morceau(NamedTuple):
    """A piece of a text; `ancre` is that of the term that it is, or empty."""

    texte: str
    ancre: str = ""


Morceaux = tuple[Morceau, ...]


def entrees(glossaire: Sequence[Terme]) -> tuple[Entree, ...]:
    """The glossary in the order of the alphabet, whatever the accents."""
    found = (Entree(slug(terme), terme, definition) for terme, definition in glossaire)
    return tuple(sorted(found, key=lambda entree: entree.ancre))


class Lexique:
    """A glossary, ready to be found in texts.

    Whole words; each may take a final s or x (« états de rapprochement »); whatever the case, but
    for a term in capitals (« TVA »). Where several begin, the longest is taken.
    """

    def __init__(self, glossaire: Sequence[Terme]) -> None:
        self._found = sorted(entrees(glossaire), key=lambda e: len(e.terme), reverse=True)
        terms = "|".join(f"({_pattern(entree.terme)})" for entree in self._found)
        self._pattern = re.compile(rf"(?<!\w)(?:{terms or '(?!)'})(?!\w)")

    def explained(self, *textes: str) -> tuple[tuple[Morceaux, ...], tuple[Entree, ...]]:
        """The texts in pieces, each term marked the first time only, and the entries of these."""
        seen: dict[str, Entree] = {}
        pieces = tuple(tuple(self._pieces(texte, seen)) for texte in textes)
        return pieces, tuple(seen.values())

    def _pieces(self, texte: str, seen: dict[str, Entree]) -> Iterator[Morceau]:
        start = 0
        for match in self._pattern.finditer(texte):
            entree = self._found[(match.lastindex or 1) - 1]
            if entree.ancre in seen:
                continue
            seen[entree.ancre] = entree
            if match.start() > start:
                yield Morceau(texte[start : match.start()])
            yield Morceau(match[0], entree.ancre)
            start = match.end()
        if texte[start:]:
            yield Morceau(texte[start:])


def _pattern(terme: str) -> str:
    words = r"[ \u00a0]+".join(re.escape(word) + r"[sx]?" for word in terme.split())
    return words if terme.isupper() else f"(?i:{words})"

"""Looks for pupils' names in a built site: first name and name side by side, however written.

Every file is read once, as lists of plain words, and these are looked up in an index of names.
A name in a picture, or in text encoded in base 64, is not seen.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple, NoReturn

from generator.plain import WORD, fold, readings, texts_of

MASK = "…"

# First word of a name, in either order → what must follow, and whose name it is.
_Index = dict[str, list[tuple[list[str], str]]]


class Identite(NamedTuple):
    """A pupil's name; `eleve` is the identifier, the only one of the three that may be shown."""

    eleve: str
    nom: str
    prenom: str


class Fuite(NamedTuple):
    """A file that names a pupil. Where its own path does, `fichier` ends there with « … »."""

    fichier: str
    eleve: str


class FichierIllisible(Exception):
    """A file whose content cannot be known: it may hold a name. `fichier` is as in `Fuite`."""

    def __init__(self, fichier: str) -> None:
        self.fichier = fichier
        super().__init__(fichier)


def find_leaks(site: Path, identites: Iterable[Identite]) -> list[Fuite]:
    """Which files of the site name which pupils, by file. Raises FichierIllisible.

    No link is followed; what it leads to inside the site is seen in its own place.
    """
    index = _index(identites)
    found: set[Fuite] = set()

    def refuse(error: OSError) -> NoReturn:
        name = Path(error.filename).relative_to(site).as_posix()
        raise FichierIllisible(_masked(name, index)) from None

    for path in _walk(site, refuse):
        name = path.relative_to(site).as_posix()
        shown = _masked(name, index)
        texts = [*texts_of(os.fsencode(name)), *_content(path, shown)]
        found |= {Fuite(shown, eleve) for eleve in _named(texts, index)}
    return sorted(found)


def _index(identites: Iterable[Identite]) -> _Index:
    index: _Index = {}
    for eleve, *both in identites:
        nom, prenom = (WORD.findall(fold(part)) for part in both)
        for first, *rest in filter(None, (prenom + nom, nom + prenom)):
            index.setdefault(first, []).append((rest, eleve))
    return index


def _named(texts: Iterable[str], index: _Index) -> set[str]:
    return {eleve for text in texts for words in readings(text) for eleve in _found(words, index)}


def _found(words: list[str], index: _Index) -> Iterator[str]:
    present = set(words)
    likely = {
        first: [name for name in index[first] if present.issuperset(name[0])]
        for first in index.keys() & present
    }
    for place, word in enumerate(words, 1) if any(likely.values()) else ():
        for rest, eleve in likely.get(word, ()):
            if words[place : place + len(rest)] == rest:
                yield eleve


def _walk(site: Path, refuse: Callable[[OSError], NoReturn]) -> Iterator[Path]:
    """Every folder and file of the site, hidden ones too."""
    for parent, folders, files in os.walk(site, onerror=refuse):
        folders.sort()
        yield from (Path(parent, name) for name in (*folders, *sorted(files)))


def _masked(name: str, index: _Index) -> str:
    """The path, cut where it begins to name a pupil."""
    parts = os.fsencode(name).decode(errors="replace").split("/")
    for count in range(1, len(parts) + 1):
        if _named(["/".join(parts[:count])], index):
            return "/".join([*parts[: count - 1], MASK])
    return "/".join(parts)


def _content(path: Path, shown: str) -> list[str]:
    try:
        if path.is_symlink() or not path.is_file():
            return []
        return list(texts_of(path.read_bytes(), path.suffix))
    except Exception:  # a broken file makes libraries fail in any way, and may be quoted by them
        raise FichierIllisible(shown) from None

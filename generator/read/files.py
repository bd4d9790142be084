"""Opens data files: ordinary ones only, found in a folder's list, never through a link."""

from __future__ import annotations

import stat
from collections.abc import Iterable
from pathlib import Path

from generator.errors import Erreur, Lieu, erreur
from generator.read.source import MAX_BYTES, parse, split_lines
from generator.read.tree import Node


def listing(folder: Path) -> dict[str, Path]:
    """What the folder holds, by name; nothing where it does not exist or cannot be listed."""
    try:
        return {path.name: path for path in sorted(folder.iterdir())}
    except OSError:
        return {}


def shown(path: Path) -> str:
    """The path as errors give it: from the working folder where it lies inside, with slashes."""
    if not path.is_absolute():
        return path.as_posix()
    here = Path.cwd()
    return (path.relative_to(here) if path.is_relative_to(here) else path).as_posix()


def read_tree(
    path: Path, montrables: frozenset[str] | None = None
) -> tuple[Node | None, list[Erreur]]:
    """The tree of one YAML file, or why it cannot be read. For `montrables`, see `Node`."""
    name = shown(path)
    try:
        state = path.lstat()
        mode = state.st_mode
        if stat.S_ISLNK(mode):
            return None, [erreur(Lieu(name), "fichier_lien")]
        if not stat.S_ISREG(mode):
            return None, [erreur(Lieu(name), "fichier_special")]
        with path.open("rb") as stream:
            # Not more than there is: the buffer is made of that size.
            data = stream.read(min(state.st_size, MAX_BYTES) + 1)
    except FileNotFoundError:
        return None, [erreur(Lieu(name), "fichier_absent")]
    except OSError:
        return None, [erreur(Lieu(name), "fichier_illisible")]
    return parse(data, name, montrables=montrables)


def with_lines(errors: Iterable[Erreur]) -> list[Erreur]:
    """The same errors with their source line, to be shown above a caret."""
    wrong = list(errors)
    lines = {name: _lines(name) for name in {error.lieu.fichier for error in wrong}}
    return [e._replace(extrait=_line(lines[e.lieu.fichier], e.lieu.ligne)) for e in wrong]


def _lines(path: str) -> list[str]:
    try:
        with Path(path).open("rb") as stream:
            return split_lines(stream.read(MAX_BYTES).decode(errors="replace"))
    except OSError:
        return []


def _line(lines: list[str], rank: int) -> str:
    return lines[rank - 1] if 0 < rank <= len(lines) else ""

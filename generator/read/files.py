"""Opens data files: ordinary ones only, found in a folder's list, never through a link."""

from __future__ import annotations

from pathlib import Path

from generator.errors import Erreur, Lieu, erreur
from generator.read.source import MAX_BYTES, parse
from generator.read.tree import Node


def listing(folder: Path) -> dict[str, Path]:
    """What the folder holds, by name; nothing where it does not exist or cannot be listed."""
    try:
        return {path.name: path for path in sorted(folder.iterdir())}
    except OSError:
        return {}


def shown(path: Path) -> str:
    """The path as errors give it: from the working folder where it lies inside, with slashes."""
    absolute, here = path.absolute(), Path.cwd()
    return (absolute.relative_to(here) if absolute.is_relative_to(here) else path).as_posix()


def read_tree(path: Path) -> tuple[Node | None, list[Erreur]]:
    """The tree of one YAML file, or why it cannot be read."""
    name = shown(path)
    if path.is_symlink():
        return None, [erreur(Lieu(name), "fichier_lien")]
    if not path.exists():
        return None, [erreur(Lieu(name), "fichier_absent")]
    if not path.is_file():
        return None, [erreur(Lieu(name), "fichier_special")]
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError:
        return None, [erreur(Lieu(name), "fichier_illisible")]
    return parse(data, name)


def source_line(path: str, line: int) -> str:
    """The text of one line (from 1), to be shown above a caret; empty where there is none."""
    try:
        with Path(path).open("rb") as stream:
            lines = stream.read(MAX_BYTES).decode(errors="replace").splitlines()
    except OSError:
        return ""
    return lines[line - 1] if 0 < line <= len(lines) else ""

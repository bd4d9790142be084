"""Opens a referential, its pôles and its scale: the public reader.

The pôles' trees hang under the referential's list before anything is checked, so that one model
and one set of checks see the whole, and every error still names its own file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from generator.errors import DonneesInvalides, Erreur, nearest
from generator.model import Referentiel
from generator.read.checks import check_referentiel
from generator.read.files import listing, read_tree, shown, with_lines
from generator.read.folders import check_folder, graft_scale
from generator.read.schema import validate
from generator.read.tree import Node

FILE = "referentiel.yml"
GLOSSARY = "glossaire.yml"
_NOT_POLES = (FILE, GLOSSARY)


def read_referentiels(folders: Iterable[Path]) -> tuple[Referentiel, ...]:
    """The referentials of those folders, in that order.

    Raises DonneesInvalides with every error of every file: nothing is returned by halves.
    """
    found, errors = [], []
    for folder in folders:
        referentiel, wrong = _read(folder)
        errors += wrong
        if referentiel:
            found.append(referentiel)
    if errors:
        # The same scale may serve several referentials: its errors are said once.
        raise DonneesInvalides(with_lines(dict.fromkeys(errors)))
    return tuple(found)


def _read(folder: Path) -> tuple[Referentiel | None, list[Erreur]]:
    folder = folder if folder.name else folder.absolute()  # "." has a name too
    errors = check_folder(folder, FILE, "dossier_sans_referentiel")
    if errors:
        return None, errors
    root, errors = read_tree(folder / FILE)
    if root is None:
        return None, errors
    files = [shown(folder / FILE)]
    errors += _graft_poles(root, folder, files)
    errors += graft_scale(root, folder.parent / "echelles", files)
    errors += _graft_glossary(root, folder, files)
    referentiel, wrong = validate(Referentiel, root, added={"id": folder.absolute().name})
    errors += wrong + check_referentiel(root)
    rank = {name: i for i, name in enumerate(files)}
    errors.sort(key=lambda e: (rank[e.lieu.fichier], e.lieu.ligne, e.lieu.colonne))
    return (None if errors else referentiel), errors


def _graft_poles(root: Node, folder: Path, files: list[str]) -> list[Erreur]:
    """Replaces each file name of `poles` by that file's tree."""
    errors: list[Erreur] = []
    names, there = root.items("poles"), listing(folder)
    seen: set[str] = set()
    for rank, node in enumerate(names):
        wrong = _pole_name_errors(node, there, seen)
        seen.add(node.text)
        if not wrong:
            path = there[node.text]
            files.append(shown(path))
            tree, wrong = read_tree(path)
            if tree:
                names[rank], tree.parent = tree, node.parent
        node.refused = bool(wrong)
        errors += wrong
    return errors


def _graft_glossary(root: Node, folder: Path, files: list[str]) -> list[Erreur]:
    """Puts the tree of the glossary, where there is one, under a key that only a file may fill."""
    errors = []
    if inside := root.keys.get("glossaire"):
        inside.refused = True
        errors = [inside.error("glossaire_ailleurs", of_key=True)]
    path = listing(folder).get(GLOSSARY)
    if path is None:
        return errors
    files.append(shown(path))
    tree, wrong = read_tree(path)
    if tree:
        tree.parent = root
        root.keys["glossaire"] = tree
    return errors + wrong


def _pole_name_errors(node: Node, there: dict[str, Path], seen: set[str]) -> list[Erreur]:
    name = node.text
    if not isinstance(node.value, str) or not name.endswith(".yml") or re.search(r"[/\\:]", name):
        return [node.error("fichier_pole_invalide")]
    if name in _NOT_POLES:
        return [node.error("pas_un_pole")]
    if name in seen:
        return [node.error("pole_double")]
    if name not in there:
        known = [n for n in there if n.endswith(".yml") and n not in _NOT_POLES]
        return [node.error("fichier_absent", proche=nearest(name, known))]
    if there[name].is_symlink():
        return [node.error("fichier_lien")]
    return []

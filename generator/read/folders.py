"""What every data folder shares: a name that can be an address, a file that says what it is, a
scale beside it.
"""

from __future__ import annotations

import re
from pathlib import Path

from generator.errors import Erreur, Lieu, erreur, nearest
from generator.read.files import listing, read_tree, shown
from generator.read.tree import Node
from generator.values import ID, IDS_RESERVES, is_device


def folders_of(data: Path, file: str) -> list[str]:
    """The names of the folders that hold such a file."""
    return [name for name, path in listing(data).items() if file in listing(path)]


def check_folder(folder: Path, file: str, missing: str) -> list[Erreur]:
    """Why this is no folder of that kind; `missing` is the error where `file` is not in it."""
    place, name = Lieu(shown(folder)), folder.absolute().name
    if folder.is_symlink():
        return [erreur(place, "dossier_lien")]
    if not folder.is_dir():
        close = nearest(name, folders_of(folder.parent, file))
        return [erreur(place, "dossier_absent", proche=close)]
    if not is_id(name):
        return [erreur(place, "id_invalide")]
    if is_reserved(name):
        return [erreur(place, "id_reserve", valeur=name)]
    return [] if file in listing(folder) else [erreur(place, missing)]


def is_id(name: str) -> bool:
    """True for a name that can stand in an address."""
    return re.fullmatch(ID, name) is not None


def is_reserved(name: str) -> bool:
    return name in IDS_RESERVES or is_device(name)


def graft_scale(root: Node, scales: Path, files: list[str]) -> list[Erreur]:
    """Replaces the name of the scale by the tree of its file."""
    node = root.keys.get("echelle")
    if node is None:
        return []
    node.refused = True  # whatever is wrong with it is said here, not a second time by the schema
    there = {path.stem: path for path in listing(scales).values() if path.suffix == ".yml"}
    if not isinstance(node.value, str):
        return [node.error("texte_attendu")]
    if not node.text:
        return [node.error("texte_vide")]
    if node.text not in there:
        close = nearest(node.text, there)
        return [node.error("echelle_inconnue", dossier=shown(scales), proche=close)]
    files.append(shown(there[node.text]))
    tree, errors = read_tree(there[node.text])
    if tree:
        tree.parent, tree.key = root, node.key
        root.keys["echelle"] = tree
    return errors

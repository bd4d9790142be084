"""Which referentials are published: `extra: referentiels:` of mkdocs.yml, looked up in data/."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from generator.errors import DonneesInvalides, Erreur, Lieu, erreur, nearest
from generator.read.files import listing, read_tree, shown, with_lines
from generator.read.folders import folders_of
from generator.read.referentiel import FILE, read_referentiels
from generator.read.tree import Node

SITE_FILE = "mkdocs.yml"


def published_folders(root: Path) -> tuple[Path, ...]:
    """The folders to publish, in the order of mkdocs.yml; without that file, all of data/.

    Raises DonneesInvalides where a name is not in the list of what data/ holds.
    """
    data = listing(root / "data")
    if SITE_FILE not in listing(root):
        return tuple(data[name] for name in folders_of(root / "data", FILE))
    tree, errors = read_tree(root / SITE_FILE)
    # MkDocs' own file may use tags and anchors, which data may not: only a file that cannot be
    # read at all is wrong here.
    if tree is None:
        raise DonneesInvalides(errors)
    extra = tree.keys.get("extra")
    names = extra.items("referentiels") if extra else []
    folders = tuple(dict.fromkeys(data[name.text] for name in names if name.text in data))
    wrong = [_unknown(name, root / "data") for name in names if name.text not in data]
    if not names:
        wrong = [_nothing(extra and extra.keys.get("referentiels"), shown(root / SITE_FILE))]
    if wrong:
        raise DonneesInvalides([*with_lines(wrong), *_errors_in(folders)])
    return folders


def public_address(root: Path) -> str:
    """`site_url` of mkdocs.yml, with its slash at the end, or nothing where none is given. With
    `!ENV [NAME, …]`, the first of these variables that is set, as MkDocs has it.
    """
    if SITE_FILE not in listing(root):
        return ""
    tree, _ = read_tree(root / SITE_FILE)
    if tree is None:
        return ""
    given = tree.keys.get("site_url")
    found = given.text if given else ""
    if names := [node.text for node in tree.items("site_url")]:
        found = next((os.environ[name] for name in names if name in os.environ), names[-1])
    return found if not found or found.endswith("/") else f"{found}/"


def _errors_in(folders: Iterable[Path]) -> tuple[Erreur, ...]:
    try:
        read_referentiels(folders)
    except DonneesInvalides as invalid:
        return invalid.erreurs
    return ()


def _nothing(given: Node | None, fichier: str) -> Erreur:
    if given and given.value != []:
        return given.error("liste_attendue")
    return erreur(Lieu(fichier), "aucun_referentiel")


def _unknown(name: Node, data: Path) -> Erreur:
    if not isinstance(name.value, str):
        return name.error("texte_attendu")
    if not name.text:
        return name.error("texte_vide")
    return name.error("dossier_absent", proche=nearest(name.text, folders_of(data, FILE)))

"""Which referentials are published: `extra: referentiels:` of mkdocs.yml, looked up in data/."""

from __future__ import annotations

from pathlib import Path

from generator.errors import DonneesInvalides, Erreur, Lieu, erreur, nearest
from generator.read.files import listing, read_tree, shown
from generator.read.referentiel import FILE
from generator.read.tree import Node

SITE_FILE = "mkdocs.yml"


def published_folders(root: Path) -> tuple[Path, ...]:
    """The folders to publish, in the order of mkdocs.yml; without that file, all of data/.

    Raises DonneesInvalides where a name is not in the list of what data/ holds.
    """
    data = listing(root / "data")
    if SITE_FILE not in listing(root):
        return tuple(path for path in data.values() if FILE in listing(path))
    tree, errors = read_tree(root / SITE_FILE)
    # MkDocs' own file may use tags and anchors, which data may not: only a file that cannot be
    # read at all is wrong here.
    if tree is None:
        raise DonneesInvalides(errors)
    extra = tree.keys.get("extra")
    names = extra.items("referentiels") if extra else []
    place = Lieu(shown(root / SITE_FILE))
    wrong = [] if names else [erreur(place, "aucun_referentiel")]
    wrong += [_unknown(name, data) for name in names if name.text not in data]
    if wrong:
        raise DonneesInvalides(wrong)
    return tuple(dict.fromkeys(data[name.text] for name in names))


def _unknown(name: Node, data: dict[str, Path]) -> Erreur:
    known = [id_ for id_, path in data.items() if FILE in listing(path)]
    return name.error("dossier_absent", proche=nearest(name.text, known))

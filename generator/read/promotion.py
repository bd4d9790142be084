"""Opens a promotion and its pupils: the only module that opens an evaluation.

Pupils are read one by one, and forgotten: a class of a thousand takes no more memory than one.
Their errors give a place and a sentence, never a name, a value or a line of the file.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from generator.errors import DonneesInvalides, Erreur, Lieu, erreur, nearest
from generator.evaluation import Evaluation, PeriodeDatee, Promotion, PromotionEcrite
from generator.model import Referentiel
from generator.read.evaluations import check_evaluation, check_promotion, codes_of
from generator.read.files import listing, read_tree, shown, with_lines
from generator.read.folders import check_folder, folders_of, graft_scale, is_id, is_reserved
from generator.read.referentiel import FILE as REFERENTIEL
from generator.read.referentiel import read_referentiels
from generator.read.schema import names_of, validate
from generator.read.tree import Node

FILE = "promotion.yml"
_IGNORED = {"thumbs.db", "desktop.ini"}


class Lecture(NamedTuple):
    """A promotion and where it lies. `notes` are remarks for whoever runs the command."""

    promotion: Promotion
    folder: Path
    notes: tuple[Erreur, ...]


def read_promotion(folder: Path) -> Lecture:
    """A promotion without its pupils. Raises DonneesInvalides with every error of its files."""
    folder = folder if folder.name else folder.absolute()
    wrong = check_folder(folder, FILE, "dossier_sans_promotion")
    if wrong:
        raise DonneesInvalides(wrong)
    root, wrong = read_tree(folder / FILE)
    if root is None:
        raise DonneesInvalides(wrong)
    referentiel, scales, more = _referentiel(root, folder)
    wrong += more + graft_scale(root, scales, [])
    written, more = validate(PromotionEcrite, root, added={"id": folder.absolute().name})
    wrong += more
    if referentiel:
        wrong += check_promotion(root, referentiel)
    eleves, notes, more = _eleves(folder)
    wrong += more
    if wrong or written is None or referentiel is None:
        raise DonneesInvalides(with_lines(dict.fromkeys(wrong)))
    return Lecture(_whole(written, referentiel, eleves), folder, tuple(notes))


def read_eleve(lecture: Lecture, eleve: str) -> tuple[Evaluation | None, list[Erreur]]:
    """One pupil of the promotion, or what is wrong in the file."""
    promotion = lecture.promotion
    root, errors = read_tree(lecture.folder / f"{eleve}.yml", _montrables(promotion))
    if root is None:
        return None, errors
    evaluation, wrong = validate(Evaluation, root, added={"id": eleve})
    errors = sorted(
        {*errors, *wrong, *check_evaluation(root, promotion)},
        key=lambda e: (e.lieu.ligne, e.lieu.colonne),
    )
    return (None if errors else evaluation), errors


def _montrables(promotion: Promotion) -> frozenset[str]:
    """The names that errors may show: our own keys, and the codes of this promotion."""
    codes = {*codes_of(promotion.referentiel), *(p.code for p in promotion.periodes)}
    return names_of(Evaluation) | codes


def _referentiel(root: Node, folder: Path) -> tuple[Referentiel | None, Path, list[Erreur]]:
    """The referential that the promotion names, and the folder of the scales beside it."""
    node = root.keys.get("referentiel")
    near = folder.absolute().parent
    places = (near.parent, near, Path("data").absolute())
    known = {name: place for place in reversed(places) for name in folders_of(place, REFERENTIEL)}
    data = known.get(node.text, places[0]) if node else places[0]
    if node is None or not node.text:
        return None, data / "echelles", []
    if node.text not in known:
        close = nearest(node.text, known)
        error = node.error("referentiel_inconnu", dossier=shown(data), proche=close)
        return None, data / "echelles", [error]
    try:
        (referentiel,) = read_referentiels([data / node.text])
    except DonneesInvalides as invalid:
        return None, data / "echelles", list(invalid.erreurs)
    return referentiel, data / "echelles", []


def _eleves(folder: Path) -> tuple[tuple[str, ...], list[Erreur], list[Erreur]]:
    """The identifiers, what is left aside, what must be mended."""
    found: list[str] = []
    notes: list[Erreur] = []
    errors: list[Erreur] = []
    for name in listing(folder):
        stem, _, suffix = name.rpartition(".")
        if name == FILE or name.startswith(".") or name.casefold() in _IGNORED:
            continue
        if suffix == "yml" and is_id(stem) and not is_reserved(stem):
            found.append(stem)
            continue
        # The name of a file may be a pupil's: only its first letter is said.
        note = erreur(Lieu(shown(folder)), "pas_un_eleve", valeur=f"{name[0]}….{suffix}")
        (errors if suffix.casefold() in ("yml", "yaml") else notes).append(note)
    if not found and not errors:
        errors.append(erreur(Lieu(shown(folder)), "promotion_vide"))
    return tuple(found), notes, errors


def _whole(written: PromotionEcrite, referentiel: Referentiel, eleves: Iterable[str]) -> Promotion:
    inherited = tuple(
        PeriodeDatee.model_validate(periode.model_dump(exclude_defaults=True))
        for periode in referentiel.periodes
    )
    return Promotion(
        id=written.id,
        intitule=written.intitule,
        etablissement=written.etablissement,
        adresse=written.adresse,
        referentiel=referentiel,
        periodes=written.periodes or inherited,
        echelle=written.echelle or referentiel.echelle,
        eleves=tuple(eleves),
    )

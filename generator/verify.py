"""Everything that `verifier` looks at: referentials and promotions, all their errors at once."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from generator.errors import DonneesInvalides, Erreur
from generator.model import Referentiel
from generator.read.files import listing
from generator.read.promotion import FILE as PROMOTION
from generator.read.promotion import Lecture, read_eleves, read_promotion
from generator.read.published import published_folders
from generator.read.referentiel import read_referentiels

_CLASSES = ("exemples", "evaluations")  # under data/


class Bilan(NamedTuple):
    """What was found right."""

    referentiels: tuple[Referentiel, ...]
    promotions: tuple[Lecture, ...]


def verify(folders: Iterable[Path]) -> Bilan:
    """The data of those folders. Raises DonneesInvalides with all the errors of all of them."""
    asked = tuple(folders)
    classes = [folder for folder in asked if _holds_a_class(folder)]
    errors: list[Erreur] = []
    referentiels: tuple[Referentiel, ...] = ()
    promotions = []
    try:
        referentiels = read_referentiels(folder for folder in asked if folder not in classes)
    except DonneesInvalides as invalid:
        errors += invalid.erreurs
    for folder in classes:
        try:
            promotions.append(_whole_promotion(folder))
        except DonneesInvalides as invalid:
            errors += invalid.erreurs
    if errors:
        raise DonneesInvalides(dict.fromkeys(errors))
    return Bilan(referentiels, tuple(promotions))


def public_and_examples(root: Path) -> tuple[Path, ...]:
    """What is looked at when nothing is named: never an evaluation."""
    examples = listing(root / "data" / "exemples").values()
    return (*published_folders(root), *(path for path in examples if PROMOTION in listing(path)))


def _holds_a_class(folder: Path) -> bool:
    """True also where its promotion.yml is missing, in the folders that are for classes."""
    return PROMOTION in listing(folder) or folder.absolute().parent.name in _CLASSES


def _whole_promotion(folder: Path) -> Lecture:
    lecture = read_promotion(folder)
    for _ in read_eleves(lecture):
        pass  # each is checked, then forgotten
    return lecture

"""Opens a promotion and its pupils: the only module that opens an evaluation.

Pupils are read one by one, and forgotten: a class of a thousand takes no more memory than one.
Their errors give a place and a sentence, never a name, a value or a line of the file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from generator.errors import DonneesInvalides, Erreur, nearest
from generator.evaluation import Evaluation, PeriodeDatee, Promotion, PromotionEcrite
from generator.model import Referentiel
from generator.read.evaluations import check_evaluation, check_promotion, codes_of
from generator.read.files import read_tree, shown, with_lines
from generator.read.folders import check_folder, folders_of, graft_scale
from generator.read.pupils import pupils_of
from generator.read.referentiel import FILE as REFERENTIEL
from generator.read.referentiel import read_referentiels
from generator.read.schema import names_of, validate
from generator.read.tree import Node

FILE = "promotion.yml"


class Lecture(NamedTuple):
    """A promotion and where it lies. `notes` are remarks for whoever runs the command,
    `montrables` what may be shown of a pupil's file (see `Node`).
    """

    promotion: Promotion
    folder: Path
    notes: tuple[Erreur, ...]
    montrables: frozenset[str]


def read_promotion(folder: Path) -> Lecture:
    """A promotion without its pupils. Raises DonneesInvalides with every error of its files,
    pupils' too: what can be said of them without the promotion where it is wrong itself.
    """
    folder = folder if folder.name else folder.absolute()
    if wrong := check_folder(folder, FILE, "dossier_sans_promotion"):
        raise DonneesInvalides(wrong)
    eleves, notes, misnamed = pupils_of(folder, FILE)
    promotion, wrong = _promotion(folder, eleves)
    known = _montrables(promotion)
    if promotion and not misnamed:
        return Lecture(promotion, folder, notes, known)
    pupils = [error for eleve in eleves for error in _eleve(folder, eleve, promotion, known)[1]]
    own = shown(folder / FILE)
    shared = with_lines(error for error in wrong if error.lieu.fichier != own)
    mine = [error for error in wrong if error.lieu.fichier == own]
    raise DonneesInvalides([*dict.fromkeys([*mine, *shared]), *misnamed, *pupils])


def read_eleve(lecture: Lecture, eleve: str) -> tuple[Evaluation | None, list[Erreur]]:
    """One pupil of the promotion, or what is wrong in the file."""
    return _eleve(lecture.folder, eleve, lecture.promotion, lecture.montrables)


def _promotion(folder: Path, eleves: tuple[str, ...]) -> tuple[Promotion | None, list[Erreur]]:
    # As discreet as for a pupil's file: lines of one may have been pasted here.
    root, wrong = read_tree(folder / FILE, names_of(PromotionEcrite))
    if root is None:
        return None, wrong
    files = [shown(folder / FILE)]
    referentiel, scales, more = _referentiel(root, folder)
    wrong += more + graft_scale(root, scales, files)
    written, more = validate(PromotionEcrite, root, added={"id": folder.absolute().name})
    wrong += more
    if referentiel:
        wrong += check_promotion(root, referentiel)
    if wrong or written is None or referentiel is None:
        # The referential's own errors come last, in its order.
        rank = {name: i for i, name in enumerate(files)}
        last = (len(files), 0, 0)
        wrong.sort(key=lambda e: (rank[n], *e.lieu[1:3]) if (n := e.lieu.fichier) in rank else last)
        return None, wrong
    return _whole(written, referentiel, eleves), []


def _eleve(
    folder: Path, eleve: str, promotion: Promotion | None, known: frozenset[str]
) -> tuple[Evaluation | None, list[Erreur]]:
    root, errors = read_tree(folder / f"{eleve}.yml", known)
    if root is None:
        return None, errors
    evaluation, wrong = validate(Evaluation, root, added={"id": eleve})
    precise = list(check_evaluation(root, promotion)) if promotion else []
    places = {error.lieu for error in precise}
    # A code that is unknown here is often badly formed too: one mistake, one error.
    errors += precise + [error for error in wrong if error.lieu not in places]
    errors = sorted(dict.fromkeys(errors), key=lambda e: (e.lieu.ligne, e.lieu.colonne))
    root.forget()
    return (None if errors else evaluation), errors


def read_eleves(lecture: Lecture) -> Iterator[Evaluation]:
    """Every pupil of a promotion. Raises DonneesInvalides, once all have been read."""
    errors: list[Erreur] = []
    for eleve in lecture.promotion.eleves:
        evaluation, wrong = read_eleve(lecture, eleve)
        errors += wrong
        if evaluation:
            yield evaluation
    if errors:
        raise DonneesInvalides(errors)


def _montrables(promotion: Promotion | None) -> frozenset[str]:
    """The names that errors may show: our own keys, and the codes of this promotion."""
    if promotion is None:
        return names_of(Evaluation)
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

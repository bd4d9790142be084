"""What a pupil has done so far: derived from what was recorded, never stored, never an average."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from generator.evaluation import Evaluation, Promotion
from generator.model import Groupe

COUVERTE, EXCLUE = "couverte", "exclue"
REGLE = (
    "Une compétence est couverte dès qu'un niveau, ou une marque qui compte, a été noté dans une "
    "période. Un groupe est couvert s'il a été noté, ou si l'une de ses compétences l'est. Rien "
    "n'est jamais additionné ni moyenné, et une case vide ne veut rien dire."
)


class Note(NamedTuple):
    """A code, and the period in which it was recorded."""

    periode: str
    code: str


# There are few different ones, and a promotion keeps thousands.
note = lru_cache(maxsize=1024)(Note)


class Etat(NamedTuple):
    """Where a competency or a group stands. `notes` are in the order of the periods."""

    code: str
    notes: tuple[Note, ...]
    couverte: bool
    exclue: bool

    @property
    def derniere(self) -> Note:
        """The last filled period in file order; empty where nothing was recorded."""
        return self.notes[-1] if self.notes else note("", "")


class Couverture(NamedTuple):
    """Two counts, each with what it is counted on: what is `exclue` is in neither."""

    competences: tuple[Etat, ...]
    groupes: tuple[Etat, ...]
    semaines: int

    @property
    def competences_couvertes(self) -> tuple[int, int]:
        return _counts(self.competences)

    @property
    def groupes_couverts(self) -> tuple[int, int]:
        return _counts(self.groupes)


def coverage(promotion: Promotion, evaluation: Evaluation) -> Couverture:
    """The coverage of one pupil."""
    counts = _what_counts(promotion)
    competences: list[Etat] = []
    groupes: list[Etat] = []
    for groupe in promotion.referentiel.groupes:
        children = [
            _etat(competence.code, promotion, evaluation, counts) for competence in groupe.toutes
        ]
        competences += children
        groupes.append(_of_group(groupe, children, promotion, evaluation, counts))
    weeks = sum(
        evaluation.periode(periode.code).semaines
        for periode in promotion.periodes
        if periode.comptee == "oui"
    )
    return Couverture(tuple(competences), tuple(groupes), weeks)


def _what_counts(promotion: Promotion) -> dict[str, str]:
    """What each code of the scale does: a level always covers."""
    marks = {marque.code: marque.compte for marque in promotion.echelle.marques}
    return {niveau.code: COUVERTE for niveau in promotion.echelle.niveaux} | marks


def _etat(code: str, promotion: Promotion, evaluation: Evaluation, counts: dict[str, str]) -> Etat:
    notes = tuple(
        note(periode.code, level)
        for periode in promotion.periodes
        if (level := evaluation.periode(periode.code).niveaux.get(code))
    )
    done = [counts[note.code] for note in notes]
    covered = COUVERTE in done
    return Etat(code, notes, covered, EXCLUE in done and not covered)


def _of_group(
    groupe: Groupe,
    children: list[Etat],
    promotion: Promotion,
    evaluation: Evaluation,
    counts: dict[str, str],
) -> Etat:
    """A group's own marks are never copied to its competencies; theirs cover it."""
    own = _etat(groupe.code, promotion, evaluation, counts)
    covered = own.couverte or any(child.couverte for child in children)
    excluded = own.exclue or all(child.exclue for child in children)
    return own._replace(couverte=covered, exclue=excluded and not covered)


def _counts(etats: Iterable[Etat]) -> tuple[int, int]:
    counted = [etat for etat in etats if not etat.exclue]
    return sum(etat.couverte for etat in counted), len(counted)

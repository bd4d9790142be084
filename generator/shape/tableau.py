"""`Tableau`: a promotion on one page, before a class council."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from generator.evaluation import Promotion
from generator.model import Groupe
from generator.shape.couverture import Note
from generator.shape.dossier import Dossier
from generator.shape.entete import Champ
from generator.shape.grille import Legende, legende


class Rangee(NamedTuple):
    """What is kept of a pupil once the dossier is written: names, counts, latest codes."""

    eleve: str
    nom: str
    classe: str
    dernieres: tuple[Note, ...]
    couvertes: tuple[bool, ...]
    competences: tuple[int, int]
    groupes: tuple[int, int]
    semaines: int


class Colonne(NamedTuple):
    """A group or a competency; `jamais`: covered by nobody."""

    code: str
    intitule: str
    groupe: bool
    jamais: bool


class Tableau(NamedTuple):
    intitule: str
    etablissement: str
    colonnes: tuple[Colonne, ...]
    rangees: tuple[Rangee, ...]
    jamais: tuple[Champ, ...]
    moins: tuple[Rangee, ...]
    classes: tuple[str, ...]
    legende: Legende


def rangee(promotion: Promotion, dossier: Dossier) -> Rangee:
    """A pupil's row, cells in the order of the columns: each group, then its competencies."""
    covered = dossier.couverture
    etats = {etat.code: etat for etat in (*covered.groupes, *covered.competences)}
    ordered = [etats[colonne.code] for colonne in _columns(promotion, ())]
    return Rangee(
        eleve=dossier.eleve,
        nom=dossier.nom,
        classe=dossier.classe,
        dernieres=tuple(etat.derniere for etat in ordered),
        couvertes=tuple(etat.couverte for etat in ordered),
        competences=covered.competences_couvertes,
        groupes=covered.groupes_couverts,
        semaines=covered.semaines,
    )


def tableau(promotion: Promotion, rangees: Sequence[Rangee]) -> Tableau:
    """The promotion's page. `moins` are those with the fewest competencies covered."""
    columns = _columns(promotion, rangees)
    fewest = min((r.competences[0] for r in rangees), default=0)
    return Tableau(
        intitule=promotion.intitule,
        etablissement=promotion.etablissement,
        colonnes=columns,
        rangees=tuple(rangees),
        jamais=tuple(Champ(c.code, c.intitule) for c in columns if c.jamais and not c.groupe),
        moins=tuple(r for r in rangees if r.competences[0] == fewest),
        classes=tuple(dict.fromkeys(r.classe for r in rangees if r.classe)),
        legende=legende(promotion.echelle),
    )


def _columns(promotion: Promotion, rangees: Sequence[Rangee]) -> tuple[Colonne, ...]:
    done = [any(column) for column in zip(*(r.couvertes for r in rangees), strict=True)]
    return tuple(
        Colonne(
            element.code,
            element.intitule,
            groupe=isinstance(element, Groupe),
            jamais=bool(done) and not done[rank],
        )
        for rank, element in enumerate(promotion.referentiel.notables)
    )

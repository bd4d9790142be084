"""`Grille`: one pôle as a table. The one shape that the page, the PDF and the dossier share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from generator.model import Competence, Echelle, Groupe, Ligne, Periode, Pole, Referentiel
from generator.shape.entete import (
    IDENTITE_VIERGE,
    Champ,
    Entete,
    en_ligne,
    nom_du_diplome,
    repere,
    source_et_version,
)

REGLE_VIDE = "Case vide : rien n'a été noté."


class Cellule(NamedTuple):
    """What is recorded in one period; an empty code means nothing, never a failure.

    `attendue` marks what this placement is for, by its annexe pédagogique.
    """

    periode: str
    code: str = ""
    attendue: bool = False


class Rang(NamedTuple):
    """A competency. Its `activites` span `portee` rows; 0 where the cell above goes on."""

    code: str
    intitule: str
    criteres: tuple[str, ...]
    cellules: tuple[Cellule, ...]
    activites: tuple[str, ...] = ()
    portee: int = 0


class Section(NamedTuple):
    """A group: its own row of cells, then its competencies."""

    code: str
    intitule: str
    cellules: tuple[Cellule, ...]
    rangs: tuple[Rang, ...]


class Legende(NamedTuple):
    niveaux: tuple[Champ, ...]
    marques: tuple[Champ, ...]
    regle: str = REGLE_VIDE


class Grille(NamedTuple):
    """`pole` is the pôle's code; `colonnes` are the periods, code and title; `adresse` is where
    the pôle is on line, or empty.
    """

    pole: str
    entete: Entete
    identite: tuple[Champ, ...]
    colonnes: tuple[Champ, ...]
    avec_activites: bool
    sections: tuple[Section, ...]
    legende: Legende
    source: str
    adresse: str = ""


Cellules = Callable[[str], tuple[Cellule, ...]]  # the cells of a competency or of a group


def blank_grille(referentiel: Referentiel, pole: Pole, adresse: str = "") -> Grille:
    """The empty grid of a pôle: as many cells as (competencies + groups) × periods. `adresse` is
    that of the public site.
    """
    vides = tuple(Cellule(periode.code) for periode in referentiel.periodes)
    return grille(
        referentiel,
        pole,
        referentiel.periodes,
        referentiel.echelle,
        IDENTITE_VIERGE,
        lambda _: vides,
        adresse,
    )


def grille(
    referentiel: Referentiel,
    pole: Pole,
    periodes: Sequence[Periode],
    echelle: Echelle,
    identite: tuple[Champ, ...],
    cellules: Cellules,
    adresse: str = "",
) -> Grille:
    """The grid of a pôle with these columns, this scale, and in each row these cells."""
    return Grille(
        pole=pole.code,
        entete=Entete(
            diplome=nom_du_diplome(referentiel),
            titre=referentiel.titre,
            repere=repere(referentiel, pole),
            intitule=pole.intitule,
            epreuve=pole.epreuve,
        ),
        identite=identite,
        colonnes=colonnes(periodes),
        avec_activites=referentiel.avec_activites,
        sections=tuple(_section(groupe, cellules) for groupe in pole.groupes),
        legende=legende(echelle),
        source=source_et_version(referentiel),
        adresse=en_ligne(adresse, referentiel, pole),
    )


def colonnes(periodes: Iterable[Periode]) -> tuple[Champ, ...]:
    """A column a period: its code, and its title with the year."""
    return tuple(
        Champ(p.code, f"{p.intitule}, {p.annee}" if p.annee else p.intitule) for p in periodes
    )


def legende(echelle: Echelle) -> Legende:
    return Legende(
        niveaux=tuple(Champ(n.code, n.intitule) for n in echelle.niveaux),
        marques=tuple(Champ(m.code, m.intitule) for m in echelle.marques),
    )


def _section(groupe: Groupe, cellules: Cellules) -> Section:
    rangs = [rang for ligne in groupe.lignes for rang in _rangs(ligne, cellules)]
    rangs += [_rang(competence, cellules) for competence in groupe.competences]
    return Section(groupe.code, groupe.intitule, cellules(groupe.code), tuple(rangs))


def _rangs(ligne: Ligne, cellules: Cellules) -> list[Rang]:
    first, *others = ligne.competences
    head = _rang(first, cellules, ligne.activites, portee=len(ligne.competences))
    return [head, *(_rang(competence, cellules) for competence in others)]


def _rang(
    competence: Competence,
    cellules: Cellules,
    activites: tuple[str, ...] = (),
    portee: int = 0,
) -> Rang:
    criteres = tuple(critere.texte for critere in competence.criteres)
    return Rang(
        competence.code,
        competence.intitule,
        criteres,
        cellules(competence.code),
        activites,
        portee,
    )

"""`Fiche`: one competency in its place, with what stands around it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from generator.model import Competence, Groupe, Pole, Referentiel
from generator.shape.mots import Entree, Lexique, Morceaux


class LigneLue(NamedTuple):
    """A `Ligne` that may name no activity."""

    activites: tuple[str, ...]
    competences: tuple[Competence, ...]
    remarque: str


class Fiche(NamedTuple):
    """`precedente` and `suivante` are empty (no element) at the ends of the referential.

    `remarques` are those of its line and of its group; its own is in `competence`. The texts are
    in pieces, where the terms of the glossary are marked; `criteres` has those of the competency,
    by id, and `mots` explains the terms.
    """

    pole: Pole
    groupe: Groupe
    competence: Competence
    intitule: Morceaux
    activites: tuple[Morceaux, ...]
    criteres: tuple[tuple[str, Morceaux], ...]
    mots: tuple[Entree, ...]
    voisines: tuple[Competence, ...]
    remarques: tuple[str, ...]
    precedente: tuple[Competence, ...]
    suivante: tuple[Competence, ...]


def fiches(referentiel: Referentiel) -> tuple[Fiche, ...]:
    """Every competency in file order."""
    places = [
        (pole, groupe, ligne, competence)
        for pole in referentiel.poles
        for groupe in pole.groupes
        for ligne in lignes(groupe)
        for competence in ligne.competences
    ]
    ordre = [competence for *_, competence in places]
    lexique = Lexique(referentiel.glossaire)
    found = []
    for rang, (pole, groupe, ligne, competence) in enumerate(places):
        criteres = competence.criteres
        (intitule, *autres), mots = lexique.explained(
            competence.intitule, *ligne.activites, *(critere.texte for critere in criteres)
        )
        debut = len(ligne.activites)
        fiche = Fiche(
            pole=pole,
            groupe=groupe,
            competence=competence,
            intitule=intitule,
            activites=tuple(autres[:debut]),
            criteres=tuple(
                (critere.id, texte) for critere, texte in zip(criteres, autres[debut:], strict=True)
            ),
            mots=mots,
            voisines=_voisines(ligne, competence),
            remarques=tuple(filter(None, (ligne.remarque, groupe.remarque))),
            precedente=tuple(ordre[max(rang - 1, 0) : rang]),
            suivante=tuple(ordre[rang + 1 : rang + 2]),
        )
        found.append(fiche)
    return tuple(found)


def codes_holding(entree: Entree, every: Iterable[Fiche]) -> tuple[str, ...]:
    """The codes of the competencies whose texts have that word of the glossary."""
    return tuple(fiche.competence.code for fiche in every if entree in fiche.mots)


def lignes(groupe: Groupe) -> tuple[LigneLue, ...]:
    """Its lines; without activities, one line that names none."""
    if groupe.competences:
        return (LigneLue((), groupe.competences, ""),)
    return tuple(LigneLue(li.activites, li.competences, li.remarque) for li in groupe.lignes)


def _voisines(ligne: LigneLue, competence: Competence) -> tuple[Competence, ...]:
    if not ligne.activites:
        return ()
    return tuple(autre for autre in ligne.competences if autre is not competence)

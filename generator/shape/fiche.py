"""`Fiche`: one competency in its place, with what stands around it."""

from __future__ import annotations

from typing import NamedTuple

from generator.model import Competence, Groupe, Pole, Referentiel


class LigneLue(NamedTuple):
    """A `Ligne` that may name no activity."""

    activites: tuple[str, ...]
    competences: tuple[Competence, ...]
    remarque: str


class Fiche(NamedTuple):
    """`precedente` and `suivante` are empty (no element) at the ends of the referential.

    `remarques` are those of its line and of its group; its own is in `competence`.
    """

    pole: Pole
    groupe: Groupe
    competence: Competence
    activites: tuple[str, ...]
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
    return tuple(
        Fiche(
            pole=pole,
            groupe=groupe,
            competence=competence,
            activites=ligne.activites,
            voisines=_voisines(ligne, competence),
            remarques=tuple(filter(None, (ligne.remarque, groupe.remarque))),
            precedente=tuple(ordre[max(rang - 1, 0) : rang]),
            suivante=tuple(ordre[rang + 1 : rang + 2]),
        )
        for rang, (pole, groupe, ligne, competence) in enumerate(places)
    )


def lignes(groupe: Groupe) -> tuple[LigneLue, ...]:
    """Its lines; without activities, one line that names none."""
    if groupe.competences:
        return (LigneLue((), groupe.competences, ""),)
    return tuple(LigneLue(li.activites, li.competences, li.remarque) for li in groupe.lignes)


def _voisines(ligne: LigneLue, competence: Competence) -> tuple[Competence, ...]:
    if not ligne.activites:
        return ()
    return tuple(autre for autre in ligne.competences if autre is not competence)

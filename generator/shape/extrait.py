"""Parts of a referential: only the rows that one placement is for."""

from __future__ import annotations

from collections.abc import Collection

from generator.model import Groupe, Pole, Referentiel


def extract(referentiel: Referentiel, attendues: Collection[str]) -> Referentiel:
    """The referential with these codes only; a group's code stands for all that it holds.

    A pôle or a group with nothing left is not there any more.
    """
    poles = [_pole(pole, attendues) for pole in referentiel.poles]
    return referentiel.model_copy(update={"poles": tuple(p for p in poles if p.groupes)})


def _pole(pole: Pole, attendues: Collection[str]) -> Pole:
    groupes = [_groupe(groupe, attendues) for groupe in pole.groupes]
    return pole.model_copy(update={"groupes": tuple(g for g in groupes if g.toutes)})


def _groupe(groupe: Groupe, attendues: Collection[str]) -> Groupe:
    if groupe.code in attendues:
        return groupe
    lignes = [
        ligne.model_copy(
            update={"competences": tuple(c for c in ligne.competences if c.code in attendues)}
        )
        for ligne in groupe.lignes
    ]
    return groupe.model_copy(
        update={
            "lignes": tuple(ligne for ligne in lignes if ligne.competences),
            "competences": tuple(c for c in groupe.competences if c.code in attendues),
        }
    )

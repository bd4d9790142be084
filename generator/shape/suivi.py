"""`Suivi`: the follow-up sheet, a row a period, then the comments by code."""

from __future__ import annotations

from typing import NamedTuple

from generator.model import Referentiel
from generator.shape.entete import (
    IDENTITE_VIERGE,
    Champ,
    Entete,
    nom_du_diplome,
    source_et_version,
)

SIGNATAIRES = ("Élève", "Tuteur", "Enseignant référent")
# RGPD: what a free text must not say, printed where it is written.
RAPPEL = (
    "Bilan et commentaires : des faits observés au travail, en quelques mots. "
    "Rien sur la santé, la famille ou la discipline."
)
LIGNES_VIERGES = 2


class RangSuivi(NamedTuple):
    """One period; every text is empty on a blank sheet."""

    periode: str
    intitule: str
    annee: str
    organisme: str = ""
    tuteur: str = ""
    dates: str = ""
    semaines: str = ""
    bilan: str = ""


class Suivi(NamedTuple):
    """`commentaires` are (code and period, text); `lignes` are the empty ones to write on."""

    entete: Entete
    identite: tuple[Champ, ...]
    rangs: tuple[RangSuivi, ...]
    signataires: tuple[str, ...]
    commentaires: tuple[Champ, ...]
    lignes: int
    rappel: str
    source: str


def blank_suivi(referentiel: Referentiel) -> Suivi:
    """The empty follow-up sheet of a referential."""
    return Suivi(
        entete=Entete(
            diplome=nom_du_diplome(referentiel),
            titre=referentiel.titre,
            repere="",
            intitule="Fiche de suivi des périodes en entreprise",
        ),
        identite=IDENTITE_VIERGE,
        rangs=tuple(RangSuivi(p.code, p.intitule, p.annee) for p in referentiel.periodes),
        signataires=SIGNATAIRES,
        commentaires=(),
        lignes=LIGNES_VIERGES,
        rappel=RAPPEL,
        source=source_et_version(referentiel),
    )

"""What every sheet carries: what it is, whose it is, where its words come from."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from generator.model import Pole, Referentiel

_MOIS = (
    *("janvier", "février", "mars", "avril", "mai", "juin"),
    *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
)


class Champ(NamedTuple):
    """A line of the identity: a label and what is written after it, or nothing yet."""

    libelle: str
    valeur: str = ""


class Entete(NamedTuple):
    """The head of a sheet. `repere` is "Pôle 1", or empty on the follow-up sheet."""

    diplome: str
    titre: str
    repere: str
    intitule: str
    epreuve: str = ""


IDENTITE_VIERGE = (Champ("Nom et prénom"), Champ("Classe"), Champ("Établissement"))


def nom_du_diplome(referentiel: Referentiel) -> str:
    """The diploma in full, then its short name."""
    return f"{referentiel.diplome} ({referentiel.sigle})"


def repere(referentiel: Referentiel, pole: Pole) -> str:
    """What the diploma calls that pôle: "Pôle 1", "Bloc A"."""
    return f"{referentiel.libelles.pole} {pole.code}"


def en_ligne(adresse: str, referentiel: Referentiel, pole: Pole) -> str:
    """Where that pôle is on the public site, whose address ends with a slash; nothing where no
    site is known.
    """
    return adresse and f"{adresse}{referentiel.id}/poles/{pole.code}/"


def source_et_version(referentiel: Referentiel) -> str:
    """The official text and the day of our own transcription, in one line."""
    source = referentiel.source
    details = ", ".join(
        part for part in (source.nor and f"NOR {source.nor}", source.publication) if part
    )
    text = f"{source.texte} ({details})" if details else source.texte
    return f"Source : {text}. Version du {date_longue(referentiel.modifie_le)}."


def date_longue(jour: date) -> str:
    """As « 1er mars 2026 », the same whatever the machine's language."""
    rang = "1er" if jour.day == 1 else str(jour.day)
    return f"{rang} {_MOIS[jour.month - 1]} {jour.year}"


def date_courte(jour: date) -> str:
    """As « 18/05/2026 »."""
    return f"{jour:%d/%m/%Y}"

"""The nouns of a class: a promotion and what was recorded of its pupils. The public site never
imports this module, nor anything that does.
"""

from __future__ import annotations

from typing import NamedTuple

from pydantic import Field

from generator.model import Echelle, Ferme, Periode, Referentiel
from generator.values import (
    Adresse,
    Bilan,
    Code,
    CodeCourt,
    CodePeriode,
    Commentaire,
    Id,
    Jour,
    Nom,
    OuiNon,
    Semaines,
    Texte,
)


class PeriodeDatee(Periode):
    """A period of a promotion. `attendues` are the codes of the annexe pédagogique: competencies,
    or groups that stand for theirs. One that is not `comptee` is left out of the weeks only.
    """

    debut: Jour | None = None
    fin: Jour | None = None
    attendues: tuple[Code, ...] = ()
    comptee: OuiNon = "oui"


class PromotionEcrite(Ferme):
    """What promotion.yml says. What it leaves out comes from its referential."""

    id: Id
    intitule: Texte
    referentiel: Texte
    etablissement: Texte = ""
    adresse: Adresse = ""
    periodes: tuple[PeriodeDatee, ...] = Field(default=(), min_length=1, max_length=8)
    echelle: Echelle | None = None


class Promotion(NamedTuple):
    """A promotion, whole. `eleves` are identifiers, in the order of their files."""

    id: str
    intitule: str
    etablissement: str
    adresse: str
    referentiel: Referentiel
    periodes: tuple[PeriodeDatee, ...]
    echelle: Echelle
    eleves: tuple[str, ...]


class Identite(Ferme):
    nom: Nom
    prenom: Nom
    classe: Nom = ""


class Organisme(Ferme):
    """A host organisation; its dates, where absent, are those of the period."""

    nom: Nom
    tuteur: Nom = ""
    fonction: Nom = ""
    debut: Jour | None = None
    fin: Jour | None = None


class PeriodeEvaluee(Ferme):
    """What was recorded in one period: a code a competency, or a whole group."""

    organismes: tuple[Organisme, ...] = Field(default=(), max_length=4)
    semaines: Semaines = 0
    niveaux: dict[Code, CodeCourt] = Field(default_factory=dict)
    commentaires: dict[Code, Commentaire] = Field(default_factory=dict)
    bilan: Bilan = ""
    attendues: tuple[Code, ...] = ()


class Evaluation(Ferme):
    """A pupil. `id` is the stem of the file: the only name in addresses and messages."""

    id: Id
    eleve: Identite
    periodes: dict[CodePeriode, PeriodeEvaluee] = Field(default_factory=dict)

    def periode(self, code: str) -> PeriodeEvaluee:
        """What was recorded then; nothing where there is nothing."""
        return self.periodes.get(code, RIEN)


RIEN = PeriodeEvaluee()

"""The nouns: what a referential is. Frozen, checked, without a union type.

A union would lose the place of an error in the file, so an absent text is "", an absent list
is () and what one key cannot say (a group has `lignes` or `competences`) is in `read.checks`.
All values come as text from the YAML (see `read.source`): nothing is guessed from its look.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

from generator.values import (
    Aide,
    Code,
    CodeCourt,
    CodePeriode,
    Compte,
    Id,
    IdCritere,
    Jour,
    Mot,
    Texte,
)


class Ferme(BaseModel):
    """A key that is not declared is an error, nothing changes."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Element(Ferme):
    """Anything of a referential."""

    remarque: Texte = Field(
        default="", description="Note visible sur les pages, jamais sur les grilles."
    )


class Critere(NamedTuple):
    """A criterion. Its id is written once, never reused: it is the anchor of its address.

    Not a pydantic model: `_AsMapping` has checked both.
    """

    id: str
    texte: str


class Terme(NamedTuple):
    """A word of the trade and what it means; checked by `_AsMapping` too."""

    terme: str
    definition: str


class _AsMapping:
    """Reads and writes a tuple of pairs as the YAML has it: a mapping `c1: text`."""

    def __init__(self, pair: Callable[[str, str], Any], mapping: object) -> None:
        self.pair, self.mapping = pair, mapping

    def __get_pydantic_core_schema__(self, _: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        mapping = handler.generate_schema(self.mapping)
        return core_schema.no_info_after_validator_function(
            lambda texts: tuple(self.pair(*item) for item in texts.items()),
            mapping,
            serialization=core_schema.plain_serializer_function_ser_schema(
                lambda pairs: dict(map(tuple, pairs)), return_schema=mapping
            ),
        )


Criteres = Annotated[tuple[Critere, ...], _AsMapping(Critere, dict[IdCritere, Texte])]
Glossaire = Annotated[tuple[Terme, ...], _AsMapping(Terme, dict[Mot, Aide])]


class Competence(Element):
    code: Code
    intitule: Texte
    criteres: Criteres = ()
    aide: Aide = Field("", description="Aide en langage courant, non officielle.")


class Ligne(Element):
    """One cell of the Activités column and the competencies it spans."""

    activites: tuple[Texte, ...] = Field(min_length=1)
    competences: tuple[Competence, ...] = Field(min_length=1)


class Groupe(Element):
    code: Code
    intitule: Texte
    lignes: tuple[Ligne, ...] = ()
    competences: tuple[Competence, ...] = ()

    @property
    def toutes(self) -> tuple[Competence, ...]:
        """Its competencies in file order, with or without activities."""
        return self.competences or tuple(c for ligne in self.lignes for c in ligne.competences)


class Pole(Element):
    code: Code
    intitule: Texte
    epreuve: Texte = ""
    groupes: tuple[Groupe, ...] = Field(min_length=1)


class Niveau(Element):
    code: CodeCourt
    intitule: Texte
    aide: Aide = Field("", description="Le même sens en langage courant, non officiel.")


class Marque(Niveau):
    """A code outside the order of the levels; `compte` says what it does to the coverage."""

    compte: Compte


class Echelle(Element):
    intitule: Texte
    niveaux: tuple[Niveau, ...] = Field(min_length=2, max_length=6)
    marques: tuple[Marque, ...] = Field((), max_length=6)


class Periode(Element):
    code: CodePeriode
    intitule: Texte
    annee: Texte = ""


class Source(Element):
    """The official text that the words come from."""

    texte: Texte
    nor: Texte = ""
    publication: Texte = ""


class Libelles(Element):
    """What this diploma calls its parts."""

    pole: Texte = "Pôle"
    groupe: Texte = "Groupe"


class Referentiel(Element):
    """A whole referential, its pôles and its scale in place (files are `read`'s business)."""

    id: Id
    sigle: Texte
    diplome: Texte
    titre: Texte
    source: Source
    modifie_le: Jour
    libelles: Libelles = Field(default_factory=Libelles)
    periodes: tuple[Periode, ...] = Field(min_length=1, max_length=8)
    echelle: Echelle
    poles: tuple[Pole, ...] = Field(min_length=1)
    glossaire: Glossaire = ()

    @property
    def groupes(self) -> tuple[Groupe, ...]:
        """Its groups in file order, whatever their pôle."""
        return tuple(groupe for pole in self.poles for groupe in pole.groupes)

    @property
    def notables(self) -> tuple[Groupe | Competence, ...]:
        """What can be marked, in file order: each group, then its competencies."""
        found: list[Groupe | Competence] = []
        for groupe in self.groupes:
            found += [groupe, *groupe.toutes]
        return tuple(found)

    @property
    def avec_activites(self) -> bool:
        """False where no output has an Activités column."""
        return any(groupe.lignes for groupe in self.groupes)

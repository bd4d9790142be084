"""The model says the same in YAML, in JSON and in its schema."""

from __future__ import annotations

import json

import pytest
from pydantic import BaseModel, ValidationError

from generator.errors import MESSAGES, Lieu, displayable, erreur, nearest
from generator.model import Referentiel
from generator.read.referentiel import read_referentiels
from generator.read.schema import validate
from generator.read.source import parse
from generator.render.pages import public_pages
from tests.projects import ROOT


@pytest.fixture(scope="module")
def agora() -> Referentiel:
    return read_referentiels([ROOT / "data" / "agora-2020"])[0]


def test_json_comes_back_the_same(agora: Referentiel) -> None:
    text = public_pages([agora])["agora-2020/referentiel.json"]
    assert Referentiel.model_validate_json(text) == agora


def test_nothing_changes_once_read(agora: Referentiel) -> None:
    with pytest.raises(ValidationError):
        agora.sigle = "Autre"


def test_every_key_of_the_json_is_in_its_schema(agora: Referentiel) -> None:
    pages = public_pages([agora])
    schema = json.loads(pages["schemas/referentiel.json"])
    definitions = {"Referentiel": schema, **schema["$defs"]}
    published = json.loads(pages["agora-2020/referentiel.json"])
    assert set(published) <= set(definitions["Referentiel"]["properties"])
    competence = published["poles"][0]["groupes"][0]["lignes"][0]["competences"][0]
    assert set(competence) <= set(definitions["Competence"]["properties"])
    assert definitions["Competence"]["properties"]["criteres"]["type"] == "object"


def test_a_kind_without_a_sentence_cannot_be_built() -> None:
    with pytest.raises(KeyError):
        erreur(Lieu("a.yml"), "inventée")


def test_messages_are_french_sentences() -> None:
    assert len(MESSAGES) > 50
    for sentence in MESSAGES.values():
        assert sentence.endswith((".", ")"))
        assert "  " not in sentence


def test_a_type_of_error_without_translation_is_refused_in_french() -> None:
    class Compte(BaseModel):
        nombre: int

    tree, _ = parse(b"nombre: beaucoup", "a.yml")
    assert tree is not None
    _, errors = validate(Compte, tree)
    assert [str(e) for e in errors] == ["a.yml:1:9: nombre : cette valeur est refusée ici."]


def test_nearest_ignores_case_and_stays_silent_when_far() -> None:
    assert nearest("INTITULÉ", ["intitule", "code"]) == "intitule"
    assert nearest("zzz", ["intitule", "code"]) == ""


def test_displayable_keeps_one_line() -> None:
    assert displayable("a\nb\x1b[31m") == "a�b�[31m"
    assert len(displayable("x" * 500)) == 80

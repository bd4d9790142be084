"""An invented diploma, published beside AGOrA: another folder of data, no line of code."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from generator.model import Referentiel
from generator.read.referentiel import read_referentiels
from generator.shape.fiche import fiches


@pytest.fixture(scope="module")
def phare(variants: Path) -> Referentiel:
    return read_referentiels([variants / "data" / "phare-2031"])[0]


def soup(variants: Path, address: str) -> BeautifulSoup:
    path = variants / "site" / address / "index.html"
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


def words(page: BeautifulSoup, selector: str) -> str:
    (found,) = page.select(selector)
    return re.sub(r"\s+", " ", found.get_text()).strip()


def test_it_shares_none_of_agora_s_habits(phare: Referentiel) -> None:
    assert phare.libelles.pole == "Bloc"
    assert not phare.avec_activites
    assert len(phare.periodes) == 2
    assert len(phare.echelle.niveaux) == 6
    assert [len([c for g in p.groupes for c in g.toutes]) for p in phare.poles] == [3, 40, 1]
    assert phare.poles[0].groupes[0].competences[1].code == "C1.2"


def test_home_offers_both(variants: Path) -> None:
    home = words(soup(variants, ""), "article")
    for text in ("AGOrA", "Quel diplôme", "GPV", "Gardien de phare volant"):
        assert text in home


def test_each_page_speaks_its_words(variants: Path, phare: Referentiel) -> None:
    for fiche in fiches(phare):
        competence = fiche.competence
        text = words(soup(variants, f"phare-2031/competences/{competence.code}"), "article")
        for wanted in (competence.intitule, *(c.texte for c in competence.criteres)):
            assert re.sub(r"\s+", " ", wanted) in text
        assert f"Bloc {fiche.pole.code}" in text
        assert not re.search(r"Pôle|Activité|activité", text)
        assert "CAL Calme plat" in text


def test_no_column_for_activities(variants: Path) -> None:
    page = soup(variants, "phare-2031/grilles/pole-BC2")
    heads = [th.get_text() for th in page.select("thead th")]
    assert heads == ["Compétences", "Critères d'évaluation", "S1", "S2"]
    assert len(page.select("td.p")) == (40 + 4) * 2
    assert {int(str(th.get("colspan", "1"))) for th in page.select("tr.groupe th")} == {3}


def test_the_order_of_codes_is_the_file_s(variants: Path) -> None:
    codes = [
        th.get_text() for th in soup(variants, "phare-2031/grilles/pole-BC1").select("th.code")
    ]
    assert codes == ["C1.1", "C1.2", "C1.10"]

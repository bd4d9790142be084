"""AGOrA, whole and word for word: the seed is read here on its own and compared with the data."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from generator.model import Referentiel
from generator.read.referentiel import read_referentiels

ROOT = Path(__file__).parents[2]
SEED = ROOT / "tests" / "seed" / "agora-grilles.txt"

# The one cell of the seed that holds four activities run together; joined, they are its text.
SPLIT = {"2.3.1": 4}
# Seven competencies whose activity cell is empty: they go on with the cell above.
CONTINUED = ["2.1.2", "2.2.2", "2.2.3", "2.2.6", "3.2.3", "3.2.5", "3.3.4"]


def words(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


@dataclass
class Row:
    activity: str
    code: str
    title: str
    criteria: list[str]


@dataclass
class Seed:
    title: str = ""
    poles: list[tuple[str, str]] = field(default_factory=list)
    groups: list[tuple[str, str]] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)


def _criteria(cell: str) -> list[str]:
    text = re.sub(r"<[^>]+>", " ", cell)
    # A dash that opens a criterion follows a tag or a space and precedes a capital.
    return [words(part) for part in re.split(r"(?:^|\s)-\s(?=[A-ZÉ])", text) if words(part)]


@pytest.fixture(scope="module")
def seed() -> Seed:
    found = Seed()
    for line in html.unescape(SEED.read_text(encoding="utf-8")).splitlines():
        if match := re.fullmatch(r"# (.+) • (.+)", line):
            found.title = f"{match[1]} • {match[2]}"
        elif match := re.fullmatch(r"## Pôle (\d) > (.+)", line):
            found.poles.append((match[1], words(match[2])))
        elif match := re.match(r"<b>(\d\.\d)(?:\.| -) (.+)</b>", line):
            found.groups.append((match[1], words(match[2])))
        elif match := re.match(r"([^\t]*)\t(\d\.\d\.\d)\t([^\t]*)\t([^\t]*)", line):
            activity, code, title, criteria = match.groups()
            found.rows.append(Row(words(activity), code, words(title), _criteria(criteria)))
    return found


@pytest.fixture(scope="module")
def agora() -> Referentiel:
    return read_referentiels([ROOT / "data" / "agora-2020"])[0]


def rows(agora: Referentiel) -> Iterator[Row]:
    """The data as the seed has them: an activity cell at the first competency of its line."""
    for pole in agora.poles:
        for groupe in pole.groupes:
            for ligne in groupe.lignes:
                cell = " ".join(ligne.activites)
                for competence in ligne.competences:
                    texts = [critere.texte for critere in competence.criteres]
                    yield Row(words(cell), competence.code, words(competence.intitule), texts)
                    cell = ""


def test_the_seed_was_read_whole(seed: Seed) -> None:
    text = SEED.read_text(encoding="utf-8")
    assert len(seed.rows) == 37 == len(re.findall(r"\t\d\.\d\.\d\t", text))
    assert len(seed.poles) == 3 == text.count("## Pôle")
    assert len(seed.groups) == 9 == text.count("<b>")
    assert [row.code for row in seed.rows if not row.activity] == CONTINUED


def test_every_word_is_the_seed_s(seed: Seed, agora: Referentiel) -> None:
    assert [(pole.code, pole.intitule) for pole in agora.poles] == seed.poles
    groups = [(g.code, g.intitule) for pole in agora.poles for g in pole.groupes]
    assert groups == seed.groups
    assert list(rows(agora)) == seed.rows
    assert seed.title == f"Baccalauréat professionnel {agora.sigle} • {agora.titre}"


def test_only_the_declared_cell_is_split(agora: Referentiel) -> None:
    lignes = [ligne for pole in agora.poles for groupe in pole.groupes for ligne in groupe.lignes]
    several = {li.competences[0].code: len(li.activites) for li in lignes if len(li.activites) > 1}
    assert several == SPLIT
    assert len(lignes) == 30
    assert sum(len(ligne.activites) for ligne in lignes) == 33


def test_counts(agora: Referentiel) -> None:
    groupes = [groupe for pole in agora.poles for groupe in pole.groupes]
    competences = [competence for groupe in groupes for competence in groupe.toutes]
    criteres = [critere.texte for competence in competences for critere in competence.criteres]
    assert [len(groupe.toutes) for groupe in groupes] == [4, 4, 4, 5, 6, 2, 3, 5, 4]
    assert len(competences) == 37
    assert (len(criteres), len(set(criteres))) == (56, 45)
    assert [pole.epreuve for pole in agora.poles] == ["E31", "E2", "E32"]


def test_its_oddities_are_remarks_and_not_corrections(agora: Referentiel) -> None:
    elements = {g.code: g.remarque for pole in agora.poles for g in pole.groupes}
    elements |= {c.code: c.remarque for pole in agora.poles for g in pole.groupes for c in g.toutes}
    of_lines = {
        competence.code
        for pole in agora.poles
        for groupe in pole.groupes
        for ligne in groupe.lignes
        if ligne.remarque
        for competence in ligne.competences
    }
    marked = {code for code, remarque in elements.items() if remarque}
    assert marked == {"1.1", "1.2", "1.3", "2.1.4", "3.3.1"}
    assert of_lines >= {*CONTINUED, *SPLIT}
    assert "codes" in agora.remarque and "2.1 -" in agora.remarque

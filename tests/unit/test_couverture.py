"""The rules of reading a grid, one by one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from generator.evaluation import Evaluation, Promotion
from generator.read.promotion import read_eleve, read_promotion
from generator.shape.couverture import Couverture, coverage
from generator.shape.dossier import Tirage, dossier, expanded
from generator.shape.grille import Cellule, Grille
from generator.shape.tableau import rangee, tableau
from tests.projects import ROOT

EXAMPLE = ROOT / "data" / "exemples" / "agora-2025-2028"


@pytest.fixture(scope="module")
def promotion() -> Promotion:
    return read_promotion(EXAMPLE).promotion


def pupil(**periods: dict[str, str]) -> Evaluation:
    """A pupil with these codes, period by period."""
    return Evaluation.model_validate(
        {
            "id": "e99",
            "eleve": {"nom": "EXEMPLE", "prenom": "Camille"},
            "periodes": {code: {"niveaux": levels} for code, levels in periods.items()},
        }
    )


def rows(grille: Grille) -> Iterator[tuple[str, tuple[Cellule, ...]]]:
    """The code and the cells of each row, groups included."""
    for section in grille.sections:
        yield section.code, section.cellules
        yield from ((rang.code, rang.cellules) for rang in section.rangs)


def state(covered: Couverture, code: str) -> tuple[str, bool, bool]:
    """The latest code, whether it is covered, whether it is excluded."""
    (etat,) = [e for e in (*covered.competences, *covered.groupes) if e.code == code]
    return etat.derniere.code, etat.couverte, etat.exclue


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        ({}, ("", False, False)),  # blank means nothing recorded
        ({"P1": "1"}, ("1", True, False)),  # any level covers, the lowest too
        ({"P1": "X"}, ("X", True, False)),  # so does a mark that counts
        ({"P1": "NE"}, ("NE", False, False)),
        ({"P1": "SO"}, ("SO", False, True)),
        ({"P1": "3", "P2": "SO"}, ("SO", True, False)),  # excluded only where nothing covers
        ({"P1": "SO", "P4": "2"}, ("2", True, False)),
        ({"P2": "NE", "P3": "SO"}, ("SO", False, True)),
        ({"P3": "4", "P1": "1"}, ("4", True, False)),  # latest by the order of the periods
        ({"P1": "4", "P5": "1"}, ("1", True, False)),  # and never the best
    ],
)
def test_one_competency(
    promotion: Promotion, codes: dict[str, str], expected: tuple[str, bool, bool]
) -> None:
    evaluation = pupil(**{periode: {"2.2.1": code} for periode, code in codes.items()})
    assert state(coverage(promotion, evaluation), "2.2.1") == expected


def test_a_group_s_mark_is_never_copied_to_its_competencies(promotion: Promotion) -> None:
    covered = coverage(promotion, pupil(P1={"2.1": "3"}))
    assert state(covered, "2.1") == ("3", True, False)
    assert state(covered, "2.1.1") == ("", False, False)
    assert covered.groupes_couverts == (1, 9)
    assert covered.competences_couvertes == (0, 37)


def test_a_group_is_covered_by_one_of_its_competencies(promotion: Promotion) -> None:
    covered = coverage(promotion, pupil(P1={"2.1.4": "X"}))
    assert state(covered, "2.1") == ("", True, False)
    assert covered.groupes_couverts == (1, 9)
    assert covered.competences_couvertes == (1, 37)


def test_what_is_excluded_is_counted_nowhere(promotion: Promotion) -> None:
    codes = dict.fromkeys(("2.3.1", "2.3.2", "1.1.1"), "SO")
    covered = coverage(promotion, pupil(P1={**codes, "1.1.2": "2"}))
    assert covered.competences_couvertes == (1, 34)
    assert covered.groupes_couverts == (1, 8)  # 2.3 has nothing left


def test_weeks_of_the_periods_that_count(promotion: Promotion) -> None:
    weeks = {"P1": {"semaines": "3"}, "P2": {"semaines": "4"}}
    evaluation = Evaluation.model_validate(
        {"id": "e99", "eleve": {"nom": "EXEMPLE", "prenom": "Camille"}, "periodes": weeks}
    )
    assert coverage(promotion, evaluation).semaines == 7
    second = promotion.periodes[1].model_copy(update={"comptee": "non"})
    other = promotion._replace(periodes=(promotion.periodes[0], second, *promotion.periodes[2:]))
    assert coverage(other, evaluation).semaines == 3
    marked = pupil(P2={"1.1.1": "3"})
    assert coverage(other, marked).competences_couvertes == (1, 37)  # still covers


def test_expected_groups_stand_for_their_competencies(promotion: Promotion) -> None:
    assert expanded(promotion, ("2.3", "1.1.1")) == {"2.3", "2.3.1", "2.3.2", "1.1.1"}


def test_a_filled_grid_is_the_blank_one_with_codes(promotion: Promotion) -> None:
    shaped = dossier(promotion, pupil(P1={"1.1.1": "3", "1.1": "2"}, P3={"1.1.2": "SO"}), Tirage())
    grille = shaped.grilles[0]
    filled = {(code, c.periode): c.code for code, cells in rows(grille) for c in cells if c.code}
    assert filled == {("1.1.1", "P1"): "3", ("1.1", "P1"): "2", ("1.1.2", "P3"): "SO"}
    assert sum(len(g.sections) for g in shaped.grilles) == 9
    assert shaped.vides == 0


def test_before_a_period_the_next_one_is_blank_and_its_rows_are_marked(
    promotion: Promotion,
) -> None:
    evaluation = pupil(P1={"1.1.1": "3"}, P2={"1.1.2": "2"}, P3={"1.1.1": "4"})
    shaped = dossier(promotion, evaluation, Tirage(periode="P3"))
    grille = shaped.grilles[0]
    assert [champ.libelle for champ in grille.colonnes] == ["P1", "P2", "P3"]
    cells = [cell for _, found in rows(grille) for cell in found]
    assert {c.code for c in cells if c.periode == "P3"} == {""}
    assert {c.code for c in cells} == {"", "3", "2"}
    marked = [c for g in shaped.grilles for s in g.sections for r in s.rangs for c in r.cellules
              if c.attendue]  # fmt: skip
    expected = expanded(promotion, promotion.periodes[2].attendues)
    competences = {code for code in expected if code.count(".") == 2}
    assert len(marked) == len(competences) > 5
    assert {c.periode for c in marked} == {"P3"}


def test_alone_only_the_expected_rows_stay(promotion: Promotion) -> None:
    shaped = dossier(promotion, pupil(), Tirage(periode="P3", attendues=True))
    codes = [r.code for g in shaped.grilles for s in g.sections for r in s.rangs]
    expected = expanded(promotion, promotion.periodes[2].attendues)
    assert set(codes) == {code for code in expected if code.count(".") == 2}
    for grille in shaped.grilles:
        for section in grille.sections:
            assert sum(rang.portee for rang in section.rangs) == len(section.rangs)


def test_anonymous_leaves_no_name_and_no_free_text(promotion: Promotion) -> None:
    lecture = read_promotion(EXAMPLE)
    for eleve in lecture.promotion.eleves:
        evaluation, _ = read_eleve(lecture, eleve)
        assert evaluation is not None
        said = repr(dossier(promotion, evaluation, Tirage(anonyme=True)))
        who = evaluation.eleve
        assert who.nom not in said
        for periode in evaluation.periodes.values():
            hidden = [periode.bilan, *periode.commentaires.values()]
            hidden += [t for o in periode.organismes for t in (o.nom, o.tuteur)]
            assert not [text for text in hidden if text and text in said]


def test_the_promotion_s_page_says_what_nobody_did(promotion: Promotion) -> None:
    lecture = read_promotion(EXAMPLE)
    shaped = [
        dossier(promotion, evaluation, Tirage())
        for eleve in promotion.eleves
        if (evaluation := read_eleve(lecture, eleve)[0])
    ]
    assert len(shaped) == 12
    page = tableau(promotion, [rangee(promotion, d) for d in shaped])
    assert [champ.libelle for champ in page.jamais] == ["2.2.6", "3.2.5"]
    assert {row.eleve for row in page.moins} == {"e04", "e09"}
    assert page.classes == ("TAGORA1", "TAGORA2")
    assert len(page.colonnes) == 46


def test_comments_that_do_not_fit_have_a_sheet_of_their_own(promotion: Promotion) -> None:
    codes = [c.code for pole in promotion.referentiel.poles for g in pole.groupes for c in g.toutes]
    long = {"P1": {"commentaires": dict.fromkeys(codes[:12], "mot " * 45), "bilan": "mot " * 140}}
    evaluation = Evaluation.model_validate(
        {"id": "e99", "eleve": {"nom": "EXEMPLE", "prenom": "Camille"}, "periodes": long}
    )
    shaped = dossier(promotion, evaluation, Tirage())
    assert shaped.suite
    assert shaped.suivi.rangs[0].bilan == "Voir les commentaires."
    assert shaped.suivi.commentaires[0].libelle == "Bilan, P1"
    assert len(shaped.suivi.commentaires) + len(shaped.suite) == 13
    assert shaped.vides == 1  # five sheets, and a blank one

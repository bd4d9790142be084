"""The blank shapes of AGOrA: what every output shares."""

from __future__ import annotations

import pytest

from generator.model import Referentiel
from generator.read.referentiel import read_referentiels
from generator.shape.entete import date_longue, source_et_version
from generator.shape.fiche import fiches
from generator.shape.grille import blank_grille
from generator.shape.suivi import blank_suivi
from tests.projects import ROOT


@pytest.fixture(scope="module")
def agora() -> Referentiel:
    return read_referentiels([ROOT / "data" / "agora-2020"])[0]


def test_276_blank_cells(agora: Referentiel) -> None:
    grilles = [blank_grille(agora, pole) for pole in agora.poles]
    sections = [section for grille in grilles for section in grille.sections]
    of_groups = [cell for section in sections for cell in section.cellules]
    of_rows = [cell for s in sections for rang in s.rangs for cell in rang.cellules]
    assert (len(of_rows), len(of_groups)) == (222, 54)
    assert {cell.code for cell in of_rows + of_groups} == {""}
    assert [cell.periode for cell in of_rows[:6]] == ["P1", "P2", "P3", "P4", "P5", "P6"]


def test_an_activity_cell_spans_its_line(agora: Referentiel) -> None:
    for pole in agora.poles:
        for section in blank_grille(agora, pole).sections:
            assert sum(rang.portee for rang in section.rangs) == len(section.rangs)
            assert all(bool(rang.activites) == bool(rang.portee) for rang in section.rangs)


def test_head_legend_and_source(agora: Referentiel) -> None:
    grille = blank_grille(agora, agora.poles[1])
    assert grille.entete.repere == "Pôle 2"
    assert grille.entete.epreuve == "E2"
    assert [c.libelle for c in grille.identite] == ["Nom et prénom", "Classe", "Établissement"]
    assert [n.libelle for n in grille.legende.niveaux] == ["1", "2", "3", "4"]
    assert [m.libelle for m in grille.legende.marques] == ["X", "NE", "SO"]
    assert grille.source == (
        "Source : Arrêté du 18 février 2020 (NOR MENE2005098A, JO du 3 mars 2020). "
        f"Version du {date_longue(agora.modifie_le)}."
    )


def test_no_remark_on_a_sheet(agora: Referentiel) -> None:
    sheets = [repr(blank_grille(agora, pole)) for pole in agora.poles] + [repr(blank_suivi(agora))]
    remarques = [g.remarque for pole in agora.poles for g in pole.groupes if g.remarque]
    assert len(remarques) == 3
    assert not [r for r in (*remarques, agora.remarque) for sheet in sheets if r in sheet]


def test_suivi_has_a_row_a_period(agora: Referentiel) -> None:
    suivi = blank_suivi(agora)
    assert [rang.periode for rang in suivi.rangs] == ["P1", "P2", "P3", "P4", "P5", "P6"]
    assert suivi.signataires == ("Élève", "Tuteur", "Enseignant référent")


def test_a_competency_knows_its_neighbours(agora: Referentiel) -> None:
    by_code = {fiche.competence.code: fiche for fiche in fiches(agora)}
    assert len(by_code) == 37
    middle = by_code["2.2.2"]
    assert [c.code for c in middle.precedente] == ["2.2.1"]
    assert [c.code for c in middle.suivante] == ["2.2.3"]
    assert [c.code for c in middle.voisines] == ["2.2.1", "2.2.3"]
    assert by_code["1.1.1"].precedente == ()
    assert by_code["3.3.4"].suivante == ()
    assert len(by_code["2.3.1"].activites) == 4


def test_source_without_details_and_the_first_of_a_month(agora: Referentiel) -> None:
    bare = agora.source.model_copy(update={"nor": "", "publication": ""})
    day = agora.modifie_le.replace(month=3, day=1)
    other = agora.model_copy(update={"source": bare, "modifie_le": day})
    assert source_et_version(other) == (
        f"Source : Arrêté du 18 février 2020. Version du 1er mars {day.year}."
    )

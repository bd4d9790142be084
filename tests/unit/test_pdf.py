"""The PDF sheets: the same text as the pages, in order, in the margins, tagged, the same twice."""

from __future__ import annotations

import io
from collections import Counter
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
import zxingcpp
from pypdf import PdfReader

from generator import cli
from generator.errors import PdfImpossible
from generator.feuilles import blank_documents, sheets_of
from generator.model import Referentiel
from generator.read.promotion import read_eleves, read_promotion
from generator.read.referentiel import read_referentiels
from generator.render.pdf import Feuille, sheets_pdf
from generator.render.reliure import attributes_of, bound
from generator.shape.dossier import Tirage, dossier
from generator.shape.grille import blank_grille
from tests.projects import ROOT, copy_project, tree
from tests.site.test_print import HEIGHT, MARGIN, WIDTH, expected, heads, listed, placed, squeezed
from tests.variants import scale, vary

EXAMPLE = ROOT / "data" / "exemples" / "agora-2025-2028"
ONE_PAGE = [(id_, n) for id_ in ("agora-2020", "agora-8") for n in (0, 1, 2)]
SPILLS = [("agora-long", 0), ("agora-8-long", 1), ("phare-2031", 1)]


@pytest.fixture(scope="module")
def referentiels(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Referentiel]:
    """AGOrA, its variants and the invented diploma."""
    project = copy_project(tmp_path_factory.mktemp("pdf") / "projet")
    scale(project, "quatre", 4)
    scale(project, "six", 6)
    vary(project, "agora-8", "AGOrA 8", periods=8, echelle="six")
    vary(project, "agora-long", "AGOrA long", periods=6, echelle="quatre", twice=True)
    vary(project, "agora-8-long", "AGOrA 8 long", periods=8, echelle="six", twice=True)
    ids = ("agora-2020", "agora-8", "agora-long", "agora-8-long")
    folders = [*(project / "data" / id_ for id_ in ids), ROOT / "tests/projet/data/phare-2031"]
    return {r.id: r for r in read_referentiels(folders)}


def printed(referentiel: Referentiel, pole: int) -> bytes:
    grille = blank_grille(referentiel, referentiel.poles[pole])
    return sheets_pdf("Grille", [Feuille(grille)], referentiel.modifie_le)


@pytest.mark.parametrize(("id_", "pole"), ONE_PAGE)
def test_one_page_in_order_in_the_margins(
    referentiels: dict[str, Referentiel], id_: str, pole: int
) -> None:
    referentiel = referentiels[id_]
    (page,) = PdfReader(io.BytesIO(printed(referentiel, pole))).pages
    assert (round(page.mediabox.width), round(page.mediabox.height)) == (842, 595)
    shape = blank_grille(referentiel, referentiel.poles[pole])
    found = squeezed(page.extract_text())
    if all(rang.portee == 1 for section in shape.sections for rang in section.rangs):
        assert found == expected(shape)
    # A cell that spans rows is drawn after them; its tag stands in the right place.
    assert Counter(found) == Counter(expected(shape))
    pieces = placed(page)
    assert len(pieces) > 60
    assert min(size for *_, size in pieces) >= 8.5 - 0.01
    for text, x, y, _ in pieces:
        assert MARGIN - 1 <= x <= WIDTH - MARGIN, text
        assert MARGIN <= y <= HEIGHT - MARGIN, text


@pytest.mark.parametrize(("id_", "pole"), SPILLS)
def test_what_spills_keeps_its_header_and_its_rows(
    referentiels: dict[str, Referentiel], id_: str, pole: int
) -> None:
    referentiel = referentiels[id_]
    shape = blank_grille(referentiel, referentiel.poles[pole])
    pages = PdfReader(io.BytesIO(printed(referentiel, pole))).pages
    texts = [squeezed(page.extract_text()) for page in pages]
    assert len(texts) in (2, 3)
    assert all(heads(shape) in text for text in texts)
    for section in shape.sections:
        for rang in section.rangs:
            row = squeezed(f"{rang.code}{rang.intitule}{listed(rang.criteres)}")
            assert sum(row in text for text in texts) == 1, rang.code


def elements(element: Any) -> list[Any]:
    """Every structure element below, in reading order."""
    kids = element.get("/K", [])
    found = []
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            found += [kid, *elements(kid)]
    return found


def test_tagged_with_row_and_column_headers(referentiels: dict[str, Referentiel]) -> None:
    with pikepdf.open(io.BytesIO(printed(referentiels["agora-2020"], 1))) as pdf:
        assert str(pdf.Root.Lang) == "fr-FR"
        assert pdf.Root.MarkInfo.Marked
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert str(pdf.docinfo.Title) == "Grille"
        every = elements(pdf.Root.StructTreeRoot)
        roles = Counter(str(element.S) for element in every)
        assert {"/Document", "/H1", "/H2", "/Table", "/THead", "/TBody"} <= set(roles)
        assert roles["/TR"] == 1 + 3 + 13 + 1  # the head, the groups, the rows, the legend
        headers = [declared for e in every if e.S == "/TH" for declared in attributes_of(e)]
        scopes = Counter(str(declared.Scope) for declared in headers if "/Scope" in declared)
        assert scopes == {"/Row": 16, "/Column": 9}
        assert "/PDF/UA" not in str(pdf.docinfo)
        with pdf.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"


def test_fonts_are_inside_and_ours(referentiels: dict[str, Referentiel]) -> None:
    with pikepdf.open(io.BytesIO(printed(referentiels["agora-2020"], 0))) as pdf:
        fonts = pdf.pages[0].Resources.Font
        names = set()
        for font in fonts.values():
            (descendant,) = font.DescendantFonts
            assert any(key in descendant.FontDescriptor for key in ("/FontFile2", "/FontFile3"))
            names.add(str(font.BaseFont).split("+")[-1])
    assert len(names) == 2
    assert all("RobotoCondensed" in name for name in names)


def test_same_bytes_twice(referentiels: dict[str, Referentiel]) -> None:
    one, other = (blank_documents(referentiels["agora-2020"]) for _ in range(2))
    names = {f"grille-pole-{n}.pdf" for n in (1, 2, 3)} | {"suivi.pdf", "grilles.pdf"}
    assert set(one) == names
    assert one == other
    assert len(PdfReader(io.BytesIO(one["grilles.pdf"])).pages) == 4


def test_a_character_without_a_glyph_is_an_error(referentiels: dict[str, Referentiel]) -> None:
    agora = referentiels["agora-2020"]
    fine = agora.model_copy(update={"titre": "Ğizem, Paweł, cœur, « été » – l’an"})
    assert blank_documents(fine)
    with pytest.raises(PdfImpossible, match=r"U\+6F22, U\+5B57|U\+5B57, U\+6F22"):
        blank_documents(agora.model_copy(update={"titre": "漢字"}))


def test_one_placement_alone(referentiels: dict[str, Referentiel]) -> None:
    documents = blank_documents(
        referentiels["agora-2020"], periode="P3", attendues=["1.1.1", "2.1"]
    )
    assert set(documents) == {
        "grille-pole-1.pdf",
        "grille-pole-2.pdf",
        "suivi.pdf",
        "grilles.pdf",
    }
    text = PdfReader(io.BytesIO(documents["grilles.pdf"])).pages[2].extract_text()
    assert "2.1.5" in text
    assert "2.2.1" not in text
    assert "P3" in text
    assert "P4" not in text


def test_the_code_to_scan_is_read_on_a_grey_raster(
    referentiels: dict[str, Referentiel],
) -> None:
    address = "https://lycee.exemple.fr/pfmp/"
    documents = blank_documents(referentiels["agora-2020"], adresse=address)
    for n in (1, 2, 3):
        document = pypdfium2.PdfDocument(documents[f"grille-pole-{n}.pdf"])
        assert len(document) == 1
        picture = document[0].render(scale=150 / 72).to_pil().convert("L")
        (code,) = zxingcpp.read_barcodes(picture)
        whole = f"{address}agora-2020/poles/{n}/"
        assert code.text == whole
        side = code.position.top_right.x - code.position.top_left.x
        assert side / 150 * 25.4 >= 19.5  # mm, rounded to a pixel
        text = squeezed(document[0].get_textpage().get_text_range())
        assert whole in text


def test_every_pupil_has_an_even_number_of_pages() -> None:
    lecture = read_promotion(EXAMPLE)
    promotion = lecture.promotion
    total = 0
    documents = []
    for evaluation in read_eleves(lecture):
        own = sheets_of(dossier(promotion, evaluation, Tirage()), promotion.referentiel)
        document = sheets_pdf("Grille", own, promotion.referentiel.modifie_le, recto_verso=True)
        pages = len(PdfReader(io.BytesIO(document)).pages)
        assert pages == 4, evaluation.id
        total += pages
        documents.append((evaluation.id, document))
    whole = bound("Promotion", documents)
    assert len(PdfReader(io.BytesIO(whole)).pages) == total == 48


def test_the_commands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(copy_project(tmp_path / "projet"))
    with pytest.raises(SystemExit) as end:
        cli.main(["pdf"])
    assert end.value.code == 0
    assert capsys.readouterr().err == "5 PDF dans pdf/.\n"
    assert len(tree(Path("pdf"))) == 6
    with pytest.raises(SystemExit) as end:
        cli.main(["eleves", "data/exemples/agora-2025-2028", "--pdf"])
    assert end.value.code == 0
    made = {name for name in tree(Path("prive/agora-2025-2028")) if name.endswith(".pdf")}
    assert made == {*(f"e{n:02}.pdf" for n in range(1, 13)), "promotion-01.pdf"}
    first = PdfReader("prive/agora-2025-2028/e01.pdf")
    assert first.metadata is not None
    assert first.metadata.title == "Grille e01"
    assert "EXEMPLE" not in str(first.metadata)
    capsys.readouterr()
    with pytest.raises(SystemExit) as end:
        cli.main(["pdf", "--pole", "2"])
    assert (end.value.code, capsys.readouterr().err) == (0, "1 PDF dans pdf/.\n")
    assert set(tree(Path("pdf"))) == {".grilles", "agora-2020/grille-pole-2.pdf"}
    with pytest.raises(SystemExit) as end:
        cli.main(["pdf", "--attendues", "9.9.9"])
    assert end.value.code == 2
    assert "9.9.9 : ce code n'est pas dans agora-2020." in capsys.readouterr().err

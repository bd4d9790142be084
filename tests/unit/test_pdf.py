"""The PDF sheets: the same text as the pages, in order, in the margins, tagged, the same twice."""

from __future__ import annotations

import io
import re
from collections import Counter
from functools import cache
from html.parser import HTMLParser
from itertools import pairwise
from typing import Any

import pikepdf
import pypdfium2
import pytest
import zxingcpp
from pypdf import PdfReader

from generator.dossiers import sheets_of
from generator.errors import PdfImpossible
from generator.feuilles import blank_documents
from generator.model import Groupe, Referentiel
from generator.read.promotion import read_eleves, read_promotion
from generator.read.referentiel import read_referentiels
from generator.render.environment import environment
from generator.render.pdf import Feuille, sheets_pdf
from generator.render.reliure import attributes_of, bound
from generator.shape.dossier import Dossier, Tirage, dossier
from generator.shape.grille import Grille, blank_grille
from generator.shape.suivi import blank_suivi
from tests.paper import MM, characters, drawn_marks, elements, lines, marks_of, read_aloud
from tests.projects import ROOT
from tests.site.test_print import heads, listed, squeezed
from tests.variants import ADDRESS, variants_project

EXAMPLE = ROOT / "data" / "exemples" / "agora-2025-2028"
IDS = ("agora-2020", "agora-8", "agora-long", "agora-8-long", "phare-2031")
ONE_PAGE = [(id_, n) for id_ in IDS[:2] for n in (0, 1, 2)]
SPILLS = [("agora-long", 0), ("agora-8-long", 1), ("phare-2031", 1)]
HOSTILE = "# $ @ <script> {{ }} [[ ]] !!! --8<-- {: } javascript: --- clé: valeur \\ *a* _b_ `c`"


@pytest.fixture(scope="module")
def referentiels(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Referentiel]:
    """AGOrA, its variants and the invented diploma."""
    project = variants_project(tmp_path_factory.mktemp("pdf") / "projet")
    return {r.id: r for r in read_referentiels(project / "data" / id_ for id_ in IDS)}


@cache
def dossiers() -> tuple[Referentiel, tuple[Dossier, ...]]:
    """Those of the example promotion."""
    lecture = read_promotion(EXAMPLE)
    shaped = tuple(
        dossier(lecture.promotion, e, Tirage(adresse=ADDRESS)) for e in read_eleves(lecture)
    )
    assert len(shaped) == 12
    return lecture.promotion.referentiel, shaped


class _Words(HTMLParser):
    """The words of a sheet as its page shows them."""

    def __init__(self) -> None:
        super().__init__()
        self.words, self.hidden = "", False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.hidden = dict(attrs).get("class") == "cache"  # for those who do not see the frame

    def handle_endtag(self, tag: str) -> None:
        self.hidden = False

    def handle_data(self, data: str) -> None:
        self.words += "" if self.hidden else data


def page_of(feuille: Feuille) -> str:
    """The words of the same sheet on its web page."""
    sheets: Any = environment().get_template("feuilles.html.j2").module
    parser = _Words()
    if isinstance(feuille.forme, Grille):
        parser.feed(str(sheets.grille(feuille.forme)))
    elif feuille.suite:
        parser.feed(str(sheets.suite(feuille.forme, feuille.suite, "")))
    else:
        parser.feed(str(sheets.suivi(feuille.forme)))
    return words(parser.words)


def words(text: str) -> str:
    """Without white space, without the marks that the style of the page draws itself, and without
    hyphens: the reader of the PDF takes one at the end of a line for a word cut in two.
    """
    return re.sub(r"[–=\u200b\x02-]", "", squeezed(text))


def sheets(referentiels: dict[str, Referentiel], id_: str) -> tuple[Feuille, ...]:
    """Every blank sheet of that referential."""
    referentiel = referentiels[id_]
    grilles = [blank_grille(referentiel, pole, ADDRESS) for pole in referentiel.poles]
    return (Feuille(blank_suivi(referentiel)), *map(Feuille, grilles))


def printed(referentiels: dict[str, Referentiel], id_: str) -> bytes:
    return sheets_pdf("Grilles", sheets(referentiels, id_), referentiels[id_].modifie_le)


def filled(rank: int) -> tuple[tuple[Feuille, ...], bytes]:
    """The sheets of one pupil of the example, and their document."""
    referentiel, shaped = dossiers()
    own = sheets_of(shaped[rank])
    return own, sheets_pdf("Grille", own, referentiel.modifie_le, recto_verso=True)


def made(referentiel: Referentiel, **asked: Any) -> dict[str, bytes]:
    return {name: make() for name, make in blank_documents(referentiel, **asked).items()}


def inside(document: bytes) -> pypdfium2.PdfDocument:
    """The document, every page A4 landscape, every character large enough and in the margins."""
    pdf = pypdfium2.PdfDocument(document)
    assert len(pdf) > 0
    for page in pdf:
        assert (round(page.get_width()), round(page.get_height())) == (842, 595)
        drawn = characters(page)
        assert len(drawn) > 200
        for char, size, box in drawn:
            assert size >= 8.5 - 0.01, char
            assert 10 * MM - 0.3 <= box.left <= box.right <= 287 * MM + 0.3, char
            assert 10 * MM - 0.3 <= box.bottom <= box.top <= 200 * MM + 0.3, char
    return pdf


@pytest.mark.parametrize("id_", IDS)
def test_the_words_of_the_page_in_order_in_the_margins(
    referentiels: dict[str, Referentiel], id_: str
) -> None:
    document = printed(referentiels, id_)
    inside(document)
    expected = "".join(page_of(feuille) for feuille in sheets(referentiels, id_))
    assert len(expected) > 4000
    assert words(read_aloud(document)) == expected


def test_the_words_of_a_pupil_s_pages_in_order_in_the_margins() -> None:
    _, shaped = dossiers()
    seen = set()
    for rank, own in enumerate(shaped):
        feuilles, document = filled(rank)
        inside(document)
        assert words(read_aloud(document)) == "".join(page_of(feuille) for feuille in feuilles)
        seen |= {len(feuilles), own.nom.split()[0]}
    assert "EXEMPLE" in seen


@pytest.mark.parametrize(("id_", "pages"), [("agora-2020", 4), ("agora-8", 4), ("agora-long", 7),
                                            ("agora-8-long", 7), ("phare-2031", 6)])  # fmt: skip
@pytest.mark.parametrize("adresse", ["", ADDRESS])
def test_a_pole_on_a_page_where_it_can(
    referentiels: dict[str, Referentiel], id_: str, pages: int, adresse: str
) -> None:
    document = blank_documents(referentiels[id_], adresse=adresse)["grilles.pdf"]()
    assert len(inside(document)) == pages


@pytest.mark.parametrize("id_", IDS)
def test_cells_are_large_enough_to_write_in(referentiels: dict[str, Referentiel], id_: str) -> None:
    referentiel = referentiels[id_]
    periods, found = len(referentiel.periodes), 0
    for pole in referentiel.poles:
        feuille = Feuille(blank_grille(referentiel, pole))
        for page in inside(sheets_pdf("Grille", [feuille], referentiel.modifie_le)):
            upright, level = lines(page)
            edges = _distinct([(box.left + box.right) / 2 for box in upright])[-periods - 1 :]
            assert len(edges) == periods + 1
            top = max(box.top for box in upright) + 2
            for left, right in pairwise(edges):
                assert right - left >= 9 * MM
                middle = (left + right) / 2
                rows = _distinct(
                    [b.top for b in level if b.left < middle < b.right and b.top < top]
                )
                heights = [high - low for low, high in pairwise(rows)]
                assert min(heights[:-1]) >= 8 * MM  # the last is the head of the columns
                found += len(heights) - 1
    assert found == periods * len(referentiel.notables)


def _distinct(places: list[float]) -> list[float]:
    """In order, without those that are drawn twice."""
    kept: list[float] = []
    for place in sorted(places):
        if not kept or place - kept[-1] > 2:
            kept.append(place)
    return kept


@pytest.mark.parametrize(("id_", "pole"), SPILLS)
def test_what_spills_keeps_its_header_its_rows_and_its_legend(
    referentiels: dict[str, Referentiel], id_: str, pole: int
) -> None:
    referentiel = referentiels[id_]
    shape = blank_grille(referentiel, referentiel.poles[pole])
    document = sheets_pdf("Grille", [Feuille(shape)], referentiel.modifie_le)
    texts = [squeezed(page.extract_text()) for page in PdfReader(io.BytesIO(document)).pages]
    assert len(texts) in (2, 3)
    for rank, text in enumerate(texts, 1):
        assert heads(shape) in text
        assert squeezed(shape.source) in text
        assert f"Feuille{rank}sur{len(texts)}" in text
    for section in shape.sections:
        for rang in section.rangs:
            row = squeezed(f"{rang.code}{rang.intitule}{listed(rang.criteres)}")
            assert sum(row in text for text in texts) == 1, rang.code


def test_a_row_of_half_a_page_may_be_split(referentiels: dict[str, Referentiel]) -> None:
    agora = referentiels["agora-2020"]
    pole = agora.poles[0]
    competence = pole.groupes[0].toutes[0]
    words = " ".join(f"mot{n}" for n in range(140))
    criteres = tuple(c._replace(texte=words) for c in competence.criteres * 6)
    one = competence.model_copy(update={"criteres": criteres})
    groupe = Groupe(code="1.1", intitule="Long", competences=(one,))
    document = _document(agora, (groupe,))
    inside(document)
    assert squeezed(read_aloud(document)).count(squeezed(words)) == len(criteres) > 20


def test_words_longer_than_a_column_stay_in_it(referentiels: dict[str, Referentiel]) -> None:
    agora = referentiels["agora-2020"]
    word = "anticonstitutionnellement" * 8
    changed = {"code": "1.1.ABCDEFGHIJKLMNOP", "intitule": word}
    one = agora.poles[0].groupes[0].toutes[0].model_copy(update=changed)
    groupe = Groupe(code="1.1", intitule=word, competences=(one,))
    document = _document(agora, (groupe,))
    inside(document)
    assert words(read_aloud(document)).count(word) == 2


def test_hostile_text_is_only_text(referentiels: dict[str, Referentiel]) -> None:
    agora = referentiels["agora-2020"]
    one = agora.poles[0].groupes[0].toutes[0].model_copy(update={"intitule": HOSTILE})
    groupe = Groupe(code="1.1", intitule=HOSTILE, competences=(one,))
    document = _document(agora, (groupe,))
    inside(document)
    assert squeezed(read_aloud(document)).count(squeezed(HOSTILE)) == 2


def test_a_text_that_no_sheet_can_hold_is_named(referentiels: dict[str, Referentiel]) -> None:
    long = "mot " * 249  # as long as data may be
    agora = referentiels["agora-2020"].model_copy(update={"titre": long, "diplome": long})
    pole = agora.poles[0].model_copy(update={"intitule": long})
    with pytest.raises(PdfImpossible) as refused:
        sheets_pdf("Grille", [Feuille(blank_grille(agora, pole))], agora.modifie_le)
    said = "le titre, le diplôme ou l'intitulé : ce texte est trop long pour une feuille"
    assert refused.value.reason == said


def test_a_scale_that_no_sheet_can_hold_is_named(referentiels: dict[str, Referentiel]) -> None:
    agora = referentiels["agora-2020"]
    niveaux = tuple(n.model_copy(update={"intitule": "mot " * 250}) for n in agora.echelle.niveaux)
    echelle = agora.echelle.model_copy(update={"niveaux": niveaux * 6})
    with pytest.raises(PdfImpossible, match="la légende ou la source : ce texte est trop long"):
        _document(agora.model_copy(update={"echelle": echelle}), agora.poles[0].groupes)


def _document(referentiel: Referentiel, groupes: tuple[Groupe, ...]) -> bytes:
    """The sheet of a pôle that has these groups."""
    pole = referentiel.poles[0].model_copy(update={"groupes": groupes})
    plain = referentiel.model_copy(update={"poles": (pole,)})
    return sheets_pdf("Grille", [Feuille(blank_grille(plain, pole))], plain.modifie_le)


def test_codes_stay_dark_on_a_grey_copy() -> None:
    found = 0
    for page in inside(filled(0)[1]):
        scale = 200 / 72
        picture = page.render(scale=scale).to_pil().convert("L")
        for char, size, box in characters(page):
            if size < 10.9 or box.right < 180 * MM or box.top > 185 * MM:
                continue  # not a code in a cell
            assert char in "1234XNESO"
            top, bottom = ((page.get_height() - y) * scale for y in (box.top, box.bottom))
            piece = picture.crop((int(box.left * scale), int(top), int(box.right * scale) + 1,
                                  int(bottom) + 1))  # fmt: skip
            ink, paper = (_luminance(level) for level in piece.getextrema())
            assert (paper + 0.05) / (ink + 0.05) >= 4.5, char
            found += 1
    assert found > 20


def _luminance(level: int) -> float:
    """https://www.w3.org/TR/WCAG21/#dfn-relative-luminance, for a grey of 0 to 255."""
    value = level / 255
    return float(value / 12.92 if value <= 0.03928 else ((value + 0.055) / 1.055) ** 2.4)


def test_tagged_with_row_and_column_headers(referentiels: dict[str, Referentiel]) -> None:
    one = sheets(referentiels, "agora-2020")[2:3]
    document = sheets_pdf("Grille", one, referentiels["agora-2020"].modifie_le)
    with pikepdf.open(io.BytesIO(document)) as pdf:
        check_tags(pdf, document)
        assert str(pdf.docinfo.Title) == "Grille"
        every = elements(pdf.Root.StructTreeRoot)
        roles = Counter(str(element.S) for element in every)
        assert roles["/TR"] == 1 + 3 + 13 + 1  # the head, the groups, the rows, the legend
        headers = [a for e in elements(pdf.Root.StructTreeRoot) if e.S == "/TH"
                   for a in attributes_of(e)]  # fmt: skip
        scopes = Counter(str(declared.Scope) for declared in headers if "/Scope" in declared)
        assert scopes == {"/Row": 16, "/Column": 9}


def check_tags(pdf: pikepdf.Pdf, document: bytes) -> None:
    """What PDF/UA-1 (ISO 14289-1) asks for, as far as our documents go."""
    assert str(pdf.Root.Lang) == "fr-FR"
    assert pdf.Root.MarkInfo.Marked
    assert pdf.Root.ViewerPreferences.DisplayDocTitle
    with pdf.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:title"] == str(pdf.docinfo.Title)
    root = pdf.Root.StructTreeRoot
    (whole,) = root.K
    assert whole.S == "/Document"
    every = list(elements(root))
    assert all(child.P.objgen == parent.objgen for parent in (root, *every)
               for child in parent.get("/K", []) if "/S" in _dictionary(child))  # fmt: skip
    own = {"/Document", "/Part", "/H1", "/H2", "/P", "/Div", "/Span", "/Table", "/THead", "/TBody",
           "/TFoot", "/TR", "/TH", "/TD", "/Figure", "/L", "/LI", "/LBody", "/Lbl"}  # fmt: skip
    mapped = {str(name) for name in root.RoleMap}
    assert {str(element.S) for element in every} <= own | mapped
    assert {"/H1", "/H2", "/Table", "/THead", "/TBody", "/TFoot", "/TD"} <= {
        str(element.S) for element in every
    }
    assert all("/Alt" in element for element in every if element.S == "/Figure")
    # Every marked content is reached once, from the tree and from its page.
    reached, drawn = marks_of(pdf), drawn_marks(document)
    assert len(reached) == len(set(reached)) > 100
    assert set(drawn) == set(reached)
    numbers = root.ParentTree.Nums
    by_key = {int(numbers[n]): numbers[n + 1] for n in range(0, len(numbers), 2)}
    assert list(by_key) == sorted(by_key)
    for page, mark in reached:
        element = by_key[int(pdf.pages[page].obj.StructParents)][mark]
        assert mark in [kid if isinstance(kid, int) else kid.get("/MCID") for kid in element.K]
    # Every header says what it is the header of, and no cell names one: nothing can be missing.
    assert "/IDTree" not in root
    declared = {e.objgen: attributes_of(e) for e in every if e.S in ("/TH", "/TD")}
    assert not [a for own in declared.values() for a in own if "/Headers" in a]
    scopes = [[str(a.Scope) for a in declared[e.objgen] if "/Scope" in a]
              for e in every if e.S == "/TH"]  # fmt: skip
    assert len(scopes) > 20
    assert all(scope in (["/Row"], ["/Column"]) for scope in scopes)
    # What spans still says so.
    spans = [a for own in declared.values() for a in own if "/RowSpan" in a or "/ColSpan" in a]
    assert len(spans) > 3


def _dictionary(kid: Any) -> Any:
    return kid if isinstance(kid, pikepdf.Dictionary) else {}


def test_fonts_are_inside_and_ours(referentiels: dict[str, Referentiel]) -> None:
    with pikepdf.open(io.BytesIO(printed(referentiels, "agora-2020"))) as pdf:
        fonts = pdf.pages[0].Resources.Font
        names = set()
        for font in fonts.values():
            (descendant,) = font.DescendantFonts
            assert any(key in descendant.FontDescriptor for key in ("/FontFile2", "/FontFile3"))
            names.add(str(font.BaseFont).split("+")[-1])
    assert len(names) == 2
    assert all("RobotoCondensed" in name for name in names)


def test_same_bytes_twice(referentiels: dict[str, Referentiel]) -> None:
    one, other = (made(referentiels["agora-2020"]) for _ in range(2))
    names = {f"grille-pole-{n}.pdf" for n in (1, 2, 3)} | {"suivi.pdf", "grilles.pdf"}
    assert set(one) == names
    assert one == other
    assert len(PdfReader(io.BytesIO(one["grilles.pdf"])).pages) == 4


def test_a_character_without_a_glyph_is_an_error(referentiels: dict[str, Referentiel]) -> None:
    agora = referentiels["agora-2020"]
    fine = agora.model_copy(update={"titre": "Ğizem, Paweł, cœur, « été » – l’an"})
    assert made(fine)
    with pytest.raises(PdfImpossible, match=r"U\+6F22, U\+5B57|U\+5B57, U\+6F22"):
        made(agora.model_copy(update={"titre": "漢字"}))


def test_one_placement_alone(referentiels: dict[str, Referentiel]) -> None:
    documents = made(referentiels["agora-2020"], periode="P3", attendues=["1.1.1", "2.1"])
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
    documents = made(referentiels["agora-2020"], adresse=ADDRESS)
    for n in (1, 2, 3):
        document = pypdfium2.PdfDocument(documents[f"grille-pole-{n}.pdf"])
        assert len(document) == 1
        picture = document[0].render(scale=150 / 72).to_pil().convert("L")
        (code,) = zxingcpp.read_barcodes(picture)
        whole = f"{ADDRESS}agora-2020/poles/{n}/"
        assert code.text == whole
        side = code.position.top_right.x - code.position.top_left.x
        assert side / 150 * 25.4 >= 19.5  # mm, rounded to a pixel
        text = squeezed(document[0].get_textpage().get_text_range())
        assert whole in text


def test_every_pupil_has_an_even_number_of_pages_in_a_class_that_keeps_its_tags() -> None:
    referentiel, shaped = dossiers()
    documents = []
    for rank, own in enumerate(shaped):
        _, document = filled(rank)
        assert len(inside(document)) == 4, own.eleve
        documents.append((own.eleve, document))
    whole = bound("Promotion, cahier 1", documents)
    assert whole == bound("Promotion, cahier 1", documents)
    assert len(inside(whole)) == 4 * len(documents) == 48
    assert read_aloud(whole) == "".join(read_aloud(document) for _, document in documents)
    with pikepdf.open(io.BytesIO(whole)) as pdf:
        check_tags(pdf, whole)
        assert str(pdf.docinfo.Title) == "Promotion, cahier 1"
        with pdf.open_outline() as outline:
            assert [item.title for item in outline.root] == [own.eleve for own in shaped]
            poles = [f"{referentiel.libelles.pole} {pole.code} :" for pole in referentiel.poles]
            for rank, item in enumerate(outline.root):
                titles = [child.title for child in item.children]
                assert len(titles) == 4
                assert all(t.startswith(p) for t, p in zip(titles[1:], poles, strict=True))
                assert all(re.search(r"\S +Épreuve E\d", title) for title in titles[1:])
                last: Any = item.children[-1].destination
                assert last[0].objgen == pdf.pages[4 * rank + 3].obj.objgen


def test_an_odd_number_of_sheets_gets_a_blank_back() -> None:
    referentiel, shaped = dossiers()
    own = sheets_of(shaped[0])[:3]
    document = sheets_pdf("Grille", own, referentiel.modifie_le, recto_verso=True)
    texts = [page.extract_text() for page in PdfReader(io.BytesIO(document)).pages]
    assert len(texts) == 4
    # A loose sheet says whose it is.
    assert all(f"{shaped[0].nom} · Feuille {n} sur 3" in texts[n - 1] for n in (1, 2, 3))
    assert texts[3] == ""


def test_nobody_is_named_outside_the_sheets() -> None:
    _, shaped = dossiers()
    documents = [(own.eleve, filled(rank)[1]) for rank, own in enumerate(shaped)]
    for document in (documents[0][1], bound("Promotion, cahier 1", documents)):
        with pikepdf.open(io.BytesIO(document)) as pdf:
            with pdf.open_outline() as outline:
                titles = [t for item in outline.root
                          for t in (item.title, *(c.title for c in item.children))]  # fmt: skip
            metadata = str(pdf.docinfo) + pdf.Root.Metadata.read_bytes().decode()
        said = metadata + str(titles)
        assert len(said) > 200
        for own in shaped:
            assert not re.search(rf"\b({own.nom.replace(' ', '|')})\b", said)

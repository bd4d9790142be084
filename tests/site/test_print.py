"""Under the eyes of a print shop: one page, sizes, margins, order, grey; what spills, cleanly."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from playwright.sync_api import Page
from pypdf import PageObject, PdfReader

from generator.model import Referentiel
from generator.read.referentiel import read_referentiels
from generator.shape.grille import Grille, blank_grille
from tests.paper import MM
from tests.variants import ADDRESS

WIDTH, HEIGHT, MARGIN = 297 * MM, 210 * MM, 10 * MM
ONE_PAGE = [(id_, n) for id_ in ("agora-2020", "agora-8") for n in (1, 2, 3)]
SPILLS = [(id_, n) for id_ in ("agora-long", "agora-8-long") for n in (1, 2, 3)]
Print = Callable[[str, str], PdfReader]


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def expected(grille: Grille) -> str:
    """The words of a grid in reading order, as its sheet shows them, without white space."""

    def words() -> Iterator[str]:
        yield from (grille.entete.titre, grille.entete.diplome)
        yield from (champ.libelle for champ in grille.identite)
        yield f"En ligne : {grille.adresse}" if grille.adresse else ""
        yield f"{grille.entete.repere}:{grille.entete.intitule}"
        yield f"Épreuve{grille.entete.epreuve}" if grille.entete.epreuve else ""
        yield heads(grille)
        for section in grille.sections:
            yield from (section.code, section.intitule)
            for rang in section.rangs:
                yield from (listed(rang.activites), rang.code, rang.intitule)
                yield listed(rang.criteres)
        for champ in grille.legende.niveaux + grille.legende.marques:
            yield f"{champ.libelle}={champ.valeur}"
        yield from (grille.legende.regle, grille.source)

    return squeezed("".join(words()))


def heads(grille: Grille) -> str:
    activites = "Activités" if grille.avec_activites else ""
    periods = "".join(champ.libelle for champ in grille.colonnes)
    return squeezed(f"{activites}CompétencesCritèresd'évaluation{periods}")


def listed(texts: tuple[str, ...]) -> str:
    return texts[0] if len(texts) == 1 else "".join(f"– {text}" for text in texts)


@pytest.fixture(scope="module")
def grille(variants: Path) -> Callable[[str, int], Grille]:
    ids = ["agora-2020", "agora-8", "agora-long", "agora-8-long", "phare-2031"]
    found: tuple[Referentiel, ...] = read_referentiels(variants / "data" / id_ for id_ in ids)
    by_id = {referentiel.id: referentiel for referentiel in found}
    return lambda id_, n: blank_grille(by_id[id_], by_id[id_].poles[n - 1], ADDRESS)


@pytest.fixture
def sheet(page: Page, variants_address: str) -> Print:
    def printed(id_: str, pole: str) -> PdfReader:
        page.goto(f"{variants_address}{id_}/grilles/pole-{pole}/")
        page.evaluate("document.fonts.ready")
        return PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))

    return printed


def placed(page: PageObject) -> list[tuple[str, float, float, float]]:
    """Each piece of text with x, y (pt from the top left) and its size in pt."""
    found: list[tuple[str, float, float, float]] = []

    def visit(text: str, cm: list[float], tm: list[float], _font: object, size: float) -> None:
        if text.strip():
            x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
            y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
            scale = abs(tm[3] * cm[3]) or abs(tm[3])
            found.append((text, x, float(page.mediabox.height) - y, size * scale))

    page.extract_text(visitor_text=visit)
    return found


@pytest.mark.parametrize(("id_", "n"), ONE_PAGE)
def test_one_page_in_order_in_the_margins(
    sheet: Print, grille: Callable[[str, int], Grille], id_: str, n: int
) -> None:
    document = sheet(id_, str(n))
    assert len(document.pages) == 1
    page = document.pages[0]
    assert (round(page.mediabox.width), round(page.mediabox.height)) == (842, 595)
    assert squeezed(page.extract_text()) == expected(grille(id_, n))
    pieces = placed(page)
    assert len(pieces) > 60
    assert min(size for *_, size in pieces) >= 8.5 - 0.01
    for text, x, y, size in pieces:
        assert MARGIN - 1 <= x <= WIDTH - MARGIN, text
        assert MARGIN + size * 0.5 <= y <= HEIGHT - MARGIN, text


@pytest.mark.parametrize(("id_", "n"), ONE_PAGE + SPILLS)
def test_cells_are_large_enough_and_nothing_sticks_out(
    page: Page, variants_address: str, id_: str, n: int
) -> None:
    page.set_viewport_size({"width": round(277 / 25.4 * 96), "height": 700})
    page.emulate_media(media="print")
    page.goto(f"{variants_address}{id_}/grilles/pole-{n}/")
    page.evaluate("document.fonts.ready")
    cells = page.evaluate(
        "[...document.querySelectorAll('td.p')].map(e => e.getBoundingClientRect())"
        ".map(r => [r.width * 25.4 / 96, r.height * 25.4 / 96])"
    )
    periods = 8 if "8" in id_ else 6
    assert len(cells) % periods == 0
    assert len(cells) >= 14 * periods
    assert min(width for width, _ in cells) >= 9
    assert min(height for _, height in cells) >= 8
    assert page.evaluate(OUTSIDE) == []


# Every line of text, in every cell: inside its cell and inside the sheet (277 mm wide).
OUTSIDE = """
() => {
  const sheet = document.querySelector('.feuille').getBoundingClientRect(), found = []
  const walker = document.createTreeWalker(document.querySelector('.feuille'), NodeFilter.SHOW_TEXT)
  let seen = 0
  while (walker.nextNode()) {
    const node = walker.currentNode
    if (!node.data.trim()) continue
    const range = document.createRange()
    range.selectNodeContents(node)
    const box = (node.parentElement.closest('td, th') || document.querySelector('.feuille'))
      .getBoundingClientRect()
    for (const r of range.getClientRects()) {
      seen++
      if (r.left < box.left - .5 || r.right > box.right + .5 || r.right > sheet.right + .5)
        found.push([node.data, r.left, r.right, box.left, box.right])
    }
  }
  if (seen < 60) found.push('too few texts: ' + seen)
  return found
}
"""


@pytest.mark.parametrize(("id_", "n"), SPILLS)
def test_longer_labels_spill_cleanly(
    sheet: Print, grille: Callable[[str, int], Grille], id_: str, n: int
) -> None:
    shape = grille(id_, n)
    texts = [squeezed(page.extract_text()) for page in sheet(id_, str(n)).pages]
    assert len(texts) == 2
    assert all(heads(shape) in text for text in texts)
    rows = [rang for section in shape.sections for rang in section.rangs]
    for rang in rows:
        row = squeezed(f"{rang.code}{rang.intitule}{listed(rang.criteres)}")
        assert sum(row in text for text in texts) == 1, rang.code
    whole = "".join(texts).replace(heads(shape), "", 1)
    assert len(whole) == len(expected(shape))


def test_forty_competencies_spill_with_their_header(
    sheet: Print, grille: Callable[[str, int], Grille]
) -> None:
    shape = grille("phare-2031", 2)
    texts = [squeezed(page.extract_text()) for page in sheet("phare-2031", "BC2").pages]
    assert len(texts) in (2, 3)
    assert all(heads(shape) in text for text in texts)
    assert heads(shape).startswith("Compétences")  # no activities, no column for them
    for section in shape.sections:
        for rang in section.rangs:
            row = squeezed(f"{rang.code}{rang.intitule}{listed(rang.criteres)}")
            assert sum(row in text for text in texts) == 1, rang.code


def test_a_group_is_never_alone_at_the_foot_of_a_page(
    sheet: Print, grille: Callable[[str, int], Grille]
) -> None:
    seen = 0
    for id_, pole, n in (
        ("agora-long", "1", 1),
        ("agora-8-long", "2", 2),
        ("phare-2031", "BC2", 2),
    ):
        texts = [squeezed(page.extract_text()) for page in sheet(id_, pole).pages]
        for section in grille(id_, n).sections:
            head = squeezed(f"{section.code}{section.intitule}")
            for text in texts[:-1]:
                assert not text.endswith(head), section.code
                seen += head in text
    assert seen > 3


def test_black_on_white_or_on_a_light_grey(page: Page, variants_address: str) -> None:
    """What a photocopier keeps: black letters, and no fill above 10 % of grey."""
    page.emulate_media(media="print")
    page.goto(f"{variants_address}agora-8/grilles/pole-2/")
    inks = page.evaluate(
        "[...document.querySelectorAll('.feuille *')].map(e => getComputedStyle(e).color)"
    )
    fills = page.evaluate(
        "[...document.querySelectorAll('.feuille *')].map(e => getComputedStyle(e).backgroundColor)"
    )
    assert set(inks) == {"rgb(0, 0, 0)"}
    assert len(set(fills)) == 2
    grey = next(fill for fill in fills if fill != "rgba(0, 0, 0, 0)")
    levels = [int(level) for level in re.findall(r"\d+", grey)]
    assert len(set(levels)) == 1
    assert levels[0] >= 255 * 0.9


def test_the_code_to_scan_is_read_on_the_printed_page(page: Page, variants_address: str) -> None:
    page.goto(f"{variants_address}agora-8/grilles/pole-2/")
    page.evaluate("document.fonts.ready")
    document = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
    picture = document[0].render(scale=150 / 72).to_pil().convert("L")
    (code,) = zxingcpp.read_barcodes(picture)
    assert code.text == f"{ADDRESS}agora-8/poles/2/"
    side = code.position.top_right.x - code.position.top_left.x
    assert side / 150 * 25.4 >= 19.5  # mm, rounded to a pixel


def test_without_an_address_there_is_no_code(page: Page, address: str) -> None:
    page.goto(f"{address}agora-2020/grilles/pole-1/")
    assert page.locator(".qr").count() == 0
    assert page.get_by_text("En ligne").count() == 0

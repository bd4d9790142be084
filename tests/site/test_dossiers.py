"""The private pages in a real browser: paper, silence, accessibility, hostile texts."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Request
from pypdf import PdfReader

from generator.read.promotion import read_eleve, read_promotion
from generator.shape.dossier import Tirage, dossier
from tests.projects import ROOT, copy_project, grilles
from tests.site.test_accessibility import violations
from tests.site.test_print import OUTSIDE, expected, listed, squeezed
from tests.unit.test_cas import HOSTILE
from tests.variants import ADDRESS, load, save

EXAMPLE = "data/exemples/agora-2025-2028"
PUPILS = [f"e{n:02}" for n in range(1, 13)]


@pytest.fixture(scope="module")
def prive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example's dossiers, and those of a pupil whose every text is hostile."""
    project = copy_project(tmp_path_factory.mktemp("prive") / "projet")
    assert grilles(project, "eleves", EXAMPLE, "--adresse", ADDRESS).returncode == 0
    hostile = project / "data" / "exemples" / "hostile"
    save(hostile / "promotion.yml", {"intitule": HOSTILE, "referentiel": "agora-2020",
                                     "etablissement": HOSTILE})  # fmt: skip
    who = {"nom": HOSTILE, "prenom": HOSTILE, "classe": HOSTILE}
    host = {"nom": HOSTILE, "tuteur": HOSTILE, "fonction": HOSTILE}
    period = {"organismes": [host], "commentaires": {"1.1.1": HOSTILE}, "bilan": HOSTILE}
    save(hostile / "e01.yml", {"eleve": who, "periodes": {"P1": period}})
    done = grilles(project, "eleves", "data/exemples/hostile")
    assert done.returncode == 0, done.stderr
    done = grilles(
        project, "eleves", EXAMPLE, "--eleve", "e05", "--periode", "P3", "--sortie", "prive2"
    )
    assert done.returncode == 0, done.stderr
    return project / "prive"


@pytest.fixture
def silent(browser: Browser) -> Iterator[Page]:
    """A page that fails the test when it asks for anything, or says an error."""
    page = browser.new_page()
    asked: list[str] = []

    def note(request: Request) -> None:
        asked.append(request.url)

    page.on("request", note)
    page.on("pageerror", lambda error: asked.append(str(error)))
    page.on("console", lambda message: asked.append(message.text))
    yield page
    page.close()
    elsewhere = [url for url in asked if not url.startswith(("file:", "data:"))]
    assert elsewhere == []
    assert len([url for url in asked if url.startswith("file:")]) == 1


def open_(page: Page, path: Path) -> None:
    page.goto(path.as_uri())
    page.evaluate("document.fonts.ready")


@pytest.mark.parametrize("eleve", PUPILS)
def test_each_dossier_is_four_landscape_pages(silent: Page, prive: Path, eleve: str) -> None:
    open_(silent, prive / "agora-2025-2028" / f"{eleve}.html")
    document = PdfReader(io.BytesIO(silent.pdf(prefer_css_page_size=True)))
    assert [(round(p.mediabox.width), round(p.mediabox.height)) for p in document.pages] == [
        (842, 595)
    ] * 4
    texts = [squeezed(page.extract_text()) for page in document.pages]
    assert "Signature" in texts[0]
    for number, text in enumerate(texts, 1):
        assert f"Feuille{number}sur4" in text
        assert "Cequej'aifait" not in text


def test_a_filled_page_is_the_blank_one_plus_the_codes(silent: Page, prive: Path) -> None:
    lecture = read_promotion(ROOT / EXAMPLE)
    evaluation, _ = read_eleve(lecture, "e02")
    assert evaluation is not None
    shaped = dossier(lecture.promotion, evaluation, Tirage(adresse=ADDRESS))
    open_(silent, prive / "agora-2025-2028" / "e02.html")
    document = PdfReader(io.BytesIO(silent.pdf(prefer_css_page_size=True)))
    seen = 0
    for grille, page in zip(shaped.grilles, document.pages[1:], strict=True):
        found, blank = squeezed(page.extract_text()), expected(grille)
        added = "".join(champ.valeur for champ in grille.identite) + "Feuille1sur4"
        for section in grille.sections:
            heads = [(section.intitule, section.cellules)]
            rows = [
                (f"{r.code}{r.intitule}{listed(r.criteres)}", r.cellules) for r in section.rangs
            ]
            for text, cells in heads + rows:
                codes = "".join(cell.code for cell in cells)
                assert squeezed(text) + codes in found
                added += codes
                seen += len(codes) > 0
        assert len(found) == len(blank) + len(squeezed(added))
    assert seen > 20


def test_nothing_sticks_out_and_cells_keep_their_size(page: Page, prive: Path) -> None:
    page.set_viewport_size({"width": round(277 / 25.4 * 96), "height": 700})
    page.emulate_media(media="print")
    for eleve in ("e02", "e05", "e08"):
        open_(page, prive / "agora-2025-2028" / f"{eleve}.html")
        assert page.evaluate(OUTSIDE) == []
        sizes = page.evaluate(
            "[...document.querySelectorAll('td.p')].map(e => e.getBoundingClientRect())"
            ".map(r => [r.width * 25.4 / 96, r.height * 25.4 / 96])"
        )
        assert len(sizes) == 276
        assert min(w for w, _ in sizes) >= 9
        assert min(h for _, h in sizes) >= 8


def test_the_promotion_prints_on_one_page(silent: Page, prive: Path) -> None:
    open_(silent, prive / "agora-2025-2028" / "index.html")
    document = PdfReader(io.BytesIO(silent.pdf(prefer_css_page_size=True)))
    assert len(document.pages) == 1
    text = " ".join(document.pages[0].extract_text().split())
    assert "Jamais couvertes, par personne : 2.2.6" in text
    assert "Chercher un nom" not in text


@pytest.mark.parametrize("name", ["e02", "index"])
def test_grey_tells_it_all(page: Page, prive: Path, name: str) -> None:
    """A photocopier keeps black letters, and fills of at most 10 % of grey."""
    page.emulate_media(media="print")
    open_(page, prive / "agora-2025-2028" / f"{name}.html")
    colors = page.evaluate(
        "[...document.querySelectorAll('.feuille *')].filter(e => e.checkVisibility())"
        ".map(e => getComputedStyle(e))"
        ".map(s => [s.color, s.backgroundColor])"
    )
    assert len(colors) > 300
    assert {ink for ink, _ in colors} == {"rgb(0, 0, 0)"}
    fills = {fill for _, fill in colors} - {"rgba(0, 0, 0, 0)"}
    assert {level for fill in fills for level in re.findall(r"\d+", fill)} == {"236"}
    covered = page.evaluate("getComputedStyle(document.querySelector('td b, td.p')).fontWeight")
    assert covered == "700"


def test_sorting_and_filtering_without_a_network(silent: Page, prive: Path) -> None:
    open_(silent, prive / "agora-2025-2028" / "index.html")
    names = "tbody tr:not([hidden]) .eleve"
    assert silent.locator(names).count() == 12
    silent.get_by_role("button", name="Comp.").click()
    assert silent.locator("tbody td:nth-child(2)").first.inner_text().startswith("0/")
    assert silent.locator("th[aria-sort=ascending]").count() == 1
    silent.get_by_role("button", name="Comp.").click()
    assert not silent.locator("tbody td:nth-child(2)").first.inner_text().startswith("0/")
    silent.get_by_label("Chercher un nom").fill("specimen")
    assert silent.locator(names).count() == 1
    silent.get_by_label("Chercher un nom").fill("")
    silent.get_by_label("Classe").select_option("TAGORA2")
    assert silent.locator(names).count() == 6


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("name", ["e02", "e09", "index"])
def test_axe_finds_nothing(page: Page, prive: Path, name: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    text = (prive / "agora-2025-2028" / f"{name}.html").read_text(encoding="utf-8")
    # axe is a script of ours, that the page's own policy would forbid
    page.set_content(re.sub(r"<meta http-equiv=[^>]*>", "", text, count=1))
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("name", ["e01", "index"])
def test_hostile_texts_stay_texts(silent: Page, prive: Path, name: str) -> None:
    open_(silent, prive / "hostile" / f"{name}.html")
    text = " ".join(silent.locator("main").inner_text().split())
    assert HOSTILE in text
    assert silent.locator("main script").count() == 0


def test_the_policy_forbids_what_is_not_inside(page: Page, prive: Path) -> None:
    open_(page, prive / "agora-2025-2028" / "e01.html")
    page.evaluate(
        "() => { const i = new Image(); i.src = 'https://exemple.invalid/x.png'; "
        "document.body.append(i); const s = document.createElement('script'); "
        "s.textContent = 'window.ran = true'; document.body.append(s) }"
    )
    assert not page.evaluate("'ran' in window")


def test_before_a_placement_the_expected_rows_are_marked(page: Page, prive: Path) -> None:
    open_(page, prive.parent / "prive2" / "agora-2025-2028" / "extrait" / "e05.html")
    heads = page.locator(".grille").first.locator("thead th.p").all_inner_texts()
    assert heads == ["P1", "P2", "P3"]
    assert page.locator("td.attendue").count() > 5
    assert page.locator("td.attendue").first.inner_text().strip() == "attendue"


def test_a_pupil_reads_it_at_320_px(page: Page, prive: Path) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    open_(page, prive / "agora-2025-2028" / "e02.html")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    for title in ("Ce que j'ai fait", "Les mots de mes tuteurs", "Ce qui reste à faire"):
        assert page.get_by_role("heading", name=title).is_visible()


def test_the_example_s_values_are_on_its_page(prive: Path) -> None:
    values = load(ROOT / EXAMPLE / "e02.yml")
    text = (prive / "agora-2025-2028" / "e02.html").read_text(encoding="utf-8")
    for period in values["periodes"].values():
        for host in period["organismes"]:
            assert host["tuteur"].split()[-1] in text

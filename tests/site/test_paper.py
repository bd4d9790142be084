"""In a real Chromium: what a teacher gets from the browser's print command."""

from __future__ import annotations

import io

import pytest
from playwright.sync_api import Page
from pypdf import PdfReader

A4 = (595, 842)  # pt


def printed(page: Page, address: str) -> PdfReader:
    page.goto(address)
    page.evaluate("document.fonts.ready")
    return PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))


def sizes(document: PdfReader) -> list[tuple[int, int]]:
    return [(round(p.mediabox.width), round(p.mediabox.height)) for p in document.pages]


@pytest.mark.parametrize("pole", [1, 2, 3])
def test_each_pole_is_one_landscape_page(page: Page, address: str, pole: int) -> None:
    document = printed(page, f"{address}agora-2020/grilles/pole-{pole}/")
    assert sizes(document) == [A4[::-1]]
    text = " ".join(document.pages[0].extract_text().split())
    for words in (f"Pôle {pole} :", "Nom et prénom", "P1", "P6", "SO", "MENE2005098A"):
        assert words in text
    assert "Imprimer" not in text


def test_all_the_sheets_one_a_page(page: Page, address: str) -> None:
    document = printed(page, f"{address}agora-2020/grilles/")
    assert sizes(document) == [A4[::-1]] * 4
    heads = [" ".join(sheet.extract_text().split()) for sheet in document.pages]
    assert "Organisme d'accueil" in heads[0]
    assert [f"Pôle {n} :" in heads[n] for n in (1, 2, 3)] == [True] * 3


@pytest.mark.parametrize("path", ["competences/1.1.1", "competences/2.3.1"])
def test_a_competency_prints_on_one_portrait_page(page: Page, address: str, path: str) -> None:
    document = printed(page, f"{address}agora-2020/{path}/")
    assert sizes(document) == [A4]
    assert "Rechercher" not in document.pages[0].extract_text()


def test_a_pole_page_prints_on_two_portrait_pages(page: Page, address: str) -> None:
    assert sizes(printed(page, f"{address}agora-2020/poles/2/")) == [A4] * 2


def test_the_button_prints(page: Page, address: str) -> None:
    page.add_init_script("window.print = () => { document.title = 'printed' }")
    page.goto(f"{address}agora-2020/grilles/pole-1/")
    page.get_by_role("button", name="Imprimer").click()
    assert page.title() == "printed"


@pytest.mark.parametrize("code", ["1.1.1", "2.3.1"])
def test_a_phone_never_scrolls_sideways(page: Page, address: str, code: str) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{address}agora-2020/competences/{code}/")
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    last = page.locator(".criteres li").last.bounding_box()
    assert last is not None
    assert last["y"] + last["height"] <= 740  # every criterion on the first screen

"""Search in French, over http, in a real browser: with and without accents, codes, apostrophes."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

FIRST = ".md-search-result__item:first-child > a:first-child"


def first(page: Page, address: str, query: str) -> str:
    """The address, from the site's root, of the best result."""
    page.goto(address)
    page.locator(".md-search__input").focus()
    page.get_by_text("Taper pour démarrer la recherche").wait_for()
    page.locator(".md-search__input").press_sequentially(query, delay=5)
    page.wait_for_selector(FIRST, timeout=10_000)
    page.wait_for_timeout(300)  # the list follows each letter
    href = page.locator(FIRST).get_attribute("href") or ""
    return href.removeprefix(address).split("?")[0].split("#")[0]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("accueil", "1.1.1"),
        ("1.1.1", "1.1.1"),
        ("2.2.5", "2.2.5"),
        ("tresorerie", "2.2.5"),
        ("trésorerie", "2.2.5"),
        ("etablir un etat de rapprochement", "2.2.1"),
        ("Établir un état de rapprochement", "2.2.1"),
        ("controler les etats de frais", "3.2.3"),
        ("assurer la visibilite numerique de l'organisation", "1.3.4"),
        ("Assurer la visibilité numérique de l’organisation", "1.3.4"),
    ],
)
def test_the_page_itself_comes_first(page: Page, address: str, query: str, found: str) -> None:
    assert first(page, address, query) == f"agora-2020/competences/{found}/"


@pytest.mark.parametrize("query", ["evaluer", "évaluer", "PGI", "pgi", "l'organisation",
                                   "l’organisation", "organisation"])  # fmt: skip
def test_words_are_found(page: Page, address: str, query: str) -> None:
    assert first(page, address, query).startswith(("agora-2020/", "guide/"))


def test_a_pole_by_its_title(page: Page, address: str) -> None:
    for query in ("Administration du personnel", "pole administration du personnel"):
        assert first(page, address, query) == "agora-2020/poles/3/"

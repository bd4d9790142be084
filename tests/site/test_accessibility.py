"""Axe-core on each kind of page, light and dark, menu and search open; keyboard; reflow; zoom."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

KINDS = {
    "accueil": "",
    "référentiel": "agora-2020/",
    "pôle": "agora-2020/poles/2/",
    "compétence": "agora-2020/competences/2.3.1/",
    "sans critère": "agora-2020/competences/2.1.4/",
    "grille": "agora-2020/grilles/pole-1/",
    "grilles": "agora-2020/grilles/",
    "suivi": "agora-2020/grilles/suivi/",
    "codes": "agora-2020/echelle/",
    "activités": "agora-2020/activites/",
    "glossaire": "agora-2020/glossaire/",
    "mot expliqué": "agora-2020/competences/2.2.1/",
    "guide": "guide/diplome/",
    "accessibilité": "accessibilite/",
    "données": "donnees-personnelles/",
    "mentions": "mentions-legales/",
    "page introuvable": "404.html",
}
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
Scheme = Literal["light", "dark"]
Open = Callable[[str, Scheme, int], Page]


@pytest.fixture
def opened(browser: Browser, address: str) -> Iterator[Open]:
    contexts = []

    def open_(path: str, scheme: Scheme, width: int = 1280) -> Page:
        context = browser.new_context(
            color_scheme=scheme, viewport={"width": width, "height": 800}, reduced_motion="reduce"
        )
        contexts.append(context)
        page = context.new_page()
        page.goto(address + path)
        if path == KINDS["mot expliqué"]:
            page.locator(".terme").first.click()
        return page

    yield open_
    for context in contexts:
        context.close()


def violations(page: Page) -> list[str]:
    """What axe finds, a line each: the rule, where, and why."""
    results = Axe().run(page, options=RULES).response
    assert len(results["passes"]) > 10
    return [
        f"{v['id']} ({v['impact']}): {node['target']} {node.get('failureSummary', '')[:200]}"
        for v in results["violations"]
        for node in v["nodes"]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("kind", KINDS)
def test_no_violation(opened: Open, kind: str, scheme: Scheme) -> None:
    assert violations(opened(KINDS[kind], scheme, 1280)) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("kind", ["accueil", "pôle", "compétence", "grille"])
def test_no_violation_on_a_phone(opened: Open, kind: str, scheme: Scheme) -> None:
    assert violations(opened(KINDS[kind], scheme, 320)) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_violation_with_the_menu_open(opened: Open, scheme: Scheme) -> None:
    page = opened(KINDS["compétence"], scheme, 360)
    page.locator(".md-header label[for=__drawer]").click()
    page.wait_for_timeout(500)
    assert page.locator(".md-sidebar--primary").bounding_box()["x"] >= 0  # type: ignore[index]
    assert violations(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_no_violation_with_the_search_open(opened: Open, scheme: Scheme, width: int) -> None:
    page = opened("", scheme, width)
    if width == 360:
        page.locator(".md-header__button[for=__search]").click()
    page.locator(".md-search__input").focus()
    page.get_by_text("Taper pour démarrer la recherche").wait_for()
    page.locator(".md-search__input").press_sequentially("relation", delay=5)
    page.locator(".md-search-result__item").first.wait_for()
    page.wait_for_timeout(500)
    assert violations(page) == []


def test_keyboard_from_home_to_a_criterion(opened: Open) -> None:
    page = opened("", "light", 1280)
    page.keyboard.press("Tab")
    assert "Aller au contenu" in focused(page)
    page.keyboard.press("Enter")
    tab_to(page, "Pôle 2")
    page.keyboard.press("Enter")
    page.wait_for_url("**/poles/2/")
    tab_to(page, "2.3.1")
    page.keyboard.press("Enter")
    page.wait_for_url("**/competences/2.3.1/")
    tab_to(page, "Lien vers ce critère")
    page.keyboard.press("Enter")
    page.wait_for_url("**/competences/2.3.1/#c1")


@pytest.mark.parametrize(
    ("door", "address_", "heading"),
    [
        ("Je pars en PFMP", "agora-2020/#competences", "AGOrA"),
        ("J'accueille un élève", "agora-2020/activites/", "Du travail aux compétences"),
        ("J'enseigne", "agora-2020/grilles/", "Grilles vierges à imprimer"),
    ],
)
def test_each_door_is_one_key_from_home(
    opened: Open, door: str, address_: str, heading: str
) -> None:
    page = opened("", "light", 1280)
    tab_to(page, door)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{address_}")
    assert page.locator("h1").inner_text().strip("¶ ") == heading
    first = {"Je pars en PFMP": "1.1.1", "J'accueille un élève": "1.1.1", "J'enseigne": "Fiche de"}
    tab_to(page, first[door])
    page.keyboard.press("Enter")
    page.wait_for_url("**/competences/1.1.1/" if first[door] == "1.1.1" else "**/grilles/suivi/")


def test_a_word_is_explained_from_the_keyboard(opened: Open) -> None:
    page = opened("agora-2020/competences/2.2.4/", "light", 1280)
    definition = page.locator("#mot-tva")
    assert not definition.is_visible()
    tab_to(page, "TVA")
    page.keyboard.press("Enter")
    assert definition.is_visible()
    assert "Taxe sur la valeur ajoutée" in definition.inner_text()
    tab_to(page, "Fermer")
    page.keyboard.press("Enter")
    assert not definition.is_visible()
    assert focused(page) == "TVA"
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    assert not definition.is_visible()


def focused(page: Page) -> str:
    return str(
        page.evaluate(
            "(e => e.ariaLabel || e.textContent.replace(/\\s+/g, ' ').trim())"
            "(document.activeElement)"
        )
    )


def tab_to(page: Page, name: str, limit: int = 60) -> None:
    for _ in range(limit):
        page.keyboard.press("Tab")
        if focused(page).startswith(name):
            outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            assert outline != "none", name
            return
    raise AssertionError(f"« {name} » is not reached in {limit} steps")


@pytest.mark.parametrize("kind", KINDS)
def test_reflow_at_320_px(opened: Open, kind: str) -> None:
    page = opened(KINDS[kind], "light", 320)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("kind", KINDS)
def test_zoom_200(opened: Open, kind: str) -> None:
    """1280 px at 200 % are 640 px of CSS: nothing scrolls sideways, nothing is cut."""
    page = opened(KINDS[kind], "light", 640)
    assert page.evaluate("document.documentElement.scrollWidth") <= 640
    cut = page.evaluate(
        "[...document.querySelectorAll('article *, .feuille *')].filter(e =>"
        " e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).overflowX == 'hidden'"
        " && e.clientWidth > 1).map(e => e.className)"
    )
    assert cut == []


def test_regions_have_distinct_names(opened: Open) -> None:
    page = opened(KINDS["grilles"], "light", 1280)
    names = page.evaluate(
        "[...document.querySelectorAll('[role=region]')].map(e => e.getAttribute('aria-label'))"
    )
    assert len(names) == len(set(names)) == 4

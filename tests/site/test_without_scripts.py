"""With scripts off: pages are read, a word is explained, the search says why it is not there."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page


@pytest.fixture
def plain(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740})
    yield context.new_page()
    context.close()


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("", "Je pars en PFMP"),
        ("agora-2020/", "Identifier les caractéristiques de la demande"),
        ("agora-2020/poles/2/", "Exactitude de l'état de rapprochement"),
        ("agora-2020/competences/1.1.1/", "Efficacité de la prise de notes"),
        ("agora-2020/activites/", "Accueil et renseignement"),
        ("agora-2020/echelle/", "Bien maîtrisée"),
        ("agora-2020/glossaire/", "Taxe sur la valeur ajoutée"),
        ("guide/", "Cinq minutes"),
        ("accessibilite/", "non conforme"),
    ],
)
def test_the_page_is_read(plain: Page, address: str, path: str, said: str) -> None:
    plain.goto(address + path)
    said = said if path != "guide/" else "Guide de l'enseignant"
    assert plain.get_by_text(said).locator("visible=true").count() > 0
    assert plain.get_by_text("La recherche demande JavaScript").is_visible()
    assert not plain.locator(".md-header__button[for=__search]").is_visible()


def test_a_grid_is_read(plain: Page, address: str) -> None:
    plain.goto(f"{address}agora-2020/grilles/pole-1/")
    assert plain.get_by_text("Efficacité de la prise de notes").is_visible()
    assert not plain.locator("#imprimer").is_visible()


def test_a_word_is_explained(plain: Page, address: str) -> None:
    plain.goto(f"{address}agora-2020/competences/2.2.4/")
    definition = plain.locator("#mot-tva")
    assert not definition.is_visible()
    plain.get_by_role("button", name="TVA").click()
    assert definition.is_visible()
    definition.get_by_role("button", name="Fermer").click()
    assert not definition.is_visible()


def test_the_menu_opens(plain: Page, address: str) -> None:
    plain.goto(f"{address}agora-2020/competences/1.1.1/")
    plain.locator(".md-header label[for=__drawer]").click()
    plain.wait_for_timeout(500)
    box = plain.locator(".md-sidebar--primary").bounding_box()
    assert box
    assert box["x"] >= 0

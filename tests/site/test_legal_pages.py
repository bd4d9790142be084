"""What the site owes to its readers: true, complete, and hostile values only text."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from jinja2 import ChoiceLoader, DictLoader, Environment, FileSystemLoader
from playwright.sync_api import Page

from tests.projects import ROOT, copy_project, grilles

PAGES = ("accessibilite", "donnees-personnelles", "mentions-legales")


def text(site: Path, path: str) -> str:
    page = BeautifulSoup((site / path / "index.html").read_text(encoding="utf-8"), "html.parser")
    return re.sub(r"\s+", " ", page.select("article")[0].get_text(" "))


@pytest.mark.parametrize("path", ["", "agora-2020/competences/1.1.1", "agora-2020/grilles/pole-1",
                                  "404.html"])  # fmt: skip
def test_each_page_leads_to_the_three(site: Path, path: str) -> None:
    file = site / path if path.endswith(".html") else site / path / "index.html"
    page = BeautifulSoup(file.read_text(encoding="utf-8"), "html.parser")
    links = [str(a["href"]) for a in page.select(".pied a")]
    assert [link.strip("./").split("/")[-1] for link in links] == list(PAGES)


def test_it_does_not_claim_to_conform(site: Path) -> None:
    said = text(site, "accessibilite")
    assert "Ce site est non conforme" in said
    assert "aucun audit n'a été fait" in said
    assert "Aucun lecteur d'écran" in said
    assert not re.search(r"(?<!non )(?<!certification )\b(partiellement|totalement) conforme", said)
    assert "ni avec un lecteur d'écran" in said
    assert "Défenseur des droits, Libre réponse 71120, 75342 Paris CEDEX 07" in said


def test_it_says_whose_data_are_where(site: Path) -> None:
    said = text(site, "donnees-personnelles")
    for wanted in ("aucun cookie", "chef d'établissement", "sur l'ordinateur de l'enseignant",
                   "prive/", "CNIL", "aucun traitement de données personnelles"):  # fmt: skip
        assert wanted in said
    page = (site / "donnees-personnelles/index.html").read_text(encoding="utf-8")
    assert 'href="../guide/#pour-le-registre"' in page


def test_the_browser_keeps_the_theme_and_nothing_else(page: Page, address: str) -> None:
    page.goto(address)
    page.locator(".md-search__input").focus()
    page.get_by_text("Taper pour démarrer la recherche").wait_for()
    page.locator(".md-search__input").press_sequentially("relation", delay=5)
    page.locator(".md-search-result__item a").first.click()
    page.wait_for_url("**/competences/**")
    assert "?" not in page.url  # what is searched for stays here
    page.locator(".md-header__option label:visible").click()
    page.wait_for_function("document.body.dataset.mdColorScheme == 'slate'")
    local, session = page.evaluate("[{...localStorage}, {...sessionStorage}]")
    ((key, value),) = local.items()
    assert key.endswith(".__palette")
    assert json.loads(value)["color"]["scheme"] == "slate"
    assert session == {}
    assert page.context.cookies() == []
    assert page.evaluate("indexedDB.databases()") == []


def test_no_page_asks_another_site_for_anything(site: Path) -> None:
    seen = 0
    for path in site.rglob("*.html"):
        page = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
        asked = [
            str(t.get("src") or t.get("href"))
            for t in page.select(
                "script[src], img[src], link[rel=stylesheet], iframe, link[rel=preload]"
            )
        ]
        assert not [url for url in asked if re.match(r"(https?:)?//", url)], path
        seen += len(asked)
    assert seen > 100


def test_what_is_missing_says_where_to_write_it(site: Path) -> None:
    said = text(site, "mentions-legales")
    assert said.count("À compléter") == 4
    assert "extra: mentions: editeur" in said


def test_what_is_given_is_shown_as_text(tmp_path: Path) -> None:
    project = copy_project(tmp_path / "projet")
    config = project / "mkdocs.yml"
    given = config.read_text(encoding="utf-8")
    line = '{editeur: "", directeur: "", contact: "", hebergeur: ""}'
    assert line in given
    hostile = '<script>alert(1)</script> {{ x }} & \\"co'
    filled = (
        f'{{editeur: "{hostile}", directeur: Mme Modèle, contact: contact@exemple.fr, '
        'hebergeur: "Hébergeur fictif, 1 rue du Modèle"}'
    )
    config.write_text(given.replace(line, filled), encoding="utf-8")
    done = grilles(project, "site")
    assert done.returncode == 0, done.stderr
    page = (project / "site/mentions-legales/index.html").read_text(encoding="utf-8")
    assert "<script>alert(1)" not in page
    soup = BeautifulSoup(page, "html.parser")
    values = [dd.get_text().strip() for dd in soup.select(".mentions dd")]
    assert values == ['<script>alert(1)</script> {{ x }} & "co', "Mme Modèle", "contact@exemple.fr",
                      "Hébergeur fictif, 1 rue du Modèle"]  # fmt: skip
    assert str(soup.select(".mentions a")[0]["href"]) == "mailto:contact@exemple.fr"


def items(mentions: object) -> list[str]:
    """The four items that the template makes of these `mentions`, as HTML."""
    stub = DictLoader({"main.html": "{% block content %}{% endblock %}"})
    # As MkDocs does it: nothing is escaped by itself.
    environment = Environment(loader=ChoiceLoader([stub, FileSystemLoader(ROOT / "overrides")]))
    page = environment.get_template("mentions.html").render(
        config={"extra": {} if mentions is None else {"mentions": mentions}}
    )
    return [str(dd) for dd in BeautifulSoup(page, "html.parser").select(".mentions dd")]


@pytest.mark.parametrize(
    ("contact", "link"),
    [
        ("contact@exemple.fr", "mailto:contact@exemple.fr"),
        ("  contact@exemple.fr\n", "mailto:contact@exemple.fr"),
        ("https://exemple.fr/@lycee?a=1&b=2", "https://exemple.fr/@lycee?a=1&b=2"),
        ("http://exemple.fr/contact", "http://exemple.fr/contact"),
        ("javascript:alert(1)", None),
        ("javascript:alert(1)//@exemple.fr", None),
        ("data:text/html,<script>alert(1)</script>", None),
        ('"onmouseover="alert(1)"@exemple.fr', 'mailto:"onmouseover="alert(1)"@exemple.fr'),
        ("contact@exemple.fr, 01 23 45 67 89", None),
        ("@lycee", None),
        ("0123456789", None),
    ],
)
def test_a_contact_is_a_link_only_where_it_is_one(contact: str, link: str | None) -> None:
    item = BeautifulSoup(items({"contact": contact})[2], "html.parser")
    assert item.get_text() == contact.strip()
    assert [(a["href"], list(a.attrs)) for a in item.select("a")] == (
        [(link, ["href"])] if link else []
    )
    assert not item.select("script")


@pytest.mark.parametrize(
    "mentions", [None, {}, "", "texte", [], {"editeur": "  ", "contact": None}]
)
def test_whatever_is_missing_is_to_be_completed(mentions: object) -> None:
    found = items(mentions)
    keys = ("editeur", "directeur", "contact", "hebergeur")
    assert len(found) == len(keys)
    for item, key in zip(found, keys, strict=True):
        assert '<strong class="a-completer">À compléter</strong>' in item
        assert f"<code>extra: mentions: {key}</code>" in item


def test_an_address_keeps_its_lines() -> None:
    found = items({"hebergeur": "Hébergeur fictif\n1 rue du Modèle\n<b>Ville</b>\n"})
    assert found[3] == (
        "<dd>Hébergeur fictif<br/>1 rue du Modèle<br/>&lt;b&gt;Ville&lt;/b&gt;</dd>"
    )

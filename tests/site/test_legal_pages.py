"""What the site owes to its readers: true, complete, and hostile values only text."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from tests.projects import copy_project, grilles

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


def test_it_says_whose_data_are_where(site: Path) -> None:
    said = text(site, "donnees-personnelles")
    for wanted in ("aucun cookie", "chef d'établissement", "sur l'ordinateur de l'enseignant"):
        assert wanted in said


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

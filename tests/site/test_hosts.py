"""Wherever the site is served and however long its words: it works."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests import chromium
from tests.projects import ROOT, copy_project, grilles
from tests.server import serve
from tests.variants import load, put_on_line, save

LONG = ("Rédiger un intitulé si long qu'il ne tient sur aucune ligne " * 6)[:300]


@pytest.fixture(scope="module")
def below(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The site of a public address under a sub-path, with a long title and thirty criteria."""
    root = tmp_path_factory.mktemp("sous-chemin")
    project = copy_project(root / "projet")
    put_on_line(project, "https://exemple.invalid/lycee/pfmp/")
    pole = load(project / "data/agora-2020/pole-1.yml")
    competence = pole["groupes"][0]["lignes"][0]["competences"][0]
    competence["intitule"] = LONG
    competence["criteres"] = {f"c{n}": f"Critère numéro {n}" for n in range(1, 31)}
    save(project / "data/agora-2020/pole-1.yml", pole)
    done = grilles(project, "site")
    assert done.returncode == 0, done.stderr
    (root / "public" / "lycee").mkdir(parents=True)
    shutil.move(project / "site", root / "public" / "lycee" / "pfmp")
    with serve(root / "public") as host:
        yield f"{host}lycee/pfmp/"


def test_the_whole_way_under_a_sub_path(page: Page, below: str) -> None:
    missing: list[str] = []
    page.on("response", lambda r: missing.append(r.url) if r.status >= 400 else None)
    page.goto(below)
    page.get_by_role("link", name="Pôle 1").first.click()
    page.wait_for_url(f"{below}agora-2020/poles/1/")
    page.locator("article").get_by_role("link", name="1.1.1").click()
    page.wait_for_url(f"{below}agora-2020/competences/1.1.1/")
    page.get_by_role("link", name="Grille vierge").click()
    page.wait_for_url(f"{below}agora-2020/grilles/pole-1/")
    page.goto(below)
    page.locator(".md-search__input").focus()
    page.get_by_text("Taper pour démarrer la recherche").wait_for()
    page.locator(".md-search__input").press_sequentially("tresorerie", delay=5)
    page.locator(".md-search-result__item a").first.wait_for()
    href = page.locator(".md-search-result__item a").first.get_attribute("href") or ""
    assert "/lycee/pfmp/agora-2020/competences/2.2." in href
    assert missing == []


def test_a_long_title_and_thirty_criteria(page: Page, below: str) -> None:
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 740})
        page.goto(f"{below}agora-2020/competences/1.1.1/")
        assert " ".join(page.locator("h1").inner_text().split()).startswith(f"1.1.1 {LONG[:250]}")
        assert page.locator(".criteres li").count() == 30
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.goto(f"{below}agora-2020/competences/1.1.1/#c30")
    assert page.locator("#c30").bounding_box()["y"] < 740  # type: ignore[index]
    page.goto(f"{below}agora-2020/grilles/pole-1/")
    assert "Critère numéro 30" in page.locator("table").inner_text()


def test_without_a_public_address(site: Path) -> None:
    text = (site / "agora-2020/competences/1.1.1/index.html").read_text(encoding="utf-8")
    assert 'rel="canonical"' not in text
    assert "None" not in text


def test_no_chromium_is_said_and_fails() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.chromium"],
        cwd=ROOT,
        env={**os.environ, "GRILLES_CHROMIUM": "introuvable"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.strip() == chromium.ABSENT


def test_browser_tests_fail_without_chromium() -> None:
    command = [sys.executable, "-m", "pytest", "tests/site/test_paper.py", "-k", "pole", "-x"]
    done = subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, "GRILLES_CHROMIUM": "introuvable"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 1
    assert "Chromium est introuvable" in done.stdout
    assert "skipped" not in done.stdout

"""Whatever the data look like, they come out as text: on pages, in titles, menus and search."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Page

from tests.projects import ROOT, copy_project, grilles
from tests.server import serve
from tests.unit.test_cas import HOSTILE
from tests.variants import publish

CAS = ROOT / "tests" / "cas"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = copy_project(tmp_path_factory.mktemp("hostile") / "projet")
    for case in ("_base", "texte-hostile-valide"):
        shutil.copytree(CAS / case / "data", project / "data", dirs_exist_ok=True)
    publish(project, "mini")
    done = grilles(project, "site")
    assert done.returncode == 0, done.stderr
    return project / "site"


def words(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def test_every_page_shows_it_word_for_word(site: Path) -> None:
    pages = sorted(site.glob("mini/**/index.html"))
    assert len(pages) == 1 + 1 + 1 + 3 + 3
    for path in pages:
        page = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
        body = words(page.select_one("article, main").get_text(" "))  # type: ignore[union-attr]
        assert HOSTILE in body, path
        assert "&#" not in page.get_text(), path
        scripts = [script.get_text() for script in page.select("script")]
        assert not [text for text in scripts if "--8<--" in text], path


def test_titles_and_menu(site: Path) -> None:
    page = BeautifulSoup(
        next(site.glob("mini/competences/*/index.html")).read_text(encoding="utf-8"), "html.parser"
    )
    assert page.title is not None
    assert HOSTILE in words(page.title.get_text())
    menu = [words(tag.get_text()) for tag in page.select(".md-nav--primary .md-ellipsis")]
    assert [text for text in menu if HOSTILE in text]


def test_search_holds_it(site: Path) -> None:
    index = json.loads((site / "search" / "search_index.json").read_bytes())
    titles = [words(BeautifulSoup(d["title"], "html.parser").get_text()) for d in index["docs"]]
    assert [title for title in titles if HOSTILE in title]


def test_a_browser_runs_none_of_it(site: Path, page: Page) -> None:
    page.add_init_script("window.alert = () => { throw new Error('ran') }")
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    with serve(site) as address:
        reading = ("", "mini/", "mini/poles/A/", "mini/glossaire/", "mini/activites/")
        for path in (*reading, "mini/grilles/"):
            page.goto(address + path)
            assert page.locator("main").count() == 1
            assert HOSTILE in words(page.locator("main").inner_text())
    assert errors == []

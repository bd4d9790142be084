"""A real strict build, its pages read back, a server, and a real Chromium."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests import chromium
from tests.projects import copy_project, grilles
from tests.server import serve
from tests.variants import variants_project


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of this project whose site has been built by `grilles site`."""
    folder = copy_project(tmp_path_factory.mktemp("site") / "projet")
    done = grilles(folder, "site")
    assert done.returncode == 0, done.stderr
    assert done.stderr.splitlines()[-1] == "Le site est dans site/ (60 pages)."
    return folder


@pytest.fixture(scope="session")
def site(project: Path) -> Path:
    return project / "site"


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """The address of the site, with a slash at the end."""
    with serve(site) as found:
        yield found


@pytest.fixture(scope="session")
def variants(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of five referentials: AGOrA, its variants, and a diploma that is nothing like it."""
    folder = variants_project(tmp_path_factory.mktemp("variantes") / "projet")
    done = grilles(folder, "site")
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="session")
def variants_address(variants: Path) -> Iterator[str]:
    with serve(variants / "site") as found:
        yield found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = chromium.find()
    if path is None:
        pytest.fail(chromium.ABSENT)
    with sync_playwright() as playwright:
        launched = chromium.launch(playwright, path)
        yield launched
        launched.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    opened = browser.new_page()
    yield opened
    opened.close()

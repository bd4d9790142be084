"""A real strict build, its pages read back, a server, and a real Chromium."""

from __future__ import annotations

import functools
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests import chromium
from tests.projects import copy_project, grilles


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of this project whose site has been built by `grilles site`."""
    folder = copy_project(tmp_path_factory.mktemp("site") / "projet")
    done = grilles(folder, "site")
    assert done.returncode == 0, done.stderr
    assert done.stderr.splitlines()[-1] == "Le site est dans site/ (48 pages)."
    return folder


@pytest.fixture(scope="session")
def site(project: Path) -> Path:
    return project / "site"


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """The address of the site, served as any host would, with a slash at the end."""
    handler = functools.partial(_Quiet, directory=str(site))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = chromium.find()
    if path is None:
        pytest.fail(chromium.ABSENT)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(
            executable_path=str(path),
            args=chromium.ARGUMENTS,
            chromium_sandbox=not chromium.as_root(),
        )
        yield launched
        launched.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    opened = browser.new_page()
    yield opened
    opened.close()

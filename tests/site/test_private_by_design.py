"""Nothing from elsewhere, nothing left behind: what a browser sees of each kind of page."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Request

from tests.site.test_accessibility import KINDS


@pytest.mark.parametrize("kind", KINDS)
def test_no_request_elsewhere_and_no_cookie(browser: Browser, address: str, kind: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    asked: list[str] = []

    def note(request: Request) -> None:
        asked.append(request.url)

    page.on("request", note)
    page.goto(address + KINDS[kind])
    if page.locator(".md-search__input").count():
        page.locator(".md-search__input").focus()
        page.get_by_text("Taper pour démarrer la recherche").wait_for()
    page.wait_for_load_state("networkidle")
    assert len(asked) >= 3
    elsewhere = [url for url in asked if not url.startswith((address, "data:", "blob:"))]
    assert elsewhere == []
    assert context.cookies() == []
    context.close()

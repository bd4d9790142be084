"""The pictures of the README, taken from the built site: `make images`."""

from __future__ import annotations

import sys
from pathlib import Path

from playwright.sync_api import Browser, ViewportSize, sync_playwright

from tests import chromium
from tests.server import serve

ROOT = Path(__file__).parents[1]
TARGET = ROOT / "docs" / "assets" / "images"
A4_LANDSCAPE = ViewportSize(width=1123, height=794)  # px at 96 a inch


def phone(browser: Browser, address: str, target: Path) -> None:
    """A page as a tutor sees it, at 360 px."""
    page = browser.new_page(viewport={"width": 360, "height": 740}, device_scale_factor=2)
    page.goto(address)
    page.screenshot(path=target)
    page.close()


def paper(browser: Browser, address: str, target: Path) -> None:
    """A sheet as it prints: the browser's print style, in the size of the paper."""
    page = browser.new_page(viewport=A4_LANDSCAPE, device_scale_factor=1.5)
    page.emulate_media(media="print")
    page.goto(address)
    page.add_style_tag(content="body { padding: 10mm }")
    page.screenshot(path=target)
    page.close()


def main() -> None:
    """Needs a built site and a browser. Exits with 1 and a French sentence without them."""
    if (path := chromium.find()) is None:
        sys.exit(chromium.ABSENT)
    if not (ROOT / "site").is_dir():
        sys.exit("Construisez d'abord le site : make site")
    TARGET.mkdir(exist_ok=True)
    with serve(ROOT / "site") as address, sync_playwright() as playwright:
        browser = chromium.launch(playwright, path)
        phone(browser, f"{address}agora-2020/competences/1.1.1/", TARGET / "competence.png")
        paper(browser, f"{address}agora-2020/grilles/pole-2/", TARGET / "grille.png")
        browser.close()


if __name__ == "__main__":
    main()

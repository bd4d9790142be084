"""The pictures of the site: for its README, and to be shown where it is shared. `make images`."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from tests import chromium
from tests.server import serve

ROOT = Path(__file__).parents[1]
ASSETS = ROOT / "docs" / "assets"
CAPTURES = ASSETS / "captures"
PHONE: dict[str, Any] = {"viewport": {"width": 360, "height": 740}, "device_scale_factor": 2}
DESKTOP: dict[str, Any] = {"viewport": {"width": 1280, "height": 800}}
# px at 96 an inch
PAPER: dict[str, Any] = {"viewport": {"width": 1123, "height": 794}, "device_scale_factor": 1.5}
SHARED: dict[str, Any] = {"viewport": {"width": 1200, "height": 630}}
# name → address, and how it is looked at
PICTURES: dict[str, tuple[str, dict[str, Any]]] = {
    "accueil-telephone": ("", PHONE),
    "competence-telephone": ("agora-2020/competences/1.1.1/", PHONE),
    "mot-telephone": ("agora-2020/competences/2.2.1/", PHONE),
    "activites-telephone": ("agora-2020/activites/", PHONE),
    "codes-telephone": ("agora-2020/echelle/", PHONE),
    "accueil-ecran": ("", DESKTOP),
    "pole-ecran": ("agora-2020/poles/2/", DESKTOP),
    "competence-sombre": ("agora-2020/competences/1.1.1/", DESKTOP | {"color_scheme": "dark"}),
    "glossaire-sombre": ("agora-2020/glossaire/", PHONE | {"color_scheme": "dark"}),
    "grille-papier": ("agora-2020/grilles/pole-2/", PAPER),
    "suivi-papier": ("agora-2020/grilles/suivi/", PAPER),
}


def picture(browser: Browser, address: str, how: dict[str, Any], press: str = "") -> bytes:
    """A page as it is seen, or as it prints, as a PNG; `press` is what is pressed first."""
    page = browser.new_page(**how)
    page.emulate_media(media="print" if how is PAPER else "screen", reduced_motion="reduce")
    page.goto(address)
    if how is PAPER:
        page.add_style_tag(content="body { padding: 10mm }")
    if press:
        page.locator(press).first.click()
    page.evaluate("document.fonts.ready")
    taken = page.screenshot()
    page.close()
    return taken


def main() -> None:
    """Needs a built site and a browser. Exits with 1 and a French sentence without them."""
    if (path := chromium.find()) is None:
        sys.exit(chromium.ABSENT)
    if not (ROOT / "site").is_dir():
        sys.exit("Construisez d'abord le site : make site")
    CAPTURES.mkdir(exist_ok=True)
    with serve(ROOT) as address, sync_playwright() as playwright:
        browser = chromium.launch(playwright, path)
        shared = picture(browser, f"{address}tests/partage.html", SHARED)
        (ASSETS / "images" / "partage.png").write_bytes(shared)
        for name, (page, how) in PICTURES.items():
            press = ".terme" if name.startswith("mot") else ""
            taken = Image.open(io.BytesIO(picture(browser, f"{address}site/{page}", how, press)))
            taken.save(CAPTURES / f"{name}.webp", quality=82, method=6)
        browser.close()


if __name__ == "__main__":
    main()

"""Finds a real Chromium for the browser tests; `python -m tests.chromium` installs one."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Browser, Playwright, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome")
APPLICATIONS = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
ABSENT = (
    "Chromium est introuvable : installez le paquet « chromium » de votre système, ou donnez le "
    "chemin d'un Chromium ou d'un Chrome dans la variable GRILLES_CHROMIUM, puis relancez la "
    "commande."
)
# Without the last ones a closed network is asked for updates at every start.
ARGUMENTS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def find() -> Path | None:
    """The browser to use: GRILLES_CHROMIUM first, then the system's, then playwright's own."""
    if chosen := os.environ.get("GRILLES_CHROMIUM"):
        return Path(chosen) if Path(chosen).is_file() else None
    found = [shutil.which(name) for name in NAMES] + [*APPLICATIONS, _playwrights_own()]
    return next((Path(path) for path in found if path and Path(path).is_file()), None)


def as_root() -> bool:
    """As root, and only then, the browser's own sandbox cannot start."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def launch(playwright: Playwright, path: Path) -> Browser:
    """The browser that `find` gave, ready."""
    return playwright.chromium.launch(
        executable_path=str(path), args=ARGUMENTS, chromium_sandbox=not as_root()
    )


def _playwrights_own() -> str:
    with sync_playwright() as playwright:
        return playwright.chromium.executable_path


def _install() -> None:
    if as_root() and shutil.which("apt-get"):
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for command in (["update", "-q"], ["install", "-y", "-q", "chromium"]):
            subprocess.run(["apt-get", *command], env=environment, stdout=sys.stderr, check=False)
    else:  # never tried on our own machines, whose network is closed
        command = [sys.executable, "-m", "playwright", "install", "chromium"]
        subprocess.run(command, stdout=sys.stderr, check=False)


def main() -> None:
    """Says which browser the tests will use. Exits with 1 and a French sentence without any."""
    if find() is None and "GRILLES_CHROMIUM" not in os.environ:
        sys.stderr.write("Installation de Chromium pour les tests…\n")
        _install()
    if (path := find()) is None:
        sys.exit(ABSENT)
    sys.stderr.write(f"Tests dans {path.name}.\n")


if __name__ == "__main__":
    main()

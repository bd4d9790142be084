"""What has been published stays: addresses are printed, and shared. The list only grows."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from tests.projects import ROOT

LIST = ROOT / "tests" / "adresses.txt"
OURS = re.compile(r"(agora-2020|schemas)/|index\.html|guide/|accessibilite|donnees-perso|mentions")


def published(site: Path) -> list[str]:
    """Every address that somebody may hold: pages, anchors of criteria and of words, documents."""
    found = []
    for path in sorted(site.rglob("*")):
        name = path.relative_to(site).as_posix()
        if not path.is_file() or not OURS.match(name):
            continue
        address = "/" + name.removesuffix("index.html")
        found.append(address)
        if path.suffix == ".html" and re.search("competences/|glossaire/", name):
            page = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
            named = page.select(".criteres [id], .page--glossaire h2[id]")
            found += [f"{address}#{tag['id']}" for tag in named]
    return found


def test_nothing_that_was_published_is_gone(site: Path, request: pytest.FixtureRequest) -> None:
    now = published(site)
    assert len(now) > 150
    known = LIST.read_text(encoding="utf-8").splitlines() if LIST.exists() else []
    assert [address for address in known if address not in now] == []
    new = [address for address in now if address not in known]
    if request.config.getoption("--recrire"):
        LIST.write_text("".join(f"{a}\n" for a in [*known, *new]), encoding="utf-8", newline="\n")
        new = []
    assert new == [], "nouvelles adresses : pytest tests/site/test_addresses.py --recrire"

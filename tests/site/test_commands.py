"""`site` and `servir` as whole processes: a failure loses nothing, and shows itself."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import pytest

from tests.projects import ROOT, copy_project, grilles, tree

PATIENCE = 60  # seconds; a loaded machine


@pytest.fixture
def fresh(tmp_path: Path) -> Path:
    return copy_project(tmp_path / "projet")


def test_a_broken_link_in_a_page_leaves_the_old_site(fresh: Path) -> None:
    (fresh / "site").mkdir()
    (fresh / "site" / "sitemap.xml").write_text("old", encoding="utf-8")
    (fresh / "docs" / "page.md").write_text("# Page\n\n[lien](absente.md)\n", encoding="utf-8")
    done = grilles(fresh, "site")
    assert done.returncode == 1
    assert "absente.md" in done.stderr
    assert "Traceback" not in done.stderr
    assert tree(fresh / "site") == {"sitemap.xml": b"old"}


def test_wrong_data_leave_the_old_site_and_are_told(fresh: Path) -> None:
    (fresh / "site").mkdir()
    (fresh / "site" / "sitemap.xml").write_text("old", encoding="utf-8")
    (fresh / "data/agora-2020/pole-3.yml").unlink()
    before = tree(fresh)
    done = grilles(fresh, "site")
    assert done.returncode == 1
    assert done.stderr.splitlines()[1:] == [
        "data/agora-2020/referentiel.yml:24:5: poles[3] : ce fichier n'existe pas. "
        "Vouliez-vous dire « pole-2.yml » ?",
        "1 erreur : rien n'a été écrit.",
    ]
    assert tree(fresh) == before


def test_mkdocs_alone_builds_the_same_site(project: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "-d", str(tmp_path / "s")]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(
        command, cwd=project, env=environment, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    assert "WARNING" not in done.stderr
    assert tree(tmp_path / "s") == tree(project / "site")


def test_mkdocs_alone_shows_our_errors(fresh: Path, tmp_path: Path) -> None:
    (fresh / "data/agora-2020/pole-3.yml").unlink()
    command = [sys.executable, "-m", "mkdocs", "build", "-q", "-d", str(tmp_path / "s")]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        command, cwd=fresh, env=environment, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 1
    assert (
        "data/agora-2020/referentiel.yml:24:5: poles[3] : ce fichier n'existe pas." in done.stdout
    )
    assert "Traceback" not in done.stderr
    assert not list((tmp_path / "s").rglob("*.html"))


@pytest.fixture
def served(fresh: Path) -> Iterator[tuple[Path, str]]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "generator", "servir", "--port", str(port)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, cwd=fresh, env=environment, stderr=subprocess.PIPE) as process:
        try:
            yield fresh, f"http://127.0.0.1:{port}/"
        finally:
            process.terminate()


def wait_for(address: str, wanted: Callable[[str], bool]) -> str:
    """The page, once it is as wanted. Each request has its own time-out."""
    limit, text = time.monotonic() + PATIENCE, ""
    while time.monotonic() < limit:
        try:
            with urlopen(address, timeout=5) as answer:
                text = answer.read().decode()
        except HTTPError as error:
            text = error.read().decode()
        except (URLError, TimeoutError, ConnectionError):
            text = ""
        if wanted(text):
            return text
        time.sleep(0.2)
    raise AssertionError(f"not seen in {PATIENCE} s; the last answer began with: {text[:500]}")


def test_wrong_data_are_the_page_then_the_site_comes_back(served: tuple[Path, str]) -> None:
    folder, address = served
    competence = f"{address}agora-2020/competences/1.1.1/"
    wait_for(competence, lambda text: "Identifier les caractéristiques" in text)
    pole = folder / "data/agora-2020/pole-1.yml"
    right = pole.read_text(encoding="utf-8")
    pole.write_text(right.replace("epreuve:", "epreuv:"), encoding="utf-8")
    text = unescape(wait_for(address, lambda text: "Données à corriger" in text))
    assert "data/agora-2020/pole-1.yml:3:1: epreuv" in text
    assert "Vouliez-vous dire «\N{NO-BREAK SPACE}epreuve\N{NO-BREAK SPACE}»" in text
    assert "Données à corriger" in wait_for(competence, bool)
    pole.write_text(right, encoding="utf-8")
    wait_for(competence, lambda text: "Identifier les caractéristiques" in text)


def test_a_taken_port_is_said(fresh: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = grilles(fresh, "servir", "--port", str(port))
    assert done.returncode == 3
    assert "ce port est déjà pris" in done.stderr

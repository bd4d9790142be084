"""The guide is followed, each page in a project of its own: its files are written and its commands
run, in its order. What it says of their outcome is looked up there.
"""

from __future__ import annotations

import os
import re
import shlex
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import chdir, redirect_stderr, redirect_stdout
from functools import cache
from html import unescape
from io import StringIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from generator import cli
from tests.projects import ROOT, copy_project
from tests.site.test_commands import wait_for
from tests.variants import ADDRESS

GUIDE = {p.name: p.read_text(encoding="utf-8") for p in sorted((ROOT / "docs/guide").glob("*.md"))}
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
# A block of YAML begins with the file that it is, or whose lines it changes.
FILE = re.compile(r"# (mkdocs\.yml|data/[\w./-]+\.yml)( \(extrait\))?\n")
# Files, commands and errors of each page.
COUNTS = {
    "diplome.md": (5, 3, 1),
    "echelle.md": (5, 3, 1),
    "en-entreprise.md": (1, 1, 0),
    "imprimer.md": (1, 8, 0),
    "index.md": (2, 8, 0),
    "publier.md": (2, 2, 0),
}
INSTALL = "py -m pip install ."  # the tests are run by what it installs
SERVE = "grilles servir"
Followed = Callable[[str], Path]


def blocks(page: str, kind: str) -> list[str]:
    return [text for found, text in BLOCK.findall(GUIDE[page]) if found == kind]


def commands(text: str) -> list[str]:
    return [line for line in text.splitlines() if line != INSTALL]


def place(text: str) -> str:
    """The file that a block of YAML is for."""
    first = FILE.match(text)
    assert first, text
    return first[1]


def write(folder: Path, text: str) -> None:
    """Does what a reader does with a block of YAML."""
    path = folder / place(text)
    path.parent.mkdir(parents=True, exist_ok=True)
    if "(extrait)" in text.splitlines()[0]:
        text = changed(path.read_text(encoding="utf-8"), text.splitlines()[1:])
    # The guide names its own pupil: a real one has another name.
    path.write_text(text.replace("nom: MODÈLE", "nom: FICTIF"), encoding="utf-8")


def changed(text: str, lines: list[str]) -> str:
    """A file with these lines in the place of those of the same keys, or at its end."""
    for line in lines:
        key = line[: line.index(":") + 1]
        if line == key:
            continue  # `extra:` says where the next ones are
        own = re.compile(f"^{key}.*$", re.MULTILINE)
        assert len(own.findall(text)) <= 1
        text = own.sub(line.replace("\\", r"\\"), text) if own.search(text) else f"{text}{line}\n"
    return text


def run(folder: Path, line: str) -> tuple[int, str]:
    """What a command ends with and says, from that folder; in this process, to be quick."""
    said = StringIO()
    with (chdir(folder), redirect_stdout(said), redirect_stderr(said),
          pytest.raises(SystemExit) as end):  # fmt: skip
        cli.main(shlex.split(line)[1:])
    assert isinstance(end.value.code, int)
    return end.value.code, said.getvalue()


def serve(folder: Path) -> None:
    """`grilles servir` is seen at work, then stopped."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    command = [sys.executable, "-m", "generator", "servir", "--port", port]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        command, cwd=folder, env=environment, stderr=subprocess.DEVNULL
    ) as process:
        try:
            wait_for(f"http://127.0.0.1:{port}/jardin-2031/", lambda text: "JARDIN" in text)
        finally:
            process.terminate()


@pytest.fixture(scope="module")
def followed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Followed]:
    """The project of somebody who has followed the first page of the guide, then this one."""

    @cache
    def follow(page: str) -> Path:
        folder = copy_project(tmp_path_factory.mktemp("guide") / "projet")
        for text in blocks("index.md", "yaml"):
            write(folder, text)
        for kind, text in BLOCK.findall(GUIDE[page]):
            if kind == "yaml":
                write(folder, text)
            for line in commands(text) if kind == "sh" else ():
                if line == SERVE:
                    serve(folder)
                else:
                    code, said = run(folder, line)
                    assert code == 0, (page, line, said)
        return folder

    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("SITE_URL", "")
        yield follow


def test_every_block_is_known() -> None:
    found = {
        page: (
            len(blocks(page, "yaml")),
            sum(len(commands(text)) for text in blocks(page, "sh")),
            len(blocks(page, "text")),
        )
        for page in GUIDE
    }
    assert found == COUNTS
    for page, text in GUIDE.items():
        assert text.count("```") == 2 * len(BLOCK.findall(text)), page
        assert {kind for kind, _ in BLOCK.findall(text)} <= {"sh", "yaml", "text"}, page
        lines = [line for block in blocks(page, "sh") for line in commands(block)]
        assert all(line.startswith("grilles ") for line in lines), page
        assert all(FILE.match(block) for block in blocks(page, "yaml")), page


@pytest.mark.parametrize("page", COUNTS)
def test_it_can_be_followed(followed: Followed, page: str) -> None:
    folder = followed(page)
    files = {place(text) for text in blocks(page, "yaml")}
    assert files
    assert [name for name in files if not (folder / name).is_file()] == []


def test_the_five_minutes(followed: Followed) -> None:
    folder = followed("index.md")
    for name in ("index.html", "e01.html", "promotion-01.pdf"):
        assert (folder / "prive/2025-2028" / name).is_file()
    # Its own pupil, kept as it is, would be found in its own pages.
    pupil = next(text for text in blocks("index.md", "yaml") if "eleve:" in text)
    (folder / place(pupil)).write_text(pupil, encoding="utf-8")
    code, said = run(folder, "grilles fuites site data/evaluations/2025-2028")
    assert code == 1
    assert "guide/index.html : le nom de 2025-2028/e01 s'y trouve." in said


def test_printing(followed: Followed) -> None:
    pdf = followed("imprimer.md") / "pdf/agora-2020"
    said = PdfReader(pdf / "grille-pole-1.pdf").pages[0].extract_text()
    assert f"{ADDRESS}agora-2020/poles/1/" in said
    assert f"{ADDRESS}agora-2020/poles/1/" in GUIDE["imprimer.md"]
    named = re.findall(r"^- `/(agora-2020/\S+\.pdf)`", GUIDE["imprimer.md"], re.MULTILINE)
    assert len(named) == 3
    site = followed("index.md") / "site"
    assert [name for name in named if not (site / name).is_file()] == []
    booklet = PdfReader(followed("imprimer.md") / "prive/2025-2028/promotion-01.pdf")
    assert len(booklet.pages) % 2 == 0
    titles = [item.title for item in booklet.outline if not isinstance(item, list)]
    assert titles == ["e01"]


def test_another_scale(followed: Followed) -> None:
    folder = followed("echelle.md")
    sheet = (folder / "prive/2026-2029/extrait/e01.html").read_text(encoding="utf-8")
    assert "En autonomie" in sheet
    assert "Insuffisamment maîtrisée" not in sheet
    pupil = folder / "data/evaluations/2026-2029/e01.yml"
    text = pupil.read_text(encoding="utf-8")
    pupil.write_text(text.replace("1.1.2: EX", '1.1.2: "3"'), encoding="utf-8")
    _, said = run(folder, "grilles verifier data/evaluations/2026-2029")
    assert blocks("echelle.md", "text") == [f"{said.splitlines()[0]}\n"]
    # A promotion that does not name its scale takes that of the diploma.
    own = folder / "data/evaluations/2025-2028/promotion.yml"
    text = own.read_text(encoding="utf-8")
    own.write_text(text.replace("echelle: lsl-pro\n", ""), encoding="utf-8")
    _, said = run(folder, "grilles verifier data/evaluations/2025-2028")
    assert "ce code n'est pas dans l'échelle (attendu : EX, AA, AU, X, NE, SO)" in said


def test_another_diploma(followed: Followed) -> None:
    folder = followed("diplome.md")
    site = folder / "site/jardin-2031"
    assert not (site / "activites").exists()
    assert (site / "telechargements/grille-pole-1.pdf").is_file()
    page = (site / "competences/1.1.1/index.html").read_text(encoding="utf-8")
    assert 'id="mot-outil"' in page
    forms = [text for text in blocks("diplome.md", "yaml") if "pole-1.yml\n" in text[:50]]
    assert len(forms) == 2
    for text, counted in zip(forms, ("2 compétences", "1 compétence,"), strict=True):
        write(folder, text)
        assert counted in run(folder, "grilles verifier data/jardin-2031")[1]
        write(folder, text.replace("epreuve:", "épreuve:"))
        _, said = run(folder, "grilles verifier data/jardin-2031")
        assert blocks("diplome.md", "text") == [f"{said.splitlines()[0]}\n"]


def test_in_a_company(followed: Followed) -> None:
    folder = followed("en-entreprise.md") / "prive/2025-2028/extrait"
    pages = PdfReader(folder / "e02.pdf").pages
    said = " ".join(page.extract_text() for page in pages)
    assert all(code in said for code in ("1.1.1", "2.3.1", "2.3.2"))
    assert "1.1.2" not in said


def test_publishing(followed: Followed) -> None:
    site = followed("publier.md") / "site"
    legal = unescape((site / "mentions-legales/index.html").read_text(encoding="utf-8"))
    assert "1 rue de l'Exemple" in legal
    assert "À compléter" not in legal
    home = (site / "index.html").read_text(encoding="utf-8")
    assert f'rel="canonical" href="{ADDRESS}"' in home
    sheet = unescape((site / "agora-2020/grilles/pole-1/index.html").read_text(encoding="utf-8"))
    assert f"Code à scanner\N{NO-BREAK SPACE}: {ADDRESS}agora-2020/poles/1/" in sheet


def test_every_file_it_names_exists() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    table = readme.split("## Pour changer")[1].split("##")[0]
    named = re.findall(r"`([a-z][\w./-]+\.\w+)`", table)
    assert len(named) > 10
    assert [name for name in named if not (ROOT / name).is_file()] == []
    pictures = re.findall(r'src="([^"]+)"', readme)
    assert len(pictures) > 8
    assert [name for name in pictures if not (ROOT / name).is_file()] == []

"""The guide is run: each of its commands, on its own YAML, a page after the other."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from tests.projects import ROOT, copy_project, grilles
from tests.variants import publish, put_on_line

GUIDE = {
    path.name: path.read_text(encoding="utf-8") for path in sorted((ROOT / "docs/guide").iterdir())
}
CODE = re.compile(r"```(\w+)\n(.*?)```", re.DOTALL)
COMMANDS = {"diplome.md": 2, "echelle.md": 1, "en-entreprise.md": 0, "imprimer.md": 4,
            "index.md": 8, "publier.md": 2}  # fmt: skip


def blocks(page: str, kind: str) -> list[str]:
    return [text for found, text in CODE.findall(GUIDE[page]) if found == kind]


def commands(page: str) -> Iterator[str]:
    for text in blocks(page, "sh"):
        yield from (line for line in text.splitlines() if not line.startswith("py -m pip install"))


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with every file that the guide writes, under the name that it gives."""
    folder = copy_project(tmp_path_factory.mktemp("guide") / "projet")
    written = set()
    for page in GUIDE:
        for text in blocks(page, "yaml"):
            first, content = text.split("\n", 1)
            name = first.removeprefix("# ")
            assert re.fullmatch(r"data/[\w./-]+\.yml|mkdocs\.yml", name), (page, first)
            written.add(name)
            if name == "mkdocs.yml":
                _configure(folder, yaml.safe_load(content))
                continue
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            # The guide names its own pupil: a real one has another name.
            content = content.replace("nom: MODÈLE", "nom: FICTIF")
            (folder / name).write_text(content, encoding="utf-8")
    assert len(written) == 10
    return folder


def _configure(folder: Path, change: dict[str, object]) -> None:
    """What a page of the guide says to write in mkdocs.yml."""
    for key, value in change.items():
        if key == "site_url":
            put_on_line(folder, str(value))
        else:
            assert key == "extra"
            assert isinstance(value, dict)
            publish(folder, *value["referentiels"])


def test_the_commands_are_all_ours() -> None:
    found = {page: list(commands(page)) for page in GUIDE}
    assert {page: len(lines) for page, lines in found.items()} == COMMANDS
    assert all(line.startswith("grilles ") for lines in found.values() for line in lines)
    kinds = {kind for text in GUIDE.values() for kind, _ in CODE.findall(text)}
    assert kinds == {"sh", "yaml", "text"}


@pytest.mark.parametrize("page", [page for page, count in COMMANDS.items() if count])
def test_every_command_works_in_its_order(project: Path, page: str) -> None:
    for line in commands(page):
        done = grilles(project, *shlex.split(line)[1:])
        assert done.returncode == 0, (line, done.stderr)
    made = {
        "index.md": ("prive/2025-2028/index.html", "prive/2025-2028/promotion-01.pdf"),
        "imprimer.md": ("pdf/agora-2020/grilles.pdf", "prive/agora-2025-2028/promotion-01.pdf"),
        "diplome.md": ("site/jardin-2031/competences/1.1.1/index.html",
                       "site/jardin-2031/telechargements/grille-pole-2.pdf",
                       "site/jardin-2031/glossaire/index.html"),
    }  # fmt: skip
    for name in made.get(page, ()):
        assert (project / name).is_file(), name


def test_the_error_that_it_shows_is_the_one_that_is_said(project: Path) -> None:
    (shown,) = blocks("diplome.md", "text")
    path = project / "data/jardin-2031/bloc-1.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("epreuve:", "épreuve:"), encoding="utf-8")
    done = grilles(project, "verifier", "data/jardin-2031")
    path.write_text(text, encoding="utf-8")
    assert done.returncode == 1
    assert shown.strip() in done.stderr


def test_every_file_it_names_exists() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    table = readme.split("## Pour changer")[1].split("##")[0]
    named = re.findall(r"`([a-z][\w./-]+\.\w+)`", table)
    assert len(named) > 10
    assert [name for name in named if not (ROOT / name).is_file()] == []
    pictures = re.findall(r'src="([^"]+)"', readme)
    assert len(pictures) > 8
    assert [name for name in pictures if not (ROOT / name).is_file()] == []

"""The guide is run: each of its commands, on its own YAML."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from tests.projects import ROOT, copy_project, grilles

GUIDE = (ROOT / "docs" / "guide" / "index.md").read_text(encoding="utf-8")
CODE = re.compile(r"```(\w+)\n(.*?)```", re.DOTALL)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with the promotion that the guide describes."""
    folder = copy_project(tmp_path_factory.mktemp("guide") / "projet")
    promotion, pupil = (text for kind, text in CODE.findall(GUIDE) if kind == "yaml")
    # The guide names its own pupil: a real one has another name.
    assert "nom: MODÈLE" in pupil
    written = {"promotion.yml": promotion, "e01.yml": pupil.replace("nom: MODÈLE", "nom: FICTIF")}
    target = folder / "data" / "evaluations" / "2025-2028"
    target.mkdir(parents=True)
    for name, text in written.items():
        (target / name).write_text(text, encoding="utf-8")
    return folder


def test_every_command_works_in_its_order(project: Path) -> None:
    lines = [line for kind, text in CODE.findall(GUIDE) if kind == "sh"
             for line in text.splitlines() if line.startswith("grilles ")]  # fmt: skip
    assert len(lines) == 8
    for line in lines:
        done = grilles(project, *shlex.split(line)[1:])
        assert done.returncode == 0, (line, done.stderr)
    for name in ("index.html", "e01.html", "promotion-01.pdf"):
        assert (project / "prive" / "2025-2028" / name).is_file()


def test_every_file_it_names_exists() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    table = readme.split("## Pour changer")[1].split("##")[0]
    named = re.findall(r"`([a-z][\w./-]+\.\w+)`", table)
    assert len(named) > 10
    assert [name for name in named if not (ROOT / name).is_file()] == []

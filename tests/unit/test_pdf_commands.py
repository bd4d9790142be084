"""`pdf` and `eleves --pdf`: what they write, what they refuse, and that nothing is lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from pypdf import PdfReader

from generator import cli
from tests.projects import copy_project, tree


def test_the_commands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(copy_project(tmp_path / "projet"))
    with pytest.raises(SystemExit) as end:
        cli.main(["pdf"])
    assert end.value.code == 0
    assert capsys.readouterr().err == "5 PDF dans pdf/.\n"
    assert len(tree(Path("pdf"))) == 6
    with pytest.raises(SystemExit) as end:
        cli.main(["eleves", "data/exemples/agora-2025-2028", "--pdf"])
    assert end.value.code == 0
    made = {name for name in tree(Path("prive/agora-2025-2028")) if name.endswith(".pdf")}
    assert made == {*(f"e{n:02}.pdf" for n in range(1, 13)), "promotion-01.pdf"}
    first = PdfReader("prive/agora-2025-2028/e01.pdf")
    assert first.metadata is not None
    assert first.metadata.title == "Grille e01"
    assert "EXEMPLE" not in str(first.metadata)
    capsys.readouterr()
    with pytest.raises(SystemExit) as end:
        cli.main(["pdf", "--pole", "2"])
    assert (end.value.code, capsys.readouterr().err) == (0, "1 PDF dans pdf/.\n")
    assert set(tree(Path("pdf"))) == {".grilles", "agora-2020/grille-pole-2.pdf"}
    with pytest.raises(SystemExit) as end:
        cli.main(["pdf", "--attendues", "9.9.9"])
    assert end.value.code == 2
    assert "9.9.9 : ce code n'est pas dans agora-2020." in capsys.readouterr().err

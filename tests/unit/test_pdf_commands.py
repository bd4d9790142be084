"""`pdf` and `eleves --pdf`: what they write, what they refuse, and that nothing is lost."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from generator.render import pdf as rendering
from tests.command import EXAMPLE, run
from tests.projects import ROOT, tree
from tests.variants import publish


def test_blank_sheets(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, err = run(capsys, "pdf")
    assert code == 0
    assert err == (
        "Adresse publique inconnue, donc pas de code à scanner sur les grilles : donnez --adresse, "
        "ou « site_url » dans mkdocs.yml.\n5 PDF dans pdf/.\n"
    )
    names = {*(f"grille-pole-{n}.pdf" for n in (1, 2, 3)), "suivi.pdf", "grilles.pdf"}
    assert set(tree(project / "pdf")) == {".grilles", *(f"agora-2020/{name}" for name in names)}


def test_the_site_s_own_address(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    text = (project / "mkdocs.yml").read_text(encoding="utf-8")
    line = next(line for line in text.splitlines() if line.startswith("site_url:"))
    for given in ('"https://a.exemple.fr/g"', '!ENV [SITE_ADRESSE, "https://b.exemple.fr/"]'):
        (project / "mkdocs.yml").write_text(text.replace(line, f"site_url: {given}"), "utf-8")
        code, err = run(capsys, "pdf", "--pole", "1")
        assert (code, err) == (0, "1 PDF dans pdf/.\n")
        said = PdfReader("pdf/agora-2020/grille-pole-1.pdf").pages[0].extract_text()
        assert "https://a.exemple.fr/g/agora-2020/poles/1/" in said or "https://b.exemple" in said
    monkeypatch.setenv("SITE_ADRESSE", "https://c.exemple.fr")
    run(capsys, "pdf", "--pole", "1")
    said = PdfReader("pdf/agora-2020/grille-pole-1.pdf").pages[0].extract_text()
    assert "https://c.exemple.fr/agora-2020/poles/1/" in said


def test_an_address_of_the_site_that_is_none(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SITE_URL", "lycee.exemple.fr")
    for command in ("pdf", "site"):
        code, err = run(capsys, command)
        assert code == 2
        assert "lycee.exemple.fr : l'adresse du site" in err or "lycee.exemple.fr/ :" in err
    assert not (project / "pdf").exists()
    assert not (project / "site").exists()


def test_one_pole_one_placement(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    address = ("--adresse", "https://lycee.exemple.fr/pfmp")
    assert run(capsys, "pdf", "--pole", "2", *address) == (0, "1 PDF dans pdf/.\n")
    assert set(tree(project / "pdf")) == {".grilles", "agora-2020/grille-pole-2.pdf"}
    run(capsys, "pdf", "--periode", "P3", "--attendues", "1.1.1,2.1", *address)
    said = PdfReader("pdf/agora-2020/grille-pole-2.pdf").pages[0].extract_text()
    assert "2.1.5" in said
    assert "2.2.1" not in said
    assert "P4" not in said


def test_of_several_diplomas_those_that_have_it(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(ROOT / "tests/projet/data", project / "data", dirs_exist_ok=True)
    publish(project, "agora-2020", "phare-2031")
    run(capsys, "pdf", "--attendues", "1.1.1")
    assert {name.split("/")[0] for name in tree(project / "pdf")} == {".grilles", "agora-2020"}
    run(capsys, "pdf", "--pole", "BC2")
    assert {name.split("/")[0] for name in tree(project / "pdf")} == {".grilles", "phare-2031"}
    code, err = run(capsys, "pdf", "--attendues", "1.1.1", "--pole", "BC2")
    assert (code, "BC2 : ce pôle n'est pas dans agora-2020." in err) == (2, True)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--attendues", "9.9.9"], "9.9.9 : ce code n'est pas dans agora-2020."),
        (["--pole", "9"], "9 : ce pôle n'est pas dans agora-2020."),
        (["--periode", "P9"], "P9 : cette période n'est pas dans agora-2020."),
        (["--attendues", "1.1.1, 9.9.9"], "9.9.9 : ce code n'est pas dans agora-2020."),
        (["--adresse", "ftp://exemple.fr/"], "ftp://exemple.fr/ : une adresse commence par https"),
        (["--adresse", "exemple.fr"], "exemple.fr : une adresse commence par https"),
        (["--adresse", "javascript:alert(1)"], "une adresse commence par https"),
    ],
)
def test_usage(
    project: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], sentence: str
) -> None:
    code, err = run(capsys, "pdf", *arguments)
    assert code == 2
    assert sentence in err
    assert not (project / "pdf").exists()


def test_a_pdf_a_pupil_and_one_for_the_copier(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(capsys, "eleves", EXAMPLE, "--pdf")[0] == 0
    folder = project / "prive/agora-2025-2028"
    made = {name for name in tree(folder) if name.endswith(".pdf")}
    assert made == {*(f"e{n:02}.pdf" for n in range(1, 13)), "promotion-01.pdf"}
    first = PdfReader(folder / "e01.pdf")
    assert first.metadata is not None
    assert first.metadata.title == "Grille e01"
    assert "EXEMPLE" in first.pages[0].extract_text()
    assert len(PdfReader(folder / "promotion-01.pdf").pages) == 4 * 12
    before = tree(folder)
    run(capsys, "eleves", EXAMPLE, "--pdf")
    assert tree(folder) == before


def test_a_name_that_the_font_cannot_draw_is_said_without_it(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for eleve in ("e03", "e07"):
        path = project / EXAMPLE / f"{eleve}.yml"
        text = path.read_text(encoding="utf-8")
        first = next(line for line in text.splitlines() if "prenom:" in line)
        name = first.split("prenom:")[1].split(",")[0].strip()
        path.write_text(text.replace(f"prenom: {name}", "prenom: 漢字"), encoding="utf-8")
    assert run(capsys, "eleves", EXAMPLE)[0] == 0  # the page uses the fonts of the reader
    before = tree(project / "prive")
    code, err = run(capsys, "eleves", EXAMPLE, "--pdf")
    assert code == 1
    said = "l'impression est impossible : la police n'a pas de dessin pour U+5B57, U+6F22."
    for eleve in ("e03", "e07"):
        assert f"{EXAMPLE}/{eleve}.yml: {said}" in err
    assert "漢" not in err
    assert tree(project / "prive") == before


@pytest.mark.parametrize("command", [["pdf"], ["eleves", EXAMPLE, "--pdf"]])
@pytest.mark.parametrize(
    ("failure", "code", "words"),
    [
        (KeyboardInterrupt(), 130, "Interrompu"),
        (OSError(28, "No space left on device"), 3, "le disque est plein"),
        (PermissionError(13, "Permission denied"), 3, "droits insuffisants"),
    ],
)
def test_what_breaks_in_the_middle_leaves_the_old_folder(
    project: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    command: list[str],
    failure: BaseException,
    code: int,
    words: str,
) -> None:
    assert run(capsys, *command)[0] == 0
    before = tree(project)
    assert any(name.endswith(".pdf") for name in before)
    whole, done = rendering._compiled, []

    def fails(*arguments: Any) -> bytes:
        done.append(arguments)
        if len(done) == 3:
            raise failure
        return whole(*arguments)

    monkeypatch.setattr(rendering, "_compiled", fails)
    found, err = run(capsys, *command)
    assert (found, len(done)) == (code, 3)
    assert words in err
    assert tree(project) == before


def test_a_folder_of_somebody_else_is_left_alone(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = tree(project / "docs")
    code, err = run(capsys, "pdf", "--sortie", "docs")
    assert code == 2
    assert "« docs » n'est pas vide et ne vient pas d'ici" in err
    assert tree(project / "docs") == before

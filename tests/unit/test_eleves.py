"""`grilles eleves`: what it writes, where it refuses to, what it loses (nothing)."""

from __future__ import annotations

import re
import stat
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.command import EXAMPLE, run
from tests.projects import tree


def test_a_file_a_pupil_and_one_for_all(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, err = run(capsys, "eleves", EXAMPLE)
    assert code == 0
    assert err.endswith("12 dossiers dans prive/agora-2025-2028/.\n")
    pupils = [f"e{n:02}.html" for n in range(1, 13)]
    assert sorted(tree(project / "prive/agora-2025-2028")) == [".grilles", *pupils, "index.html"]
    text = (project / "prive/agora-2025-2028/e02.html").read_text(encoding="utf-8")
    assert "FICTIF" in text
    assert not re.search(r"(src|href)=|url\((?!data:)|@import|<script", text)
    assert "default-src &#39;none&#39;" in text or "default-src 'none'" in text


@pytest.mark.skipif(sys.platform == "win32", reason="no modes there")
def test_only_their_owner_may_open_them(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "eleves", EXAMPLE)
    modes = {
        stat.S_IMODE(path.stat().st_mode)
        for path in (project / "prive").rglob("*")
        if path.is_file()
    }
    folders = {
        stat.S_IMODE(path.stat().st_mode)
        for path in (project / "prive", *(project / "prive").rglob("*"))
        if path.is_dir()
    }
    assert (modes, folders) == ({0o600}, {0o700})


def test_twice_the_same_bytes(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "eleves", EXAMPLE)
    first = tree(project / "prive")
    run(capsys, "eleves", EXAMPLE)
    assert tree(project / "prive") == first


def test_an_extract_replaces_only_itself(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "eleves", EXAMPLE)
    whole = tree(project / "prive/agora-2025-2028")
    code, err = run(capsys, "eleves", EXAMPLE, "--eleve", "e05", "--periode", "P3", "--attendues")
    assert (code, err.splitlines()[-1]) == (0, "1 dossier dans prive/agora-2025-2028/extrait/.")
    after = tree(project / "prive/agora-2025-2028")
    assert set(after) - set(whole) == {"extrait/.grilles", "extrait/e05.html"}
    assert {name: after[name] for name in whole} == whole
    assert "attendue" in after["extrait/e05.html"].decode()


@pytest.mark.parametrize("target", ["site", "docs/classe", "data/exemples", ".", "..", "/", "lien"])
def test_where_pupils_are_never_written(
    project: Path, capsys: pytest.CaptureFixture[str], target: str
) -> None:
    (project / "lien").symlink_to("docs", target_is_directory=True)
    before = tree(project)
    code, err = run(capsys, "eleves", EXAMPLE, "--sortie", target)
    assert code == 2
    assert "des pages d'élèves ne s'écrivent pas là" in err
    assert tree(project) == before


def test_an_error_leaves_the_old_folder(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "eleves", EXAMPLE)
    old = tree(project / "prive")
    for name in ("e03.yml", "e11.yml"):
        path = project / EXAMPLE / name
        path.write_text(path.read_text(encoding="utf-8") + "inconnu: 1\n", encoding="utf-8")
    code, err = run(capsys, "eleves", EXAMPLE)
    assert code == 1
    assert re.findall(r"/(e\d\d)\.yml:\d+:\d+: … : clé inconnue\.", err) == ["e03", "e11"]
    assert "2 erreurs : rien n'a été écrit." in err
    assert tree(project / "prive") == old


def test_an_unreadable_pupil_is_said(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = Path.open

    def deny(self: Path, *arguments: Any, **named: Any) -> Any:
        if self.name == "e03.yml":
            raise PermissionError(13, "Permission denied")
        return whole(self, *arguments, **named)

    monkeypatch.setattr(Path, "open", deny)
    code, err = run(capsys, "eleves", EXAMPLE)
    assert code == 1
    assert f"{EXAMPLE}/e03.yml: ce fichier ne peut pas être lu" in err
    assert not (project / "prive").exists()


def test_a_full_disk_leaves_the_old_folder(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    run(capsys, "eleves", EXAMPLE)
    old = tree(project / "prive")
    whole = Path.write_bytes

    def full(self: Path, content: bytes) -> int:
        if self.name == "e07.html":
            raise OSError(28, "No space left on device", str(self))
        return whole(self, content)

    monkeypatch.setattr(Path, "write_bytes", full)
    code, err = run(capsys, "eleves", EXAMPLE)
    assert code == 3
    assert "le disque est plein" in err
    assert tree(project / "prive") == old


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--eleve", "e99"], "e99 : cet élève n'est pas dans la promotion."),
        (["--periode", "P9"], "P9 : cette période n'y est pas."),
        (["--attendues"], "--attendues : il faut aussi --periode."),
    ],
)
def test_usage(
    project: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], sentence: str
) -> None:
    code, err = run(capsys, "eleves", EXAMPLE, *arguments)
    assert code == 2
    assert sentence in err
    assert not (project / "prive").exists()


def test_nothing_expected_is_a_note(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = (project / EXAMPLE / "promotion.yml").read_text(encoding="utf-8")
    silent = [code for code in ("P1", "P2", "P3", "P4", "P5", "P6")
              if not re.search(rf"code: {code},.*attendues", text)]  # fmt: skip
    assert silent
    code, err = run(capsys, "eleves", EXAMPLE, "--periode", silent[-1], "--attendues")
    assert code == 0
    assert f"Note : « {silent[-1]} » n'a pas d'« attendues »" in err


def test_homonyms_are_a_note_by_identifier(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = project / EXAMPLE
    (path / "e07.yml").write_bytes((path / "e02.yml").read_bytes())
    code, err = run(capsys, "eleves", EXAMPLE)
    assert code == 0
    assert "Note : même nom et même prénom : e02, e07." in err
    assert "FICTIF" not in err


def test_many_pupils_over_the_cores(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = project / EXAMPLE
    for n in range(13, 121):
        (path / f"e{n:03}.yml").write_bytes((path / "e01.yml").read_bytes())
    code, err = run(capsys, "eleves", EXAMPLE, "--anonyme")
    assert code == 0
    assert err.splitlines()[-1].startswith("120 dossiers")
    index = (project / "prive/agora-2025-2028/index.html").read_text(encoding="utf-8")
    assert index.count("<tr data-classe") == 120
    assert "EXEMPLE" not in index

"""The commands from outside: French help, exit codes, nothing lost."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from generator import cli, french, host, verify
from tests.projects import copy_project, grilles, tree

COMMANDS = ("verifier", "site", "servir", "pages", "pdf", "eleves", "fuites")
# Words that only click's own sentences use.
ENGLISH = re.compile(r"\b(usage|try|error|missing|invalid|show|exit|the)\b", re.I)


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as end:
        cli.main(arguments)
    out, err = capsys.readouterr()
    assert isinstance(end.value.code, int)
    return end.value.code, out, err


def test_help_is_french(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "--help")
    assert code == 0
    listed = re.findall(r"^  (\w+)  ", out.split("Commandes")[1], re.MULTILINE)
    assert tuple(listed) == COMMANDS
    for command in COMMANDS:
        code, out, _ = run(capsys, command, "--help")
        assert code == 0
        assert out.startswith(f"Usage : grilles {command}")
        assert "Affiche cette aide." in out
        assert not ENGLISH.search(out.removeprefix("Usage"))


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["inconnue"], "commande inconnue : inconnue. Voir : grilles --help"),
        (["site", "--force"], "option inconnue : --force. Voir : grilles site --help"),
        (["pages"], "il manque l'argument DOSSIER. Voir : grilles pages --help"),
        (["servir", "--port"], "l'option --port attend une valeur, et une seule. Voir : grilles"),
        (["servir", "--port", "0"], "valeur refusée pour l'option --port. Voir : grilles servir"),
        (["servir", "--port", "x"], "valeur refusée pour l'option --port. Voir : grilles servir"),
        (["site", "de", "trop"], "il y a un mot de trop, ou il en manque un. Voir : grilles site"),
    ],
)
def test_usage_errors(
    capsys: pytest.CaptureFixture[str], arguments: list[str], sentence: str
) -> None:
    code, out, err = run(capsys, *arguments)
    assert (code, out) == (2, "")
    assert err.startswith(sentence)


def test_no_command_shows_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run(capsys)
    assert code == 2
    assert err.startswith("Usage : grilles")


def test_no_site_to_build_here(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    code, _, err = run(capsys, "site")
    assert code == 2
    assert err.startswith("le dossier courant n'a pas de fichier mkdocs.yml.")


def test_verifier_counts(capsys: pytest.CaptureFixture[str], tmp_path: Path,
                         monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    monkeypatch.chdir(copy_project(tmp_path / "projet"))
    code, out, err = run(capsys, "verifier", "data/agora-2020")
    assert (code, err) == (0, "")
    assert out == ("agora-2020 : 3 pôles, 9 groupes, 37 compétences, 56 critères. Aucune erreur.\n")


def test_pages_as_plain_files(capsys: pytest.CaptureFixture[str], tmp_path: Path,
                              monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    monkeypatch.chdir(copy_project(tmp_path / "projet"))
    code, out, err = run(capsys, "pages", "sortie")
    assert (code, out) == (0, "")
    files = tree(Path("sortie"))
    assert err == f"{len(files)} fichiers dans sortie/.\n"
    menu = json.dumps(json.loads(files["navigation.json"]))
    pages = [name for name in files if name.endswith(".md")]
    assert len(pages) == 1 + 1 + 3 + 37 + 3 + 5
    assert files["agora-2020/telechargements/grilles.pdf"].startswith(b"%PDF-1.7")
    assert [name for name in pages if json.dumps(name) not in menu] == []
    assert "Identifier les caractéristiques de la demande" in (
        files["agora-2020/competences/1.1.1.md"].decode()
    )
    assert run(capsys, "pages", "sortie")[0] == 0
    assert tree(Path("sortie")) == files


def test_pages_refuse_somebody_else_s_folder(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(copy_project(tmp_path / "projet"))
    before = tree(Path())
    code, _, err = run(capsys, "pages", "data")
    assert code == 2
    assert "« data » n'est pas vide et ne vient pas d'ici" in err
    assert tree(Path()) == before


def test_an_unexpected_failure_has_no_traceback(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("secret")

    monkeypatch.setattr(verify, "verify", fail)
    code, _, err = run(capsys, "verifier", "data/agora-2020")
    assert code == 3
    assert err.startswith("Panne inattendue (RuntimeError)")
    assert "secret" not in err


@pytest.mark.parametrize(
    ("failure", "code", "words"),
    [
        (KeyboardInterrupt(), 130, "Interrompu"),
        (OSError(28, "No space left on device", "site"), 3, "site : le disque est plein."),
        (PermissionError(13, "Permission denied", "site"), 3, "site : droits insuffisants."),
        (host.ConstructionRefusee("lien brisé"), 1, "lien brisé"),
        (french.UsageRefusee("ce mot est en trop."), 2, "ce mot est en trop."),
    ],
)
def test_exit_codes(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    failure: BaseException,
    code: int,
    words: str,
) -> None:
    def fail(*_: object) -> None:
        raise failure

    monkeypatch.setattr(verify, "verify", fail)
    found, _, err = run(capsys, "verifier", "data/agora-2020")
    assert found == code
    assert words in err
    assert not re.search(r"Permission|No space|Traceback", err)


def test_on_a_terminal_the_line_and_a_caret(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(copy_project(tmp_path / "projet"))
    pole = Path("data/agora-2020/pole-1.yml")
    text = pole.read_text(encoding="utf-8").replace("epreuve: E31", "épreuve: E31")
    pole.write_text(text, encoding="utf-8")
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    code, _, err = run(capsys, "verifier")
    assert code == 1
    assert err.splitlines() == [
        "data/agora-2020/pole-1.yml:3:1: épreuve : clé inconnue. Vouliez-vous dire « epreuve » ?",
        "    épreuve: E31",
        "    ^",
        "1 erreur : rien n'a été écrit.",
    ]


def test_the_whole_process_speaks_french_without_a_traceback(tmp_path: Path) -> None:
    project = copy_project(tmp_path / "projet")
    (project / "data/agora-2020/pole-1.yml").write_text("code: [", encoding="utf-8")
    done = grilles(project, "verifier", PYTHONIOENCODING="ascii")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert done.stderr.startswith("data/agora-2020/pole-1.yml:")

"""Golden cases: what the command says, word for word, for each way data can be wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from generator import cli, host
from generator.errors import MESSAGES
from generator.model import Referentiel
from generator.read.referentiel import read_referentiels
from tests.cases import (
    BASE,
    CAS,
    CLASS,
    ESSAI,
    EXPECTED,
    FORMER,
    OF_A_CLASS,
    PREPARATIONS,
    VALID,
    WRONG,
    expected,
    kinds_of_line,
    prepared,
)
from tests.projects import tree

HOSTILE = "# $ @ <script> {{ }} [[ ]] !!! --8<-- {: } javascript: --- clé: valeur"
PROGRESS = "Vérification des données et construction du site…\n"
NOTE = "Note : "
MINI = "mini : 2 pôles, 3 groupes, 4 compétences, 4 critères. Aucune erreur.\n"

# Kinds that `verifier` cannot meet in a copy of `_base`.
ELSEWHERE = {
    # of `site` and of the hook only: tests/unit/test_publish.py
    "publie_lien",
    "publie_extension",
    "publie_double",
    "site_interdit",
    # of `eleves --pdf` only: tests/unit/test_pdf_commands.py
    "impression",
    # of a folder that is named: below
    "dossier_sans_promotion",
    # the administrator, who often runs the tests in a container, may read everything
    "fichier_illisible",
    # the last resort, for an error type of pydantic that has no sentence yet
    "refusee",
}

Run = Callable[..., tuple[object, str, str]]


def split(names: list[str]) -> tuple[list[str], list[str]]:
    """The cases of the public data, those of a promotion."""
    classes = [name for name in names if name.startswith(OF_A_CLASS)]
    return [name for name in names if name not in classes], classes


WRONG_PUBLIC, WRONG_CLASS = split(WRONG)
VALID_PUBLIC, VALID_CLASS = split(VALID)


@pytest.fixture
def run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Callable[..., tuple[object, str, str]]]:
    def command(copy: Path, *arguments: str) -> tuple[object, str, str]:
        monkeypatch.chdir(copy)
        with pytest.raises(SystemExit) as end:
            cli.main(arguments)
        said = capsys.readouterr()
        return end.value.code, said.out, said.err

    yield command


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    def compare(name: str, said: str) -> None:
        if request.config.getoption("--recrire"):
            (CAS / name / EXPECTED).write_bytes(said.encode())
        assert said == expected(name)

    return compare


def refuse(_site: Path) -> None:
    """MkDocs' own refusal, without starting it 160 times: tests/site/test_commands.py does."""
    raise host.ConstructionRefusee("MkDocs")


def test_there_are_cases() -> None:
    assert len(WRONG_PUBLIC) > 60
    assert len(WRONG_CLASS) > 90
    assert len(VALID_PUBLIC) > 3
    assert len(VALID_CLASS) > 3
    assert set(PREPARATIONS) <= {*WRONG, *VALID}


def test_the_bases_are_valid(tmp_path: Path, run: Run) -> None:
    assert run(prepared(BASE, tmp_path / "mini"), "verifier") == (0, MINI, "")
    both = MINI + "essai : 2 élèves. Aucune erreur.\n"
    assert run(prepared(CLASS, tmp_path / "essai"), "verifier") == (0, both, "")


@pytest.mark.parametrize("name", WRONG_PUBLIC)
def test_wrong_data_are_told_and_nothing_is_written(
    name: str,
    tmp_path: Path,
    run: Run,
    golden: Callable[[str, str], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    copy = prepared(name, tmp_path / "essai")
    before = tree(copy)
    code, out, said = run(copy, "verifier")
    golden(name, said)
    assert (code, out) == (1, "")
    monkeypatch.setattr(host, "build", refuse)
    assert run(copy, "site") == (1, "", PROGRESS + said)
    assert run(copy, "pages", "sortie") == (1, "", said)
    assert tree(copy) == before
    assert str(tmp_path) not in said
    assert "Traceback" not in said


@pytest.mark.parametrize("name", WRONG_CLASS)
def test_a_wrong_promotion_is_told_and_its_old_pages_stay(
    name: str, tmp_path: Path, run: Run, golden: Callable[[str, str], None]
) -> None:
    copy = prepared(name, tmp_path / "essai")
    before = tree(copy)
    assert set(FORMER) <= set(before)
    code, out, said = run(copy, "verifier")
    golden(name, said)
    assert (code, out) == (1, "")
    (folder,) = (copy / "data" / "exemples").iterdir()
    code, out, said_then = run(copy, "eleves", f"data/exemples/{folder.name}")
    assert (code, out) == (1, "")
    assert said_then.endswith(said)
    assert tree(copy) == before
    assert str(tmp_path) not in said + said_then
    assert "Traceback" not in said_then


@pytest.mark.parametrize("name", VALID_PUBLIC)
def test_strange_but_valid_data_pass(
    name: str, tmp_path: Path, run: Run, golden: Callable[[str, str], None]
) -> None:
    copy = prepared(name, tmp_path / "essai")
    code, out, said = run(copy, "verifier")
    golden(name, out)
    assert (code, said) == (0, "")
    assert run(copy, "pages", "sortie")[0] == 0


@pytest.mark.parametrize("name", VALID_CLASS)
def test_a_strange_but_valid_promotion_passes(
    name: str, tmp_path: Path, run: Run, golden: Callable[[str, str], None]
) -> None:
    copy = prepared(name, tmp_path / "essai")
    code, out, notes = run(copy, "verifier")
    golden(name, notes + out)
    assert code == 0
    assert all(line.startswith(NOTE) for line in notes.splitlines())
    assert run(copy, "eleves", ESSAI)[0] == 0


def test_a_folder_of_classes_without_its_file(tmp_path: Path, run: Run) -> None:
    copy = prepared(CLASS, tmp_path / "essai")
    (copy / ESSAI / "promotion.yml").unlink()
    assert run(copy, "verifier") == (0, MINI, "")
    said = f"{ESSAI}: {MESSAGES['dossier_sans_promotion']}\n1 erreur : rien n'a été écrit.\n"
    assert run(copy, "verifier", ESSAI) == (1, "", said)


def test_a_folder_of_classes_that_is_not_there(tmp_path: Path, run: Run) -> None:
    copy = prepared(CLASS, tmp_path / "essai")
    said = (
        f"data/exemples/esai: {MESSAGES['dossier_absent']} Vouliez-vous dire « essai » ?\n"
        "1 erreur : rien n'a été écrit.\n"
    )
    assert run(copy, "verifier", "data/exemples/esai") == (1, "", said)


@pytest.mark.parametrize("name", WRONG)
def test_every_line_comes_from_the_catalogue(name: str) -> None:
    *lines, total = expected(name).splitlines()
    plural = "s" if len(lines) > 1 else ""
    assert total == f"{len(lines)} erreur{plural} : rien n'a été écrit."
    assert len(set(lines)) == len(lines)
    assert [line for line in lines if not kinds_of_line(line)] == []


def test_every_sentence_of_the_catalogue_is_exercised() -> None:
    lines = [line for name in WRONG for line in expected(name).splitlines()[:-1]]
    notes = [line for name in VALID_CLASS for line in expected(name).splitlines()]
    lines += [line.removeprefix(NOTE) for line in notes if line.startswith(NOTE)]
    reached = {kind for line in lines for kind in kinds_of_line(line)}
    assert set(MESSAGES) - reached == ELSEWHERE


def test_a_hostile_text_is_held_word_for_word(tmp_path: Path) -> None:
    copy = prepared("texte-hostile-valide", tmp_path / "essai")
    (read,) = read_referentiels([copy / "data" / "mini"])
    texts = list(_texts(read))
    assert len(texts) == 34
    assert set(texts) == {HOSTILE}


def _texts(referentiel: Referentiel) -> Iterator[str]:
    """Every free text of the model."""
    codes = {"id", "code", "compte"}

    def walk(value: object) -> Iterator[str]:
        if isinstance(value, dict):
            yield from (t for k, v in value.items() if k not in codes for t in walk(v))
        elif isinstance(value, list | tuple):
            yield from (text for element in value for text in walk(element))
        elif isinstance(value, str) and value:
            yield value

    yield from walk(referentiel.model_dump())

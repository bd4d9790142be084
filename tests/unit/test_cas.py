"""Golden cases: what the command says, word for word, for each way data can be wrong.

A case is a folder of `tests/cas`: the files that differ from `_base`, and `attendu.txt`, what
`grilles verifier` says. A name that ends in `-valide` is a case without an error. What git
cannot hold everywhere (links, huge files, names that Windows refuses) is in PREPARATIONS.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from generator import cli, host
from generator.errors import MESSAGES
from generator.model import Referentiel
from generator.read.referentiel import read_referentiels
from tests.projects import ROOT, tree

CAS = ROOT / "tests" / "cas"
BASE, EXPECTED = "_base", "attendu.txt"
NAMES = sorted(path.name for path in CAS.iterdir() if path.name != BASE)
VALID = [name for name in NAMES if name.endswith("-valide")]
WRONG = [name for name in NAMES if name not in VALID]
HOSTILE = "# $ @ <script> {{ }} [[ ]] !!! --8<-- {: } javascript: --- clé: valeur"

PROGRESS = "Vérification des données et construction du site…\n"

# Kinds that `verifier` cannot meet in a copy of `_base`.
ELSEWHERE = {
    # of `site` and of the hook only: tests/unit/test_publish.py
    "publie_lien",
    "publie_extension",
    "publie_double",
    "site_interdit",
    # the administrator, who often runs the tests in a container, may read everything
    "fichier_illisible",
    # the last resort, for an error type of pydantic that has no sentence yet
    "refusee",
}


def _moved(copy: Path, name: str) -> None:
    """The file or folder leaves, and a link to it takes its place."""
    kept = copy / "ailleurs" / Path(name).name
    kept.parent.mkdir()
    (copy / name).rename(kept)
    (copy / name).symlink_to(kept, target_is_directory=kept.is_dir())


def _copied(copy: Path, name: str) -> None:
    shutil.copytree(copy / "data" / "mini", copy / "data" / name)


def _pole(copy: Path, text: str) -> None:
    (copy / "data" / "mini" / "pole-2.yml").write_text(text, encoding="utf-8", newline="\n")


PREPARATIONS: dict[str, Callable[[Path], None]] = {
    "cent-mille-crochets": lambda copy: _pole(copy, "code: " + "[" * 100_000),
    "dossier-mal-nomme": lambda copy: _copied(copy, "Référentiel"),
    "dossier-peripherique": lambda copy: _copied(copy, "con"),
    "fichier-trop-gros": lambda copy: _pole(copy, "# encore et encore\n" * 110_000),
    "lien-dossier": lambda copy: _moved(copy, "data/mini"),
    "lien-echelle": lambda copy: _moved(copy, "data/echelles/trois.yml"),
    "lien-pole": lambda copy: _moved(copy, "data/mini/pole-2.yml"),
    "lien-referentiel": lambda copy: _moved(copy, "data/mini/referentiel.yml"),
    "trop-profond": lambda copy: _pole(copy, "code: x\ngroupes:\n  " + "- " * 60 + "fin\n"),
}


def prepared(name: str, copy: Path) -> Path:
    """A project with that mistake, and with what former commands have written."""
    shutil.copytree(CAS / BASE, copy)
    if name != BASE:
        shutil.copytree(
            CAS / name, copy, dirs_exist_ok=True, ignore=shutil.ignore_patterns(EXPECTED)
        )
    if name in PREPARATIONS:
        PREPARATIONS[name](copy)
    for old in ("site/index.html", "site/sitemap.xml", "sortie/navigation.json", "sortie/index.md"):
        (copy / old).parent.mkdir(exist_ok=True)
        (copy / old).write_text("ancien", encoding="utf-8")
    return copy


def refuse(_site: Path) -> None:
    """MkDocs' own refusal, without starting it 160 times: tests/site/test_commands.py does."""
    raise host.ConstructionRefusee("MkDocs")


def expected(name: str) -> str:
    return (CAS / name / EXPECTED).read_bytes().decode()


def kinds_of(sentence: str) -> set[str]:
    """The kinds of the catalogue that this sentence, without its place, can come from."""
    end = r"( Vouliez-vous dire « .+ » \?)?"
    return {k for k, text in MESSAGES.items() if re.fullmatch(_pattern(text) + end, sentence)}


def _pattern(message: str) -> str:
    return "".join(
        ".*" if part.startswith("{") else re.escape(part)
        for part in re.split(r"(\{\w+\})", message)
    )


def kinds_of_line(line: str) -> set[str]:
    """The same for a whole line: place, path and sentence are told apart by « : »."""
    place, _, rest = line.partition(": ")
    assert re.fullmatch(r"(mkdocs\.yml|data/[^:\\]+)(:\d+:\d+)?", place), line
    parts = rest.split(" : ")
    return {k for start in range(len(parts)) for k in kinds_of(" : ".join(parts[start:]))}


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


Run = Callable[..., tuple[object, str, str]]


def test_there_are_cases() -> None:
    assert len(WRONG) > 60
    assert len(VALID) > 3
    assert set(PREPARATIONS) <= set(WRONG)


def test_the_base_is_valid(tmp_path: Path, run: Run) -> None:
    said = "mini : 2 pôles, 3 groupes, 4 compétences, 4 critères. Aucune erreur.\n"
    assert run(prepared(BASE, tmp_path / "essai"), "verifier") == (0, said, "")


@pytest.mark.parametrize("name", WRONG)
def test_wrong_data_are_told_and_nothing_is_written(
    name: str,
    tmp_path: Path,
    run: Run,
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    copy = prepared(name, tmp_path / "essai")
    before = tree(copy)
    code, out, said = run(copy, "verifier")
    if request.config.getoption("--recrire"):
        (CAS / name / EXPECTED).write_bytes(said.encode())
    assert said == expected(name)
    assert (code, out) == (1, "")
    monkeypatch.setattr(host, "build", refuse)
    assert run(copy, "site") == (1, "", PROGRESS + said)
    assert run(copy, "pages", "sortie") == (1, "", said)
    assert tree(copy) == before
    assert str(tmp_path) not in said
    assert "Traceback" not in said


@pytest.mark.parametrize("name", VALID)
def test_strange_but_valid_data_pass(
    name: str, tmp_path: Path, run: Run, request: pytest.FixtureRequest
) -> None:
    copy = prepared(name, tmp_path / "essai")
    code, out, said = run(copy, "verifier")
    if request.config.getoption("--recrire"):
        (CAS / name / EXPECTED).write_bytes(out.encode())
    assert out == expected(name)
    assert (code, said) == (0, "")
    assert run(copy, "pages", "sortie")[0] == 0


@pytest.mark.parametrize("name", WRONG)
def test_every_line_comes_from_the_catalogue(name: str) -> None:
    *lines, total = expected(name).splitlines()
    plural = "s" if len(lines) > 1 else ""
    assert total == f"{len(lines)} erreur{plural} : rien n'a été écrit."
    assert len(set(lines)) == len(lines)
    assert [line for line in lines if not kinds_of_line(line)] == []


def test_every_sentence_of_the_catalogue_is_exercised() -> None:
    reached = {
        kind
        for name in WRONG
        for line in expected(name).splitlines()[:-1]
        for kind in kinds_of_line(line)
    }
    assert set(MESSAGES) - reached == ELSEWHERE


def test_a_hostile_text_is_held_word_for_word(tmp_path: Path) -> None:
    copy = prepared("texte-hostile-valide", tmp_path / "essai")
    (read,) = read_referentiels([copy / "data" / "mini"])
    texts = list(_texts(read))
    assert len(texts) == 32
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

"""The golden cases of tests/cas: a project with one mistake, and what is said of it.

A case is a folder: the files that differ from `_base` (for the cases of promotions, from `_base`
and `_promotion`), and `attendu.txt`. A name that ends in `-valide` is a case without an error.
What git cannot hold everywhere (links, huge files, names that Windows refuses) is in PREPARATIONS.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path

from generator.errors import MESSAGES
from tests.projects import ROOT

CAS = ROOT / "tests" / "cas"
BASE, CLASS, EXPECTED = "_base", "_promotion", "attendu.txt"
OF_A_CLASS = "promotion-"
NAMES = sorted(path.name for path in CAS.iterdir() if not path.name.startswith("_"))
VALID = [name for name in NAMES if name.endswith("-valide")]
WRONG = [name for name in NAMES if name not in VALID]
ESSAI = "data/exemples/essai"


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


def _put(name: str, text: str, copy: Path) -> None:
    (copy / name).parent.mkdir(parents=True, exist_ok=True)
    (copy / name).write_text(text, encoding="utf-8", newline="\n")


def _pupil(name: str, text: str) -> Callable[[Path], None]:
    return partial(_put, f"{ESSAI}/{name}", text)


def _renamed(copy: Path, name: str) -> None:
    (copy / ESSAI).rename((copy / ESSAI).with_name(name))


def _removed(copy: Path, *names: str) -> None:
    for name in names:
        (copy / ESSAI / name).unlink()


PUPIL = "eleve: {nom: EXEMPLE, prenom: Dominique}\n"

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
    "promotion-eleve-casse": _pupil("E01.yml", PUPIL),
    "promotion-dossier-lien": lambda copy: _moved(copy, ESSAI),
    "promotion-dossier-mal-nomme": lambda copy: _renamed(copy, "Essai Été"),
    "promotion-dossier-reserve": lambda copy: _renamed(copy, "suite"),
    "promotion-eleve-dossier": lambda copy: (copy / ESSAI / "e03.yml").mkdir(),
    "promotion-eleve-lien": lambda copy: _moved(copy, f"{ESSAI}/e02.yml"),
    "promotion-eleve-peripherique": _pupil("aux.yml", PUPIL),
    "promotion-eleve-trop-gros": _pupil("e02.yml", "# encore et encore\n" * 110_000),
    "promotion-eleve-trop-profond": _pupil("e02.yml", PUPIL + "periodes: " + "[" * 60 + "]" * 60),
    "promotion-ignores-valide": _pupil(".DS_Store", "\0\0"),
    "promotion-lien": lambda copy: _moved(copy, f"{ESSAI}/promotion.yml"),
    "promotion-sans-eleve": lambda copy: _removed(copy, "e01.yml", "e02.yml"),
}


def prepared(name: str, copy: Path) -> Path:
    """A project with that mistake, and with what former commands have written."""
    layers = [BASE, CLASS] if name.startswith((OF_A_CLASS, CLASS)) else [BASE]
    for layer in dict.fromkeys([*layers, name]):
        shutil.copytree(
            CAS / layer, copy, dirs_exist_ok=True, ignore=shutil.ignore_patterns(EXPECTED)
        )
    if name in PREPARATIONS:
        PREPARATIONS[name](copy)
    for old in FORMER:
        _put(old, "ancien", copy)
    return copy


FORMER = (
    *("site/index.html", "site/sitemap.xml", "sortie/navigation.json", "sortie/index.md"),
    *("prive/essai/.grilles", "prive/essai/index.html"),
)


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

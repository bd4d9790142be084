"""A promotion of a thousand: the whole command, against parsing and bare templates alone."""

from __future__ import annotations

import random
import shutil
from pathlib import Path
from typing import Any

import yaml
from jinja2 import Environment, PackageLoader

from generator.read.promotion import read_eleve, read_promotion
from generator.render.dossier import POLICY, STYLE, _dressed
from generator.shape.couverture import REGLE
from generator.shape.dossier import Tirage, dossier
from tests.bench.measure import LOADER, medians, peak, say
from tests.projects import copy_project, grilles
from tests.variants import Values, load, save

CODES = ("1", "2", "3", "4", "X", "NE", "SO")


def run(short: bool, folder: Path) -> None:
    project = copy_project(folder / "eleves")
    sizes = (10, 20) if short else (100, 1000)
    small, large = (promotion_of(project, count) for count in sizes)
    runs = 1 if short else 3
    little, whole, bare = medians(
        runs, lambda: _command(project, small), lambda: _command(project, large),
        lambda: _bare(project / large, folder / "bare"),
    )  # fmt: skip
    say(
        f"{sizes[1]} pupils: grilles eleves / (yaml.compose + bare templates)",
        whole / bare,
        None if short else 1.3,
    )
    say(f"{sizes[1]} pupils / {sizes[0]}: time", whole / little, None if short else 10.5)
    memory = [peak(project, "eleves", name) for name in (small, large)]
    say(
        f"{sizes[1]} pupils / {sizes[0]}: peak memory of a process",
        memory[1] / memory[0],
        None if short else 1.3,
    )


def promotion_of(project: Path, count: int) -> str:
    """A folder of so many pupils, six periods, every competency marked in each."""
    folder = project / "data" / "evaluations" / f"p{count}"
    save(folder / "promotion.yml", {"intitule": f"Promotion {count}", "referentiel": "agora-2020"})
    codes = [
        competence["code"]
        for n in (1, 2, 3)
        for groupe in load(project / "data" / "agora-2020" / f"pole-{n}.yml")["groupes"]
        for ligne in groupe["lignes"]
        for competence in ligne["competences"]
    ]
    chance = random.Random(count)
    for rank in range(count):
        save(folder / f"e{rank:04}.yml", _pupil(rank, codes, chance))
    return folder.relative_to(project).as_posix()


def _pupil(rank: int, codes: list[str], chance: random.Random) -> Values:
    periods = {
        f"P{n}": {
            "organismes": [{"nom": f"Entreprise fictive {rank % 40}", "tuteur": "Mme Modèle"}],
            "semaines": "4",
            "niveaux": {code: chance.choice(CODES) for code in codes},
            "commentaires": {codes[n]: "Travail en autonomie sur des cas simples"},
            "bilan": "Ponctuel, attentif, progresse",
        }
        for n in range(1, 7)
    }
    who = {"nom": f"EXEMPLE-{rank:04}", "prenom": "Camille", "classe": f"TAGORA{rank % 4}"}
    return {"eleve": who, "periodes": periods}


def _command(project: Path, name: str) -> None:
    done = grilles(project, "eleves", name, PYTHONDONTWRITEBYTECODE="")
    assert done.returncode == 0, done.stderr


_plain: dict[Path, list[tuple[str, Values]]] = {}


def _bare(folder: Path, target: Path) -> None:
    """Composes each file, and renders the same pages from plain dictionaries, made beforehand."""
    if folder not in _plain:
        lecture = read_promotion(folder)
        _plain[folder] = [
            (eleve, _dictionary(dossier(lecture.promotion, evaluation, Tirage())))
            for eleve in lecture.promotion.eleves
            if (evaluation := read_eleve(lecture, eleve)[0])
        ]
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir()
    loader = PackageLoader("generator", "render/templates")
    environment = Environment(loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True)
    template = environment.get_template("dossier.html.j2")
    for eleve, values in _plain[folder]:
        yaml.compose((folder / f"{eleve}.yml").read_bytes(), Loader=LOADER)
        page = template.render(d=values, regle=REGLE, policy=POLICY, adresse="", style=STYLE)
        (target / f"{eleve}.html").write_text(_dressed(page, "dossier.css"), "utf-8")


def _dictionary(value: Any) -> Any:
    if isinstance(value, tuple) and hasattr(value, "_asdict"):
        return {key: _dictionary(inner) for key, inner in value._asdict().items()}
    if isinstance(value, tuple):
        return [_dictionary(inner) for inner in value]
    return value

"""Referentials made from AGOrA for the tests: other periods, other levels, longer words."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

from tests.projects import DELIVERED, ROOT, copy_project

Values = dict[str, Any]
ADDRESS = "https://lycee.exemple.fr/pfmp/"
PROJECT = ROOT / "tests" / "projet"


def variants_project(target: Path) -> Path:
    """This project with five referentials: AGOrA, its variants and the invented diploma."""
    copy_project(target)
    shutil.copytree(PROJECT / "data", target / "data", dirs_exist_ok=True)
    scale(target, "quatre", 4)
    scale(target, "six", 6)
    vary(target, "agora-8", "AGOrA à huit périodes", periods=8, echelle="six")
    vary(target, "agora-long", "AGOrA deux fois plus long", periods=6, echelle="quatre", twice=True)
    vary(target, "agora-8-long", "AGOrA long à huit périodes", periods=8, echelle="six", twice=True)
    publish(target, "agora-2020", "agora-8", "agora-long", "agora-8-long", "phare-2031")
    put_on_line(target)
    return target


def publish(project: Path, *ids: str) -> None:
    """Says in mkdocs.yml what is published."""
    file = project / "mkdocs.yml"
    text = file.read_text(encoding="utf-8")
    line = "  referentiels: [agora-2020]"
    assert line in text
    file.write_text(text.replace(line, f"  referentiels: [{', '.join(ids)}]"), encoding="utf-8")


def put_on_line(project: Path, address: str = ADDRESS) -> None:
    """Gives the site its public address, so that the sheets have their code to scan."""
    file = project / "mkdocs.yml"
    text = file.read_text(encoding="utf-8")
    line = f"site_url: {DELIVERED['site_url']}"
    assert line in text
    file.write_text(text.replace(line, f"site_url: {address}"), encoding="utf-8")


def scale(project: Path, name: str, levels: int) -> None:
    """A scale of so many levels, with the labels of the national one, and its marks."""
    lsl = load(project / "data" / "echelles" / "lsl-pro.yml")
    names = [niveau["intitule"] for niveau in lsl["niveaux"]] * 2
    lsl["niveaux"] = [{"code": f"N{n + 1}", "intitule": names[n]} for n in range(levels)]
    save(project / "data" / "echelles" / f"{name}.yml", lsl)


def vary(
    project: Path, id_: str, sigle: str, *, periods: int, echelle: str, twice: bool = False
) -> None:
    """AGOrA again under another id, with that many periods; `twice` doubles every label."""
    source = project / "data" / "agora-2020"
    for path in sorted(source.glob("*.yml")):
        values = load(path)
        if path.name == "referentiel.yml":
            values |= {"sigle": sigle, "echelle": echelle, "periodes": _periods(periods)}
        elif twice:
            values = each_text(values, lambda text: f"{text}, {text}")
        save(project / "data" / id_ / path.name, values)


def _periods(count: int) -> list[Values]:
    return [{"code": f"P{n}", "intitule": f"PFMP {n}"} for n in range(1, count + 1)]


def each_text(value: Any, change: Callable[[str], str], key: str = "") -> Any:
    """The same tree with its labels changed: titles, activities and criteria, never codes."""
    if isinstance(value, dict):
        return {k: each_text(v, change, k) for k, v in value.items()}
    if isinstance(value, list):
        return [each_text(item, change, key) for item in value]
    is_label = key in ("intitule", "activites") or (key.startswith("c") and key[1:].isdigit())
    return change(value) if is_label else value


def load(path: Path) -> Values:
    """The file with every scalar as text, as our own reader has it."""
    values = yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)
    assert isinstance(values, dict)
    return values


def save(path: Path, values: Values) -> None:
    """Writes with every scalar quoted."""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = yaml.safe_dump(values, allow_unicode=True, sort_keys=False, default_style='"')
    path.write_text(text, encoding="utf-8")

"""Building the site: with the hook, against the same pages as plain files; and as it grows."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import yaml

from tests.bench.measure import ENVIRONMENT, medians, say
from tests.projects import copy_project, grilles
from tests.variants import load, publish, save


def run(short: bool, folder: Path) -> None:
    agora = _project(folder / "agora", times=1)
    plain = _plain(agora, folder / "plain")
    runs = 1 if short else 15
    hook, files, whole = medians(
        runs, lambda: _mkdocs(agora), lambda: _mkdocs(plain), lambda: _site(agora)
    )
    say("AGOrA: mkdocs build with the hook / of the same pages as files", hook / files, 1.2)
    say("AGOrA: grilles site, whole / mkdocs build of the same pages", whole / files, 1.5)
    if short:
        return
    ten = _project(folder / "ten", times=10)
    ten_plain = _plain(ten, folder / "ten-plain")
    thirty = _project(folder / "thirty", times=30)
    hook, files, large = medians(
        3, lambda: _mkdocs(ten), lambda: _mkdocs(ten_plain), lambda: _mkdocs(thirty)
    )
    say("370 competencies: with the hook / as files", hook / files, 1.05)
    say("1,110 competencies / 370", large / hook, 3.5)
    say("1,110 competencies: output a page", _size_of_a_page(thirty), 110, " kB")


def _project(folder: Path, times: int) -> Path:
    """So many diplomas in one site, as an académie would: AGOrA again under other names."""
    copy_project(folder)
    ids = ["agora-2020"]
    for rank in range(2, times + 1):
        ids.append(f"agora-{rank}")
        shutil.copytree(folder / "data" / "agora-2020", folder / "data" / ids[-1])
        values = load(folder / "data" / ids[-1] / "referentiel.yml")
        save(folder / "data" / ids[-1] / "referentiel.yml", values | {"sigle": f"AGOrA {rank}"})
    publish(folder, *ids)
    return folder


def _plain(project: Path, target: Path) -> Path:
    """The same site without the hook: its pages are files, its navigation is written down."""
    done = grilles(project, "pages", "pages")
    assert done.returncode == 0, done.stderr
    shutil.copytree(project / "docs", target / "docs")
    shutil.copytree(project / "pages", target / "docs", dirs_exist_ok=True)
    shutil.copytree(project / "overrides", target / "overrides")
    navigation = json.loads((target / "docs" / "navigation.json").read_bytes())
    (target / "docs" / "navigation.json").unlink()
    text = (project / "mkdocs.yml").read_text(encoding="utf-8")
    before, own = text.split("\nnav:\n")
    own, after = own.split("\n\n", 1)  # the hand-written pages, which come last
    menu = yaml.safe_dump(navigation, allow_unicode=True) + textwrap.dedent(own)
    after = "".join(line for line in after.splitlines(True) if not line.startswith("hooks:"))
    text = f"{before}\nnav:\n{textwrap.indent(menu, '  ')}\n\n{after}"
    (target / "mkdocs.yml").write_text(text, encoding="utf-8")
    return target


def _mkdocs(project: Path) -> None:
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "-d", "built"]
    subprocess.run(command, cwd=project, env=ENVIRONMENT, capture_output=True, check=True)


def _site(project: Path) -> None:
    done = grilles(project, "site", PYTHONDONTWRITEBYTECODE="")
    assert done.returncode == 0, done.stderr


def _size_of_a_page(project: Path) -> float:
    """Everything written, over the number of pages, in kB."""
    files = [path for path in (project / "built").rglob("*") if path.is_file()]
    pages = [path for path in files if path.suffix == ".html"]
    assert len(pages) > 1110
    return sum(path.stat().st_size for path in files) / len(pages) / 1000

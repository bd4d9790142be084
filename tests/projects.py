"""Small copies of this project that a test may break."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
# Never a real pupil in a temporary folder.
IGNORED = shutil.ignore_patterns("__pycache__", "evaluations")
DELIVERED = {
    "site_url": '!ENV [SITE_URL, ""]',
    "  referentiels": "[agora-2020]",
    "  mentions": '{editeur: "", directeur: "", contact: "", hebergeur: ""}',
}
PARTS = ("mkdocs.yml", "data", "docs", "overrides", "generator")


def copy_project(target: Path) -> Path:
    """Everything that a build needs, in a folder of its own."""
    for name in PARTS:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, target / name, ignore=IGNORED)
        else:
            target.mkdir(parents=True, exist_ok=True)
            (target / name).write_text(as_delivered(source.read_text("utf-8")), encoding="utf-8")
    return target


def as_delivered(config: str) -> str:
    """mkdocs.yml with what a school fills in put back: the tests run on a filled one too."""
    for start, delivered in DELIVERED.items():
        config, found = re.subn(rf"(?m)^{start}:.*$", f"{start}: {delivered}", config)
        assert found == 1, start
    return config


def grilles(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Runs a command in that folder, as a whole process, without a terminal."""
    return subprocess.run(
        [sys.executable, "-m", "generator", *arguments],
        cwd=folder,
        env={**os.environ, "SITE_URL": "", "PYTHONPATH": str(ROOT), **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, by path; a link is told by its target."""
    found = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():
            found[name] = b"-> " + os.fsencode(path.readlink())
        elif path.is_file():
            found[name] = path.read_bytes()
    return found

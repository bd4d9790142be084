"""Two builds in different folders, days, locales, time zones, umasks, hash seeds: one tree."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.projects import ROOT, copy_project, tree

# Another day, for everything that asks Python for the time.
OTHER_DAY = """
import datetime, time
_time, _shift = time.time, {days} * 86400
time.time = lambda: _time() + _shift
_datetime = datetime.datetime
class _Later(_datetime):
    @classmethod
    def now(cls, tz=None):
        return _datetime.fromtimestamp(time.time(), tz)
    @classmethod
    def utcnow(cls):
        return _datetime.fromtimestamp(time.time(), datetime.timezone.utc).replace(tzinfo=None)
    @classmethod
    def today(cls):
        return cls.now()
datetime.datetime = _Later
"""


def build(folder: Path, *, days: int, umask: int, **environment: str) -> dict[str, bytes]:
    copy_project(folder / "projet")
    (folder / "site-packages").mkdir()
    (folder / "site-packages" / "sitecustomize.py").write_text(OTHER_DAY.format(days=days))
    path = os.pathsep.join([str(folder / "site-packages"), str(ROOT)])
    done = subprocess.run(
        [sys.executable, "-m", "generator", "site"],
        cwd=folder / "projet",
        env={**os.environ, "PYTHONPATH": path, **environment},
        capture_output=True,
        encoding="utf-8",
        umask=umask,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return tree(folder / "projet" / "site")


def test_the_clock_is_really_another(tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(OTHER_DAY.format(days=40))
    code = "import time, datetime; print(time.time(), datetime.datetime.now().timestamp())"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    import time

    shown = [float(word) for word in done.stdout.split()]
    assert shown == pytest.approx([time.time() + 40 * 86400] * 2, abs=60)


def test_same_bytes(tmp_path: Path) -> None:
    (tmp_path / "un").mkdir()
    (tmp_path / "un-autre-dossier").mkdir()
    one = build(
        tmp_path / "un", days=0, umask=0o022, TZ="UTC", LC_ALL="C.UTF-8", PYTHONHASHSEED="1"
    )
    other = build(
        tmp_path / "un-autre-dossier",
        days=40,
        umask=0o077,
        TZ="Pacific/Auckland",
        LC_ALL="fr_FR.UTF-8",
        PYTHONHASHSEED="2",
    )
    assert len(one) > 80
    assert list(one) == list(other)
    assert [name for name in one if one[name] != other[name]] == []
    assert b"<lastmod>2026-" in one["sitemap.xml"] or b"<lastmod>" not in one["sitemap.xml"]

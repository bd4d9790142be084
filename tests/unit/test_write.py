"""A folder is replaced whole, or not at all, whatever happens in the middle."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from filelock import FileLock

from generator import write
from generator.write import SortieOccupee, SortieRefusee, replace_folder, write_files
from tests.projects import ROOT, tree

MARK = "index.html"
OLD, NEW = {MARK: b"old", "a/b.txt": b"old"}, {MARK: b"new", "c/d.txt": b"new"}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    write_files(tmp_path / "site", OLD)
    return tmp_path / "site"


def fill(folder: Path) -> None:
    write_files(folder, NEW)


def left_beside(folder: Path) -> set[str]:
    """What a run leaves."""
    return {path.name for path in folder.parent.iterdir()} - {folder.name}


def test_replaces_everything(site: Path) -> None:
    replace_folder(site, fill, mark=MARK)
    assert tree(site) == NEW
    assert left_beside(site) == set()


def test_makes_a_folder_that_does_not_exist(tmp_path: Path) -> None:
    replace_folder(tmp_path / "un" / "deux", fill, mark=MARK)
    assert tree(tmp_path / "un" / "deux") == NEW


@pytest.mark.parametrize("broken", [RuntimeError, OSError, KeyboardInterrupt])
def test_a_failure_leaves_the_old_one(site: Path, broken: type[BaseException]) -> None:
    def fail(folder: Path) -> None:
        fill(folder)
        raise broken

    with pytest.raises(broken):
        replace_folder(site, fail, mark=MARK)
    assert tree(site) == OLD
    assert left_beside(site) == set()


def test_without_exchange_two_renames_do(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(write, "_exchange", lambda one, other: False)
    replace_folder(site, fill, mark=MARK)
    assert tree(site) == NEW
    assert left_beside(site) == set()


def test_a_refused_second_rename_puts_the_old_one_back(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rename = Path.rename

    def refuse(self: Path, target: Path) -> Path:
        if self.name == ".site.nouveau":
            raise PermissionError
        return rename(self, target)

    monkeypatch.setattr(write, "_exchange", lambda one, other: False)
    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(PermissionError):
        replace_folder(site, fill, mark=MARK)
    assert tree(site) == OLD


def test_the_next_run_completes_a_killed_one(site: Path) -> None:
    site.rename(site.with_name(".site.ancien"))  # killed between the two renames
    write_files(site.with_name(".site.nouveau"), {"half": b""})
    seen: list[dict[str, bytes]] = []

    def look(folder: Path) -> None:
        seen.append(tree(site))
        fill(folder)

    replace_folder(site, look, mark=MARK)
    assert seen == [OLD]
    assert tree(site) == NEW
    assert left_beside(site) == set()


KILLED = """
import sys, time
from pathlib import Path
from generator.write import replace_folder, write_files
def fill(folder):
    for n in range(400):
        write_files(folder, {"index.html": b"new", f"{n}.txt": b"new"})
print("ready", flush=True)
while True:
    replace_folder(Path(sys.argv[1]), fill, mark="index.html")
"""


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 does not exist there")
@pytest.mark.parametrize("delay", [0.01, 0.03, 0.06, 0.1, 0.15])
def test_kill_9_never_leaves_a_mixture(tmp_path: Path, delay: float) -> None:
    site = tmp_path / "site"
    write_files(site, {MARK: b"old", **{f"{n}.txt": b"old" for n in range(400)}})
    command = [sys.executable, "-c", KILLED, str(site)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout and process.stdout.readline() == "ready\n"
        time.sleep(delay)
        process.send_signal(signal.SIGKILL)
    files = tree(site)
    assert len(files) == 401
    assert len(set(files.values())) == 1
    replace_folder(site, fill, mark=MARK)
    assert tree(site) == NEW
    assert left_beside(site) == set()


def test_somebody_else_s_folder_is_refused(tmp_path: Path) -> None:
    write_files(tmp_path / "photos", {"vacances.png": b"..."})
    with pytest.raises(SortieRefusee):
        replace_folder(tmp_path / "photos", fill, mark=MARK)
    assert tree(tmp_path) == {"photos/vacances.png": b"..."}


def test_a_link_is_refused(site: Path, tmp_path: Path) -> None:
    (tmp_path / "lien").symlink_to(site, target_is_directory=True)
    with pytest.raises(SortieRefusee):
        replace_folder(tmp_path / "lien", fill, mark=MARK)
    assert tree(site) == OLD


def test_two_runs_at_once_do_not_mix(site: Path) -> None:
    with FileLock(write.lock_of(site)), pytest.raises(SortieOccupee):
        replace_folder(site, fill, mark=MARK)
    assert tree(site) == OLD

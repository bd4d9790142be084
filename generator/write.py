"""The only writer: a whole folder is replaced, or nothing is.

The new folder is filled beside the old one, under a name of ours, then takes its place: in one
exchange where the system can (Linux), elsewhere by two renames that the next run completes.
"""

from __future__ import annotations

import ctypes
import hashlib
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

# In each folder of ours that has no other sign: what holds it may be replaced.
MARK = ".grilles"

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2  # linux/fs.h


class SortieRefusee(Exception):
    """The target is not a former output of ours: replacing it would lose somebody's files."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        super().__init__(str(folder))


class SortieOccupee(Exception):
    """Another run is replacing the same folder at this moment."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        super().__init__(str(folder))


class SortieInterdite(Exception):
    """The target is in, around, or reached through what is public or what is read."""

    def __init__(self, folder: Path, kept: str) -> None:
        self.folder, self.kept = folder, kept
        super().__init__(str(folder))


def refuse_public(folder: Path, root: Path) -> None:
    """Raises SortieInterdite for a private folder that touches site/, docs/ or data/ of a
    project, or the root of the disk, links followed.
    """
    target = folder.resolve()
    for name in ("site", "docs", "data"):
        kept = (root / name).resolve()
        if target.is_relative_to(kept) or kept.is_relative_to(target):
            raise SortieInterdite(folder, f"{name}/")
    if target.parent == target:
        raise SortieInterdite(folder, "/")


def replace_folder(
    folder: Path, fill: Callable[[Path], None], *, mark: str, private: bool = False
) -> None:
    """Calls `fill` on a new folder, which then becomes `folder`.

    `mark` is a file that every output of this kind holds: a folder that is not empty and does
    not hold it is not ours, and raises SortieRefusee. `private` keeps it to its owner, where the
    system has modes. Whatever `fill` raises leaves the old folder whole. Raises SortieOccupee
    while another run is at it, OSError where the system refuses.
    """
    if folder.is_symlink() or (folder.exists() and not _is_ours(folder, mark)):
        raise SortieRefusee(folder)
    whole = folder.absolute()  # "." has no name to stand beside
    mode = 0o700 if private else 0o777
    made = [parent for parent in reversed(whole.parents) if not parent.exists()]
    for parent in made:
        parent.mkdir(mode, exist_ok=True)
    from filelock import FileLock, Timeout  # brings asyncio along: not for every command

    try:
        with FileLock(lock_of(whole), timeout=0):
            _replace(whole, fill, mode)
    except Timeout:
        raise SortieOccupee(folder) from None
    finally:
        for parent in reversed(made):  # nothing was written: nothing is left
            if not any(parent.iterdir()):
                parent.rmdir()


def lock_of(folder: Path) -> Path:
    """The file that a run holds while it replaces that folder; it stays out of the project."""
    name = hashlib.sha256(os.fsencode(os.path.normcase(folder.absolute()))).hexdigest()[:16]
    return Path(tempfile.gettempdir(), f"grilles-{name}.verrou")


def _replace(folder: Path, fill: Callable[[Path], None], mode: int) -> None:
    new, old = _beside(folder, "nouveau"), _beside(folder, "ancien")
    _recover(folder, new, old)
    new.mkdir(mode)
    try:
        fill(new)
        _swap(new, folder, old)
    finally:
        shutil.rmtree(new, ignore_errors=True)


def write_private(folder: Path, name: str, content: str | bytes) -> None:
    """Writes a file that only its owner may open, where the system has modes."""
    path = folder / name
    path.touch(0o600, exist_ok=False)
    path.write_bytes(content.encode() if isinstance(content, str) else content)


def write_files(folder: Path, files: Mapping[str, str | bytes]) -> None:
    """Writes each file at its path under the folder, texts in UTF-8 with bare line feeds."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)


def _beside(folder: Path, what: str) -> Path:
    return folder.with_name(f".{folder.name}.{what}")


def _is_ours(folder: Path, mark: str) -> bool:
    return folder.is_dir() and ((folder / mark).exists() or not any(folder.iterdir()))


def _recover(folder: Path, new: Path, old: Path) -> None:
    """Completes or undoes what a killed run left."""
    if old.exists():
        if folder.exists():
            shutil.rmtree(old)
        else:
            old.rename(folder)
    if new.exists():
        shutil.rmtree(new)


def _swap(new: Path, folder: Path, old: Path) -> None:
    if not folder.exists():
        new.rename(folder)
    elif not _exchange(new, folder):
        folder.rename(old)
        try:
            new.rename(folder)
        except OSError:  # Windows: a file of the new folder is open
            old.rename(folder)
            raise
        shutil.rmtree(old, ignore_errors=True)


def _exchange(one: Path, other: Path) -> bool:
    """Exchanges two folders in one call; False where the system or the disk cannot."""
    if sys.platform != "linux":
        return False
    renameat2 = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if renameat2 is None:
        return False
    paths = (os.fsencode(one), os.fsencode(other))
    return bool(renameat2(_AT_FDCWD, paths[0], _AT_FDCWD, paths[1], _RENAME_EXCHANGE) == 0)

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


def replace_folder(folder: Path, fill: Callable[[Path], None], *, mark: str) -> None:
    """Calls `fill` on a new folder, which then becomes `folder`.

    `mark` is a file that every output of this kind holds: a folder that is not empty and does
    not hold it is not ours, and raises SortieRefusee. Whatever `fill` raises leaves the old
    folder whole. Raises SortieOccupee while another run is at it, OSError where the system
    refuses.
    """
    if folder.is_symlink() or (folder.exists() and not _is_ours(folder, mark)):
        raise SortieRefusee(folder)
    whole = folder.absolute()  # "." has no name to stand beside
    whole.parent.mkdir(parents=True, exist_ok=True)
    from filelock import FileLock, Timeout  # brings asyncio along: not for every command

    try:
        with FileLock(lock_of(whole), timeout=0):
            _replace(whole, fill)
    except Timeout:
        raise SortieOccupee(folder) from None


def lock_of(folder: Path) -> Path:
    """The file that a run holds while it replaces that folder; it stays out of the project."""
    name = hashlib.sha256(os.fsencode(os.path.normcase(folder.absolute()))).hexdigest()[:16]
    return Path(tempfile.gettempdir(), f"grilles-{name}.verrou")


def _replace(folder: Path, fill: Callable[[Path], None]) -> None:
    new, old = _beside(folder, "nouveau"), _beside(folder, "ancien")
    _recover(folder, new, old)
    new.mkdir()
    try:
        fill(new)
        _swap(new, folder, old)
    finally:
        shutil.rmtree(new, ignore_errors=True)


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

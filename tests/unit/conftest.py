"""What several of these tests start from."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.projects import copy_project


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the project, as the working folder."""
    monkeypatch.chdir(copy_project(tmp_path / "projet"))
    return Path()

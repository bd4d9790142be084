"""The lock file pins all that pyproject.toml asks for, and says nothing of this machine."""

from __future__ import annotations

import re
import tomllib

from tests.projects import ROOT

LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def test_every_dependency_is_pinned_and_explained() -> None:
    asked = PROJECT["dependencies"] + PROJECT["optional-dependencies"]["dev"]
    names = {re.split(r"[ <>=\[]", requirement)[0].replace("_", "-") for requirement in asked}
    assert len(names) > 12
    pinned = set(re.findall(r"^([a-z0-9-]+)==", LOCK, re.MULTILINE))
    assert names <= pinned
    table = (ROOT / "README.md").read_text(encoding="utf-8").split("## Dépendances")[1]
    assert [name for name in names if name not in table.replace("_", "-")] == []


def test_every_pin_has_hashes_and_no_address() -> None:
    pins = re.split(r"\n(?=\S)", LOCK.strip())
    assert len(pins) > 30
    assert [pin for pin in pins if "--hash=sha256:" not in pin] == []
    assert "://" not in LOCK
    assert not re.search(r"(^|\s)/|find-links|index-url", LOCK)
